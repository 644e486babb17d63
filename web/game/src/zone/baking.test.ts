// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { BoxGeometry, BufferGeometry, Color, Float32BufferAttribute, Matrix4, Vector3 } from "three";
import { expect, test } from "vitest";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import { bake, bySize, trianglesOf, whole } from "./baking";

/** The sum of the volumes between the triangles and the origin: positive when they face outwards. */
function volume(geometry: BufferGeometry): number {
  const position = geometry.getAttribute("position");
  const corner = (i: number): Vector3 =>
    new Vector3().fromBufferAttribute(position, geometry.index!.getX(i));
  let sum = 0;
  for (let i = 0; i < geometry.index!.count; i += 3) {
    sum += corner(i).dot(corner(i + 1).cross(corner(i + 2))) / 6;
  }
  return sum;
}

test("pieces keep their places, colours and triangles", () => {
  const box = new BoxGeometry(1, 1, 1);
  const baked = bake([
    { part: whole(box), colour: new Color(1, 0, 0), at: new Matrix4().makeTranslation(10, 0, 0) },
    { part: whole(box), colour: new Color(0, 0.5, 0), at: new Matrix4().makeScale(2, 2, 2) },
  ]);
  expect(trianglesOf(baked)).toBe(2 * trianglesOf(box));
  expect(volume(baked)).toBeCloseTo(9, 4);
  baked.computeBoundingBox();
  expect(baked.boundingBox!.min.toArray()).toEqual([-1, -1, -1]);
  expect(baked.boundingBox!.max.toArray()).toEqual([10.5, 1, 1]);
  const colour = baked.getAttribute("color");
  expect([colour.getX(0), colour.getY(0)]).toEqual([1, 0]);
  expect(colour.getY(24)).toBeCloseTo(0.5, 4);
  const normal = baked.getAttribute("normal");
  for (let i = 0; i < normal.count; ++i) {
    expect(Math.hypot(normal.getX(i), normal.getY(i), normal.getZ(i))).toBeCloseTo(1, 5);
  }
});

test("what is mirrored still faces outwards", () => {
  const at = new Matrix4().makeScale(-1, 1, 1);
  const baked = bake([{ part: whole(new BoxGeometry(1, 1, 1)), colour: new Color(), at }]);
  expect(volume(baked)).toBeCloseTo(1, 4);
});

test("vertex colours of a model count, and an index is not needed", () => {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute([0, 0, 0, 1, 0, 0, 0, 1, 0], 3));
  geometry.setAttribute("color", new Float32BufferAttribute([0.5, 1, 1, 1, 1, 1, 1, 1, 1], 3));
  const baked = bake([{ part: whole(geometry), colour: new Color(1, 1, 0), at: new Matrix4() }]);
  expect(trianglesOf(baked)).toBe(1);
  expect(baked.getAttribute("color").getX(0)).toBeCloseTo(0.5, 4);
  expect(baked.getAttribute("color").getZ(1)).toBe(0);
});

test("small bodies are told from large ones, though they are of one geometry", () => {
  const wall = new BoxGeometry(6, 3, 0.3);
  const panes = [-2, 0, 2].map((x) => new BoxGeometry(1, 1, 0.32).translate(x, 0, 0));
  const geometry = mergeGeometries([wall, ...panes]);
  const { small, large } = bySize(geometry, 2.5);
  expect(small!.corners.length / 3).toBe(36);
  expect(large!.corners.length / 3).toBe(12);
  const baked = bake([{ part: small!, colour: new Color(), at: new Matrix4() }]);
  expect(baked.getAttribute("position").count).toBe(72);
  expect(volume(baked)).toBeCloseTo(3 * 0.32, 4);
  expect(bySize(wall, 2.5).small).toBeNull();
  expect(bySize(panes[0]!, 2.5).large).toBeNull();
});
