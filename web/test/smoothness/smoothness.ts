// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Is it smooth? The real client in Chromium, a real server, bots about, and a bad line between:
// frames are recorded by the client itself. Run by scripts/smoothness.
//
// SMOOTHNESS  JSON: {"seconds", "bots", "profile", "line", "seed", "out"}; "line" has the sliders of
//             the network panel: {"delay", "jitter", "loss", "reorder"}.
import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Recording } from "../../game/src/net/recorder";
import { launch, openPage } from "../support/browser";
import { enter, place } from "../support/player";
import { Server } from "../support/server";
import { figuresOf } from "./figures";
import { countScripts, memoryOf, type Memory } from "./costs";
import { playFor, randomFrom } from "./play";

interface Run {
  seconds: number;
  bots: number;
  profile: string;
  line: Record<string, number>;
  seed: number;
  out: string;
}
const kRun: Run = {
  seconds: 60,
  bots: 300,
  profile: "roam",
  line: { delay: 80, jitter: 20, loss: 3, reorder: 2 },
  seed: 1,
  out: "",
  ...(JSON.parse(process.env["SMOOTHNESS"] ?? "{}") as Partial<Run>),
};

async function worsen(page: Page, line: Record<string, number>): Promise<void> {
  for (const [name, value] of Object.entries(line)) {
    await page.locator(`input[name=${name}]`).fill(String(value));
  }
}

async function record(page: Page): Promise<Recording> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Stop and save" }).click(),
  ]);
  return JSON.parse(readFileSync(await download.path(), "utf8")) as Recording;
}

test("smoothness", async () => {
  const server = await Server.start();
  const browser = await launch();
  try {
    if (kRun.bots > 0) await server.addBotsAndWait(kRun.bots, ["--profile", kRun.profile]);
    const problems: string[] = [];
    const context = await browser.newContext({ viewport: { width: 640, height: 360 } });
    const page = await openPage(context, problems);
    await page.goto(server.url);
    await enter(page, "smooth", "Smooth");
    await page.keyboard.press("Escape");
    await page.getByLabel("Quality").selectOption("low");
    await page.getByRole("button", { name: "Close" }).click();
    await place(page); // opens the network panel
    await worsen(page, kRun.line);
    await page.locator("#world").focus();
    await page.waitForTimeout(3000); // the clocks of both sides learn the line
    await page.getByRole("button", { name: "Record frames" }).click();
    await page.locator("#world").focus();
    const random = randomFrom(kRun.seed);
    const said: string[] = [];
    const memory: Memory[] = [];
    const scripts = await countScripts(page);
    const minute = Math.min(kRun.seconds, 60);
    await playFor(page, minute, random, said);
    memory.push(await memoryOf(browser, page));
    await playFor(page, kRun.seconds - minute, random, said);
    memory.push(await memoryOf(browser, page));
    await page.waitForTimeout(2000);
    const recording = await record(page);
    const script_ms_a_frame =
      ((await scripts()) * 1000) / recording.frames.length;
    const heard = await page.locator(".chat li").allInnerTexts();
    const stood = await place(page);
    await page.getByRole("button", { name: "Drop the connection" }).click();
    await page.getByText("Coming back").waitFor();
    await page.getByText("Coming back").waitFor({ state: "detached", timeout: 30_000 });
    const confirmed = await place(page);
    const figures = figuresOf(recording);
    const result = { ...kRun, out: undefined, ...figures, script_ms_a_frame, memory, stood, confirmed };
    console.log(JSON.stringify(result, null, 1));
    if (kRun.out) writeFileSync(kRun.out, JSON.stringify(result, null, 1) + "\n");
    if (kRun.out) writeFileSync(kRun.out.replace(/\.json$/, "") + ".frames.json", JSON.stringify(recording));
    expect(heard.filter((line) => line.startsWith("Smooth: line"))).toEqual(
      said.map((line) => `Smooth: ${line}`).slice(-heard.length),
    );
    expect(Math.hypot(confirmed[0] - stood[0], confirmed[1] - stood[1])).toBeLessThan(0.2);
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
    await server.stop();
  }
}, 900_000);
