// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What every person at a browser does.
import type { Page } from "playwright-core";

export const kPassword = "correct horse battery";

/** From the link into the world, as somebody new. Returns how often was clicked. */
export async function enter(
  page: Page,
  account: string,
  character: string,
  { zone = "The Vale", kind = "" } = {},
): Promise<number> {
  let clicks = 0;
  const click = async (name: string): Promise<void> => {
    ++clicks;
    await page.getByRole("button", { name, exact: true }).click();
  };
  await page.getByLabel("Account name").fill(account);
  await page.getByLabel("Password", { exact: true }).fill(kPassword);
  await click("Create account");
  await page.getByLabel("Character name").fill(character);
  if (kind !== "") await click(kind);
  await click("Create and enter");
  await page.getByText(zone).waitFor({ timeout: 60_000 });
  return clicks;
}

export type Place = [number, number];

/** The place that the network panel shows; opens it. */
export async function place(page: Page): Promise<Place> {
  if (!(await page.getByLabel("Network", { exact: true }).isVisible())) {
    await page.getByRole("button", { name: "Network" }).click();
  }
  const row = page.locator("tr", { hasText: "Place" }).locator("td");
  await row.waitFor({ timeout: 20_000 });
  const before = await row.innerText();
  // It is written anew each second; wait for that, if only the figures beside it change.
  await page.waitForTimeout(1200);
  const [x, z] = ((await row.innerText()) || before).split(",").map(Number);
  return [x!, z!];
}

export function away(a: Place, b: Place): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
