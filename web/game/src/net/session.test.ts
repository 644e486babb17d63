// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A session with the real core over a line that the test plays.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Wasm } from "../core/wasm";
import { Session, type Ending } from "./session";

const kModule = join(__dirname, "../../../../build/release/wasm/tessera_client.wasm");
let wasm: Wasm;
let line: Line;
let endings: Ending[];

class Line {
  static readonly OPEN = 1;
  readyState = 1;
  sent = 0;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  constructor() {
    line = this;
  }
  send(): void {
    ++this.sent;
  }
  close(): void {
    this.readyState = 3;
  }
}

beforeAll(async () => {
  wasm = await Wasm.load(new Uint8Array(readFileSync(kModule)));
});

beforeEach(() => {
  endings = [];
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "setInterval", "clearInterval"] });
  vi.stubGlobal("WebSocket", Line);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function begin(): Session {
  return new Session(wasm, "ws://here/ws", {
    onControl: () => {},
    onMessage: () => {},
    onAction: () => {},
    onCombat: () => {},
    onEnd: (ending) => endings.push(ending),
  });
}

function pumpFor(session: Session, seconds: number, stepMs = 50): void {
  for (let ms = 0; ms < seconds * 1000; ms += stepMs) {
    vi.advanceTimersByTime(stepMs);
    session.pump();
  }
}

test("a line that has been silent for ten seconds is taken for lost", () => {
  const session = begin();
  pumpFor(session, 9);
  expect(endings).toEqual([]);
  pumpFor(session, 2);
  expect(endings).toEqual([{ reason: null, sentence: "" }]);
  expect(line.readyState).toBe(3);
  session.destroy();
});

test("whatever comes shows that the line is alive", () => {
  const session = begin();
  for (let i = 0; i < 5; ++i) {
    pumpFor(session, 8);
    line.onmessage!({ data: new ArrayBuffer(3) });
  }
  expect(endings).toEqual([]);
  expect(line.sent).toBeGreaterThan(5);
  session.destroy();
});

test("a page that slept for an hour has not heard a silence", () => {
  const session = begin();
  pumpFor(session, 3);
  vi.advanceTimersByTime(3_600_000);
  session.pump();
  expect(endings).toEqual([]);
  session.destroy();
});

test("of a closed line its code says why", () => {
  const session = begin();
  line.onclose!({ code: 4004, reason: "This character was entered elsewhere." });
  expect(endings).toEqual([{ reason: 4, sentence: "This character was entered elsewhere." }]);
  session.destroy();
});
