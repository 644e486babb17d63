// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Somebody who never stands still: walks, turns, jumps, runs into walls and people, and talks. The
// same seed gives the same keys.
import type { Page } from "playwright-core";

const kStepMs = 600;
const kChatEverySteps = 4;

/** mulberry32: a small generator of numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Adds the lines said, in order, to `said`. */
export async function playFor(
  page: Page,
  seconds: number,
  random: () => number,
  said: string[],
): Promise<void> {
  const held = new Set<string>();
  const until = Date.now() + seconds * 1000;
  const hold = async (key: string, down: boolean): Promise<void> => {
    if (held.has(key) === down) return;
    await (down ? page.keyboard.down(key) : page.keyboard.up(key));
    if (down) held.add(key);
    else held.delete(key);
  };
  for (let step = 0; Date.now() < until; ++step) {
    await hold("w", random() < 0.8);
    await hold("a", random() < 0.25);
    await hold("d", random() < 0.25);
    await hold(" ", random() < 0.3);
    if (random() < 0.5) await turn(page, Math.round((random() - 0.5) * 300));
    if (step % kChatEverySteps === kChatEverySteps - 1) {
      for (const key of [...held]) await hold(key, false);
      const line = `line ${said.length}`;
      await page.getByRole("textbox", { name: "Chat" }).fill(line);
      await page.keyboard.press("Enter");
      await page.locator("#world").focus();
      said.push(line);
    }
    await page.waitForTimeout(kStepMs);
  }
  for (const key of [...held]) await hold(key, false);
}

async function turn(page: Page, pixels: number): Promise<void> {
  const size = page.viewportSize()!;
  const [x, y] = [size.width / 2, size.height * 0.3];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + pixels, y, { steps: 5 });
  await page.mouse.up();
}
