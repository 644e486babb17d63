// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The ground to look at: chunks of 32 squares, each in three grades of detail by distance, with
// skirts that hide the cracks between grades. Colours follow height and slope.
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  Mesh,
  type ShaderMaterial,
  type Vector3,
} from "three";
import type { Terrain } from "../core/client_core";
import { paintedMaterial, type Daylight } from "./painted";

const kChunkSquares = 32;
/** Squares of the height map to one of the mesh, and up to how many metres from the eye. */
const kGrades = [
  { step: 1, reach: 1 },
  { step: 4, reach: 2.5 },
  { step: 16, reach: Infinity },
] as const;
const kSkirtM = 12;

const kGrass = new Color("#5d7f3a");
const kMeadow = new Color("#8a9a4c");
const kRock = new Color("#7d756a");
const kSand = new Color("#b9a777");
const kBed = new Color("#4d5a4a");

interface Chunk {
  mesh: Mesh;
  column: number;
  row: number;
  grade: number;
}

export class TerrainView {
  readonly group = new Group();
  private readonly chunks: Chunk[] = [];
  private readonly material: ShaderMaterial;
  private readonly made = new Map<string, BufferGeometry>();

  constructor(
    private readonly terrain: Terrain,
    private readonly waterLevel: number,
    daylight: Daylight,
  ) {
    this.material = paintedMaterial(daylight);
    for (let row = 0; row + 1 < terrain.rows; row += kChunkSquares) {
      for (let column = 0; column + 1 < terrain.columns; column += kChunkSquares) {
        const mesh = new Mesh(undefined, this.material);
        mesh.matrixAutoUpdate = false;
        this.group.add(mesh);
        this.chunks.push({ mesh, column, row, grade: -1 });
      }
    }
  }

  /**
   * Puts every chunk in the grade of its distance, where the finest reaches to `fine` metres; at
   * most `budget` geometries are made. Chunks beyond `range` metres are not drawn.
   */
  update(eye: Vector3, fine: number, range: number, budget = 4): void {
    const { spacing, originX, originZ } = this.terrain;
    const size = kChunkSquares * spacing;
    for (const chunk of this.chunks) {
      const x = originX + (chunk.column + kChunkSquares / 2) * spacing;
      const z = originZ + (chunk.row + kChunkSquares / 2) * spacing;
      const away = Math.max(Math.abs(eye.x - x), Math.abs(eye.z - z)) - size / 2;
      chunk.mesh.visible = away < range;
      const grade = kGrades.findIndex((candidate) => away < candidate.reach * fine);
      if (grade === chunk.grade) continue;
      const known = this.made.get(this.key(chunk, grade));
      if (!known && --budget < 0) continue;
      chunk.mesh.geometry = known ?? this.make(chunk, grade);
      chunk.grade = grade;
    }
  }

  dispose(): void {
    for (const geometry of this.made.values()) geometry.dispose();
    this.material.dispose();
  }

  private key(chunk: Chunk, grade: number): string {
    return `${chunk.column},${chunk.row},${grade}`;
  }

  private height(column: number, row: number): number {
    const { samples, columns, rows, low, high } = this.terrain;
    const c = Math.min(Math.max(column, 0), columns - 1);
    const r = Math.min(Math.max(row, 0), rows - 1);
    return low + ((high - low) * samples[r * columns + c]!) / 65535;
  }

  private make(chunk: Chunk, grade: number): BufferGeometry {
    const { step } = kGrades[grade]!;
    const { spacing, originX, originZ, columns, rows } = this.terrain;
    const wide = Math.ceil(Math.min(kChunkSquares, columns - 1 - chunk.column) / step);
    const long = Math.ceil(Math.min(kChunkSquares, rows - 1 - chunk.row) / step);
    const count = (wide + 3) * (long + 3); // one ring more: the skirt
    const positions = new Float32Array(3 * count);
    const normals = new Float32Array(3 * count);
    const colours = new Float32Array(3 * count);
    const colour = new Color();
    let at = 0;
    for (let j = -1; j <= long + 1; ++j) {
      for (let i = -1; i <= wide + 1; ++i, at += 3) {
        const c = Math.min(chunk.column + Math.min(Math.max(i, 0), wide) * step, columns - 1);
        const r = Math.min(chunk.row + Math.min(Math.max(j, 0), long) * step, rows - 1);
        const skirt = i < 0 || j < 0 || i > wide || j > long;
        const y = this.height(c, r);
        positions[at] = originX + c * spacing;
        positions[at + 1] = y - (skirt ? kSkirtM : 0);
        positions[at + 2] = originZ + r * spacing;
        const slopeX = (this.height(c + 1, r) - this.height(c - 1, r)) / (2 * spacing);
        const slopeZ = (this.height(c, r + 1) - this.height(c, r - 1)) / (2 * spacing);
        const length = Math.hypot(slopeX, 1, slopeZ);
        normals.set([-slopeX / length, 1 / length, -slopeZ / length], at);
        this.paint(colour, y, Math.hypot(slopeX, slopeZ), c * 7 + r * 13);
        colours.set([colour.r, colour.g, colour.b], at);
      }
    }
    const indices = new Uint32Array(6 * (wide + 2) * (long + 2));
    let next = 0;
    for (let j = 0; j < long + 2; ++j) {
      for (let i = 0; i < wide + 2; ++i) {
        const a = j * (wide + 3) + i;
        const b = a + wide + 3;
        indices.set([a, b, a + 1, a + 1, b, b + 1], next);
        next += 6;
      }
    }
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(positions, 3));
    geometry.setAttribute("normal", new BufferAttribute(normals, 3));
    geometry.setAttribute("color", new BufferAttribute(colours, 3));
    geometry.setIndex(new BufferAttribute(indices, 1));
    this.made.set(this.key(chunk, grade), geometry);
    return geometry;
  }

  private paint(out: Color, height: number, slope: number, seed: number): void {
    const above = height - this.waterLevel;
    const speck = (((seed * 2654435761) >>> 16) & 255) / 255 - 0.5;
    if (above < -0.5) out.copy(kBed);
    else if (above < 1.2) out.copy(kSand);
    else out.copy(kGrass).lerp(kMeadow, Math.min(Math.max(above / 90 + speck * 0.5, 0), 1));
    out.lerp(kRock, Math.min(Math.max((slope - 0.45) * 3, 0), 1));
    out.multiplyScalar(1 + speck * 0.08);
  }
}
