// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";

export interface Memory {
  /** Of JavaScript, after its garbage was collected. */
  heap_mb: number;
  /** Of the page's process, WebAssembly and all. */
  resident_mb: number;
}

/** Begins to count; the answer gives the seconds of processor time that scripts have had since. */
export async function countScripts(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const now = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration")!.value;
  };
  const before = await now();
  return async () => (await now()) - before;
}

export async function memoryOf(browser: Browser, page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")!.value;
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  await whole.detach();
  const resident = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))![1]));
  return { heap_mb: heap / 1e6, resident_mb: Math.max(...resident) / 1e3 };
}
