// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The content of a world for tests of fights: the rules of the real one, and the meadow as its zone,
// where a level takes two boars.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const kContent = join(__dirname, "../../../content");
const kMeadow = join(__dirname, "../zones/meadow");

export interface Meadow {
  folder: string; // for --content
  remove(): void;
}

export function makeMeadow(): Meadow {
  const root = mkdtempSync(join(tmpdir(), "tessera-meadow-"));
  const content = join(root, "content");
  const isOurs = (path: string): boolean => basename(path) !== "zones";
  cpSync(kContent, content, { recursive: true, filter: isOurs });
  cpSync(kMeadow, join(content, "zones/meadow"), { recursive: true });
  const growth = join(content, "rules/experience.yaml");
  writeFileSync(growth, readFileSync(growth, "utf8").replace(/^next_base: \d+$/m, "next_base: 80"));
  return {
    folder: join(content, "zones/meadow"),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
