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
const stage = new Stage(["--content", meadow.folder, "--seed", "7", "--creatures", "6"]);

test("two boars make a level, which is told and shown, and teaches an ability", async () => {
  const page = await stage.open({ viewport: { width: 1280, height: 720 } });
  await enter(page, "fighter", "Fighter", { zone: "The Meadow", kind: "Ember Mage" });
  await page.getByRole("meter", { name: "Level 1: 0 of 80 experience" }).waitFor();
  const learned = page.getByRole("button", { name: "Frost Lance" });
  expect(await learned.count()).toBe(0);
  await page.locator("#world").focus();
  await page.keyboard.press("l");

  const grown = page.locator(".notices").getByText("Level 2", { exact: true });
  const target = page.getByRole("region", { name: "Target" });
  const unhurt = target.locator(".bar[aria-valuenow='100']");
  const casting = page.locator(".fight .casting");
  const number = page.locator(".float:visible").first();
  const until = Date.now() + kFightsWithinMs;
  for (let isDrawn = false; !(await grown.isVisible()); ) {
    expect(Date.now(), "no level within a minute").toBeLessThan(until);
    const isAimed = (await target.isVisible()) && !(await target.getByText("dead").isVisible());
    await page.keyboard.press(isAimed ? "1" : "t");
    await page.waitForTimeout(kPressMs);
    const isTooFar = !isAimed || (await unhurt.isVisible());
    if (isTooFar && !(await casting.isVisible())) { // some steps on
      await page.keyboard.down("w");
      await page.waitForTimeout(kPressMs);
      await page.keyboard.up("w");
    }
    if (!isDrawn && (await number.isVisible())) {
      isDrawn = true;
      mkdirSync(kPictures, { recursive: true });
      await page.screenshot({ path: join(kPictures, "growth.png") });
    }
  }
  await page.locator(".notices").getByText("New: Frost Lance").waitFor();
  await learned.waitFor();
  await page.getByRole("meter", { name: /^Level 2: \d+ of \d+ experience$/ }).waitFor();
  await page.screenshot({ path: join(kPictures, "level.png") });
}, 150_000);
