// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What people read when something is not as it should be. What a server seldom says is put into its
// mouth on the way.
import { expect, test } from "vitest";
import { enter, place } from "../support/player";
import { Stage } from "../support/stage";

const kEnter = "**/api/v1/characters/*/enter";

// A refusal that is asked for shows in the console, too.
const stage = new Stage(["--creatures", "0"], (problem) => problem.includes("status of"));

test("who waits for a seat reads his number in the queue, and comes in", async () => {
  let asked = 0;
  const page = await stage.open({}, (it) =>
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
  const page = await stage.open({}, (it) =>
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
  const page = await stage.open();
  await enter(page, "expired", "Expired");
  await place(page);
  const error = { code: "unauthenticated", message: "The token has expired." };
  await page.route(kEnter, (route) => route.fulfill({ status: 401, json: { error } }));
  await page.getByRole("button", { name: "Drop the connection" }).click();
  await page.getByText("Your login has expired").waitFor();
  await page.getByLabel("Account name").waitFor();
}, 120_000);

test("a browser without storage plays all the same", async () => {
  const page = await stage.open({}, (it) =>
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

test("a copy of a tab asks for the password, and the tab it was copied from plays on", async () => {
  const page = await stage.open();
  await enter(page, "copied", "Copied");
  const opened = page.waitForEvent("popup"); // browsers copy the storage for it, as for "duplicate"
  await page.evaluate(() => void window.open(location.href));
  const copy = await opened;
  stage.watch(copy);
  await copy.getByLabel("Account name").waitFor();
  expect(await copy.getByRole("button", { name: "Enter the world" }).count()).toBe(0);
  await copy.close();
  await page.reload();
  await page.getByRole("button", { name: "Enter the world" }).click(); // its login still counts
  await page.getByText("The Vale").waitFor({ timeout: 60_000 });
}, 120_000);

test("who leaves while the connection is lost is with the characters, and can enter", async () => {
  const page = await stage.open();
  await enter(page, "quitter", "Quitter");
  await place(page);
  await page.route(kEnter, (route) => route.fulfill({ status: 503, json: {} }));
  await page.getByRole("button", { name: "Drop the connection" }).click();
  await page.getByText("Coming back").waitFor();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Leave the world" }).click();
  await page.unroute(kEnter);
  await page.getByRole("button", { name: "Enter the world" }).click();
  await page.getByText("The Vale").waitFor({ timeout: 60_000 });
  expect(await page.getByText("Coming back").count()).toBe(0);
}, 120_000);

test("who comes back to a full world reads his number in the queue", async () => {
  const page = await stage.open();
  await enter(page, "returner", "Returner");
  await place(page);
  let asked = 0;
  await page.route(kEnter, async (route) => {
    if (++asked > 1) return route.continue();
    const queue = { position: 3, size: 9, retry_after_s: 1 };
    await route.fulfill({ status: 202, json: { queue } });
  });
  await page.getByRole("button", { name: "Drop the connection" }).click();
  await page.getByText("You are number 3 of 9 in the queue").waitFor();
  await page.getByRole("alert").waitFor({ state: "detached", timeout: 30_000 });
}, 120_000);

test("when the server stops, its players are told", async () => {
  const page = await stage.open();
  await enter(page, "stopped", "Stopped");
  const stopping = stage.server.stop();
  await page.getByText("The server is restarting").waitFor({ timeout: 20_000 });
  await stopping;
}, 120_000);
