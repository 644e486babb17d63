// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where the casts of enemies will land: their shapes on the ground, brighter as the end comes near.
import { BufferAttribute, BufferGeometry, DoubleSide, Group, Mesh, MeshBasicMaterial } from "three";
import type { Cast } from "../core/client_core";
import type { SeenAbility } from "./rules";

/** A piece of a ring, or a strip: what abilities reach, seen from above. */
export type GroundShape =
  | { kind: "ring"; x: number; z: number; inner: number; outer: number; heading: number; halfAngle: number }
  | { kind: "strip"; x: number; z: number; heading: number; length: number; width: number };

export interface Caster {
  id: bigint;
  x: number;
  z: number;
  cast: Cast;
}

/** Null when it does not lie on the ground. The same as gameplay/abilities/detail/reach.cpp. */
export function groundShape(ability: SeenAbility, caster: Caster): GroundShape | null {
  const { cast } = caster;
  const { heading } = cast;
  const at = { x: caster.x, z: caster.z };
  switch (ability.shape) {
    case "cone":
      return { kind: "ring", ...at, inner: 0, outer: ability.range_m, heading, halfAngle: ability.half_angle };
    case "line":
      return { kind: "strip", ...at, heading, length: ability.range_m, width: ability.width_m };
    case "circle":
    case "ring": {
      const [x, z] = ability.range_m > 0 && cast.point ? cast.point : [at.x, at.z];
      const inner = ability.shape === "ring" ? ability.inner_m : 0;
      return { kind: "ring", x, z, inner, outer: ability.radius_m, heading, halfAngle: Math.PI };
    }
    default:
      return null;
  }
}

const kAcross = 28;
const kAlong = 5;
/** Above the ground, so that they do not fight for pixels. */
const kLiftM = 0.07;

export type GroundAt = (x: number, z: number) => number;

/** The shape as a net of points on the ground, three numbers each, (kAcross + 1) in a row. */
export function groundNet(shape: GroundShape, groundAt: GroundAt): Float32Array {
  const points = new Float32Array(3 * (kAcross + 1) * (kAlong + 1));
  let n = 0;
  for (let j = 0; j <= kAlong; ++j) {
    for (let i = 0; i <= kAcross; ++i) {
      const [across, along] = [i / kAcross, j / kAlong];
      let [x, z] = [shape.x, shape.z];
      if (shape.kind === "ring") {
        const angle = shape.heading + (2 * across - 1) * shape.halfAngle;
        const away = shape.inner + (shape.outer - shape.inner) * along;
        x += Math.sin(angle) * away;
        z -= Math.cos(angle) * away;
      } else {
        const [ahead, aside] = [along * shape.length, (across - 0.5) * shape.width];
        x += Math.sin(shape.heading) * ahead + Math.cos(shape.heading) * aside;
        z += Math.sin(shape.heading) * aside - Math.cos(shape.heading) * ahead;
      }
      points.set([x, groundAt(x, z) + kLiftM, z], 3 * n++);
    }
  }
  return points;
}

function netIndices(): number[] {
  const indices: number[] = [];
  for (let j = 0; j < kAlong; ++j) {
    for (let i = 0; i < kAcross; ++i) {
      const at = j * (kAcross + 1) + i;
      indices.push(at, at + kAcross + 1, at + 1, at + 1, at + kAcross + 1, at + kAcross + 2);
    }
  }
  return indices;
}

interface Drawn {
  mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  x: number;
  z: number;
  ability: number;
  seen: number;
}

/** Who moves on while he casts takes it with him. */
const kMovedM = 0.1;

export class Telegraphs {
  readonly group = new Group();
  private readonly drawn = new Map<bigint, Drawn>();
  private frame = 0;

  constructor(private readonly groundAt: GroundAt) {}

  update(casters: readonly Caster[], abilityOf: (id: number) => SeenAbility | undefined): void {
    ++this.frame;
    for (const caster of casters) {
      const ability = abilityOf(caster.cast.ability);
      const shape = ability && ability.reach !== "friends" ? groundShape(ability, caster) : null;
      if (!ability || !shape) continue;
      const drawn = this.place(caster, ability, shape);
      drawn.seen = this.frame;
      const share = Math.min(caster.cast.since / Math.max(caster.cast.whole, 0.01), 1);
      drawn.mesh.material.opacity = 0.2 + 0.4 * share;
    }
    for (const [id, drawn] of this.drawn) {
      if (drawn.seen !== this.frame) this.remove(id, drawn);
    }
  }

  dispose(): void {
    for (const [id, drawn] of this.drawn) this.remove(id, drawn);
  }

  private place(caster: Caster, ability: SeenAbility, shape: GroundShape): Drawn {
    const before = this.drawn.get(caster.id);
    if (before && before.ability === ability.id) {
      if (Math.hypot(before.x - shape.x, before.z - shape.z) < kMovedM) return before;
    }
    if (before) this.remove(caster.id, before);
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(groundNet(shape, this.groundAt), 3));
    geometry.setIndex(netIndices());
    const material = new MeshBasicMaterial({
      color: ability.colour, transparent: true, depthWrite: false, side: DoubleSide,
    });
    const drawn = { mesh: new Mesh(geometry, material), x: shape.x, z: shape.z, ability: ability.id, seen: 0 };
    this.group.add(drawn.mesh);
    this.drawn.set(caster.id, drawn);
    return drawn;
  }

  private remove(id: bigint, drawn: Drawn): void {
    this.group.remove(drawn.mesh);
    drawn.mesh.geometry.dispose();
    drawn.mesh.material.dispose();
    this.drawn.delete(id);
  }
}
