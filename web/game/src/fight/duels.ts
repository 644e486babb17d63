// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fights between players: flags, and duels from the challenge to the end, as the server tells them.
import type { DuelChanged, DuelEnded, ServerControl } from "@messages/control_pb";
import { Mark } from "../core/client_core";
import { text } from "../text/text";

/** As gameplay/pvp/pvp.h has them. */
export const DuelState = { None: 0, Asks: 1, IsAsked: 2, Countdown: 3, Fights: 4 } as const;
export const DuelWish = { Challenge: 0, Accept: 1, Decline: 2, GiveUp: 3 } as const;
export const kDuelEnds = ["yielded", "gave_up", "fled", "died", "left"] as const;
export const kPvpRefusals = ["not_alive", "no_target", "too_far", "busy", "not_asked", "safe_area"] as const;

const kTicksPerSecond = 60;

export interface Duel {
  opponent: bigint;
  state: number; // DuelState, not None
  untilTick: number; // of the challenge and the countdown
  circle: { x: number; z: number; radius: number } | null;
}

export interface OwnFlag {
  isUp: boolean;
  fallsAtTick: number; // 0: it stays
}

/** Whole seconds, rounded up; 0 when it is over. */
export function secondsLeft(untilTick: number, tick: number): number {
  return Math.max(Math.ceil((untilTick - tick) / kTicksPerSecond), 0);
}

/** May another player and the own character hurt each other? As combat::are_enemies judges. */
export function fightsUs(id: bigint, marks: number, ownMarks: number, duel: Duel | null): boolean {
  if ((marks & Mark.Duels) !== 0 || (ownMarks & Mark.Duels) !== 0) {
    return duel?.state === DuelState.Fights && duel.opponent === id;
  }
  return (marks & ownMarks & Mark.Flagged) !== 0;
}

/** Those who hear of it. */
export interface PvpPage {
  readonly state: { readonly value: { readonly duel: Duel | null } };
  readonly ownId: bigint;
  nameOf(id: bigint): string;
  notice(sentence: string): void;
  logLine(sentence: string): void;
  setDuel(duel: Duel | null): void;
  setFlag(flag: OwnFlag): void;
}

function nameOr(page: PvpPage, id: bigint): string {
  return page.nameOf(id) || text("log.somebody");
}

function hearDuel(told: DuelChanged, page: PvpPage): void {
  const before = page.state.value.duel;
  const name = nameOr(page, told.opponent);
  if (told.state === DuelState.None) {
    const wasAsked = before?.state === DuelState.Asks || before?.state === DuelState.IsAsked;
    if (wasAsked) page.notice(text("duel.nothing", { name }));
    return page.setDuel(null);
  }
  const circle = told.radiusM > 0 ? { x: told.x, z: told.z, radius: told.radiusM } : null;
  page.setDuel({ opponent: told.opponent, state: told.state, untilTick: Number(told.untilTick), circle });
  if (told.state === DuelState.Countdown) page.notice(text("duel.accepted", { name }));
  if (told.state === DuelState.Fights) page.notice(text("duel.fight", { name }));
}

function hearEnd({ winner, loser, end }: DuelEnded, page: PvpPage): void {
  page.setDuel(null);
  const how = text(`duel.${kDuelEnds[end] ?? "left"}`, { loser: nameOr(page, loser) });
  page.notice(`${text(winner === page.ownId ? "duel.won" : "duel.lost")} ${how}`);
}

/** What the server says of flags, duels and honour; all else is not for us. */
export function hearPvp(kind: ServerControl["kind"], page: PvpPage): void {
  if (kind.case === "duelChanged") hearDuel(kind.value, page);
  if (kind.case === "duelEnded") hearEnd(kind.value, page);
  if (kind.case === "flagSet") {
    const { isUp, fallsAtTick } = kind.value;
    page.setFlag({ isUp, fallsAtTick: Number(fallsAtTick) });
    page.notice(text(!isUp ? "flag.is_down" : fallsAtTick > 0n ? "flag.falls" : "flag.is_up"));
  }
  if (kind.case === "honourGained") {
    const { victim, amount, honour } = kind.value;
    page.logLine(text("log.honour", { amount, honour, victim: nameOr(page, victim) }));
  }
  if (kind.case === "pvpRefused") {
    page.notice(text(`pvp.${kPvpRefusals[kind.value.reason] ?? "no_target"}`));
  }
}
