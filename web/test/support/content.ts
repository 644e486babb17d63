// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Content for one test or picture: a copy of the real one whose files may be changed, in a folder
// of its own. The zones' models come with it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const kContent = join(__dirname, "../../../content");
const kZones = join(__dirname, "../zones");

export class Content {
  private readonly root = mkdtempSync(join(tmpdir(), "tessera-content-"));

  /** With all that the real content has, and the zones of web/test/zones. */
  constructor() {
    cpSync(kContent, join(this.root, "content"), { recursive: true });
    cpSync(kZones, join(this.root, "content/zones"), { recursive: true });
  }

  /** For --content. */
  zone(name: string): string {
    return join(this.root, "content/zones", name);
  }

  /** Replaces what must be there once in a file of the content. */
  change(file: string, what: RegExp, by: string): void {
    const path = join(this.root, "content", file);
    const before = readFileSync(path, "utf8");
    if (!what.test(before)) throw new Error(`${file} has nothing like ${what}`);
    writeFileSync(path, before.replace(what, by));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
