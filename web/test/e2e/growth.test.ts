// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Somebody new fights with keys alone until he has grown; two fight each other.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { Content } from "../support/content";
import { enter } from "../support/player";
import { Stage } from "../support/stage";

const kPictures = join(__dirname, "../../../build/screenshots");
/** So often somebody presses keys in a fight. */
const kPressMs = 250;
const kFightsWithinMs = 60_000;

const content = new Content();
content.change("rules/experience.yaml", /^next_base: \d+/m, "next_base: 80"); // two boars
afterAll(() => content.remove()); // hooks run backwards: when the server has stopped
const stage = new Stage(["--content", content.zone("meadow"), "--seed", "7", "--creatures", "6"]);

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

/** Aims at somebody who stands still some 15 m from the eye, in a window 720 high: clicks on the body. */
async function clickOn(page: Page, name: string): Promise<void> {
  const label = page.locator(".name:visible", { hasText: name });
  let before = { x: 0, y: 0 };
  await expect.poll(async () => {
    const box = await label.boundingBox({ timeout: 20_000 });
    if (!box) return Infinity;
    const away = Math.hypot(box.x - before.x, box.y - before.y);
    before = box;
    return away;
  }, { interval: kPressMs, timeout: 20_000 }).toBeLessThan(1);
  const box = (await label.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height + 40);
}

test("a duel is wished for, accepted, counted down, fought and given up; a flag is seen", async () => {
  const ann = await stage.open({ viewport: { width: 1280, height: 720 } });
  await enter(ann, "duel_ann", "Ann", { zone: "The Meadow", kind: "Ember Mage" });
  const bob = await stage.open();
  await enter(bob, "duel_bob", "Bob", { zone: "The Meadow" });
  await bob.locator("#world").focus();
  await bob.keyboard.down("w");
  await expect.poll(() => ann.locator(".name:visible", { hasText: "Bob" }).count()).toBe(1);
  await bob.waitForTimeout(1200);
  await bob.keyboard.up("w");
  const target = ann.getByRole("region", { name: "Target" });
  await clickOn(ann, "Bob");
  await target.getByText("Bob").waitFor();
  await target.getByRole("button", { name: "Duel" }).click();
  await ann.getByText("Bob has been challenged to a duel.").waitFor();
  await bob.getByRole("dialog", { name: "Duel" }).getByText("Ann challenges you to a duel.").waitFor();
  await bob.getByRole("button", { name: "Accept" }).click();
  await ann.getByText("The duel with Bob begins.").waitFor();
  await ann.getByText("Fight! Your opponent is Bob.").waitFor();
  await ann.locator("#world").focus();
  const hurt = target.locator(".bar.enemy:not([aria-valuenow='100'])");
  while (!(await hurt.isVisible())) {
    await ann.keyboard.press("1");
    await ann.waitForTimeout(kPressMs);
  }
  await ann.screenshot({ path: join(kPictures, "duel.png") });
  await bob.locator("#world").focus();
  await bob.keyboard.press("t");
  await bob.getByRole("button", { name: "Give up" }).click();
  await ann.getByText("You win the duel. Bob gives up.").waitFor();
  await bob.getByText("You lose the duel. Bob gives up.").waitFor();

  await bob.keyboard.press("p");
  await bob.getByRole("button", { name: "Raise the flag" }).click();
  await ann.locator(".name.flagged", { hasText: "Bob" }).waitFor();
  await bob.getByRole("button", { name: "Take down the flag" }).click();
  await bob.getByText(/^.*It falls in \d+ s\./).waitFor();
}, 150_000);

test("the bar of experience and the level stand clear of all buttons", async () => {
  for (const [width, height] of [[640, 360], [800, 500], [390, 844]] as const) {
    const page = await stage.open({ viewport: { width, height }, hasTouch: width < height });
    await enter(page, `clear_${width}`, `Clear${String.fromCharCode(97 + width / 100)}`, { zone: "The Meadow" });
    const shown = [page.getByRole("meter", { name: /^Level 1/ }), page.locator(".fight .own b")];
    const boxes = await Promise.all(shown.map(async (one) => (await one.boundingBox())!));
    for (const button of await page.locator("button:visible, input:visible").all()) {
      const it = (await button.boundingBox())!;
      for (const box of boxes) {
        const isClear =
          box.x + box.width <= it.x || it.x + it.width <= box.x ||
          box.y + box.height <= it.y || it.y + it.height <= box.y;
        expect(isClear, `${width} x ${height}: ${await button.textContent()}`).toBe(true);
      }
    }
    await page.screenshot({ path: join(kPictures, `clear_${width}.png`) });
    await page.close();
  }
}, 150_000);
