// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Sky, sun, haze and water by the time of day.
import {
  BackSide,
  Color,
  DirectionalLight,
  type BufferGeometry,
  Fog,
  Group,
  HemisphereLight,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
  type Scene as ThreeScene,
} from "three";
import { bake, whole } from "./baking";
import { paintedMaterial, type Daylight } from "./painted";
import type { Scene } from "./scene";

interface Hour {
  at: number;
  zenith: string;
  horizon: string;
  sun: number;
  ambient: number;
}

/** The day, from midnight to midnight; between two of these it is mixed. */
const kDay: Hour[] = [
  { at: 0, zenith: "#050a1c", horizon: "#131f38", sun: 0.12, ambient: 0.5 },
  { at: 5, zenith: "#0d1836", horizon: "#33405f", sun: 0.15, ambient: 0.6 },
  { at: 6.5, zenith: "#4b6ea8", horizon: "#e8b48a", sun: 1.2, ambient: 0.9 },
  { at: 9, zenith: "#4d87c9", horizon: "#c8dbe6", sun: 2.2, ambient: 1.3 },
  { at: 16, zenith: "#4a85c8", horizon: "#c6dae6", sun: 2.3, ambient: 1.3 },
  { at: 19, zenith: "#3d5a94", horizon: "#e59a67", sun: 1.2, ambient: 0.9 },
  { at: 20.5, zenith: "#131f42", horizon: "#3d4566", sun: 0.2, ambient: 0.6 },
  { at: 24, zenith: "#050a1c", horizon: "#131f38", sun: 0.12, ambient: 0.5 },
];

export class SkyView {
  readonly group = new Group();
  readonly sun = new DirectionalLight();
  private readonly ambient = new HemisphereLight();
  private readonly dome: Mesh<SphereGeometry, ShaderMaterial>;
  private readonly water: Mesh<BufferGeometry, ShaderMaterial> | null = null;
  private readonly fog = new Fog(0);
  private readonly disc = new Mesh(
    new SphereGeometry(26, 12, 8),
    new MeshBasicMaterial({ color: "#fff6d8", fog: false }),
  );
  private readonly direction = new Vector3();

  constructor(
    private readonly scene: Scene,
    private readonly three: ThreeScene,
    private readonly daylight: Daylight,
  ) {
    this.dome = new Mesh(
      new SphereGeometry(900, 24, 12),
      new ShaderMaterial({
        side: BackSide,
        depthWrite: false,
        fog: false,
        uniforms: { zenith: { value: new Color() }, horizon: { value: new Color() } },
        vertexShader: `uniform vec3 zenith; uniform vec3 horizon; varying vec3 shade;
          void main() {
            float up = pow(clamp(normalize(position).y, 0.0, 1.0), 0.55);
            shade = mix(horizon, zenith, up);
            gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
          }`,
        fragmentShader: `varying vec3 shade;
          void main() { gl_FragColor = vec4(shade, 1.0); }`,
      }),
    );
    this.dome.renderOrder = 1; // when all that hides it is there
    this.group.add(this.sun, this.sun.target, this.ambient, this.dome, this.disc);
    if (scene.water_level_m !== undefined) {
      const width = scene.high[0] - scene.low[0] + 2000;
      const length = scene.high[1] - scene.low[1] + 2000;
      const plane = {
        part: whole(new PlaneGeometry(width, length)),
        colour: new Color("#3b7ea1"),
        at: new Matrix4().makeRotationX(-Math.PI / 2),
      };
      this.water = new Mesh(bake([plane]), paintedMaterial(daylight, { opacity: 0.78 }));
      this.water.position.set(
        (scene.low[0] + scene.high[0]) / 2,
        scene.water_level_m,
        (scene.low[1] + scene.high[1]) / 2,
      );
      this.group.add(this.water);
    }
    three.fog = this.fog;
  }

  update(eye: Vector3, hour: number, range: number): void {
    const zenith = this.dome.material.uniforms["zenith"]!.value as Color;
    const horizon = this.dome.material.uniforms["horizon"]!.value as Color;
    const next = Math.max(kDay.findIndex((entry) => entry.at > hour), 1);
    const a = kDay[next - 1]!;
    const b = kDay[next]!;
    const share = (hour - a.at) / (b.at - a.at);
    zenith.set(a.zenith).lerp(new Color(b.zenith), share);
    horizon.set(a.horizon).lerp(new Color(b.horizon), share);
    if (this.scene.instance) horizon.set("#0b0a0d");
    const inside = this.scene.instance;
    this.sun.intensity = inside ? 0.25 : a.sun + (b.sun - a.sun) * share;
    this.ambient.intensity = inside ? 1.6 : a.ambient + (b.ambient - a.ambient) * share;
    this.sun.color.set(this.scene.sun_colour);
    this.ambient.color.set(this.scene.ambient_colour).lerp(new Color("#ffffff"), 0.5);
    this.ambient.groundColor.set("#6b6350");
    const turn = ((hour - 6) / 12) * Math.PI;
    this.direction.set(Math.cos(turn), Math.max(Math.sin(turn), 0.15), 0.35).normalize();
    this.sun.position.copy(eye).addScaledVector(this.direction, 100);
    this.sun.target.position.copy(eye);
    this.dome.position.copy(eye);
    this.dome.visible = this.disc.visible = !inside;
    this.disc.position.copy(eye).addScaledVector(this.direction, 850);
    const weather = { clear: 1, rain: 0.55, snow: 0.5, fog: 0.25 }[this.scene.weather];
    this.fog.color.copy(horizon);
    this.fog.near = range * weather * 0.35;
    this.fog.far = range * weather;
    this.three.background = this.fog.color;
    this.daylight.setHaze(horizon, this.fog.near, this.fog.far);
    const { sun, ambient } = this;
    this.daylight.set(
      this.direction, sun.color, sun.intensity, ambient.color, ambient.groundColor, ambient.intensity,
    );
    zenith.convertLinearToSRGB(); // the dome's vertices are as they are shown
    horizon.convertLinearToSRGB();
  }

  dispose(): void {
    this.dome.geometry.dispose();
    this.dome.material.dispose();
    this.water?.geometry.dispose();
    this.water?.material.dispose();
    this.three.fog = null;
  }
}
