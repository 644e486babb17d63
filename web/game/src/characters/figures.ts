// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Everybody as one draw call a kind: a figure of a few boxes whose limbs the vertex shader swings.
// The processor writes twelve numbers for each instance and frame, and no matrices.
import {
  BoxGeometry,
  BufferAttribute,
  Color,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  ShaderMaterial,
  SphereGeometry,
  type BufferGeometry,
} from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import { kPaint, kPaintedFragment, type Daylight } from "../zone/painted";
import { kClothes, kHairs, kSkins, kTrousers } from "./looks";

/** Which joint moves a vertex. */
const Part = { Body: 0, LeftLeg: 1, RightLeg: 2, LeftArm: 3, RightArm: 4, Head: 5 } as const;
/** Which colour of the look it has. */
const Tint = { Skin: 0, Clothes: 1, Trousers: 2, Hair: 3, Dark: 4 } as const;

function box(
  size: [number, number, number],
  at: [number, number, number],
  part: number,
  tint: number,
): BufferGeometry {
  const geometry = new BoxGeometry(...size).translate(...at);
  geometry.deleteAttribute("uv");
  const count = geometry.getAttribute("position").count;
  const marks = new Float32Array(2 * count);
  for (let i = 0; i < count; ++i) marks.set([part, tint], 2 * i);
  geometry.setAttribute("mark", new BufferAttribute(marks, 2));
  return geometry;
}

/** Faces north (-z), 1.8 m high. */
function personGeometry(): BufferGeometry {
  return mergeGeometries([
    box([0.2, 0.82, 0.22], [-0.12, 0.41, 0], Part.LeftLeg, Tint.Trousers),
    box([0.2, 0.82, 0.22], [0.12, 0.41, 0], Part.RightLeg, Tint.Trousers),
    box([0.22, 0.12, 0.32], [-0.12, 0.06, -0.04], Part.LeftLeg, Tint.Dark),
    box([0.22, 0.12, 0.32], [0.12, 0.06, -0.04], Part.RightLeg, Tint.Dark),
    box([0.5, 0.6, 0.28], [0, 1.1, 0], Part.Body, Tint.Clothes),
    box([0.52, 0.08, 0.3], [0, 0.86, 0], Part.Body, Tint.Dark),
    box([0.15, 0.55, 0.18], [-0.34, 1.1, 0], Part.LeftArm, Tint.Clothes),
    box([0.15, 0.55, 0.18], [0.34, 1.1, 0], Part.RightArm, Tint.Clothes),
    box([0.13, 0.14, 0.15], [-0.34, 0.77, 0], Part.LeftArm, Tint.Skin),
    box([0.13, 0.14, 0.15], [0.34, 0.77, 0], Part.RightArm, Tint.Skin),
    box([0.3, 0.32, 0.3], [0, 1.58, 0], Part.Head, Tint.Skin),
    box([0.34, 0.14, 0.34], [0, 1.74, 0.02], Part.Head, Tint.Hair),
    box([0.34, 0.26, 0.1], [0, 1.6, 0.15], Part.Head, Tint.Hair),
    box([0.05, 0.06, 0.02], [-0.07, 1.6, -0.155], Part.Head, Tint.Dark),
    box([0.05, 0.06, 0.02], [0.07, 1.6, -0.155], Part.Head, Tint.Dark),
  ]);
}

/** A person far away. */
function farPersonGeometry(): BufferGeometry {
  return mergeGeometries([
    box([0.2, 0.82, 0.22], [-0.12, 0.41, 0], Part.LeftLeg, Tint.Trousers),
    box([0.2, 0.82, 0.22], [0.12, 0.41, 0], Part.RightLeg, Tint.Trousers),
    box([0.8, 0.6, 0.26], [0, 1.1, 0], Part.Body, Tint.Clothes),
    box([0.3, 0.32, 0.3], [0, 1.58, -0.02], Part.Head, Tint.Skin),
    box([0.34, 0.2, 0.34], [0, 1.74, 0.04], Part.Head, Tint.Hair),
  ]);
}

/** A beast on four legs, 1 m at the shoulder. */
function beastGeometry(): BufferGeometry {
  return mergeGeometries([
    box([0.16, 0.55, 0.16], [-0.2, 0.28, -0.4], Part.LeftLeg, Tint.Hair),
    box([0.16, 0.55, 0.16], [0.2, 0.28, -0.4], Part.RightLeg, Tint.Hair),
    box([0.16, 0.55, 0.16], [-0.2, 0.28, 0.45], Part.RightLeg, Tint.Hair),
    box([0.16, 0.55, 0.16], [0.2, 0.28, 0.45], Part.LeftLeg, Tint.Hair),
    box([0.6, 0.5, 1.2], [0, 0.72, 0], Part.Body, Tint.Clothes),
    box([0.36, 0.36, 0.42], [0, 0.98, -0.75], Part.Head, Tint.Clothes),
    box([0.2, 0.16, 0.2], [0, 0.9, -1.02], Part.Head, Tint.Dark),
    box([0.1, 0.18, 0.06], [-0.13, 1.22, -0.65], Part.Head, Tint.Hair),
    box([0.1, 0.18, 0.06], [0.13, 1.22, -0.65], Part.Head, Tint.Hair),
    box([0.1, 0.1, 0.4], [0, 0.86, 0.75], Part.Body, Tint.Hair),
  ]);
}

function stoneGeometry(): BufferGeometry {
  const geometry = new SphereGeometry(0.14, 8, 6);
  geometry.deleteAttribute("uv");
  const marks = new Float32Array(2 * geometry.getAttribute("position").count);
  for (let i = 1; i < marks.length; i += 2) marks[i] = Tint.Dark;
  geometry.setAttribute("mark", new BufferAttribute(marks, 2));
  return geometry;
}

const kGeometries = {
  person: personGeometry,
  far_person: farPersonGeometry,
  beast: beastGeometry,
  stone: stoneGeometry,
};
export type FigureKind = keyof typeof kGeometries;

const kVertexHead = `
  attribute vec2 mark;      // part, tint
  attribute vec4 place;     // x, y, z, heading
  attribute vec4 motion;    // phase of the step, its swing, emote, its age
  attribute vec4 look;      // skin, hair, clothes, trousers
  attribute float size;
  uniform vec3 skins[8]; uniform vec3 hairs[8]; uniform vec3 clothes[16]; uniform vec3 trousers[8];

  mat2 turned(float angle) { float c = cos(angle), s = sin(angle); return mat2(c, s, -s, c); }

  // How an emote holds the body; angles forward of what hangs, backward of what stands.
  struct Gesture { vec2 legs; vec2 arms; float lean; float head; float lift; };

  // By the emote's number, as in chat.ts. Of a step (x of motion) nothing remains while it lasts.
  Gesture gesture() {
    float t = motion.w, beat = sin(t * 6.0);
    int emote = int(motion.z + 0.5);
    if (emote == 1) return Gesture(vec2(0), vec2(0, 2.6 + 0.4 * sin(t * 12.0)), 0.0, 0.0, 0.0);
    if (emote == 2) return Gesture(vec2(0), vec2(0.5, 0.5), -0.9, -0.3, 0.0);
    if (emote == 3) return Gesture(vec2(0), vec2(2.8 + 0.3 * beat), 0.1, 0.2, 0.16 * abs(beat));
    if (emote == 4)
      return Gesture(vec2(beat, -beat) * 0.5, vec2(1.3 - beat, 1.3 + beat), 0.0, 0.2 * beat, 0.08 * abs(beat));
    if (emote == 5) return Gesture(vec2(0), vec2(0.6), 0.15 + 0.05 * sin(t * 20.0), 0.35, 0.0);
    if (emote == 6) return Gesture(vec2(1.5), vec2(0.5), 0.0, 0.0, -0.66);
    if (emote == 9) return Gesture(vec2(1.6), vec2(0.9), -0.9, 0.8, -0.35);
    if (emote == 7) return Gesture(vec2(0), vec2(0, 1.57), 0.0, 0.0, 0.0);
    return Gesture(vec2(0), vec2(0, 2.3), 0.05, 0.0, 0.0);
  }
  float joint_height(float part) { return part < 0.5 ? 0.0 : part > 4.5 ? 1.42 : part < 2.5 ? 0.82 : 1.36; }
  float limb_angle(Gesture pose, float part) {
    if (part == 1.0) return pose.legs.x;
    if (part == 2.0) return pose.legs.y;
    if (part == 3.0) return pose.arms.x;
    if (part == 4.0) return pose.arms.y;
    return part == 5.0 ? pose.head : 0.0;
  }

  // Turns about the joint, steps, grows and turns as a whole; both vectors of the vertex.
  void pose(out vec3 at, out vec3 way) {
    float step = sin(motion.x) * motion.y;
    Gesture now = Gesture(vec2(step, -step), vec2(-step, step) * 0.8, 0.0, 0.0, abs(cos(motion.x)) * motion.y * 0.06);
    float rolled = motion.z == 9.0 ? min(motion.w / 0.4, 1.0) * 6.2832 : 0.0;
    if (motion.z == 10.0) now.arms = vec2(1.5, 1.1);
    else if (motion.z > 0.5 && motion.w < 3.0) now = gesture();
    vec2 joint = vec2(joint_height(mark.x), 0.0), hip = vec2(0.82, 0.0);
    mat2 swing = turned(limb_angle(now, mark.x)), facing = turned(place.w);
    at = position;
    way = normal;
    at.yz = swing * (at.yz - joint) + joint;
    way.yz = swing * way.yz;
    if (mark.x < 0.5 || mark.x > 2.5) {
      mat2 lean = turned(now.lean);
      at.yz = lean * (at.yz - hip) + hip;
      way.yz = lean * way.yz;
    }
    if (rolled > 0.0) {
      mat2 over = turned(-rolled);
      at.yz = over * (at.yz - hip) + hip;
      way.yz = over * way.yz;
    }
    at.y += now.lift;
    at *= size;
    at.xz = facing * at.xz;
    at += place.xyz;
    way.xz = facing * way.xz;
  }
  vec3 tint_of() {
    if (mark.y == 0.0) return skins[int(look.x)];
    if (mark.y == 1.0) return clothes[int(look.z)];
    if (mark.y == 2.0) return trousers[int(look.w)];
    if (mark.y == 3.0) return hairs[int(look.y)];
    return vec3(0.02, 0.018, 0.016);
  }
`;

function palette(colours: string[]): { value: Color[] } {
  return { value: colours.map((colour) => new Color(colour)) };
}

function figureMaterial(daylight: Daylight): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: {
      ...daylight.uniforms,
      opacity: { value: 1 },
      skins: palette(kSkins),
      hairs: palette(kHairs),
      clothes: palette(kClothes),
      trousers: palette(kTrousers),
    },
    vertexShader: `${kPaint}${kVertexHead}
      void main() {
        vec3 at, way;
        pose(at, way);
        paint(tint_of(), at, way);
      }`,
    fragmentShader: kPaintedFragment,
  });
}

/** All figures of a kind. Each frame: begin(), add() for each, end(). */
export class Figures {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  private capacity = 0;
  private count = 0;
  private place!: InstancedBufferAttribute;
  private motion!: InstancedBufferAttribute;
  private look!: InstancedBufferAttribute;
  private size!: InstancedBufferAttribute;

  constructor(kind: FigureKind, daylight: Daylight) {
    const geometry = new InstancedBufferGeometry();
    const base = kGeometries[kind]();
    geometry.setIndex(base.getIndex());
    for (const name of ["position", "normal", "mark"]) {
      geometry.setAttribute(name, base.getAttribute(name));
    }
    this.mesh = new Mesh(geometry, figureMaterial(daylight));
    this.mesh.frustumCulled = false;
    this.grow(64);
  }

  begin(): void {
    this.count = 0;
  }

  /** `phase` of the step in radians, `swing` of the legs in radians, `emote` 0 for none. */
  add(
    x: number, y: number, z: number, heading: number,
    phase: number, swing: number, emote: number, emoteAge: number,
    look: number, size: number,
  ): void {
    if (this.count === this.capacity) this.grow(2 * this.capacity);
    const at = 4 * this.count;
    const place = this.place.array;
    place[at] = x;
    place[at + 1] = y;
    place[at + 2] = z;
    place[at + 3] = heading;
    const motion = this.motion.array;
    motion[at] = phase;
    motion[at + 1] = swing;
    motion[at + 2] = emote;
    motion[at + 3] = emoteAge;
    const tints = this.look.array;
    tints[at] = look & 7;
    tints[at + 1] = (look >> 3) & 7;
    tints[at + 2] = (look >> 6) & 15;
    tints[at + 3] = (look >> 10) & 7;
    this.size.array[this.count] = size;
    ++this.count;
  }

  end(): void {
    this.mesh.geometry.instanceCount = this.count;
    this.mesh.visible = this.count > 0;
    for (const attribute of [this.place, this.motion, this.look, this.size]) {
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, this.count * attribute.itemSize);
      attribute.needsUpdate = true;
    }
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }

  private grow(capacity: number): void {
    const more = (name: string, old: InstancedBufferAttribute | undefined, items: number) => {
      const array = new Float32Array(items * capacity);
      if (old) array.set(old.array as Float32Array);
      const attribute = new InstancedBufferAttribute(array, items);
      attribute.setUsage(DynamicDrawUsage);
      this.mesh.geometry.setAttribute(name, attribute);
      return attribute;
    };
    this.place = more("place", this.place, 4);
    this.motion = more("motion", this.motion, 4);
    this.look = more("look", this.look, 4);
    this.size = more("size", this.size, 1);
    this.capacity = capacity;
    this.mesh.geometry.dispose(); // the renderer binds the new arrays
  }
}
