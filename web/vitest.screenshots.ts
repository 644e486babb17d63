// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/screenshots.ts"] } });
