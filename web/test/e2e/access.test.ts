// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For everybody: by keyboard alone, and legible (WCAG 2.2, level AA).
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { enter } from "../support/player";
import { Stage } from "../support/stage";

// So many that somebody is in view wherever one enters and looks.
const stage = new Stage(["--creatures", "800"]);
const kView = { viewport: { width: 800, height: 500 } };

test("the keyboard alone leads into the world and through its windows", async () => {
  const page = await stage.open(kView);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
    });
  const tabTo = async (name: string): Promise<void> => {
    for (let i = 0; i < 40; ++i) {
      if ((await focused()) === name) return;
      await press("Tab");
    }
    throw new Error(`the Tab key does not reach '${name}'`);
  };
  await page.getByLabel("Account name").focus();
  await page.keyboard.type("keys_only");
  await press("Tab");
  await page.keyboard.type("correct horse battery");
  await press("Enter");
  await page.getByLabel("Character name").waitFor();
  await page.getByLabel("Character name").focus();
  await page.keyboard.type("Keys");
  await press("Enter");
  await page.getByText("The Vale").waitFor({ timeout: 60_000 });
  await tabTo("Map");
  await press("Enter");
  await page.getByRole("dialog").waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await tabTo("Combat");
  await press("Enter");
  await page.getByRole("log", { name: "Combat log" }).waitFor();
  await tabTo("Combat log");
  await press("Escape");
  await page.getByRole("log", { name: "Combat log" }).waitFor({ state: "detached" });
  await page.locator("#world").focus();
  await press("l");
  await page.getByRole("log", { name: "Combat log" }).waitFor();
  await press("l");
  await tabTo("Settings");
  await press("Enter");
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
}, 120_000);

/** Texts that can be seen whose contrast is below 4.5 : 1, whatever is drawn behind them. */
function illegible(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = [number, number, number, number];
    const parse = (text: string): Colour => {
      const [r, g, b, a] = (text.match(/[\d.]+/g) ?? []).map(Number);
      return [r ?? 0, g ?? 0, b ?? 0, a ?? 1];
    };
    const over = (top: Colour, below: Colour): Colour =>
      [0, 1, 2].map((i) => top[i]! * top[3] + below[i]! * (1 - top[3])).concat(1) as Colour;
    const luminance = ([r, g, b]: Colour): number => {
      const linear = [r, g, b].map((channel) => {
        const c = channel / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
    };
    const contrast = (a: Colour, b: Colour): number => {
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
      return (high + 0.05) / (low + 0.05);
    };
    const behind = (element: Element, scene: Colour): Colour => {
      const layers: Colour[] = [];
      for (let at: Element | null = element; at; at = at.parentElement) {
        layers.push(parse(getComputedStyle(at).backgroundColor));
        if (layers.at(-1)![3] === 1) break;
      }
      return layers.reverse().reduce((below, top) => over(top, below), scene);
    };
    const found: string[] = [];
    for (const element of document.querySelectorAll("body *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim());
      const style = getComputedStyle(element);
      if (!own || !(element as HTMLElement).checkVisibility({ visibilityProperty: true })) continue;
      if ((element as HTMLButtonElement).disabled) continue; // WCAG leaves these out
      for (const scene of [[255, 255, 255, 1], [0, 0, 0, 1], [120, 150, 90, 1]] as Colour[]) {
        const back = behind(element, scene);
        const ratio = contrast(over(parse(style.color), back), back);
        if (ratio < 4.5) found.push(`${element.textContent!.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
      }
    }
    return [...new Set(found)];
  });
}

test("every text is legible", async () => {
  const page = await stage.open(kView);
  await page.getByLabel("Account name").waitFor();
  expect(await illegible(page)).toEqual([]);
  await page.getByRole("button", { name: "I have an account" }).click();
  expect(await illegible(page)).toEqual([]);
  await page.goto(stage.server.url);
  await enter(page, "reader", "Reader");
  await page.getByRole("textbox", { name: "Chat" }).fill("/help");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Network" }).click();
  await page.locator(".name:visible").first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(1500);
  expect(await illegible(page)).toEqual([]);
  await page.getByRole("button", { name: "Settings" }).click();
  expect(await illegible(page)).toEqual([]);
}, 120_000);
