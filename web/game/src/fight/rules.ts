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

export interface Talent {
  id: number;
  name: string;
  title: string;
  help: string;
  row: number; // opens with four points for each row before it
  ranks: number;
  after: number; // the id of what must be learned whole before; 0: nothing
  cooldowns: { ability: number; factor: number }[]; // of each rank
}

export interface CharacterClass {
  id: number;
  name: string;
  title: string;
  resource: "none" | "mana" | "rage" | "energy";
  combo_max: number;
  abilities: Ability[];
  talents: Talent[];
}

/** What is seen of an ability, whoever has it. */
export interface SeenAbility {
  id: number;
  title: string;
  colour: string;
  shape: "self" | "target" | "cone" | "line" | "circle" | "ring" | "chain" | "projectile";
  reach: "enemies" | "friends" | "everyone";
  range_m: number;
  radius_m: number;
  inner_m: number;
  half_angle: number; // radians
  width_m: number;
}

export interface SeenEffect {
  id: number;
  title: string;
  colour: string;
  harmful: boolean;
}

export interface Rules {
  global_cooldown_s: number;
  classes: CharacterClass[];
  abilities: SeenAbility[];
  effects: SeenEffect[];
}

/** What is seen of abilities and effects, by their ids. */
export class Sights {
  private readonly abilities: Map<number, SeenAbility>;
  private readonly effects: Map<number, SeenEffect>;

  constructor(rules: Pick<Rules, "abilities" | "effects">) {
    this.abilities = new Map(rules.abilities.map((one) => [one.id, one]));
    this.effects = new Map(rules.effects.map((one) => [one.id, one]));
  }

  ability(id: number): SeenAbility | undefined {
    return this.abilities.get(id);
  }
  effect(id: number): SeenEffect | undefined {
    return this.effects.get(id);
  }
}
