// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Puts x.br beside every x that it makes smaller; the server gives it to browsers that take it. */
function compressed(folder: string): Plugin {
  const visit = (path: string): void => {
    for (const name of readdirSync(path)) {
      const file = join(path, name);
      if (statSync(file).isDirectory()) {
        visit(file);
      } else if (!name.endsWith(".br")) {
        const bytes = readFileSync(file);
        const small = brotliCompressSync(bytes, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 10 },
        });
        if (small.length < bytes.length * 0.9) writeFileSync(`${file}.br`, small);
      }
    }
  };
  return { name: "tessera-compressed", apply: "build", closeBundle: () => visit(folder) };
}

const out = join(__dirname, "../build/web/game");

export default defineConfig({
  root: join(__dirname, "game"),
  base: "./",
  resolve: {
    alias: {
      "@messages": join(__dirname, "generated/protocol/messages"),
      "@wasm": join(__dirname, "../build/release/wasm"),
    },
  },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  server: {
    fs: { allow: [join(__dirname, "..")] },
    // `npm run dev` beside `./play`: the page from Vite, all else from the server.
    proxy: {
      "/api": "http://127.0.0.1:8080",
      "/content": "http://127.0.0.1:8080",
      "/ws": { target: "http://127.0.0.1:8080", ws: true },
    },
  },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: addresses
    chunkSizeWarningLimit: 1200,
  },
  plugins: [compressed(out)],
});
