// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a line of a fight, and rules with one bolt, one breath and one curse.
import { CombatKind, type CombatLine } from "../core/client_core";
import { Sights, type SeenAbility } from "./rules";

export const kAnn = 1n;
export const kWolf = 2n;

export function line(fields: Partial<CombatLine>): CombatLine {
  return {
    actor: kAnn, target: kWolf, amount: 0, absorbed: 0, ability: 0, effect: 0, kind: CombatKind.Damage,
    type: 0, flags: 0, count: 0, ...fields,
  };
}

export function seenAbility(fields: Partial<SeenAbility>): SeenAbility {
  return {
    id: 1, title: "Ember Bolt", colour: "#ff8040", shape: "target", reach: "enemies", range_m: 20,
    radius_m: 0, inner_m: 0, half_angle: 0, width_m: 0, ...fields,
  };
}

export const kSights = new Sights({
  abilities: [seenAbility({}), seenAbility({ id: 2, title: "Breath", shape: "cone", range_m: 8, half_angle: 0.5 })],
  effects: [{ id: 7, title: "Burning", colour: "#f04020", harmful: true }],
});

export function nameOf(id: bigint): string {
  return id === kAnn ? "Ann" : id === kWolf ? "Wolf" : "";
}
