// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fighting on the screen: how well one is, whom one aims at, and what one can do.
import { useEffect, useState } from "preact/hooks";
import type { App } from "../app";
import { Condition } from "../core/client_core";
import type { Cast, RunningEffect } from "../core/client_core";
import { DuelState, DuelWish } from "../fight/duels";
import type { Ability } from "../fight/rules";
import type { Target } from "../game";
import { text } from "../text/text";
import { DeathScreen } from "./death_screen";
import { DuelDialog } from "./duel_dialog";

const kRedrawMs = 100;

function Bar({ kind, share, label }: { kind: string; share: number; label: string }) {
  return (
    <span
      class={`bar ${kind}`}
      role="meter"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      ref={(bar) => bar?.style.setProperty("--share", share.toFixed(3))}
    />
  );
}

/** What runs on somebody: two letters in the effect's colour, stacks, seconds. */
function Effects({ app, effects, label }: { app: App; effects: RunningEffect[]; label: string }) {
  if (effects.length === 0) return null;
  return (
    <ul class="effects" aria-label={label}>
      {effects.map(({ effect, stacks, left }, i) => {
        const seen = app.game?.sights?.effect(effect);
        const title = seen?.title ?? text("log.an_effect");
        return (
          <li
            key={`${effect} ${i}`}
            class={seen?.harmful ? "harmful" : ""}
            title={title}
            ref={(item) => item?.style.setProperty("--colour", seen?.colour ?? "#ffffff")}
          >
            <abbr title={title}>{title.slice(0, 2)}</abbr>
            {stacks > 1 && <b>{stacks}</b>}
            {left >= 0 && <small>{Math.ceil(left)}</small>}
          </li>
        );
      })}
    </ul>
  );
}

function CastBar({ app, cast }: { app: App; cast: Cast }) {
  const title = app.game?.sights?.ability(cast.ability)?.title ?? "";
  return (
    <span class="casting">
      <Bar kind="cast" share={Math.min(cast.since / Math.max(cast.whole, 0.01), 1)} label={title} />
      <small>{title}</small>
    </span>
  );
}

/** The server's word on it comes within this time; until then it is as was pressed. */
const kBelievedMs = 400;

/** What one casts oneself: at once when pressed, and then as the server says. */
function ownCast(app: App): Cast | null {
  const told = app.game?.ownCast ?? null;
  const believed = app.bar?.casting(performance.now());
  if (told || !believed) return told;
  const whole = believed.ability.cast_s;
  const since = believed.share * whole;
  if (since * 1000 > kBelievedMs) return null;
  return { ability: believed.ability.id, since, whole, heading: 0, point: null };
}

function AbilityButton({ app, ability, place }: { app: App; ability: Ability; place: number }) {
  const waits = app.bar?.waits(ability, performance.now()) ?? 0;
  const key = Object.values(app.settings.value.keys)[
    Object.keys(app.settings.value.keys).indexOf(`ability${place + 1}`)
  ];
  return (
    <button
      class="ability"
      title={`${ability.title}. ${ability.help}`}
      aria-label={ability.title}
      aria-disabled={waits > 0}
      ref={(button) => {
        button?.style.setProperty("--colour", ability.colour);
        button?.style.setProperty("--waits", String(Math.min(waits / Math.max(ability.cooldown_s, 1), 1)));
      }}
      onClick={() => app.pressAbility(ability)}
    >
      <span>{ability.title.slice(0, 2)}</span>
      <small>{waits >= 1 ? Math.ceil(waits) : (key ?? "").replace(/^Key|^Digit/, "")}</small>
    </button>
  );
}

/** To challenge a player, or to end the duel with him. */
function DuelButton({ app, target }: { app: App; target: Target }) {
  const { duel } = app.state.value;
  if (duel?.state === DuelState.Fights && duel.opponent === target.id) {
    return <button onClick={() => app.answerDuel(DuelWish.GiveUp)}>{text("duel.give_up")}</button>;
  }
  if (!target.player || target.dead || duel) return null;
  return <button onClick={() => app.challenge(target.id)}>{text("duel.challenge")}</button>;
}

function TargetFrame({ app, target }: { app: App; target: Target }) {
  return (
    <section class="target" aria-label={text("fight.target")}>
      <span>
        <bdi class={target.flagged ? "flagged" : ""}>{target.name}</bdi>{" "}
        {text("fight.level", { level: target.level })}
        {target.flagged && <em> {text("flag.flagged")}</em>}
        {target.dead && <em> {text("fight.dead")}</em>}
      </span>
      <Bar kind={target.enemy ? "enemy" : "health"} share={target.health} label={text("fight.health")} />
      {target.cast && <CastBar app={app} cast={target.cast} />}
      <Effects app={app} effects={target.effects} label={text("fight.target_effects")} />
      <DuelButton app={app} target={target} />
    </section>
  );
}

export function FightHud({ app }: { app: App }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), kRedrawMs);
    return () => clearInterval(timer);
  }, []);
  const { bar, game } = app;
  const own = game?.frame?.own;
  if (!bar || !own) return null;
  const { target } = game;
  const { duel } = app.state.value;
  const casting = ownCast(app);
  const dead = (own.condition & Condition.Dead) !== 0;
  const isSpirit = (own.condition & Condition.Spirit) !== 0;
  return (
    <>
      {(dead || isSpirit) && <DeathScreen app={app} isSpirit={isSpirit} />}
      {target && <TargetFrame app={app} target={target} />}
      {duel && <DuelDialog app={app} duel={duel} />}
      <section class="fight" aria-label={text("fight.bar")}>
        {casting && <CastBar app={app} cast={casting} />}
        <Effects app={app} effects={game.ownEffects} label={text("fight.own_effects")} />
        <div class="own">
          <b title={text("growth.level", { level: own.level })}>{own.level}</b>
          <Bar kind="health" share={dead ? 0 : own.health} label={text("fight.health")} />
          <Bar kind={bar.kind.resource} share={own.resource} label={bar.kind.resource} />
        </div>
        <div class="abilities">
          {bar.abilities(own.level).map((ability, place) => (
            <AbilityButton key={ability.id} app={app} ability={ability} place={place} />
          ))}
        </div>
      </section>
    </>
  );
}
