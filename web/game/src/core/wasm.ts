// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The WebAssembly module of the client core: its exports, and its memory as typed arrays. The memory
// can grow with any call, which detaches every array over it; so arrays are asked for, not kept.

/** A place in the module's memory. */
export type Pointer = number;

/** What src/client/tessera_client.h and tessera_link.h declare. */
export interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(size: number): Pointer;
  free(pointer: Pointer): void;
  tessera_protocol_version(): number;
  tessera_world_load(bytes: Pointer, size: number): Pointer;
  tessera_world_create(terrain: Pointer, boxes: Pointer, count: number): Pointer;
  tessera_world_destroy(world: Pointer): void;
  tessera_world_terrain(world: Pointer, out: Pointer): void;
  tessera_world_ground_m(world: Pointer, x: number, z: number): number;
  tessera_world_water_level_m(world: Pointer): number;
  tessera_client_create(world: Pointer): Pointer;
  tessera_client_destroy(client: Pointer): void;
  tessera_client_receive(client: Pointer, nowUs: bigint, bytes: Pointer, size: number): number;
  tessera_client_write(client: Pointer, nowUs: bigint, out: Pointer): number;
  tessera_client_send_message(client: Pointer, topic: number, bytes: Pointer, size: number): number;
  tessera_client_set_controls(client: Pointer, controls: Pointer): void;
  tessera_client_set_target(client: Pointer, target: bigint): void;
  tessera_client_begin_action(client: Pointer, nowUs: bigint, kind: number, value: number): number;
  tessera_client_use_ability(client: Pointer, nowUs: bigint, ability: number, aim: Pointer): number;
  tessera_client_advance(client: Pointer, nowUs: bigint): void;
  tessera_client_set_door(client: Pointer, door: number, open: number): number;
  tessera_client_set_world(client: Pointer, world: Pointer): void;
  tessera_client_view_now(client: Pointer, nowUs: bigint, out: Pointer): void;
  tessera_client_cast_ray(client: Pointer, from: Pointer, direction: Pointer, range: number): number;
  tessera_client_own(client: Pointer, nowUs: bigint, out: Pointer): void;
  tessera_client_next_event(client: Pointer, out: Pointer): number;
  tessera_client_next_combat(client: Pointer, out: Pointer): number;
  tessera_client_cast(client: Pointer, nowUs: bigint, id: bigint, out: Pointer): number;
  tessera_client_effects(client: Pointer, nowUs: bigint, id: bigint, out: Pointer): number;
  tessera_client_statistics(client: Pointer, out: Pointer): void;
  tessera_link_create(options: Pointer): Pointer;
  tessera_link_destroy(link: Pointer): void;
  tessera_link_push(link: Pointer, nowUs: bigint, bytes: Pointer, size: number): void;
  tessera_link_pop(link: Pointer, nowUs: bigint, out: Pointer, capacity: number): number;
}

export class Wasm {
  readonly call: Exports;

  private constructor(instance: WebAssembly.Instance) {
    this.call = instance.exports as unknown as Exports;
    this.call._initialize();
  }

  static async load(source: Response | Promise<Response> | BufferSource): Promise<Wasm> {
    let said = "";
    let self: Wasm | undefined;
    // The C++ library writes to standard error when one of our invariants is broken, then traps.
    const imports = {
      wasi_snapshot_preview1: {
        fd_close: () => 0,
        fd_seek: () => 0,
        fd_write: (_file: number, vectors: Pointer, count: number, written: Pointer) => {
          const view = new DataView(self!.call.memory.buffer);
          let size = 0;
          for (let i = 0; i < count; ++i) {
            const at = view.getUint32(vectors + 8 * i, true);
            const length = view.getUint32(vectors + 8 * i + 4, true);
            said += new TextDecoder().decode(self!.u8(at, length).slice());
            size += length;
          }
          view.setUint32(written, size, true);
          if (said.endsWith("\n")) console.error(`client core: ${said.trim()}`);
          if (said.endsWith("\n")) said = "";
          return 0;
        },
      },
    };
    const result =
      source instanceof ArrayBuffer || ArrayBuffer.isView(source)
        ? await WebAssembly.instantiate(source as BufferSource, imports)
        : await WebAssembly.instantiateStreaming(source as Response | Promise<Response>, imports);
    self = new Wasm(result.instance);
    return self;
  }

  u8(at: Pointer, length: number): Uint8Array {
    return new Uint8Array(this.call.memory.buffer, at, length);
  }
  u16(at: Pointer, length: number): Uint16Array {
    return new Uint16Array(this.call.memory.buffer, at, length);
  }
  u32(at: Pointer, length: number): Uint32Array {
    return new Uint32Array(this.call.memory.buffer, at, length);
  }
  u64(at: Pointer, length: number): BigUint64Array {
    return new BigUint64Array(this.call.memory.buffer, at, length);
  }
  f32(at: Pointer, length: number): Float32Array {
    return new Float32Array(this.call.memory.buffer, at, length);
  }

  /** Copies bytes into memory of the module; free() them. */
  put(bytes: Uint8Array): Pointer {
    const at = this.call.malloc(Math.max(bytes.length, 1));
    if (at === 0) throw new Error("client core: out of memory");
    this.u8(at, bytes.length).set(bytes);
    return at;
  }
}
