// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a character looks like, in the 32 bits that the server keeps for it:
// bits 0..2 skin, 3..5 hair, 6..9 clothes, 10..12 trousers, 13..14 build.

export const kSkins = ["#f6d7b8", "#eac08f", "#d29f6b", "#b07845", "#8a5a32", "#633f22", "#e3b7a0", "#4a2f1c"];
export const kHairs = ["#2b2018", "#5b3a1e", "#8f5a2b", "#c79a4b", "#e8d9a8", "#9b3d1f", "#777777", "#e9e9e9"];
/** Told apart in brightness too, for those who see few hues. */
export const kClothes = [
  "#7c2f2f", "#b5542f", "#d8a13c", "#e9d9a6", "#5f7f3a", "#2f6148", "#2f7f8a", "#7fb6d6",
  "#2f5a9b", "#1f3361", "#5f3f8a", "#a36bb0", "#c97f9b", "#f0f0ea", "#8a8a86", "#33373c",
];
export const kTrousers = ["#3b3026", "#5a4a38", "#7a6a4e", "#2c3440", "#46535f", "#55402f", "#2f3b2a", "#6b6258"];

export interface Look {
  skin: number;
  hair: number;
  clothes: number;
  trousers: number;
  build: number;
}

export function unpackLook(look: number): Look {
  return {
    skin: look & 7,
    hair: (look >> 3) & 7,
    clothes: (look >> 6) & 15,
    trousers: (look >> 10) & 7,
    build: (look >> 13) & 3,
  };
}

export function packLook(look: Look): number {
  const { skin, hair, clothes, trousers, build } = look;
  return skin | (hair << 3) | (clothes << 6) | (trousers << 10) | (build << 13);
}

export function randomLook(): number {
  return Math.floor(Math.random() * (1 << 15));
}
