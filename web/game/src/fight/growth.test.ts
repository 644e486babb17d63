// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { expect, test } from "vitest";
import { language } from "../text/text";
import { growthTitle, levelNews, shareOf } from "./growth";
import type { Ability, CharacterClass } from "./rules";

language.value = "en";

function ability(title: string, level: number): Ability {
  return {
    id: level, name: title, title, level, cost: 0, combo_points: 0, cooldown_s: 0, charges: 1, cast_s: 0,
    global_cooldown: true, aim: "enemy", range_m: 5, radius_m: 0, colour: "#ffffff", animation: "", help: "",
  };
}

const kKind: CharacterClass = {
  id: 1, name: "vanguard", title: "Vanguard", resource: "rage", combo_max: 0, talents: [],
  abilities: [ability("Strike", 1), ability("Bash", 2), ability("Cleave", 2), ability("Shout", 4)],
};

test("the bar is full only at the highest level, where it stays", () => {
  expect(shareOf({ level: 1, experience: 65, experienceNext: 260 })).toBe(0.25);
  expect(shareOf({ level: 30, experience: 0, experienceNext: 0 })).toBe(1);
  expect(growthTitle({ level: 1, experience: 65, experienceNext: 260 })).toBe("Level 1: 65 of 260 experience");
  expect(growthTitle({ level: 30, experience: 0, experienceNext: 0 })).toBe("Level 30, the highest");
});

test("a new level is news, with what it teaches", () => {
  const at = (level: number) => ({ level, experience: 0, experienceNext: 100 });
  expect(levelNews(kKind, at(1), at(2))).toEqual(["Level 2", "New: Bash, Cleave"]);
  expect(levelNews(kKind, at(2), at(3))).toEqual(["Level 3"]);
  expect(levelNews(kKind, at(1), at(4))).toEqual(["Level 4", "New: Bash, Cleave, Shout"]);
});

test("who gains a little, or has just entered, reads nothing of levels", () => {
  const at = (level: number) => ({ level, experience: 50, experienceNext: 100 });
  expect(levelNews(kKind, at(3), at(3))).toEqual([]);
  expect(levelNews(kKind, null, at(3))).toEqual([]);
});
