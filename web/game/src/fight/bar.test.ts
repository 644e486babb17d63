// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { expect, test } from "vitest";
import { ActionBar } from "./bar";
import type { Ability } from "./rules";

function ability(fields: Partial<Ability>): Ability {
  return {
    id: 1, name: "hit", title: "Hit", level: 1, cost: 0, combo_points: 0, cooldown_s: 10, charges: 1,
    cast_s: 0, global_cooldown: true, aim: "enemy", range_m: 3, radius_m: 0, colour: "#ffffff",
    animation: "", help: "", ...fields,
  };
}

function barOf(...abilities: Ability[]): ActionBar {
  const kind = { id: 1, name: "c", title: "C", resource: "mana" as const, combo_max: 0, talents: [], abilities };
  return new ActionBar({ global_cooldown_s: 1, classes: [kind], abilities: [], effects: [] }, kind);
}

test("what is pressed cools down, and all others for a second", () => {
  const [hit, other] = [ability({}), ability({ id: 2, cooldown_s: 0 })];
  const bar = barOf(hit, other);
  bar.press(7, hit, 1000);
  expect(bar.waits(hit, 1000)).toBe(10);
  expect(bar.waits(other, 1400)).toBeCloseTo(0.6);
  expect(bar.answer(7, true)).toBeNull();
  expect(bar.waits(hit, 6000)).toBe(5);
});

test("what is refused was never pressed", () => {
  const hit = ability({ cast_s: 2 });
  const bar = barOf(hit);
  bar.press(7, hit, 1000);
  expect(bar.casting(2000)).toEqual({ ability: hit, share: 0.5 });
  expect(bar.answer(7, false)).toBe(hit);
  expect(bar.waits(hit, 1100)).toBe(0);
  expect(bar.casting(2000)).toBeNull();
});

test("of two charges the second is there at once", () => {
  const dash = ability({ charges: 2, global_cooldown: false });
  const bar = barOf(dash);
  bar.press(1, dash, 1000);
  expect(bar.waits(dash, 1000)).toBe(0);
  bar.press(2, dash, 2000);
  expect(bar.waits(dash, 2000)).toBe(9);
});

test("abilities come with levels", () => {
  const bar = barOf(ability({}), ability({ id: 2, level: 5 }));
  expect(bar.abilities(4).map((one) => one.id)).toEqual([1]);
  expect(bar.abilities(5).map((one) => one.id)).toEqual([1, 2]);
});
