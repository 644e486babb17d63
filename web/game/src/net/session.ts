// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One session with the world: a WebSocket whose binary messages are the client core's packets.
// It owns the core, feeds it, and hands on what the server says. It knows nothing of the screen.
import { fromBinary, toBinary, create, type MessageInitShape } from "@bufbuild/protobuf";
import { ClientControlSchema, ServerControlSchema, type ServerControl } from "@messages/control_pb";
import { ChaosLink, ClientCore, World, type CombatLine, type LinkOptions } from "../core/client_core";
import type { Wasm } from "../core/wasm";

/** Close codes of docs/protocol.md: 4000 and one of these. */
export const CloseReason = {
  ClientLeft: 0,
  TimedOut: 1,
  Kicked: 2,
  Banned: 3,
  LoggedInElsewhere: 4,
  ServerStopping: 5,
  SlowClient: 6,
  ProtocolError: 7,
  TooFast: 8,
  Moved: 9,
} as const;
const kCloseOurs = 4000;

/** protocol/sections.h. */
export const Topic = { Control: 0, Chat: 1 } as const;

/** Why a session has ended: the server's reason if it gave one, and its sentence. */
export interface Ending {
  reason: number | null; // null: the connection was lost
  sentence: string;
}

export interface SessionListener {
  onControl(message: ServerControl): void;
  onMessage(topic: number, bytes: Uint8Array): void;
  onAction(action: number, verdict: number, value: number): void;
  onCombat(line: CombatLine): void;
  onEnd(ending: Ending): void;
}

/** Microseconds of a clock that never goes back. */
export function nowUs(): bigint {
  return BigInt(Math.round(performance.now() * 1000));
}

/** A worse line gives its packets out at their time, not only once a frame. */
const kChaosPumpMs = 4;
/** The server speaks twenty times a second; a line that is silent so long is dead. */
const kSilenceMs = 10_000;
/** A page that slept has not listened: no more of it counts as silence than this. */
const kPumpGapMs = 1_500;

export class Session {
  readonly core: ClientCore;
  private readonly socket: WebSocket;
  private ended = false;
  private destroyed = false;
  private leaving = false;
  private readonly openDoors = new Set<number>();
  private parting: Ending | null = null;
  private chaosUp: ChaosLink | null = null;
  private chaosDown: ChaosLink | null = null;
  private chaosTimer: ReturnType<typeof setInterval> | undefined;
  private pumpedMs = performance.now();
  private silentMs = 0;
  /** Spent on decoding what came, so far. */
  decodingMs = 0;
  bytesIn = 0;
  bytesOut = 0;
  /** Frames run once the zone's ground is there; until then the server waits with us. */
  groundReady = false;

  constructor(
    private readonly wasm: Wasm,
    address: string,
    private readonly listener: SessionListener,
  ) {
    const level = World.level(wasm);
    this.core = new ClientCore(wasm, level); // it has a copy
    level.destroy();
    this.socket = new WebSocket(address);
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = (event) => this.onPacket(new Uint8Array(event.data as ArrayBuffer));
    this.socket.onclose = (event) => this.onClose(event.code, event.reason);
  }

  /** A worse line from now on; null: as it is. */
  setChaos(options: LinkOptions | null): void {
    clearInterval(this.chaosTimer);
    this.passChaos(nowUs());
    this.chaosUp?.destroy();
    this.chaosDown?.destroy();
    this.chaosUp = options ? new ChaosLink(this.wasm, options) : null;
    this.chaosDown = options
      ? new ChaosLink(this.wasm, { ...options, seed: options.seed + 1 })
      : null;
    if (options) this.chaosTimer = setInterval(() => this.passChaos(nowUs()), kChaosPumpMs);
  }

  /** What a worse line has held back and whose time has come. */
  private passChaos(now: bigint): void {
    if (this.ended) return;
    const { chaosUp, chaosDown } = this;
    for (let packet; !this.ended && (packet = chaosDown?.pop(now)); ) this.decode(now, packet);
    for (let packet; !this.ended && (packet = chaosUp?.pop(now)); ) this.send(packet);
  }

  /**
   * Some 60 times a second, after setControls(): runs the core, sends, and hands on what came. What
   * `begin` begins is of the newest frame, and goes out with it.
   */
  pump(begin: () => void = () => {}): void {
    if (this.ended || this.isSilent() || this.socket.readyState !== WebSocket.OPEN) return;
    const now = nowUs();
    this.passChaos(now);
    if (this.ended) return;
    if (this.groundReady) {
      this.core.advance(now);
      begin();
    }
    for (let packet; (packet = this.core.write(now)); ) {
      if (this.chaosUp) this.chaosUp.push(now, packet);
      else this.send(packet);
    }
    this.passChaos(now);
  }

  sendMessage(topic: number, bytes: Uint8Array): boolean {
    return this.core.sendMessage(topic, bytes);
  }

  /** Says goodbye; the server saves the character and closes. */
  /** False when too much waits already. */
  sendControl(kind: NonNullable<MessageInitShape<typeof ClientControlSchema>["kind"]>): boolean {
    const message = create(ClientControlSchema, { kind });
    return this.core.sendMessage(Topic.Control, toBinary(ClientControlSchema, message));
  }

  leave(): void {
    this.leaving = true;
    this.sendControl({ case: "leave", value: {} });
    this.pump();
    setTimeout(() => this.socket.close(1000), 500);
  }

  /** Cuts the line without a word, as a network does. */
  drop(): void {
    this.socket.close();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = this.ended = true;
    this.setChaos(null);
    this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.core.destroy();
  }

  private send(packet: Uint8Array): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.bytesOut += packet.length;
    this.socket.send(packet.slice());
  }

  private onPacket(packet: Uint8Array): void {
    if (this.ended) return;
    this.silentMs = 0;
    this.bytesIn += packet.length;
    const now = nowUs();
    if (this.chaosDown) return this.chaosDown.push(now, packet);
    this.decode(now, packet);
  }

  private decode(now: bigint, packet: Uint8Array): void {
    const began = performance.now();
    this.core.receive(now, packet);
    this.decodingMs += performance.now() - began;
    this.handOn();
  }

  /** Ends a session whose line has died without a word: TCP would notice after minutes. */
  private isSilent(): boolean {
    const now = performance.now();
    this.silentMs += Math.min(now - this.pumpedMs, kPumpGapMs);
    this.pumpedMs = now;
    if (this.silentMs < kSilenceMs) return false;
    this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.onClose(0, "");
    return true;
  }

  private handOn(): void {
    for (let event; !this.ended && (event = this.core.nextEvent()); ) {
      if (event.kind === "action") {
        this.listener.onAction(event.action, event.verdict, event.value);
      } else if (event.topic === Topic.Control) {
        this.onControl(fromBinary(ServerControlSchema, event.bytes));
      } else {
        this.listener.onMessage(event.topic, event.bytes);
      }
    }
    for (let line; !this.ended && (line = this.core.nextCombat()); ) this.listener.onCombat(line);
  }

  private onControl(message: ServerControl): void {
    if (message.kind.case === "disconnecting") {
      this.parting = { reason: message.kind.value.reason, sentence: message.kind.value.text };
    } else if (message.kind.case === "doorsChanged") {
      for (const door of message.kind.value.opened) this.setDoor(door, true);
      for (const door of message.kind.value.closed) this.setDoor(door, false);
    } else if (message.kind.case === "contentChanged") {
      this.openDoors.clear();
    }
    this.listener.onControl(message);
  }

  private setDoor(door: number, open: boolean): void {
    if (open) this.openDoors.add(door);
    else this.openDoors.delete(door);
    this.core.setDoor(door, open);
  }

  /** Frames run on this ground from now on. Returns the doors that stand open on it. */
  standOn(world: World): Iterable<number> {
    this.core.setWorld(world);
    for (const door of this.openDoors) this.core.setDoor(door, true);
    this.groundReady = true;
    return this.openDoors;
  }

  private onClose(code: number, text: string): void {
    if (this.ended) return;
    this.handOn();
    if (this.destroyed) return; // by what it has just heard
    const reason = code >= kCloseOurs && code < kCloseOurs + 100 ? code - kCloseOurs : null;
    const left = this.leaving ? { reason: CloseReason.ClientLeft, sentence: text } : null;
    const ending = this.parting ?? left ?? { reason, sentence: text };
    this.ended = true;
    this.listener.onEnd(ending);
  }
}
