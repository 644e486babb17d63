// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What every test in a browser begins and ends with.
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launch, openPage } from "./browser";
import { Server } from "./server";

const kStartMs = 240_000; // content that is not in the cache is compiled first

/** A server and a browser for all tests of a file. */
export class Stage {
  server!: Server;
  private browser!: Browser;
  private readonly contexts: BrowserContext[] = [];
  private readonly problems: string[] = [];

  /** `flags` are the server's. A test fails when a page had a problem that is not `expected`. */
  constructor(flags: string[], expected: (problem: string) => boolean = () => false) {
    beforeAll(async () => {
      this.server = await Server.start(flags);
      this.browser = await launch();
    }, kStartMs);
    afterEach(async () => {
      for (const context of this.contexts.splice(0)) await context.close();
      expect(this.problems.splice(0).filter((problem) => !expected(problem))).toEqual([]);
    });
    afterAll(async () => {
      await this.browser?.close();
      await this.server?.stop();
    });
  }

  /** The title screen in a browser of its own; `prepare` sees the page before anything is loaded. */
  async open(
    options: BrowserContextOptions = {},
    prepare: (page: Page) => Promise<void> = async () => {},
  ): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: 640, height: 360 },
      ...options,
    });
    this.contexts.push(context);
    const page = await openPage(context, this.problems);
    await prepare(page);
    await page.goto(this.server.url);
    return page;
  }

  /** Pages that others open themselves are watched, too. */
  watch(page: Page): void {
    page.on("pageerror", (error) => this.problems.push(`page: ${error.message}`));
  }
}
