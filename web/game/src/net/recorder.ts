// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Writes down how smooth each frame was, for measurements (web/test/smoothness) and for who works on
// the client: the network panel's "Record frames" begins it and gives a file when it is over.
import { EntityKind, type Own, type Statistics, type View } from "../core/client_core";

/** One number a frame in each column. */
export interface Recording {
  columns: readonly string[];
  frames: number[][];
  /** How often others' acceleration from frame to frame was within [i, i + 1) m/s2; the last: more. */
  accelerations: number[];
}

const kColumns = [
  "time_ms", // since the recording began
  "work_ms", // the client's own, without drawing
  "visible",
  "x",
  "y",
  "z", // of the own character as drawn
  "speed", // of its prediction, m/s over the map
  "corrections", // so far
  "correction_m", // of the last one
  "creature_m", // to the nearest creature, as drawn
  "snapshots",
  "bytes_in",
  "bytes_out",
] as const;
const kAccelerationMax = 1000;
/** Ten minutes at 60 Hz: the file stays below some MB. */
const kFramesMax = 36_000;
/** Between frames that are further apart nobody sees an acceleration. */
const kFrameGapMaxS = 0.1;

interface Seen {
  id: bigint;
  frame: number;
  x: number;
  z: number;
  vx: number;
  vz: number;
  steps: number; // frames in a row it has been seen
}

export class Recorder {
  /** Memory is taken at once, so that a measurement of it is not of this. */
  private readonly numbers = new Float32Array(kFramesMax * kColumns.length);
  private frames = 0;
  private readonly accelerations = new Array<number>(kAccelerationMax + 1).fill(0);
  private readonly seen: (Seen | undefined)[] = [];
  private beganMs = -1;
  private lastMs = 0;
  private frame = 0;

  add(
    ms: number,
    workMs: number,
    own: Own,
    view: View,
    statistics: Statistics,
    bytesIn: number,
    bytesOut: number,
  ): void {
    if (this.frames === kFramesMax) return;
    if (this.beganMs < 0) this.beganMs = this.lastMs = ms;
    ++this.frame;
    const dt = (ms - this.lastMs) / 1000;
    this.lastMs = ms;
    let creature = 1000;
    for (let i = 0; i < view.count; ++i) {
      if (view.kinds[i] === EntityKind.Creature) {
        const [x, z] = [view.positions[3 * i]! - own.x, view.positions[3 * i + 2]! - own.z];
        creature = Math.min(creature, Math.hypot(x, z));
      }
      if (view.kinds[i] !== EntityKind.Projectile) this.follow(view, i, dt);
    }
    const numbers = [
      ms - this.beganMs, workMs, view.count, own.x, own.y, own.z, Math.hypot(own.vx, own.vz),
      own.corrections, own.correctionM, creature, statistics.snapshots, bytesIn, bytesOut,
    ];
    this.numbers.set(numbers, this.frames++ * kColumns.length);
  }

  recording(): Recording {
    const wide = kColumns.length;
    const frames = Array.from({ length: this.frames }, (_, i) => [
      ...this.numbers.subarray(i * wide, (i + 1) * wide),
    ]);
    return { columns: kColumns, frames, accelerations: this.accelerations };
  }

  /** The change of a velocity over the map that is itself measured from frame to frame. */
  private follow(view: View, i: number, dt: number): void {
    const place = view.places[i]!;
    const id = view.ids[i]!;
    const [x, z] = [view.positions[3 * i]!, view.positions[3 * i + 2]!];
    let seen = this.seen[place];
    if (!seen || seen.id !== id || seen.frame !== this.frame - 1 || dt <= 0 || dt > kFrameGapMaxS) {
      this.seen[place] = { id, frame: this.frame, x, z, vx: 0, vz: 0, steps: 0 };
      return;
    }
    const [vx, vz] = [(x - seen.x) / dt, (z - seen.z) / dt];
    if (seen.steps > 0) {
      const acceleration = Math.hypot(vx - seen.vx, vz - seen.vz) / dt;
      ++this.accelerations[Math.min(Math.floor(acceleration), kAccelerationMax)]!;
    }
    seen = Object.assign(seen, { frame: this.frame, x, z, vx, vz });
    ++seen.steps;
  }
}
