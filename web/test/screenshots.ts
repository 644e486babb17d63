// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Pictures of what players see, for people to look at: build/screenshots/*.png. Run by
// scripts/screenshots; it checks nothing.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { test } from "vitest";
import { launch } from "./support/browser";
import { Content } from "./support/content";
import { enter as enterAs } from "./support/player";
import { Server } from "./support/server";

const kFolder = join(__dirname, "../../build/screenshots");

async function enter(page: Page, url: string, name: string, shoot: boolean): Promise<void> {
  const picture = async (what: string): Promise<void> => {
    if (shoot) await page.screenshot({ path: join(kFolder, `${what}.png`) });
  };
  await page.goto(url);
  await page.waitForTimeout(1500);
  await picture("login");
  await page.getByLabel("Account name").fill(name.toLowerCase());
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByLabel("Character name").fill(name);
  await page.waitForTimeout(1000);
  await picture("create");
  await page.getByRole("button", { name: "Create and enter" }).click();
  await page.getByText("The Vale").waitFor({ timeout: 60_000 });
  await page.waitForTimeout(4000);
}

test("pictures", async () => {
  mkdirSync(kFolder, { recursive: true });
  const server = await Server.start();
  const browser = await launch();
  try {
    server.addBots(60, ["--profile", "crowd"]);
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await enter(page, server.url, "Marta", true);
    await page.waitForTimeout(10_000); // the crowd gathers
    await page.screenshot({ path: join(kFolder, "town.png") });
    await page.locator("#world").focus();
    await page.keyboard.press("m");
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(kFolder, "map.png") });
    await page.close();
    const phone = await browser.newPage({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
    });
    await enter(phone, server.url, "Pavel", false);
    await phone.screenshot({ path: join(kFolder, "phone.png") });
  } finally {
    await browser.close();
    await server.stop();
  }
}, 300_000);

const kFightWithinMs = 90_000;

/** Has the picture all of it: a blow's number near a hurt target in view, and some abilities? */
function isWhole(): boolean {
  const at = (selector: string): DOMRect[] =>
    [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((one) => !one.hidden)
      .map((one) => one.getBoundingClientRect());
  const [label] = at(".name.target");
  if (!label || label.x < 200 || label.x > 850 || label.y < 150 || label.y > 480) return false;
  const bar = document.querySelector("section.target .bar.enemy");
  const health = Number(bar?.getAttribute("aria-valuenow") ?? 0);
  const isNear = (one: DOMRect): boolean => Math.hypot(one.x - label.x, one.y - label.y) < 120;
  return health > 30 && health < 95 && at(".ability").length >= 5 && at(".float").some(isNear);
}

/** Fights until the picture is whole. */
async function fight(page: Page): Promise<void> {
  const target = page.getByRole("region", { name: "Target" });
  const hurt = target.locator(".bar.enemy:not([aria-valuenow='100']):not([aria-valuenow='0'])");
  const casting = page.locator(".fight .casting");
  const until = Date.now() + kFightWithinMs;
  for (let tries = 1; Date.now() < until; ++tries) {
    const isAimed = (await target.isVisible()) && !(await target.getByText("dead").isVisible());
    const isBusy = await casting.isVisible();
    const isInReach = tries % 8 !== 0 || isBusy || (await hurt.isVisible()); // else the next one
    if (!isAimed || !isInReach) await page.keyboard.press("t");
    else if (!isBusy) await page.keyboard.press(tries % 3 === 0 ? "3" : "1");
    await page.waitForTimeout(150);
    if (await page.evaluate(isWhole)) return;
  }
  await page.screenshot({ path: join(kFolder, "no_fight.png") });
  throw new Error("no picture of a fight came about");
}

test("a picture of a fight before the town, where levels come fast", async () => {
  mkdirSync(kFolder, { recursive: true });
  const content = new Content();
  const vale = "zones/vale/zone.yaml";
  content.change(vale, /spawn_points:\n( +- .*\n)+/, "spawn_points:\n  - {at: [2052, 2262]}\n");
  content.change(vale, /home_distance_m: \[350, 1700\]/, "home_distance_m: [190, 260]"); // boars
  content.change("rules/experience.yaml", /^next_base: \d+\nnext_per_level: \d+\nnext_per_level_squared: \d+/m,
    "next_base: 4\nnext_per_level: 2\nnext_per_level_squared: 0");
  const flags = ["--content", content.zone("vale"), "--creatures", "1500", "--seed", "7"];
  const server = await Server.start(flags);
  const browser = await launch();
  try {
    server.addBots(3, ["--profile", "fight"]);
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(server.url);
    await enterAs(page, "vera", "Vera", { kind: "Ember Mage" });
    await page.locator("#world").focus();
    await page.keyboard.press("l");
    await fight(page);
    await page.screenshot({ path: join(kFolder, "fight.png") });
  } finally {
    await browser.close();
    await server.stop();
    content.remove();
  }
}, 300_000);
