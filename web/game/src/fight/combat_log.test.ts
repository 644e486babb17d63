// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { beforeEach, expect, test } from "vitest";
import { CombatFlag, CombatKind } from "../core/client_core";
import { language } from "../text/text";
import { CombatLog, kSentencesMax, sentenceOf } from "./combat_log";
import { kAnn, kSights, kWolf, line, nameOf } from "./testing";

beforeEach(() => {
  language.value = "en";
});

function said(fields: Parameters<typeof line>[0]): string {
  return sentenceOf(line(fields), kSights, nameOf);
}

test("a blow is told with its name, its kind and how it was done", () => {
  expect(said({ ability: 1, amount: 120, type: 1 })).toBe("Ann: Ember Bolt hits Wolf for 120 fire.");
  const flags = CombatFlag.Critical | CombatFlag.Blocked | CombatFlag.FromBehind;
  expect(said({ ability: 1, amount: 12, absorbed: 8, flags })).toBe(
    "Ann: Ember Bolt hits Wolf for 12 physical (critical, from behind, blocked, 8 absorbed).",
  );
});

test("what an effect does has the effect's name, and a death is told", () => {
  expect(said({ effect: 7, amount: 3, type: 1, flags: CombatFlag.Periodic | CombatFlag.Killed })).toBe(
    "Ann: Burning hits Wolf for 3 fire. Wolf dies.",
  );
});

test("every kind has its sentence", () => {
  expect(said({ kind: CombatKind.Heal, ability: 1, amount: 30 })).toBe("Ann: Ember Bolt heals Wolf for 30.");
  expect(said({ kind: CombatKind.Missed, ability: 1 })).toBe("Ann: Ember Bolt misses Wolf.");
  expect(said({ kind: CombatKind.Dodged, ability: 1 })).toBe("Wolf dodges Ember Bolt of Ann.");
  expect(said({ kind: CombatKind.Parried })).toBe("Wolf parries attack of Ann.");
  expect(said({ kind: CombatKind.EffectOn, effect: 7, count: 3 })).toBe("Ann puts Burning on Wolf (3 times).");
  expect(said({ kind: CombatKind.EffectOff, effect: 7 })).toBe("Burning fades from Wolf.");
  expect(said({ kind: CombatKind.Immune, effect: 7 })).toBe("Wolf is immune to Burning of Ann.");
  expect(said({ kind: CombatKind.Interrupted, ability: 2 })).toBe("Ann interrupts Breath of Wolf.");
  expect(said({ kind: CombatKind.Dispelled, count: 2 })).toBe("Ann takes 2 effects off Wolf.");
  expect(said({ kind: CombatKind.Resource, ability: 1, amount: 9 })).toBe("Wolf gains 9 by Ember Bolt of Ann.");
  expect(said({ kind: CombatKind.Resource, ability: 1, amount: -9 })).toBe("Wolf loses 9 by Ember Bolt of Ann.");
  expect(said({ kind: 99 })).toBe("");
});

test("who was never seen is somebody", () => {
  expect(said({ actor: 0n, amount: 5 })).toBe("somebody: attack hits Wolf for 5 physical.");
});

test("the last two hundred lines are kept, and own ones are marked", () => {
  const log = new CombatLog();
  for (let i = 1; i <= kSentencesMax + 5; ++i) log.add(line({ amount: i }), kAnn, kSights, nameOf);
  log.add(line({ actor: kWolf, target: 3n, amount: 1 }), kAnn, kSights, nameOf);
  expect(log.sentences).toHaveLength(kSentencesMax);
  expect(log.sentences[0]!.text).toContain("for 7 ");
  expect(log.sentences.at(-2)!.own).toBe(true);
  expect(log.sentences.at(-1)!.own).toBe(false);
});
