// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The client core (src/client) as TypeScript: typed, without pointers. Offsets are those of the
// structs of tessera_client.h on wasm32; core/client_core.test.ts holds them against the module.
import type { Pointer, Wasm } from "./wasm";

export const kPacketBytesMax = 2048;
export const kNameBytes = 25;

export const Button = { Jump: 1, Walk: 2, Block: 4, Dodge: 8 } as const;
export const ActionKind = { Emote: 1, Shove: 2, Throw: 3, Release: 5, Revive: 6 } as const;
export const Verdict = {
  Done: 0,
  OnCooldown: 1,
  NotAllowed: 2,
  Unknown: 3,
  NobodyThere: 4,
  NoAnswer: 255,
} as const;
export const Condition = {
  Side: 3, Dead: 4, Spirit: 8, InCombat: 16, Controlled: 32, Blocks: 64, Dodges: 128,
} as const;
/** For which other players it is an enemy. */
export const Mark = { Flagged: 1, Duels: 2 } as const;
export const Side = { Players: 0, Wildlife: 1, Monsters: 2 } as const;
/** Why an ability was refused: UseRefusal of gameplay/abilities/abilities.h, in its order. */
export const kUseRefusals = [
  "not_known", "not_alive", "controlled", "on_cooldown", "busy", "too_little", "no_target",
  "out_of_range", "not_in_sight", "not_behind", "moving", "not_ready", "safe_area",
] as const;
export const EntityKind = { Player: 1, Creature: 2, Projectile: 3 } as const;

export interface Terrain {
  samples: Uint16Array; // row by row from the north-west; a copy
  columns: number;
  rows: number;
  spacing: number;
  originX: number;
  originZ: number;
  low: number;
  high: number;
}

/** Everybody in view, as arrays over the core's memory: valid until the next call of the core. */
export interface View {
  count: number;
  places: Uint32Array;
  ids: BigUint64Array;
  positions: Float32Array;
  velocities: Float32Array;
  headings: Float32Array;
  kinds: Uint8Array;
  definitions: Uint16Array;
  looks: Uint32Array;
  emotes: Uint32Array;
  emoteAges: Float32Array;
  /** kNameBytes each. */
  names: Uint8Array;
  /** Of the maximum, in 255ths. */
  healths: Uint8Array;
  levels: Uint8Array;
  /** Condition... */
  conditions: Uint8Array;
  /** The ability that is being cast; 0: none. */
  casts: Uint16Array;
  /** Mark... */
  marks: Uint8Array;
}

export interface Own {
  id: bigint; // 0n until the character is in the world
  x: number;
  y: number;
  z: number;
  vx: number;
  vy: number;
  vz: number;
  heading: number;
  grounded: boolean;
  predicted: [number, number, number];
  frame: number;
  correctionM: number;
  corrections: number;
  health: number; // of the maximum, 0 to 1
  resource: number;
  level: number;
  condition: number;
  rolls: boolean; // as predicted
  marks: number; // Mark...
}

/** What a line of the combat log says: CombatEventKind of gameplay/shared/combat_kinds.h. */
export const CombatKind = {
  Damage: 0,
  Heal: 1,
  Missed: 2,
  Dodged: 3,
  Parried: 4,
  EffectOn: 5,
  EffectOff: 6,
  Immune: 7,
  Interrupted: 8,
  Dispelled: 9,
  Resource: 10,
} as const;
export const CombatFlag = { Critical: 1, Blocked: 2, FromBehind: 4, Periodic: 8, Killed: 16 } as const;

/** One line of the combat log. */
export interface CombatLine {
  actor: bigint; // 0n: somebody out of sight
  target: bigint;
  amount: number;
  absorbed: number;
  ability: number; // 0: of an effect that runs
  effect: number;
  kind: number; // CombatKind
  type: number; // of damage
  flags: number; // CombatFlag
  count: number;
}

/** What somebody casts. */
export interface Cast {
  ability: number;
  since: number; // seconds
  whole: number;
  heading: number;
  point: [east: number, south: number] | null;
}

/** What runs on somebody. */
export interface RunningEffect {
  effect: number;
  stacks: number;
  left: number; // seconds; negative: until it is taken off
}

/** Where an ability goes. */
export interface Aim {
  target: bigint; // 0n: nobody
  point: [number, number, number] | null;
  pitch: number;
}

export interface Statistics {
  snapshots: number;
  decodeErrors: number;
  packetsIn: number;
  packetsOut: number;
  newestTick: number;
  rttMs: number;
  loss: number;
}

export type CoreEvent =
  | { kind: "action"; action: number; verdict: number; value: number }
  | { kind: "message"; topic: number; bytes: Uint8Array };

export interface LinkOptions {
  lossPercent: number;
  duplicatePercent: number;
  reorderPercent: number;
  delayMs: number;
  jitterMs: number;
  seed: number;
}

/** The ground and walls of a zone. */
export class World {
  private constructor(
    private readonly wasm: Wasm,
    readonly pointer: Pointer,
  ) {}

  /** From what the server gives at /content/<zone>/<hash>/geometry; null for other bytes. */
  static load(wasm: Wasm, bytes: Uint8Array): World | null {
    const at = wasm.put(bytes);
    const pointer = wasm.call.tessera_world_load(at, bytes.length);
    wasm.call.free(at);
    return pointer === 0 ? null : new World(wasm, pointer);
  }

  /** Level ground of 4 km, for a client whose zone is still on its way. */
  static level(wasm: Wasm): World {
    const at = wasm.call.malloc(48);
    wasm.u16(at + 32, 4).fill(0);
    wasm.u32(at, 3).set([at + 32, 2, 2]);
    wasm.f32(at + 12, 5).set([4096, 0, 0, 0, 0]);
    const pointer = wasm.call.tessera_world_create(at, 0, 0);
    wasm.call.free(at);
    return new World(wasm, pointer);
  }

  destroy(): void {
    this.wasm.call.tessera_world_destroy(this.pointer);
  }

  terrain(): Terrain {
    const at = this.wasm.call.malloc(32);
    this.wasm.call.tessera_world_terrain(this.pointer, at);
    const words = this.wasm.u32(at, 3);
    const reals = this.wasm.f32(at, 8);
    const [samples, columns, rows] = [words[0]!, words[1]!, words[2]!];
    const terrain = {
      samples: this.wasm.u16(samples, columns * rows).slice(),
      columns,
      rows,
      spacing: reals[3]!,
      originX: reals[4]!,
      originZ: reals[5]!,
      low: reals[6]!,
      high: reals[7]!,
    };
    this.wasm.call.free(at);
    return terrain;
  }

  groundAt(x: number, z: number): number {
    return this.wasm.call.tessera_world_ground_m(this.pointer, x, z);
  }

  /** Minus infinity without water. */
  waterLevel(): number {
    return this.wasm.call.tessera_world_water_level_m(this.pointer);
  }
}

const kViewAt = 0;
const kOwnAt = 72;
const kEventAt = 160;
const kStatisticsAt = 184;
const kControlsAt = 232;
const kRayAt = 248;
const kAimAt = 272;
const kPacketAt = 304;
const kCombatAt = kPacketAt + kPacketBytesMax;
const kCastAt = kCombatAt + 32;
const kEffectsAt = kCastAt + 24;
const kEffectsMax = 8;
const kScratchBytes = kEffectsAt + 8 * kEffectsMax;

export class ClientCore {
  private readonly pointer: Pointer;
  private readonly scratch: Pointer;

  constructor(
    private readonly wasm: Wasm,
    world: World,
  ) {
    this.pointer = wasm.call.tessera_client_create(world.pointer);
    this.scratch = wasm.call.malloc(kScratchBytes);
  }

  destroy(): void {
    this.wasm.call.tessera_client_destroy(this.pointer);
    this.wasm.call.free(this.scratch);
  }

  /** False when the bytes are no packet of this session. */
  receive(nowUs: bigint, bytes: Uint8Array): boolean {
    if (bytes.length > kPacketBytesMax) return false;
    this.wasm.u8(this.scratch + kPacketAt, bytes.length).set(bytes);
    const { tessera_client_receive: receive } = this.wasm.call;
    return receive(this.pointer, nowUs, this.scratch + kPacketAt, bytes.length) === 0;
  }

  /** The next packet to send, until it is null. Valid until the next call. */
  write(nowUs: bigint): Uint8Array | null {
    const at = this.scratch + kPacketAt;
    const size = this.wasm.call.tessera_client_write(this.pointer, nowUs, at);
    return size === 0 ? null : this.wasm.u8(at, size);
  }

  /** False when too much waits already. */
  sendMessage(topic: number, bytes: Uint8Array): boolean {
    const at = this.wasm.put(bytes);
    const sent = this.wasm.call.tessera_client_send_message(this.pointer, topic, at, bytes.length);
    this.wasm.call.free(at);
    return sent === 0;
  }

  setControls(moveEast: number, moveSouth: number, heading: number, buttons: number): void {
    const at = this.scratch + kControlsAt;
    this.wasm.f32(at, 3).set([moveEast, moveSouth, heading]);
    this.wasm.u32(at + 12, 1)[0] = buttons;
    this.wasm.call.tessera_client_set_controls(this.pointer, at);
  }

  /** Whom the server tells of in every snapshot; 0n: nobody. */
  setTarget(id: bigint): void {
    this.wasm.call.tessera_client_set_target(this.pointer, id);
  }

  /** The action's number, or 0 when too many wait for an answer. */
  beginAction(nowUs: bigint, kind: number, value: number): number {
    return this.wasm.call.tessera_client_begin_action(this.pointer, nowUs, kind, value);
  }

  /** The same for an ability, by its id. */
  useAbility(nowUs: bigint, ability: number, aim: Aim): number {
    const at = this.scratch + kAimAt;
    this.wasm.u64(at, 1)[0] = aim.target;
    this.wasm.f32(at + 8, 3).set(aim.point ?? [0, 0, 0]);
    this.wasm.u32(at + 20, 1)[0] = aim.point ? 1 : 0;
    this.wasm.f32(at + 24, 1)[0] = aim.pitch;
    return this.wasm.call.tessera_client_use_ability(this.pointer, nowUs, ability, at);
  }

  advance(nowUs: bigint): void {
    this.wasm.call.tessera_client_advance(this.pointer, nowUs);
  }

  setDoor(door: number, open: boolean): void {
    this.wasm.call.tessera_client_set_door(this.pointer, door, open ? 1 : 0);
  }

  setWorld(world: World): void {
    this.wasm.call.tessera_client_set_world(this.pointer, world.pointer);
  }

  view(nowUs: bigint): View {
    const { wasm } = this;
    wasm.call.tessera_client_view_now(this.pointer, nowUs, this.scratch + kViewAt);
    const words = wasm.u32(this.scratch + kViewAt, 17);
    const count = words[0]!;
    return {
      count,
      places: wasm.u32(words[1]!, count),
      ids: wasm.u64(words[2]!, count),
      positions: wasm.f32(words[3]!, 3 * count),
      velocities: wasm.f32(words[4]!, 3 * count),
      headings: wasm.f32(words[5]!, count),
      kinds: wasm.u8(words[6]!, count),
      definitions: wasm.u16(words[7]!, count),
      looks: wasm.u32(words[8]!, count),
      emotes: wasm.u32(words[9]!, count),
      emoteAges: wasm.f32(words[10]!, count),
      names: wasm.u8(words[11]!, kNameBytes * count),
      healths: wasm.u8(words[12]!, count),
      levels: wasm.u8(words[13]!, count),
      conditions: wasm.u8(words[14]!, count),
      casts: wasm.u16(words[15]!, count),
      marks: wasm.u8(words[16]!, count),
    };
  }

  own(nowUs: bigint): Own {
    const at = this.scratch + kOwnAt;
    this.wasm.call.tessera_client_own(this.pointer, nowUs, at);
    const view = new DataView(this.wasm.call.memory.buffer, at, 88);
    const real = (offset: number): number => view.getFloat32(offset, true);
    return {
      id: view.getBigUint64(0, true),
      x: real(8),
      y: real(12),
      z: real(16),
      vx: real(20),
      vy: real(24),
      vz: real(28),
      heading: real(32),
      grounded: view.getUint32(36, true) !== 0,
      predicted: [real(40), real(44), real(48)],
      frame: view.getUint32(52, true),
      correctionM: real(56),
      corrections: Number(view.getBigUint64(64, true)),
      health: view.getUint8(72) / 255,
      resource: view.getUint8(73) / 255,
      level: view.getUint8(74),
      condition: view.getUint8(75),
      rolls: view.getUint32(76, true) !== 0,
      marks: view.getUint32(80, true),
    };
  }

  /** Metres that a ray of length 1 goes until it strikes something; null beyond `range`. */
  castRay(from: readonly number[], direction: readonly number[], range: number): number | null {
    const at = this.scratch + kRayAt;
    this.wasm.f32(at, 3).set(from);
    this.wasm.f32(at + 12, 3).set(direction);
    const free = this.wasm.call.tessera_client_cast_ray(this.pointer, at, at + 12, range);
    return free < 0 ? null : free;
  }

  nextEvent(): CoreEvent | null {
    const at = this.scratch + kEventAt;
    if (this.wasm.call.tessera_client_next_event(this.pointer, at) === 0) return null;
    const view = new DataView(this.wasm.call.memory.buffer, at, 20);
    if (view.getUint32(0, true) === 1) {
      const [action, verdict] = [view.getUint16(4, true), view.getUint8(6)];
      return { kind: "action", action, verdict, value: view.getUint32(16, true) };
    }
    const bytes = this.wasm.u8(view.getUint32(8, true), view.getUint32(12, true)).slice();
    return { kind: "message", topic: view.getUint8(7), bytes };
  }

  /** The next line of the combat log. */
  nextCombat(): CombatLine | null {
    const at = this.scratch + kCombatAt;
    if (this.wasm.call.tessera_client_next_combat(this.pointer, at) === 0) return null;
    const view = new DataView(this.wasm.call.memory.buffer, at, 32);
    return {
      actor: view.getBigUint64(0, true),
      target: view.getBigUint64(8, true),
      amount: view.getInt32(16, true),
      absorbed: view.getInt32(20, true),
      ability: view.getUint16(24, true),
      effect: view.getUint16(26, true),
      kind: view.getUint8(28),
      type: view.getUint8(29),
      flags: view.getUint8(30),
      count: view.getUint8(31),
    };
  }

  /** What somebody in view, or the own character, casts. What view() gave stays valid. */
  cast(nowUs: bigint, id: bigint): Cast | null {
    const at = this.scratch + kCastAt;
    if (this.wasm.call.tessera_client_cast(this.pointer, nowUs, id, at) === 0) return null;
    const view = new DataView(this.wasm.call.memory.buffer, at, 24);
    const real = (offset: number): number => view.getFloat32(offset, true);
    return {
      ability: view.getUint16(0, true),
      since: real(4),
      whole: real(8),
      heading: real(12),
      point: view.getUint16(2, true) === 0 ? null : [real(16), real(20)],
    };
  }

  /** What runs on somebody in view, or on the own character. */
  effects(nowUs: bigint, id: bigint): RunningEffect[] {
    const at = this.scratch + kEffectsAt;
    const count = this.wasm.call.tessera_client_effects(this.pointer, nowUs, id, at);
    const view = new DataView(this.wasm.call.memory.buffer, at, 8 * kEffectsMax);
    return Array.from({ length: count }, (_, i) => ({
      effect: view.getUint16(8 * i, true),
      stacks: view.getUint8(8 * i + 2),
      left: view.getFloat32(8 * i + 4, true),
    }));
  }

  statistics(): Statistics {
    const at = this.scratch + kStatisticsAt;
    this.wasm.call.tessera_client_statistics(this.pointer, at);
    const view = new DataView(this.wasm.call.memory.buffer, at, 48);
    const count = (offset: number): number => Number(view.getBigUint64(offset, true));
    return {
      snapshots: count(0),
      decodeErrors: count(8),
      packetsIn: count(16),
      packetsOut: count(24),
      newestTick: view.getUint32(32, true),
      rttMs: view.getFloat32(36, true),
      loss: view.getFloat32(40, true),
    };
  }
}

/** One direction of a bad link, for development. */
export class ChaosLink {
  private readonly pointer: Pointer;
  private readonly scratch: Pointer;

  constructor(
    private readonly wasm: Wasm,
    options: LinkOptions,
  ) {
    const at = wasm.call.malloc(24);
    wasm.f32(at, 3).set([options.lossPercent, options.duplicatePercent, options.reorderPercent]);
    wasm.u32(at + 12, 3).set([options.delayMs, options.jitterMs, options.seed]);
    this.pointer = wasm.call.tessera_link_create(at);
    wasm.call.free(at);
    this.scratch = wasm.call.malloc(kPacketBytesMax);
  }

  destroy(): void {
    this.wasm.call.tessera_link_destroy(this.pointer);
    this.wasm.call.free(this.scratch);
  }

  push(nowUs: bigint, bytes: Uint8Array): void {
    if (bytes.length > kPacketBytesMax) return;
    const copy = bytes.slice(); // `bytes` may lie in the module's memory
    this.wasm.u8(this.scratch, copy.length).set(copy);
    this.wasm.call.tessera_link_push(this.pointer, nowUs, this.scratch, copy.length);
  }

  /** The next packet whose time has come; a copy. */
  pop(nowUs: bigint): Uint8Array | null {
    const { tessera_link_pop: pop } = this.wasm.call;
    const size = pop(this.pointer, nowUs, this.scratch, kPacketBytesMax);
    return size === 0 ? null : this.wasm.u8(this.scratch, size).slice();
  }
}
