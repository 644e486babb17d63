// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Numbers and words that rise from heads: what one does, and what is done to one. Of the fights of
// others one sees bars and flashes.
import { CombatFlag, CombatKind, type CombatLine } from "../core/client_core";
import { text } from "../text/text";

export interface Float {
  text: string;
  kind: "dealt" | "taken" | "heal" | "word";
  big: boolean;
}

function wordOf(kind: number): string {
  if (kind === CombatKind.Missed) return text("float.missed");
  if (kind === CombatKind.Dodged) return text("float.dodged");
  if (kind === CombatKind.Parried) return text("float.parried");
  if (kind === CombatKind.Immune) return text("float.immune");
  return kind === CombatKind.Interrupted ? text("float.interrupted") : "";
}

/** What rises over the target; null: nothing does. */
export function floatOf(line: CombatLine, ownId: bigint): Float | null {
  if (line.actor !== ownId && line.target !== ownId) return null;
  const big = (line.flags & CombatFlag.Critical) !== 0;
  if (line.kind === CombatKind.Heal) {
    return line.amount > 0 ? { text: `+${line.amount}`, kind: "heal", big } : null;
  }
  if (line.kind !== CombatKind.Damage) {
    const word = wordOf(line.kind);
    return word === "" ? null : { text: word, kind: "word", big: false };
  }
  const kind = line.target === ownId ? "taken" : "dealt";
  let said = line.amount > 0 ? String(line.amount) : "";
  if (line.absorbed > 0) said += ` (${line.absorbed})`;
  if (line.flags & CombatFlag.Blocked) said += ` ${text("float.blocked")}`;
  said = said.trim();
  return said === "" ? null : { text: said, kind, big };
}

interface Rising {
  id: bigint;
  startMs: number;
  aside: number; // pixels, so that two at once can both be read
}

const kFloatsMax = 40;
const kFloatMs = 1100;
const kRisePixels = 60;

/** Gives the place of somebody's head on the page; null when it is not there to be seen. */
export type HeadOf = (id: bigint) => { x: number; y: number } | null;

/** The elements of the page; the oldest is used again when there are too many. */
export class Floats {
  private readonly elements: HTMLElement[] = [];
  private readonly rising: (Rising | null)[] = [];
  private next = 0;

  constructor(private readonly layer: HTMLElement) {}

  add(id: bigint, shown: Float, nowMs: number): void {
    const i = this.next++ % kFloatsMax;
    let element = this.elements[i];
    if (!element) {
      element = document.createElement("b");
      this.layer.append(element);
      this.elements[i] = element;
    }
    element.className = `float ${shown.kind}${shown.big ? " big" : ""}`;
    element.textContent = shown.text;
    element.hidden = true;
    this.rising[i] = { id, startMs: nowMs, aside: ((i % 3) - 1) * 26 };
  }

  update(nowMs: number, headOf: HeadOf): void {
    this.rising.forEach((one, i) => {
      if (!one) return;
      const element = this.elements[i]!;
      const share = (nowMs - one.startMs) / kFloatMs;
      const head = share < 1 ? headOf(one.id) : null;
      if (share >= 1) this.rising[i] = null;
      element.hidden = head === null;
      if (!head) return;
      const x = head.x + one.aside;
      const y = head.y - kRisePixels * share;
      element.style.transform = `translate(-50%, -100%) translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      element.style.opacity = String(Math.min(1, 2 * (1 - share)));
    });
  }

  dispose(): void {
    for (const element of this.elements) element.remove();
  }
}
