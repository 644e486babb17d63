// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors

/**
 * What others wrote, fit to stand on a page: control characters say nothing, and those that change
 * the direction of writing would rearrange what stands beside. Markup stays what it is: text.
 */
export function shownText(said: string): string {
  return said.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, "");
}
