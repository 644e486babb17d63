// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { useEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app";
import { Recorder } from "../net/recorder";
import { text, type TextKey } from "../text/text";

interface Figures {
  pingMs: number;
  loss: number;
  inS: number;
  outS: number;
  snapshotsS: number;
  corrections: number;
  correctionM: number;
  fps: number;
  workMs: number;
  visible: number;
  place: string;
}

interface Totals {
  atMs: number;
  bytesIn: number;
  bytesOut: number;
  snapshots: number;
}

/** The sliders show themselves on pages from this machine, and behind #dev. */
const kDevelopment =
  ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname) || location.hash === "#dev";

const kSliders: { field: "delay" | "jitter" | "loss" | "reorder"; max: number; title: TextKey }[] = [
  { field: "delay", max: 300, title: "network.chaos.delay" },
  { field: "jitter", max: 100, title: "network.chaos.jitter" },
  { field: "loss", max: 20, title: "network.chaos.loss" },
  { field: "reorder", max: 20, title: "network.chaos.reorder" },
];

function useFigures(app: App): Figures | null {
  const [figures, setFigures] = useState<Figures | null>(null);
  const before = useRef<Totals | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const { session, game } = app;
      if (!session || !game?.frame) return;
      const statistics = session.core.statistics();
      const now: Totals = {
        atMs: performance.now(),
        bytesIn: session.bytesIn,
        bytesOut: session.bytesOut,
        snapshots: statistics.snapshots,
      };
      const old = before.current;
      before.current = now;
      if (!old || now.bytesIn < old.bytesIn) return;
      const seconds = (now.atMs - old.atMs) / 1000;
      setFigures({
        pingMs: statistics.rttMs,
        loss: statistics.loss,
        inS: (now.bytesIn - old.bytesIn) / seconds,
        outS: (now.bytesOut - old.bytesOut) / seconds,
        snapshotsS: (now.snapshots - old.snapshots) / seconds,
        corrections: game.frame.own.corrections,
        correctionM: game.frame.own.correctionM,
        fps: game.frame.fps,
        workMs: game.frame.workMs,
        visible: game.frame.visible,
        place: `${game.frame.own.x.toFixed(1)}, ${game.frame.own.z.toFixed(1)}`,
      });
    }, 1000);
    return () => clearInterval(timer);
  }, [app]);
  return figures;
}

function ChaosSliders({ app }: { app: App }) {
  const [values, setValues] = useState({
    delay: app.chaos?.delayMs ?? 0,
    jitter: app.chaos?.jitterMs ?? 0,
    loss: app.chaos?.lossPercent ?? 0,
    reorder: app.chaos?.reorderPercent ?? 0,
  });
  const change = (field: keyof typeof values, value: number): void => {
    const next = { ...values, [field]: value };
    setValues(next);
    const none = Object.values(next).every((one) => one === 0);
    app.chaos = none
      ? null
      : {
          lossPercent: next.loss,
          duplicatePercent: 0,
          reorderPercent: next.reorder,
          delayMs: next.delay,
          jitterMs: next.jitter,
          seed: 1,
        };
    app.session?.setChaos(app.chaos);
  };
  return (
    <fieldset>
      <legend>{text("network.chaos")}</legend>
      {kSliders.map(({ field, max, title }) => (
        <label key={field}>
          {text(title)} <output>{values[field]}</output>
          <input
            type="range"
            name={field}
            min={0}
            max={max}
            value={values[field]}
            onInput={(event) => change(field, Number(event.currentTarget.value))}
          />
        </label>
      ))}
      <button onClick={() => app.session?.drop()}>{text("network.drop")}</button>
      <RecordButton app={app} />
    </fieldset>
  );
}

/** Writes frames down; the second click gives them as a file. */
function RecordButton({ app }: { app: App }) {
  const [recording, setRecording] = useState(Boolean(app.game?.recorder));
  const click = (): void => {
    const { game } = app;
    if (!game) return;
    if (game.recorder) {
      const json = JSON.stringify(game.recorder.recording());
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([json], { type: "application/json" }));
      link.download = "tessera-frames.json";
      link.click();
      URL.revokeObjectURL(link.href);
    }
    game.recorder = game.recorder ? null : new Recorder();
    setRecording(game.recorder !== null);
  };
  return (
    <button aria-pressed={recording} onClick={click}>
      {text(recording ? "network.record_stop" : "network.record")}
    </button>
  );
}

export function NetworkPanel({ app }: { app: App }) {
  const figures = useFigures(app);
  const rows: [TextKey, string][] = figures
    ? [
        ["network.ping", `${figures.pingMs.toFixed(0)} ms`],
        ["network.loss", `${(figures.loss * 100).toFixed(1)} %`],
        ["network.in", `${(figures.inS / 1000).toFixed(1)} kB/s`],
        ["network.out", `${(figures.outS / 1000).toFixed(1)} kB/s`],
        ["network.snapshots", `${figures.snapshotsS.toFixed(1)} Hz`],
        ["network.corrections", `${figures.corrections} (${(figures.correctionM * 100).toFixed(1)} cm)`],
        ["network.frames", `${figures.fps.toFixed(0)} Hz, ${figures.workMs.toFixed(1)} ms`],
        ["network.visible", String(figures.visible)],
        ["network.place", figures.place],
      ]
    : [];
  return (
    <aside class="network" aria-label={text("network.title")}>
      <table>
        {rows.map(([title, value]) => (
          <tr key={title}>
            <th>{text(title)}</th>
            <td>{value}</td>
          </tr>
        ))}
      </table>
      {kDevelopment && <ChaosSliders app={app} />}
    </aside>
  );
}
