// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { beforeEach, expect, test } from "vitest";
import { CombatFlag, CombatKind } from "../core/client_core";
import { language } from "../text/text";
import { floatOf } from "./floats";
import { kAnn, kWolf, line } from "./testing";

beforeEach(() => {
  language.value = "en";
});

test("own blows, blows taken and heals are told apart", () => {
  expect(floatOf(line({ amount: 12 }), kAnn)).toEqual({ text: "12", kind: "dealt", big: false });
  expect(floatOf(line({ amount: 12, flags: CombatFlag.Critical }), kAnn)).toMatchObject({ big: true });
  expect(floatOf(line({ amount: 12 }), kWolf)).toEqual({ text: "12", kind: "taken", big: false });
  const heal = line({ kind: CombatKind.Heal, amount: 7, target: kAnn });
  expect(floatOf(heal, kAnn)).toEqual({ text: "+7", kind: "heal", big: false });
});

test("what came to nothing has a word", () => {
  const wordOf = (kind: number): string | undefined => floatOf(line({ kind }), kAnn)?.text;
  expect(wordOf(CombatKind.Missed)).toBe("Missed");
  expect(wordOf(CombatKind.Dodged)).toBe("Dodged");
  expect(wordOf(CombatKind.Parried)).toBe("Parried");
  expect(wordOf(CombatKind.Immune)).toBe("Immune");
  expect(wordOf(CombatKind.Interrupted)).toBe("Interrupted");
  expect(wordOf(CombatKind.EffectOn)).toBeUndefined();
  expect(floatOf(line({ flags: CombatFlag.Blocked }), kAnn)?.text).toBe("Blocked");
  expect(floatOf(line({ amount: 5, flags: CombatFlag.Blocked }), kAnn)?.text).toBe("5 Blocked");
  expect(floatOf(line({ absorbed: 9 }), kAnn)?.text).toBe("(9)");
});

test("of what others do to each other nothing rises, nor of nothing", () => {
  expect(floatOf(line({ amount: 12 }), 99n)).toBeNull();
  expect(floatOf(line({ kind: CombatKind.Heal, amount: 0 }), kAnn)).toBeNull();
});
