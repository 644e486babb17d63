// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Lines of fights in words.
import { CombatFlag, CombatKind, type CombatLine } from "../core/client_core";
import { text, type TextKey } from "../text/text";
import type { Sights } from "./rules";

/** A line as it is read. */
export interface Sentence {
  id: number;
  text: string;
  own: boolean;
}

export const kSentencesMax = 200;

/** Names as they were when it happened. */
export type NameOf = (id: bigint) => string;

const kKeys: Partial<Record<number, TextKey>> = {
  [CombatKind.Damage]: "log.damage",
  [CombatKind.Heal]: "log.heal",
  [CombatKind.Missed]: "log.missed",
  [CombatKind.Dodged]: "log.dodged",
  [CombatKind.Parried]: "log.parried",
  [CombatKind.EffectOn]: "log.effect_on",
  [CombatKind.EffectOff]: "log.effect_off",
  [CombatKind.Immune]: "log.immune",
  [CombatKind.Interrupted]: "log.interrupted",
  [CombatKind.Dispelled]: "log.dispelled",
  [CombatKind.Resource]: "log.resource",
};

const kTypes: readonly TextKey[] = [
  "log.physical", "log.fire", "log.frost", "log.nature", "log.shadow", "log.holy",
];

/** What stands behind the sentence: how it was done. */
function circumstances(line: CombatLine): string {
  const all: string[] = [];
  if (line.flags & CombatFlag.Critical) all.push(text("log.critical"));
  if (line.flags & CombatFlag.FromBehind) all.push(text("log.from_behind"));
  if (line.flags & CombatFlag.Blocked) all.push(text("log.blocked"));
  if (line.absorbed > 0) all.push(text("log.absorbed", { amount: line.absorbed }));
  if (line.kind === CombatKind.EffectOn && line.count > 1) {
    all.push(text("log.stacks", { count: line.count }));
  }
  return all.length === 0 ? "" : ` (${all.join(", ")})`;
}

/** One line in words; "" for a kind that a newer server knows. */
export function sentenceOf(line: CombatLine, sights: Sights, nameOf: NameOf): string {
  const key = line.kind === CombatKind.Resource && line.amount < 0 ? "log.resource_lost" : kKeys[line.kind];
  if (!key) return "";
  const somebody = text("log.somebody");
  const effect = sights.effect(line.effect)?.title ?? text("log.an_effect");
  const ability = sights.ability(line.ability)?.title;
  const target = nameOf(line.target) || somebody;
  const values: Record<string, string | number> = {
    actor: nameOf(line.actor) || somebody,
    target,
    what: ability ?? (line.effect === 0 ? text("log.attack") : effect),
    effect,
    amount: Math.abs(line.amount),
    count: line.count,
    type: text(kTypes[line.type] ?? "log.physical"),
    more: circumstances(line),
  };
  const said = text(key, values);
  return line.flags & CombatFlag.Killed ? `${said} ${text("log.dies", { target })}` : said;
}

export class CombatLog {
  /** The oldest first, at most kSentencesMax. */
  sentences: readonly Sentence[] = [];
  private nextId = 1;

  add(line: CombatLine, ownId: bigint, sights: Sights, nameOf: NameOf): void {
    const said = sentenceOf(line, sights, nameOf);
    if (said === "") return;
    this.push(said, line.actor === ownId || line.target === ownId);
  }

  /** A sentence about the own character. */
  say(sentence: string): void {
    this.push(sentence, true);
  }

  private push(said: string, own: boolean): void {
    const all = [...this.sentences, { id: this.nextId++, text: said, own }];
    this.sentences = all.slice(-kSentencesMax);
  }

  clear(): void {
    this.sentences = [];
  }
}
