// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Many small things become one geometry: each draw costs the processor about as much as 300
// triangles, and a house alone has a dozen parts. Colours are written into the vertices, so that one
// material does for all. Small bodies (panes, candles, chairs) are told from large ones (walls,
// roofs), so that they need not be drawn from afar.
import { Box3, BufferAttribute, BufferGeometry, Color, Matrix3, Vector3, type Matrix4 } from "three";

/** Some of a geometry's triangles. */
export interface Part {
  geometry: BufferGeometry;
  vertices: number[]; // of the geometry
  corners: number[]; // three a triangle, places in `vertices`
}

/** Something at its place in the world. */
export interface Piece {
  part: Part;
  colour: Color;
  at: Matrix4;
}

export function trianglesOf(geometry: BufferGeometry): number {
  return (geometry.index ?? geometry.getAttribute("position")).count / 3;
}

/** All of it. */
export function whole(geometry: BufferGeometry): Part {
  return choose(geometry, () => true);
}

/** Bodies whose box has a diagonal of less than `size`, and all others; null where there are none. */
export function bySize(geometry: BufferGeometry, size: number): { small: Part | null; large: Part | null } {
  const body = bodies(geometry);
  const boxes = new Map<number, Box3>();
  const position = geometry.getAttribute("position");
  const corner = new Vector3();
  for (let i = 0; i < position.count; ++i) {
    const box = boxes.get(body[i]!) ?? new Box3();
    boxes.set(body[i]!, box.expandByPoint(corner.fromBufferAttribute(position, i)));
  }
  const isSmall = (vertex: number): boolean => {
    const box = boxes.get(body[vertex]!)!;
    return box.min.distanceTo(box.max) < size;
  };
  const small = choose(geometry, isSmall);
  const large = choose(geometry, (vertex) => !isSmall(vertex));
  return {
    small: small.corners.length > 0 ? small : null,
    large: large.corners.length > 0 ? large : null,
  };
}

/** One geometry of all pieces: positions, normals, colours; 24 bytes a vertex. */
export function bake(pieces: readonly Piece[]): BufferGeometry {
  let [vertices, corners] = [0, 0];
  for (const { part } of pieces) {
    vertices += part.vertices.length;
    corners += part.corners.length;
  }
  const positions = new Float32Array(3 * vertices);
  const normals = new Int8Array(4 * vertices); // the fourth keeps vertices on multiples of four bytes
  const colours = new Uint16Array(4 * vertices);
  const index = new Uint32Array(corners);
  let [vertex, corner] = [0, 0];
  for (const piece of pieces) {
    writeVertices(positions, normals, colours, vertex, piece);
    const mirrored = piece.at.determinant() < 0;
    const own = piece.part.corners;
    for (let i = 0; i < own.length; ++i) {
      index[corner + i] = vertex + own[mirrored ? i + [0, 1, -1][i % 3]! : i]!;
    }
    vertex += piece.part.vertices.length;
    corner += own.length;
  }
  const baked = new BufferGeometry();
  baked.setAttribute("position", new BufferAttribute(positions, 3));
  baked.setAttribute("normal", new BufferAttribute(normals, 4, true));
  baked.setAttribute("color", new BufferAttribute(colours, 4, true));
  baked.setIndex(new BufferAttribute(index, 1));
  baked.computeBoundingSphere();
  return baked;
}

function vertexAt(geometry: BufferGeometry, corner: number): number {
  return geometry.index ? geometry.index.getX(corner) : corner;
}

/** The triangles whose first vertex is chosen; bodies are chosen as a whole. */
function choose(geometry: BufferGeometry, chosen: (vertex: number) => boolean): Part {
  const part: Part = { geometry, vertices: [], corners: [] };
  const places = new Map<number, number>();
  for (let triangle = 0; triangle < trianglesOf(geometry); ++triangle) {
    if (!chosen(vertexAt(geometry, 3 * triangle))) continue;
    for (let i = 0; i < 3; ++i) {
      const vertex = vertexAt(geometry, 3 * triangle + i);
      let place = places.get(vertex);
      if (place === undefined) {
        place = part.vertices.push(vertex) - 1;
        places.set(vertex, place);
      }
      part.corners.push(place);
    }
  }
  return part;
}

/** For each vertex a number of its body: what triangles hold together at places, not at vertices. */
function bodies(geometry: BufferGeometry): number[] {
  const position = geometry.getAttribute("position");
  const above = Array.from({ length: position.count }, (_, i) => i);
  const root = (vertex: number): number => {
    while (above[vertex] !== vertex) vertex = above[vertex] = above[above[vertex]!]!;
    return vertex;
  };
  const join = (a: number, b: number): void => {
    above[root(a)] = root(b);
  };
  const first = new Map<string, number>();
  for (let i = 0; i < position.count; ++i) {
    const place = `${position.getX(i)},${position.getY(i)},${position.getZ(i)}`;
    const same = first.get(place);
    if (same === undefined) first.set(place, i);
    else join(i, same);
  }
  for (let corner = 0; corner < 3 * trianglesOf(geometry); corner += 3) {
    join(vertexAt(geometry, corner), vertexAt(geometry, corner + 1));
    join(vertexAt(geometry, corner), vertexAt(geometry, corner + 2));
  }
  return above.map((_, vertex) => root(vertex));
}

function writeVertices(
  positions: Float32Array,
  normals: Int8Array,
  colours: Uint16Array,
  first: number,
  { part, colour, at }: Piece,
): void {
  const position = part.geometry.getAttribute("position");
  const normal = part.geometry.getAttribute("normal");
  const tint = part.geometry.getAttribute("color");
  const turn = new Matrix3().getNormalMatrix(at);
  const v = new Vector3();
  const channel = (value: number): number => Math.round(65535 * Math.min(value, 1));
  part.vertices.forEach((i, n) => {
    const to = first + n;
    v.fromBufferAttribute(position, i).applyMatrix4(at).toArray(positions, 3 * to);
    v.set(0, 1, 0);
    if (normal) v.fromBufferAttribute(normal, i).applyMatrix3(turn).normalize();
    normals.set([127 * v.x, 127 * v.y, 127 * v.z, 0], 4 * to);
    const [r, g, b] = tint ? [tint.getX(i), tint.getY(i), tint.getZ(i)] : [1, 1, 1];
    colours.set(
      [channel(colour.r * r), channel(colour.g * g), channel(colour.b * b), 65535],
      4 * to,
    );
  });
}
