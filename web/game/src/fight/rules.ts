// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the server tells of the rules: rules.json (src/server/web/rules_json.h).

export interface Ability {
  id: number;
  name: string;
  title: string;
  level: number; // from which it is known
  cost: number;
  combo_points: number;
  cooldown_s: number;
  charges: number;
  cast_s: number;
  global_cooldown: boolean;
  aim: "nothing" | "way" | "place" | "enemy" | "friend";
  range_m: number;
  radius_m: number;
  colour: string;
  animation: string;
  help: string;
}

export interface CharacterClass {
  id: number;
  name: string;
  title: string;
  resource: "none" | "mana" | "rage" | "energy";
  combo_max: number;
  abilities: Ability[];
}

export interface Rules {
  global_cooldown_s: number;
  classes: CharacterClass[];
}
