// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A figure that turns on the spot, for the character screen.
import { Color, PerspectiveCamera, Scene, Vector3, WebGLRenderer } from "three";
import { Daylight } from "../zone/painted";
import { Figures } from "./figures";

export class LookPreview {
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(32, 0.75, 0.1, 20);
  private readonly daylight = new Daylight();
  private readonly figures = new Figures("person", this.daylight);
  private look = 0;
  private running = 0;

  private constructor(private readonly renderer: WebGLRenderer) {
    const [sun, sky, ground] = [new Color("#fff4e0"), new Color("#ffffff"), new Color("#6b6350")];
    this.daylight.set(new Vector3(-2, 3, -4), sun, 2, sky, ground, 1.4);
    this.scene.add(this.figures.mesh);
    this.camera.position.set(0, 1.2, -3.9);
    this.camera.lookAt(0, 0.95, 0);
    const loop = (ms: number): void => {
      this.running = requestAnimationFrame(loop);
      this.figures.begin();
      this.figures.add(0, 0, 0, Math.sin(ms / 1800) * 0.9, ms / 260, 0.35, 0, 0, this.look, 1);
      this.figures.end();
      renderer.render(this.scene, this.camera);
    };
    this.running = requestAnimationFrame(loop);
  }

  /** Null where there is no WebGL: the choices work without it. */
  static on(canvas: HTMLCanvasElement): LookPreview | null {
    try {
      const renderer = new WebGLRenderer({ canvas, alpha: true, antialias: true });
      renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
      renderer.setSize(240, 320, false);
      return new LookPreview(renderer);
    } catch {
      return null;
    }
  }

  show(look: number): void {
    this.look = look;
  }

  destroy(): void {
    cancelAnimationFrame(this.running);
    this.figures.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}
