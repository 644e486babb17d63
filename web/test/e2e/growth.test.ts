// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Somebody new fights with keys alone until he has grown.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { enter } from "../support/player";
import { makeMeadow } from "../support/meadow";
import { Stage } from "../support/stage";

const kPictures = join(__dirname, "../../../build/screenshots");
/** So often somebody presses keys in a fight. */
const kPressMs = 250;
const kFightsWithinMs = 60_000;

const meadow = makeMeadow();
afterAll(() => meadow.remove()); // hooks run backwards: when the server has stopped
const stage = new Stage(["--content", meadow.folder, "--seed", "7"]);

test("two wolves make a level, which is told and shown, and teaches an ability", async () => {
  const page = await stage.open({ viewport: { width: 1280, height: 720 } });
  await enter(page, "fighter", "Fighter", "The Meadow");
  await page.getByRole("meter", { name: "Level 1: 0 of 80 experience" }).waitFor();
  const learned = page.getByRole("button", { name: "Rising Cut" });
  expect(await learned.count()).toBe(0);
  await page.locator("#world").focus();
  await page.keyboard.press("l");

  // Towards the wolves until one can be aimed at; it comes by itself.
  const target = page.getByRole("region", { name: "Target" });
  await page.keyboard.down("w");
  while (!(await target.isVisible())) {
    await page.keyboard.press("t");
    await page.waitForTimeout(kPressMs);
  }
  await page.keyboard.up("w");

  const grown = page.locator(".notices").getByText("Level 2", { exact: true });
  const blow = page.locator(".float").first();
  const until = Date.now() + kFightsWithinMs;
  let isDrawn = false;
  while (!(await grown.isVisible())) {
    expect(Date.now(), "no level within a minute of fighting").toBeLessThan(until);
    const isAimed = (await target.isVisible()) && !(await target.getByText("dead").isVisible());
    await page.keyboard.press(isAimed ? "1" : "t");
    if (isAimed) await page.keyboard.press("2");
    if (!isDrawn && (await blow.isVisible())) {
      isDrawn = true;
      mkdirSync(kPictures, { recursive: true });
      await page.screenshot({ path: join(kPictures, "growth.png") });
    }
    await page.waitForTimeout(kPressMs);
  }
  expect(isDrawn).toBe(true);
  await page.locator(".notices").getByText("New: Rising Cut").waitFor();
  await learned.waitFor();
  await page.getByRole("meter", { name: /^Level 2: \d+ of \d+ experience$/ }).waitFor();
}, 150_000);
