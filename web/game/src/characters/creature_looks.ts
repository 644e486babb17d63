// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the creatures of our content look like, by the `look` that zone.yaml gives them.
import { packLook } from "./looks";

export interface CreatureLook {
  figure: "person" | "beast";
  size: number;
  /** Clothes are a beast's hide, hair its legs and ears. Null: each has its own. */
  look: number | null;
}

function hide(clothes: number, hair: number): number {
  return packLook({ skin: 0, hair, clothes, trousers: 0, build: 0 });
}

const kLooks: Record<number, CreatureLook> = {
  1: { figure: "beast", size: 1.05, look: hide(1, 1) }, // deer
  2: { figure: "beast", size: 0.7, look: hide(15, 0) }, // wild boar
  3: { figure: "beast", size: 0.75, look: hide(14, 6) }, // wolf
  4: { figure: "beast", size: 1.3, look: hide(13, 0) }, // cow
  5: { figure: "person", size: 0.98, look: null }, // townsman
};
const kUnknown: CreatureLook = { figure: "beast", size: 0.9, look: hide(10, 5) };

export function creatureLook(look: number): CreatureLook {
  return kLooks[look] ?? kUnknown;
}

/** Any look a player could choose, the same each time for the same creature. */
export function lookOf(id: bigint): number {
  return (Number(id & 0xffffffffn) * 2654435761) & 0x7fff;
}
