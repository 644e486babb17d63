// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The action bar as the client believes it to be: what is pressed starts its cooldown at once, and
// what the server refuses takes it back.
import type { CharacterSheet } from "@messages/control_pb";
import { cooldownFactor } from "./sheet";
import type { Ability, CharacterClass, Rules } from "./rules";

interface Pressed {
  ability: Ability;
  fullAtMs: number; // before it was pressed
  globalReadyAtMs: number;
}

export class ActionBar {
  private readonly fullAt = new Map<number, number>();
  private readonly pressed = new Map<number, Pressed>();
  private globalReadyAtMs = 0;
  /** What talents make of cooldowns. */
  sheet: CharacterSheet | null = null;
  private cast: { ability: Ability; fromMs: number; untilMs: number } | null = null;

  constructor(
    private readonly rules: Rules,
    readonly kind: CharacterClass,
  ) {}

  /** In the order of the bar. */
  abilities(level: number): Ability[] {
    return this.kind.abilities.filter((ability) => ability.level <= level);
  }

  cooldownS(ability: Ability): number {
    return ability.cooldown_s * (this.sheet ? cooldownFactor(this.kind, this.sheet, ability) : 1);
  }

  /** Seconds until it can be used again. */
  waits(ability: Ability, nowMs: number): number {
    const others = (ability.charges - 1) * this.cooldownS(ability) * 1000;
    const own = (this.fullAt.get(ability.id) ?? 0) - others - nowMs;
    const global = ability.global_cooldown ? this.globalReadyAtMs - nowMs : 0;
    return Math.max(own, global, 0) / 1000;
  }

  /** What is being cast, and how much of it is over. */
  casting(nowMs: number): { ability: Ability; share: number } | null {
    if (!this.cast || nowMs >= this.cast.untilMs) return null;
    const { ability, fromMs, untilMs } = this.cast;
    return { ability, share: (nowMs - fromMs) / (untilMs - fromMs) };
  }

  /** The action of this number was begun. */
  press(action: number, ability: Ability, nowMs: number): void {
    const fullAtMs = this.fullAt.get(ability.id) ?? 0;
    this.pressed.set(action, { ability, fullAtMs, globalReadyAtMs: this.globalReadyAtMs });
    this.fullAt.set(ability.id, Math.max(fullAtMs, nowMs) + this.cooldownS(ability) * 1000);
    if (ability.global_cooldown) this.globalReadyAtMs = nowMs + this.rules.global_cooldown_s * 1000;
    if (ability.cast_s > 0) {
      this.cast = { ability, fromMs: nowMs, untilMs: nowMs + ability.cast_s * 1000 };
    }
  }

  /** The server's word on it; the ability when it was refused. */
  answer(action: number, done: boolean): Ability | null {
    const pressed = this.pressed.get(action);
    if (!pressed) return null;
    this.pressed.delete(action);
    if (done) return null;
    this.fullAt.set(pressed.ability.id, pressed.fullAtMs);
    this.globalReadyAtMs = pressed.globalReadyAtMs;
    if (this.cast?.ability === pressed.ability) this.cast = null;
    return pressed.ability;
  }
}
