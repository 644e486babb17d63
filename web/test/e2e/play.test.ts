// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A person at a browser: mouse, keys and fingers in, what is on the page out.
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { away, enter, kPassword, place } from "../support/player";
import { Stage } from "../support/stage";

const stage = new Stage(["--creatures", "40"]);

test("somebody new is in the world after four clicks at most, and walks", async () => {
  const page = await stage.open();
  expect(await enter(page, "walker", "Walker")).toBeLessThanOrEqual(4);
  const start = await place(page);
  await page.locator("#world").focus();
  for (const key of ["s", "d"]) {
    await page.keyboard.down(key);
    await page.waitForTimeout(1500);
    await page.keyboard.up(key);
  }
  expect(away(await place(page), start)).toBeGreaterThan(3);
}, 120_000);

test("a class is chosen, and who fights in a safe place reads why not", async () => {
  const page = await stage.open();
  await page.getByLabel("Account name").fill("mage");
  await page.getByLabel("Password", { exact: true }).fill(kPassword);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByLabel("Character name").fill("Mage");
  await page.getByRole("button", { name: "Ember Mage" }).click();
  await page.getByRole("button", { name: "Create and enter" }).click();
  await page.getByText("The Vale").waitFor({ timeout: 60_000 });
  const bolt = page.getByRole("button", { name: "Ember Bolt" });
  await bolt.waitFor();
  await page.getByRole("meter", { name: "Health" }).waitFor();
  await page.locator("#world").focus();
  await page.keyboard.press("1");
  await page.getByText("Ember Bolt: this place is safe.").waitFor();
}, 120_000);

test("a key rolls, and others show the character and what it may learn", async () => {
  const page = await stage.open();
  await enter(page, "roller", "Roller");
  await page.locator("#world").focus();
  const start = await place(page);
  await page.keyboard.press("c");
  await page.waitForTimeout(1500);
  const rolled = away(await place(page), start);
  expect(rolled).toBeGreaterThan(1); // there may be a wall
  expect(rolled).toBeLessThan(4.8);
  await page.keyboard.press("p");
  await page.getByRole("row", { name: "Strength 18" }).waitFor();
  await page.keyboard.press("k");
  await page.getByText("Points to spend: 0").waitFor();
  await page.getByRole("button", { name: "Hard Drill 0/3" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Points to spend").waitFor({ state: "detached" });
}, 120_000);

test("nobody walks through what is solid", async () => {
  const page = await stage.open();
  await enter(page, "blocked", "Blocked");
  let at = await place(page);
  await page.locator("#world").focus();
  // Out of the line of the street, which leads through the town's gate.
  await page.keyboard.down("d");
  for (let tries = 0; tries < 20 && Math.abs(at[0] - 2048) < 8; ++tries) at = await place(page);
  await page.keyboard.up("d");
  await page.keyboard.down("w");
  // Northwards stand market stalls, houses and at last the town's wall.
  for (let tries = 0, standing = 0; standing < 3; ++tries) {
    const before = at;
    at = await place(page);
    // It may still slide along a wall; and a slow page may be told nothing new for a moment.
    standing = tries > 0 && before[1] - at[1] < 0.3 ? standing + 1 : 0;
    expect(tries, `still walking at ${at.join(", ")}`).toBeLessThan(40);
  }
  await page.keyboard.down(" ");
  await place(page);
  await page.keyboard.up(" ");
  await page.keyboard.up("w");
  const stopped = await place(page);
  expect(Math.abs(stopped[1] - at[1])).toBeLessThan(3); // nor by jumping at it
  expect(stopped[1]).toBeGreaterThan(1700); // far within the town's wall
  // The server has the same place: who comes back stands there.
  await page.getByRole("button", { name: "Drop the connection" }).click();
  await page.getByText("Coming back").waitFor();
  await page.getByText("Coming back").waitFor({ state: "detached", timeout: 30_000 });
  expect(away(await place(page), stopped)).toBeLessThan(1);
}, 180_000);

test("bots are seen to walk about", async () => {
  stage.server.addBots(20, ["--profile", "crowd"]);
  const page = await stage.open();
  await enter(page, "watcher", "Watcher");
  const names = page.locator(".name:not(.creature):visible");
  await names.first().waitFor({ timeout: 60_000 });
  const where = (): Promise<string[]> =>
    names.evaluateAll((labels) =>
      labels.map((label) => `${label.textContent} ${(label as HTMLElement).style.transform}`),
    );
  const before = await where();
  await page.waitForTimeout(3000);
  const after = await where();
  expect(after.filter((label) => !before.includes(label)).length).toBeGreaterThan(0);
}, 180_000);

test("two people talk, and markup stays text", async () => {
  const ann = await stage.open();
  await enter(ann, "chat_ann", "Ann");
  const bob = await stage.open();
  await enter(bob, "chat_bob", "Bob");
  const say = async (page: Page, line: string): Promise<void> => {
    await page.getByRole("textbox", { name: "Chat" }).fill(line);
    await page.keyboard.press("Enter");
  };
  await say(ann, "hello <b>you</b>");
  await bob.getByText("hello <b>you</b>").waitFor();
  await say(bob, "/zone \u202eevil");
  await ann.getByText("[Zone] Bob").waitFor();
  await ann.getByText("evil", { exact: true }).waitFor();
  for (let i = 0; i < 3; ++i) await say(ann, `/w bob line ${i}`);
  await bob.getByText("line 2").waitFor();
  const lines = await bob.locator(".chat li.whisper").allInnerTexts();
  expect(lines).toEqual([0, 1, 2].map((i) => `Ann to bob: line ${i}`));
  await say(ann, "/help");
  await ann.getByText("/whisper NAME TEXT").waitFor();
}, 120_000);

test("a dropped connection comes back to the same place", async () => {
  const page = await stage.open();
  await enter(page, "dropper", "Dropper");
  const before = await place(page);
  await page.getByRole("button", { name: "Drop the connection" }).click();
  await page.getByText("Coming back").waitFor();
  await page.getByText("Coming back").waitFor({ state: "detached", timeout: 30_000 });
  expect(away(await place(page), before)).toBeLessThan(2);
}, 120_000);

test("of two tabs with one character the newer one plays and the older one is told", async () => {
  const older = await stage.open();
  await enter(older, "twice", "Twice");
  const newer = await stage.open();
  await newer.getByRole("button", { name: "I have an account" }).click();
  await newer.getByLabel("Account name").fill("twice");
  await newer.getByLabel("Password", { exact: true }).fill(kPassword);
  await newer.getByRole("button", { name: "Log in", exact: true }).click();
  await newer.getByRole("button", { name: "Enter the world" }).click();
  await newer.getByText("The Vale").waitFor({ timeout: 60_000 });
  await older.getByText("from another window").waitFor({ timeout: 20_000 });
}, 120_000);

test("a phone shows everything and a tap walks", async () => {
  const page = await stage.open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await enter(page, "phone", "Phone");
  await page.getByRole("button", { name: "Jump" }).waitFor();
  const start = await place(page);
  await page.getByRole("button", { name: "Network" }).click();
  await page.touchscreen.tap(200, 640);
  await page.waitForTimeout(2500);
  expect(away(await place(page), start)).toBeGreaterThan(0.5);
}, 120_000);
