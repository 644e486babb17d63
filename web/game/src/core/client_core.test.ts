// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The real module in Node: offsets of structs, and what the wrapper makes of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ChaosLink, ClientCore, World } from "./client_core";
import { Wasm } from "./wasm";

const kModule = join(__dirname, "../../../../build/release/wasm/tessera_client.wasm");
let wasm: Wasm;

beforeAll(async () => {
  wasm = await Wasm.load(new Uint8Array(readFileSync(kModule)));
});

test("level ground is level, and has no water", () => {
  const world = World.level(wasm);
  expect(world.groundAt(100, 200)).toBe(0);
  expect(world.waterLevel()).toBe(-Infinity);
  expect(world.terrain()).toMatchObject({ columns: 2, rows: 2, spacing: 4096, low: 0, high: 0 });
  world.destroy();
});

test("bytes that are no geometry make no world", () => {
  expect(World.load(wasm, new Uint8Array(100))).toBeNull();
});

test("a core that has heard nothing is in no world, yet speaks", () => {
  const core = new ClientCore(wasm, World.level(wasm));
  const now = 1_000_000n;
  core.setControls(0, -1, 0, 0);
  core.advance(now);
  expect(core.own(now).id).toBe(0n);
  expect(core.view(now).count).toBe(0);
  expect(core.write(now)!.length).toBeGreaterThan(0);
  expect(core.write(now)).toBeNull();
  expect(core.receive(now, new Uint8Array([1, 2, 3]))).toBe(false);
  expect(core.receive(now, new Uint8Array(5000))).toBe(false);
  expect(core.statistics()).toMatchObject({ packetsOut: 1, decodeErrors: 1, snapshots: 0 });
  expect(core.nextEvent()).toBeNull();
  expect(core.nextCombat()).toBeNull();
  expect(core.cast(now, 1n)).toBeNull();
  expect(core.effects(now, 1n)).toEqual([]);
  core.destroy();
});

test("a ray finds the ground, and only within its range", () => {
  const core = new ClientCore(wasm, World.level(wasm));
  expect(core.castRay([2000, 12, 2000], [0, -1, 0], 50)).toBeCloseTo(12, 3);
  expect(core.castRay([2000, 12, 2000], [0, -1, 0], 10)).toBeNull();
  core.destroy();
});

test("a link of 80 ms gives packets out 80 ms later, and a lossy one loses some", () => {
  const base = { duplicatePercent: 0, reorderPercent: 0, jitterMs: 0, seed: 7 };
  const slow = new ChaosLink(wasm, { ...base, lossPercent: 0, delayMs: 80 });
  slow.push(0n, new Uint8Array([5, 6]));
  expect(slow.pop(79_000n)).toBeNull();
  expect(slow.pop(80_000n)).toEqual(new Uint8Array([5, 6]));
  const lossy = new ChaosLink(wasm, { ...base, lossPercent: 50, delayMs: 0 });
  let arrived = 0;
  for (let i = 0; i < 1000; ++i) {
    lossy.push(0n, new Uint8Array([1]));
    if (lossy.pop(0n)) ++arrived;
  }
  expect(arrived).toBeGreaterThan(400);
  expect(arrived).toBeLessThan(600);
  slow.destroy();
  lossy.destroy();
});
