// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { expect, test } from "vitest";
import type { Cast } from "../core/client_core";
import { kSights, seenAbility } from "./testing";
import { groundNet, groundShape, Telegraphs, type Caster } from "./telegraphs";

function caster(cast: Partial<Cast>): Caster {
  return { id: 5n, x: 10, z: 20, cast: { ability: 2, since: 0.5, whole: 2, heading: 0, point: null, ...cast } };
}

const level = (): number => 3;

/** The least and greatest x and z of a net. */
function bounds(points: Float32Array): number[] {
  const [xs, zs] = [0, 2].map((axis) => [...points].filter((_, i) => i % 3 === axis));
  return [Math.min(...xs!), Math.max(...xs!), Math.min(...zs!), Math.max(...zs!)];
}

test("a circle lies where it is aimed, and without a place round its caster", () => {
  const circle = seenAbility({ shape: "circle", range_m: 30, radius_m: 4 });
  expect(groundShape(circle, caster({ point: [100, 200] }))).toMatchObject({ x: 100, z: 200, inner: 0, outer: 4 });
  expect(groundShape(circle, caster({}))).toMatchObject({ x: 10, z: 20 });
  const nova = seenAbility({ shape: "ring", range_m: 0, radius_m: 6, inner_m: 2 });
  expect(groundShape(nova, caster({ point: [1, 1] }))).toMatchObject({ x: 10, z: 20, inner: 2, outer: 6 });
});

test("a cone opens ahead, a line goes ahead, both clockwise from north", () => {
  const cone = seenAbility({ shape: "cone", range_m: 8, half_angle: 0.5 });
  const north = bounds(groundNet(groundShape(cone, caster({}))!, level));
  expect(north[2]).toBeCloseTo(12, 3); // z grows to the south
  expect(north[3]).toBeCloseTo(20, 3);
  expect(north[1]! - 10).toBeCloseTo(8 * Math.sin(0.5), 3);
  const beam = seenAbility({ shape: "line", range_m: 9, width_m: 3 });
  const east = bounds(groundNet(groundShape(beam, caster({ heading: Math.PI / 2 }))!, level));
  [10, 19, 18.5, 21.5].forEach((value, i) => expect(east[i]).toBeCloseTo(value, 3));
});

test("what strikes one or flies leaves no mark on the ground", () => {
  for (const shape of ["self", "target", "chain", "projectile"] as const) {
    expect(groundShape(seenAbility({ shape }), caster({}))).toBeNull();
  }
});

test("a mark is there as long as the cast, and lies on the ground", () => {
  const telegraphs = new Telegraphs(level);
  telegraphs.update([caster({})], (id) => kSights.ability(id));
  expect(telegraphs.group.children).toHaveLength(1);
  const first = telegraphs.group.children[0];
  telegraphs.update([caster({ since: 1.5 })], (id) => kSights.ability(id));
  expect(telegraphs.group.children[0]).toBe(first);
  telegraphs.update([caster({ ability: 1 })], (id) => kSights.ability(id));
  expect(telegraphs.group.children).toHaveLength(0);
  telegraphs.update([caster({ ability: 99 })], (id) => kSights.ability(id));
  expect(telegraphs.group.children).toHaveLength(0);
});
