// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a recording of frames says in a few numbers.
import type { Recording } from "../../game/src/net/recorder";

export interface Figures {
  seconds: number;
  frames: number;
  fps: number;
  frame_ms_p99: number;
  work_ms: { p50: number; p99: number };
  visible: { p50: number; max: number };
  /** Of each snapshot that confirmed or corrected the own place: 0 when it confirmed. */
  own_error_m: { p99: number; max: number };
  corrections: number;
  /** Those of them within reach of a creature, which pushes without asking the client first. */
  corrections_touched: number;
  others_acceleration_m_per_s2: { p50: number; p99: number; p999: number };
  snapshot_hz: number;
  bytes_in_s: number;
  bytes_out_s: number;
  moved_m: number;
}

/** A creature so near may have pushed: two radii and what it moves until we see it. */
const kReachM = 2;
/** A push is told a round trip later at most. */
const kTouchMs = 600;

export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]!;
}

function percentileOfCounts(counts: readonly number[], share: number): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let i = 0; i < counts.length; ++i) {
    below += counts[i]!;
    if (below > share * all) return i + 1;
  }
  return 0;
}

export function figuresOf(recording: Recording): Figures {
  const { frames, columns } = recording;
  const at = (name: string): number => columns.indexOf(name);
  const column = (name: string): number[] => frames.map((frame) => frame[at(name)]!);
  const [time, corrections, metres] = [column("time_ms"), column("corrections"), column("correction_m")];
  const [snapshots, creature] = [column("snapshots"), column("creature_m")];
  const [x, z] = [column("x"), column("z")];
  const last = frames.length - 1;
  const seconds = (time[last]! - time[0]!) / 1000;
  const errors: number[] = [];
  let [touched, free, touchedAt, moved] = [0, 0, -Infinity, 0];
  for (let i = 1; i <= last; ++i) {
    moved += Math.hypot(x[i]! - x[i - 1]!, z[i]! - z[i - 1]!);
    if (creature[i]! < kReachM) touchedAt = time[i]!;
    const here = time[i]! - touchedAt < kTouchMs;
    const corrected = corrections[i]! > corrections[i - 1]!;
    if (corrected && here) ++touched;
    if (corrected && !here) ++free;
    if (here) continue;
    const told = snapshots[i]! - snapshots[i - 1]!;
    for (let n = 0; n < told; ++n) errors.push(corrected && n === 0 ? metres[i]! : 0);
    if (corrected && told === 0) errors.push(metres[i]!);
  }
  const perSecond = (name: string): number => {
    const values = column(name);
    return (values[last]! - values[0]!) / seconds;
  };
  const between = time.slice(1).map((ms, i) => ms - time[i]!);
  return {
    seconds,
    frames: frames.length,
    fps: last / seconds,
    frame_ms_p99: percentile(between, 0.99),
    work_ms: { p50: percentile(column("work_ms"), 0.5), p99: percentile(column("work_ms"), 0.99) },
    visible: { p50: percentile(column("visible"), 0.5), max: Math.max(...column("visible")) },
    own_error_m: { p99: percentile(errors, 0.99), max: Math.max(0, ...errors) },
    corrections: touched + free,
    corrections_touched: touched,
    others_acceleration_m_per_s2: {
      p50: percentileOfCounts(recording.accelerations, 0.5),
      p99: percentileOfCounts(recording.accelerations, 0.99),
      p999: percentileOfCounts(recording.accelerations, 0.999),
    },
    snapshot_hz: perSecond("snapshots"),
    bytes_in_s: perSecond("bytes_in"),
    bytes_out_s: perSecond("bytes_out"),
    moved_m: moved,
  };
}
