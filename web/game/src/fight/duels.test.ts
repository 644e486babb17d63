// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { create } from "@bufbuild/protobuf";
import { ServerControlSchema, type ServerControl } from "@messages/control_pb";
import { beforeEach, expect, test } from "vitest";
import { Mark } from "../core/client_core";
import { language } from "../text/text";
import { corners } from "./circle";
import { DuelState, fightsUs, hearPvp, secondsLeft, type Duel, type OwnFlag, type PvpPage } from "./duels";

const kAnn = 1n;
const kBob = 2n;

class Page implements PvpPage {
  state = { value: { duel: null as Duel | null } };
  ownId = kAnn;
  notices: string[] = [];
  lines: string[] = [];
  flag: OwnFlag | null = null;
  nameOf(id: bigint): string {
    return id === kAnn ? "Ann" : id === kBob ? "Bob" : "";
  }
  notice(sentence: string): void {
    this.notices.push(sentence);
  }
  logLine(sentence: string): void {
    this.lines.push(sentence);
  }
  setDuel(duel: Duel | null): void {
    this.state.value.duel = duel;
  }
  setFlag(flag: OwnFlag): void {
    this.flag = flag;
  }
  hear(kind: Parameters<typeof say>[0]): void {
    hearPvp(say(kind), this);
  }
}

function say(kind: NonNullable<Parameters<typeof create<typeof ServerControlSchema>>[1]>["kind"]): ServerControl["kind"] {
  return create(ServerControlSchema, { kind: kind! }).kind;
}

let page: Page;
beforeEach(() => {
  language.value = "en";
  page = new Page();
});

test("a challenge that is accepted is counted down, fought and won", () => {
  const told = (state: number, more = {}) =>
    page.hear({ case: "duelChanged", value: { opponent: kBob, state, ...more } });
  told(DuelState.Asks, { untilTick: 1800n });
  expect(page.state.value.duel).toMatchObject({ opponent: kBob, untilTick: 1800, circle: null });
  told(DuelState.Countdown, { untilTick: 600n, x: 10, z: 20, radiusM: 30 });
  expect(page.state.value.duel?.circle).toEqual({ x: 10, z: 20, radius: 30 });
  told(DuelState.Fights, { x: 10, z: 20, radiusM: 30 });
  page.hear({ case: "duelEnded", value: { winner: kAnn, loser: kBob, end: 2 } });
  expect(page.state.value.duel).toBeNull();
  expect(page.notices).toEqual([
    "The duel with Bob is agreed. Stay in the circle.",
    "Fight! Your opponent is Bob.",
    "You win the duel. Bob has left the circle.",
  ]);
});

test("a challenge that nobody answers comes to nothing, and is said once", () => {
  page.hear({ case: "duelChanged", value: { opponent: kBob, state: DuelState.IsAsked, untilTick: 9n } });
  page.hear({ case: "duelChanged", value: { opponent: kBob, state: DuelState.None } });
  page.hear({ case: "duelChanged", value: { opponent: kBob, state: DuelState.None } });
  expect(page.notices).toEqual(["Nothing comes of the duel with Bob."]);
});

test("flags, honour and refusals are said", () => {
  page.hear({ case: "flagSet", value: { isUp: true } });
  page.hear({ case: "flagSet", value: { isUp: true, fallsAtTick: 99n } });
  expect(page.flag).toEqual({ isUp: true, fallsAtTick: 99 });
  page.hear({ case: "flagSet", value: { isUp: false } });
  page.hear({ case: "pvpRefused", value: { action: 1, reason: 5 } });
  page.hear({ case: "pvpRefused", value: { action: 1, reason: 99 } });
  expect(page.notices).toEqual([
    "Your flag is up: others with a flag may attack you.",
    "Your flag is taken down; it falls in a while.",
    "Your flag is down.",
    "This place is safe: there are no duels here.",
    "There is nobody to fight with.",
  ]);
  page.hear({ case: "honourGained", value: { victim: kBob, amount: 5, honour: 12 } });
  expect(page.lines).toEqual(["You gain 5 honour for Bob; 12 in all."]);
});

test("other players are enemies with both flags up, and in a duel only its opponent", () => {
  const duel: Duel = { opponent: kBob, state: DuelState.Fights, untilTick: 0, circle: null };
  expect(fightsUs(kBob, 0, Mark.Flagged, null)).toBe(false);
  expect(fightsUs(kBob, Mark.Flagged, Mark.Flagged, null)).toBe(true);
  expect(fightsUs(kBob, Mark.Flagged | Mark.Duels, Mark.Flagged, null)).toBe(false);
  expect(fightsUs(kBob, Mark.Duels, Mark.Duels, duel)).toBe(true);
  expect(fightsUs(3n, Mark.Duels | Mark.Flagged, Mark.Duels | Mark.Flagged, duel)).toBe(false);
  expect(fightsUs(kBob, 0, 0, { ...duel, state: DuelState.Countdown })).toBe(false);
});

test("seconds are counted down to none", () => {
  expect(secondsLeft(600, 0)).toBe(10);
  expect(secondsLeft(600, 599)).toBe(1);
  expect(secondsLeft(600, 700)).toBe(0);
});

test("the circle of a duel lies on the ground all around its middle", () => {
  const all = corners({ x: 100, z: 200, radius: 30 }, (x) => x / 10);
  expect(all.length).toBeGreaterThan(60);
  for (const { x, y, z } of all) {
    expect(Math.hypot(x - 100, z - 200)).toBeCloseTo(30, 3);
    expect(y).toBeCloseTo(x / 10 + 0.15, 3);
  }
});
