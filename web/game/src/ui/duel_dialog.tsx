// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A challenge to a duel and its countdown, with the time that is left.
import type { App } from "../app";
import { DuelState, DuelWish, secondsLeft, type Duel } from "../fight/duels";
import { text, type TextKey } from "../text/text";

const kSentences: Partial<Record<number, TextKey>> = {
  [DuelState.Asks]: "duel.asks",
  [DuelState.IsAsked]: "duel.is_asked",
  [DuelState.Countdown]: "duel.countdown",
};

/** Nothing while they fight. Drawn again by who shows it. */
export function DuelDialog({ app, duel }: { app: App; duel: Duel }) {
  const sentence = kSentences[duel.state];
  if (!sentence) return null;
  const name = app.nameOf(duel.opponent) || text("log.somebody");
  const seconds = secondsLeft(duel.untilTick, app.tick);
  const answer = (wish: number, label: TextKey, primary = false) => (
    <button class={primary ? "primary" : ""} onClick={() => app.answerDuel(wish)}>
      {text(label)}
    </button>
  );
  return (
    <section class="duel" role="dialog" aria-label={text("duel.title")}>
      <p>
        <bdi>{text(sentence, { name })}</bdi> <b>{text("duel.seconds", { seconds })}</b>
      </p>
      <div class="row">
        {duel.state === DuelState.IsAsked && answer(DuelWish.Accept, "duel.accept", true)}
        {duel.state === DuelState.IsAsked && answer(DuelWish.Decline, "duel.decline")}
        {duel.state === DuelState.Asks && answer(DuelWish.Decline, "common.cancel")}
        {duel.state === DuelState.Countdown && answer(DuelWish.GiveUp, "duel.give_up")}
      </div>
    </section>
  );
}
