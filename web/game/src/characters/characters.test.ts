// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { expect, test } from "vitest";
import { shownName } from "./characters";
import { packLook, unpackLook } from "./looks";

test("a name is text up to its end, without what would rearrange or hide it", () => {
  const bytes = new Uint8Array(25);
  bytes.set(new TextEncoder().encode("A\u202eda\u0007"));
  expect(shownName(bytes)).toBe("Ada");
  expect(shownName(new TextEncoder().encode("한국어"))).toBe("한국어");
});

test("a look is what was packed", () => {
  const look = { skin: 7, hair: 3, clothes: 15, trousers: 5, build: 2 };
  expect(unpackLook(packLook(look))).toEqual(look);
});
