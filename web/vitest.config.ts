// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@messages": join(__dirname, "generated/protocol/messages") } },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  // One browser and one server at a time: the machine has two processors.
  test: { fileParallelism: false, include: ["**/*.test.ts"] },
});
