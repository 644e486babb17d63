// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { expect, test } from "vitest";
import { CombatKind } from "../core/client_core";
import { Meter } from "./meter";
import { kAnn, kWolf, line, nameOf } from "./testing";

test("who does most stands first, with what shields took", () => {
  const meter = new Meter();
  meter.add(line({ amount: 50 }), 1000, nameOf);
  meter.add(line({ actor: kWolf, amount: 60, absorbed: 40 }), 2000, nameOf);
  meter.add(line({ kind: CombatKind.Heal, amount: 20 }), 5000, nameOf);
  expect(meter.seconds).toBe(4);
  expect(meter.rows()).toEqual([
    { id: kWolf, name: "Wolf", damage: 100, healing: 0, damagePerSecond: 25, healingPerSecond: 0, share: 1 },
    { id: kAnn, name: "Ann", damage: 50, healing: 20, damagePerSecond: 12.5, healingPerSecond: 5, share: 0.7 },
  ]);
});

test("after a pause another fight begins, and until then the last one stays", () => {
  const meter = new Meter();
  meter.add(line({ amount: 50 }), 1000, nameOf);
  meter.add(line({ kind: CombatKind.Missed }), 60_000, nameOf);
  expect(meter.rows()[0]!.damage).toBe(50);
  meter.add(line({ amount: 5 }), 60_000, nameOf);
  expect(meter.rows()).toHaveLength(1);
  expect(meter.rows()[0]).toMatchObject({ damage: 5, damagePerSecond: 5 });
});

test("what nobody in sight did is nobody's", () => {
  const meter = new Meter();
  meter.add(line({ actor: 0n, amount: 50 }), 1000, nameOf);
  expect(meter.rows()).toEqual([]);
});
