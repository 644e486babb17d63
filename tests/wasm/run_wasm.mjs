// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// node run_wasm.mjs MODULE.wasm SEED TICKS: prints the hash that WebAssembly computes.
import { readFileSync } from "node:fs";

const [file, seed, ticks] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
// The C++ library may ask for system calls; none is needed to move characters.
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = () => {
    throw new Error(`WebAssembly called ${from}.${name}`);
  };
}
const { exports } = new WebAssembly.Instance(module, imports);
exports._initialize();
console.log(BigInt.asUintN(64, exports.motion_hash(Number(seed), Number(ticks))).toString());
