// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { expect, test } from "vitest";
import { Sparks } from "./sparks";

test("a bolt that is not there any more bursts, and the burst fades", () => {
  const sparks = new Sparks();
  for (let i = 0; i < 5; ++i) {
    sparks.fly(1n, i, 1, 0, "#ff0000");
    sparks.update(0.016);
  }
  expect(sparks.flying).toBe(1);
  expect(sparks.glowing).toBe(0);
  expect(sparks.mesh.count).toBe(5); // itself and its trail
  sparks.update(0.016);
  expect(sparks.flying).toBe(0);
  expect(sparks.glowing).toBeGreaterThan(5);
  for (let i = 0; i < 60; ++i) sparks.update(0.016);
  expect(sparks.glowing).toBe(0);
  expect(sparks.mesh.count).toBe(0);
});

test("however much glows, it is no more than there is room for", () => {
  const sparks = new Sparks();
  for (let i = 0; i < 200; ++i) {
    sparks.fly(BigInt(i + 1), i, 1, 0, "#00ff00");
    sparks.flash(i, 1, 0, "#0000ff", true);
  }
  sparks.update(0.016);
  expect(sparks.mesh.count).toBeLessThanOrEqual(600);
  expect(sparks.mesh.count).toBeGreaterThan(300);
});
