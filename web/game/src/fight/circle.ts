// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The circle of a duel on the ground, a line that follows the hills.
import { BufferGeometry, LineBasicMaterial, LineLoop, Vector3 } from "three";
import type { Duel } from "./duels";
import type { GroundAt } from "./telegraphs";

const kCorners = 96;
const kAboveGroundM = 0.15;

export class DuelCircle {
  readonly line = new LineLoop(new BufferGeometry(), new LineBasicMaterial({ color: "#ffcf5c" }));
  private shown: Duel["circle"] = null;

  constructor(private readonly groundAt: GroundAt) {
    this.line.visible = false;
    this.line.frustumCulled = false; // it is all around
  }

  show(circle: Duel["circle"]): void {
    if (circle === this.shown) return;
    this.shown = circle;
    this.line.visible = circle !== null;
    if (circle) this.line.geometry.setFromPoints(corners(circle, this.groundAt));
  }

  dispose(): void {
    this.line.geometry.dispose();
    this.line.material.dispose();
  }
}

export function corners(circle: NonNullable<Duel["circle"]>, groundAt: GroundAt): Vector3[] {
  return Array.from({ length: kCorners }, (_, i) => {
    const angle = (2 * Math.PI * i) / kCorners;
    const x = circle.x + circle.radius * Math.cos(angle);
    const z = circle.z + circle.radius * Math.sin(angle);
    return new Vector3(x, groundAt(x, z) + kAboveGroundM, z);
  });
}
