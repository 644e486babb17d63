// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who does how much in the fight that goes on, of all that was seen. A fight ends when nobody has hurt
// or healed anybody for a while; its numbers stay until the next begins.
import { CombatKind, type CombatLine } from "../core/client_core";
import type { NameOf } from "./combat_log";

export interface MeterRow {
  id: bigint;
  name: string;
  damage: number; // with what shields took
  healing: number;
  damagePerSecond: number;
  healingPerSecond: number;
  share: number; // of the greatest in the list, 0 to 1
}

/** After so long without a blow the next one begins another fight. */
const kPauseMs = 8000;

interface Done {
  name: string;
  damage: number;
  healing: number;
}

export class Meter {
  private readonly done = new Map<bigint, Done>();
  private beganMs = 0;
  private lastMs = -Infinity;

  add(line: CombatLine, nowMs: number, nameOf: NameOf): void {
    const damage = line.kind === CombatKind.Damage ? line.amount + line.absorbed : 0;
    const healing = line.kind === CombatKind.Heal ? line.amount : 0;
    if (line.actor === 0n || damage + healing <= 0) return;
    if (nowMs - this.lastMs > kPauseMs) {
      this.done.clear();
      this.beganMs = nowMs;
    }
    this.lastMs = nowMs;
    const before = this.done.get(line.actor);
    this.done.set(line.actor, {
      name: nameOf(line.actor) || (before?.name ?? ""),
      damage: (before?.damage ?? 0) + damage,
      healing: (before?.healing ?? 0) + healing,
    });
  }

  /** Of the fight so far; at least one, for the first blow says nothing of a rate. */
  get seconds(): number {
    return Math.max((this.lastMs - this.beganMs) / 1000, 1);
  }

  /** Who does most stands first. */
  rows(): MeterRow[] {
    const seconds = this.seconds;
    const all = [...this.done].map(([id, { name, damage, healing }]) => ({
      id,
      name,
      damage,
      healing,
      damagePerSecond: damage / seconds,
      healingPerSecond: healing / seconds,
      share: 0,
    }));
    all.sort((a, b) => b.damage + b.healing - (a.damage + a.healing) || (a.id < b.id ? -1 : 1));
    const most = all[0] ? all[0].damage + all[0].healing : 1;
    for (const row of all) row.share = (row.damage + row.healing) / most;
    return all;
  }

  clear(): void {
    this.done.clear();
    this.lastMs = -Infinity;
  }
}
