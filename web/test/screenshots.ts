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
