// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { create } from "@bufbuild/protobuf";
import { CharacterSheetSchema, type CharacterSheet } from "@messages/control_pb";
import { expect, test } from "vitest";
import type { Ability, CharacterClass, Talent } from "./rules";
import { cooldownFactor, kStats, ranksOf, shownStat, whyNot } from "./sheet";

function talent(id: number, row: number, ranks: number, after = 0): Talent {
  return { id, name: `t${id}`, title: "T", help: "", row, ranks, after, cooldowns: [{ ability: 7, factor: 0.5 }] };
}
const kTalents = [talent(1, 0, 3), talent(2, 0, 1, 1), talent(3, 1, 1)];
const kKind = { talents: kTalents } as CharacterClass;

function sheet(learned: [number, number][], pointsLeft: number): CharacterSheet {
  const talents = learned.map(([id, ranks]) => ({ talent: id, ranks }));
  return create(CharacterSheetSchema, { talents, pointsLeft });
}

test("what may be learned follows points, rows and what must come before", () => {
  const [base, after, high] = kTalents as [Talent, Talent, Talent];
  expect(whyNot(kKind, sheet([], 0), base)).toBe("no_points");
  expect(whyNot(kKind, sheet([], 1), base)).toBeNull();
  expect(whyNot(kKind, sheet([[1, 2]], 1), after)).toBe("needs_other");
  expect(whyNot(kKind, sheet([[1, 3]], 1), after)).toBeNull();
  expect(whyNot(kKind, sheet([[1, 3]], 1), high)).toBe("row_closed");
  expect(whyNot(kKind, sheet([[1, 3], [2, 1]], 1), high)).toBeNull();
  expect(whyNot(kKind, sheet([[1, 3]], 1), base)).toBe("learned_whole");
  expect(ranksOf(sheet([[1, 3]], 1), 1)).toBe(3);
});

test("cooldowns shrink with each rank", () => {
  const factor = (ability: number): number =>
    cooldownFactor(kKind, sheet([[1, 2]], 0), { id: ability } as Ability);
  expect(factor(7)).toBe(0.25);
  expect(factor(8)).toBe(1);
});

test("shares are shown in percent", () => {
  expect(kStats.length).toBe(28);
  expect(shownStat("critical_chance", 0.053)).toBe("5.3 %");
  expect(shownStat("strength", 18.26)).toBe("18.3");
  expect(shownStat("health_max", 210)).toBe("210");
});
