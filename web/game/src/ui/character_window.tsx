// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the own character is and has learned: its stats, and the tree of talents of its class.
import { useEffect } from "preact/hooks";
import type { App } from "../app";
import type { CharacterClass, Talent } from "../fight/rules";
import { secondsLeft } from "../fight/duels";
import { kStats, kTalentPointsPerRow, ranksOf, shownStat, whyNot } from "../fight/sheet";
import { useStore } from "../store";
import { text } from "../text/text";
import type { CharacterSheet } from "@messages/control_pb";

const kAskMs = 2000;

function TalentButton(props: { app: App; kind: CharacterClass; sheet: CharacterSheet; talent: Talent }) {
  const { app, kind, sheet, talent } = props;
  const reason = whyNot(kind, sheet, talent);
  const ranks = ranksOf(sheet, talent.id);
  const before = kind.talents.find((one) => one.id === talent.after);
  const points = talent.row * kTalentPointsPerRow;
  const why = reason && text(`talent.${reason}`, { points, before: before?.title ?? "" });
  return (
    <li>
      <button
        class={ranks > 0 ? "learned" : ""}
        aria-disabled={reason !== null}
        title={`${talent.help}${why ? ` (${why})` : ""}`}
        onClick={() => reason === null && app.learn(talent)}
      >
        <strong>{talent.title}</strong> {ranks}/{talent.ranks}
        <small>{talent.help}</small>
      </button>
    </li>
  );
}

function Talents({ app, kind, sheet }: { app: App; kind: CharacterClass; sheet: CharacterSheet }) {
  const rows = [...new Set(kind.talents.map((talent) => talent.row))].sort((a, b) => a - b);
  return (
    <>
      <p>{text("talents.left", { points: sheet.pointsLeft })}</p>
      {rows.map((row) => (
        <ul key={row} class="talents">
          {kind.talents
            .filter((talent) => talent.row === row)
            .map((talent) => (
              <TalentButton key={talent.id} app={app} kind={kind} sheet={sheet} talent={talent} />
            ))}
        </ul>
      ))}
    </>
  );
}

function Stats({ kind, sheet }: { kind: CharacterClass; sheet: CharacterSheet }) {
  const { level, health, healthMax, resource, resourceMax } = sheet;
  return (
    <table class="stats">
      <tbody>
        <tr>
          <th>{kind.title}</th>
          <td>{text("fight.level", { level })}</td>
        </tr>
        <tr>
          <th>{text("fight.health")}</th>
          <td>{`${health} / ${healthMax}`}</td>
        </tr>
        {kind.resource !== "none" && (
          <tr>
            <th>{text(`resource.${kind.resource}`)}</th>
            <td>{`${resource} / ${resourceMax}`}</td>
          </tr>
        )}
        {kStats.map((name, i) => (
          <tr key={name}>
            <th>{text(`stat.${name}`)}</th>
            <td>{shownStat(name, sheet.stats[i] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether one fights other players. Drawn again with each answer to askSheet(). */
function FlagRow({ app }: { app: App }) {
  const { flag } = useStore(app.state);
  const { isUp } = flag;
  const seconds = isUp ? secondsLeft(flag.fallsAtTick, app.tick) : 0;
  const falls = seconds > 0;
  const label = !isUp ? "flag.raise" : falls ? "flag.keep" : "flag.lower";
  return (
    <p>
      {text("flag.help")}{" "}
      {falls && text("flag.seconds", { seconds })}{" "}
      <button onClick={() => app.raiseFlag(!isUp || falls)}>{text(label)}</button>
    </p>
  );
}

export function CharacterWindow({ app, shows }: { app: App; shows: "talents" | "sheet" }) {
  const { sheet } = useStore(app.state);
  useEffect(() => {
    app.askSheet();
    const timer = setInterval(() => app.askSheet(), kAskMs);
    return () => clearInterval(timer);
  }, [app]);
  const kind = app.bar?.kind;
  const close = (): void => app.state.merge({ window: null });
  const title = text(shows === "talents" ? "talents.title" : "sheet.title");
  return (
    <section class="overlay card character" aria-label={title}>
      <h2>{title}</h2>
      {kind && sheet && shows === "talents" && <Talents app={app} kind={kind} sheet={sheet} />}
      {kind && sheet && shows === "sheet" && <Stats kind={kind} sheet={sheet} />}
      {shows === "sheet" && <FlagRow app={app} />}
      <div class="row">
        <button class="primary" onClick={close}>
          {text("common.close")}
        </button>
        {shows === "talents" && (
          <button aria-disabled={!sheet?.talents.length} onClick={() => app.forgetTalents()}>
            {text("talents.forget")}
          </button>
        )}
      </div>
    </section>
  );
}
