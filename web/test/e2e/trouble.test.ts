// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What people read when something is not as it should be. What a server seldom says is put into its
// mouth on the way.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launch, openPage } from "../support/browser";
import { enter, place } from "../support/player";
import { Server } from "../support/server";

const kEnter = "**/api/v1/characters/*/enter";

let server: Server;
let browser: Browser;
const problems: string[] = [];
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  server = await Server.start(["--creatures", "0"]);
  browser = await launch();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  // A refusal that is asked for shows in the console, too.
  expect(problems.splice(0).filter((line) => !line.includes("status of"))).toEqual([]);
});

async function open(prepare: (page: Page) => Promise<void> = async () => {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 640, height: 360 } });
  contexts.push(context);
  const page = await openPage(context, problems);
  await prepare(page);
  await page.goto(server.url);
  return page;
}

test("who waits for a seat reads his number in the queue, and comes in", async () => {
  let asked = 0;
  const page = await open((it) =>
    it.route(kEnter, async (route) => {
      if (++asked > 1) return route.continue();
      const queue = { position: 7, size: 12, retry_after_s: 2 };
      await route.fulfill({ status: 202, json: { queue } });
    }),
  );
  const entered = enter(page, "queuer", "Queuer");
  await page.getByText("You are number 7 of 12 in the queue").waitFor();
  await entered;
}, 120_000);

test("a client of another version is asked to reload", async () => {
  const page = await open((it) =>
    it.route(kEnter, async (route) => {
      const response = await route.fetch();
      const grant = (await response.json()) as object;
      await route.fulfill({ response, json: { ...grant, protocol_version: 1 } });
    }),
  );
  void enter(page, "oldtimer", "Oldtimer").catch(() => {}); // it does not get in
  await page.getByText("The game has been updated").waitFor();
  await page.unroute(kEnter);
  await page.getByRole("button", { name: "Reload" }).click();
  await page.getByRole("button", { name: "Enter the world" }).click(); // still logged in
  await page.getByText("The Vale").waitFor({ timeout: 60_000 });
}, 120_000);

test("a login that expired during a drop leads back to the login, with a word", async () => {
  const page = await open();
  await enter(page, "expired", "Expired");
  await place(page);
  const error = { code: "unauthenticated", message: "The token has expired." };
  await page.route(kEnter, (route) => route.fulfill({ status: 401, json: { error } }));
  await page.getByRole("button", { name: "Drop the connection" }).click();
  await page.getByText("Your login has expired").waitFor();
  await page.getByLabel("Account name").waitFor();
}, 120_000);

test("a browser without storage plays all the same", async () => {
  const page = await open((it) =>
    it.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException("storage is disabled", "SecurityError");
          },
        });
      }
    }),
  );
  await enter(page, "forgetful", "Forgetful");
  await page.keyboard.press("Escape");
  await page.getByLabel("Language").selectOption("ko");
  await page.getByRole("dialog", { name: "설정" }).waitFor();
}, 120_000);

test("when the server stops, its players are told", async () => {
  const page = await open();
  await enter(page, "stopped", "Stopped");
  const stopping = server.stop();
  await page.getByText("The server is restarting").waitFor({ timeout: 20_000 });
  await stopping;
}, 120_000);
