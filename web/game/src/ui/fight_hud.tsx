// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fighting on the screen: how well one is, whom one aims at, and what one can do.
import { useEffect, useState } from "preact/hooks";
import type { App } from "../app";
import { Condition } from "../core/client_core";
import type { Ability } from "../fight/rules";
import { text } from "../text/text";

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
  const casting = bar.casting(performance.now());
  const dead = (own.condition & Condition.Dead) !== 0;
  return (
    <>
      {target && (
        <section class="target" aria-label={text("fight.target")}>
          <span>
            <bdi>{target.name}</bdi> {text("fight.level", { level: target.level })}
            {target.dead && <em> {text("fight.dead")}</em>}
          </span>
          <Bar kind={target.enemy ? "enemy" : "health"} share={target.health} label={text("fight.health")} />
        </section>
      )}
      <section class="fight" aria-label={text("fight.bar")}>
        {casting && <Bar kind="cast" share={casting.share} label={casting.ability.title} />}
        <div class="own">
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
