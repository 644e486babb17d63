// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the own character is, as the server told last, and what may be learned with it. The server
// judges; this only says it before.
import type { CharacterSheet } from "@messages/control_pb";
import type { Ability, CharacterClass, Talent } from "./rules";

/** Points that must be spent in the tree for each row before a talent's. */
export const kTalentPointsPerRow = 4;
/** Why nothing was learned: TalentRefusal of gameplay/talents/talents.h, in its order. */
export const kTalentRefusals = [
  "not_known", "learned_whole", "no_points", "row_closed", "needs_other", "not_alive", "in_combat",
  "not_safe",
] as const;
export type TalentRefusal = (typeof kTalentRefusals)[number];

/** As Stat of gameplay/definitions/stats.h, in its order. */
export const kStats = [
  "strength", "agility", "intellect", "stamina", "spirit", "health_max", "resource_max",
  "attack_power", "spell_power", "critical_chance", "critical_damage", "hit_chance", "haste",
  "armour", "fire_resistance", "frost_resistance", "nature_resistance", "shadow_resistance",
  "holy_resistance", "block_share", "move_speed", "health_regeneration", "resource_regeneration",
  "damage_done", "damage_taken", "healing_done", "healing_taken", "threat_done",
] as const;
export type StatName = (typeof kStats)[number];
/** Shares and factors: shown in percent. */
export const kShares: readonly StatName[] = [
  "critical_chance", "critical_damage", "hit_chance", "haste", "block_share", "move_speed",
  "damage_done", "damage_taken", "healing_done", "healing_taken", "threat_done",
];

export function ranksOf(sheet: CharacterSheet, talent: number): number {
  return sheet.talents.find((one) => one.talent === talent)?.ranks ?? 0;
}

/** Null: it may be learned. */
export function whyNot(kind: CharacterClass, sheet: CharacterSheet, talent: Talent): TalentRefusal | null {
  if (ranksOf(sheet, talent.id) >= talent.ranks) return "learned_whole";
  if (sheet.pointsLeft === 0) return "no_points";
  const spent = sheet.talents.reduce((sum, one) => sum + one.ranks, 0);
  if (spent < talent.row * kTalentPointsPerRow) return "row_closed";
  const before = kind.talents.find((one) => one.id === talent.after);
  return before && ranksOf(sheet, before.id) < before.ranks ? "needs_other" : null;
}

/** What the learned talents make of an ability's cooldown. */
export function cooldownFactor(kind: CharacterClass, sheet: CharacterSheet, ability: Ability): number {
  let factor = 1;
  for (const talent of kind.talents) {
    for (const change of talent.cooldowns) {
      if (change.ability === ability.id) factor *= change.factor ** ranksOf(sheet, talent.id);
    }
  }
  return factor;
}

/** A stat as people read it. */
export function shownStat(name: StatName, value: number): string {
  if (kShares.includes(name)) return `${(value * 100).toFixed(1)} %`;
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
