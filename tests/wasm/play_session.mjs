// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// node play_session.mjs tessera_client.wasm FILE OUT: what session_main.cpp's "play" does, with the
// module that browsers load.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

const [file, recording, transcript] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = () => {
    throw new Error(`WebAssembly called ${from}.${name}`);
  };
}
const { exports: core } = new WebAssembly.Instance(module, imports);
core._initialize();

const out = openSync(transcript, "w");
const put = (at, size) => {
  if (size > 0) writeSync(out, new Uint8Array(core.memory.buffer, at, size));
};
const words = (at, count) => new Uint32Array(core.memory.buffer, at, count);

const kPacketBytesMax = 2048;
const kOwnBytes = 88;
const terrain = core.malloc(48);
new Uint8Array(core.memory.buffer, terrain, 48).fill(0);
words(terrain, 3).set([terrain + 32, 2, 2]);
new Float32Array(core.memory.buffer, terrain + 12, 1)[0] = 4096;
const world = core.tessera_world_create(terrain, 0, 0);
const client = core.tessera_client_create(world);
const [packet, own, view, event] = [kPacketBytesMax, kOwnBytes, 72, 24].map((size) => core.malloc(size));

function playFrame(now) {
  core.tessera_client_advance(client, now);
  for (let size; (size = core.tessera_client_write(client, now, packet)); ) put(packet, size);
  core.tessera_client_own(client, now, own);
  put(own, kOwnBytes);
  core.tessera_client_view_now(client, now, view);
  const [count, , ids, positions, velocities, headings, , , looks, emotes] = words(view, 12);
  put(ids, 8 * count);
  put(positions, 12 * count);
  put(velocities, 12 * count);
  put(headings, 4 * count);
  put(looks, 4 * count);
  put(emotes, 4 * count);
  while (core.tessera_client_next_event(client, event)) put(words(event, 4)[2], words(event, 4)[3]);
}

const rows = readFileSync(recording);
for (let at = 0; at < rows.length; ) {
  const [kind, length] = [rows.readUInt32LE(at), rows.readUInt32LE(at + 4)];
  const now = rows.readBigInt64LE(at + 8);
  new Uint8Array(core.memory.buffer, packet, length).set(rows.subarray(at + 16, at + 16 + length));
  if (kind === 0) {
    core.tessera_client_receive(client, now, packet, length);
  } else {
    core.tessera_client_set_controls(client, packet);
    playFrame(now);
  }
  at += Math.ceil((16 + length) / 8) * 8;
}
closeSync(out);
