// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What is run by hand and makes files: pictures (scripts/screenshots), figures (scripts/smoothness).
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/screenshots.ts", "test/smoothness/smoothness.ts"] },
});
