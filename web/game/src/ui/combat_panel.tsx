// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fights in words and in numbers: the last lines of the log, and who does how much.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app";
import type { MeterRow } from "../fight/meter";
import { text } from "../text/text";

const kRedrawMs = 250;
const kRowsMax = 5; // more would leave no room for the log
/** Who has scrolled up by more than this reads, and is left there. */
const kAtEndPixels = 40;

function Row({ row }: { row: MeterRow }) {
  return (
    <tr>
      <th scope="row">
        <bdi>{row.name || text("log.somebody")}</bdi>
        <span class="share" ref={(bar) => bar?.style.setProperty("--share", row.share.toFixed(3))} />
      </th>
      <td>{row.damagePerSecond.toFixed(1)}</td>
      <td>{row.healingPerSecond.toFixed(1)}</td>
    </tr>
  );
}

function MeterTable({ app }: { app: App }) {
  const rows = app.meter.rows().slice(0, kRowsMax);
  return (
    <table>
      <caption>{text("meter.title", { seconds: Math.round(app.meter.seconds) })}</caption>
      <thead>
        <tr>
          <th scope="col">{text("meter.who")}</th>
          <th scope="col">{text("meter.damage")}</th>
          <th scope="col">{text("meter.healing")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={String(row.id)} row={row} />
        ))}
      </tbody>
    </table>
  );
}

export function CombatPanel({ app }: { app: App }) {
  const [, redraw] = useState(0);
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), kRedrawMs);
    return () => clearInterval(timer);
  }, []);
  const { sentences } = app.combatLog;
  useLayoutEffect(() => {
    if (list.current && atEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [sentences]);
  return (
    <section
      class="combat"
      aria-label={text("combat.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        app.state.merge({ combat: false });
        document.querySelector<HTMLElement>("#world")?.focus();
      }}
    >
      <MeterTable app={app} />
      <ol
        ref={list}
        role="log"
        aria-live="off"
        aria-label={text("combat.log")}
        tabIndex={0}
        onScroll={(event) => {
          const at = event.currentTarget;
          atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < kAtEndPixels;
        }}
      >
        {sentences.map((sentence) => (
          <li key={sentence.id} class={sentence.own ? "own" : ""}>
            {sentence.text}
          </li>
        ))}
      </ol>
    </section>
  );
}
