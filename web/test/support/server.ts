// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A real server for a test: the release binary with a folder and ports of its own.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const kRoot = join(__dirname, "../../..");
const kProgram = join(kRoot, "build/release/tessera");
const kReadyWithinMs = 180_000; // content that is not in the cache is compiled first

export class Server {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly processes: ChildProcess[],
  ) {}

  static async start(flags: string[] = []): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), "tessera-web-"));
    const ready = join(folder, "ready");
    const log: string[] = [];
    const server = spawn(
      kProgram,
      ["serve", "--data", join(folder, "data"), "--http", "127.0.0.1:0", "--udp", "127.0.0.1:0",
        "--ready-file", ready, ...flags],
      { cwd: kRoot, stdio: ["ignore", "ignore", "pipe"] },
    );
    server.stderr!.on("data", (bytes: Buffer) => log.push(bytes.toString()));
    const until = Date.now() + kReadyWithinMs;
    while (!existsSync(ready) || readFileSync(ready).length === 0) {
      if (server.exitCode !== null || Date.now() > until) {
        server.kill("SIGKILL");
        throw new Error(`the server did not start:\n${log.join("")}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return new Server(readFileSync(ready, "utf8").trim(), folder, [server]);
  }

  /** Lets bots walk about until the server stops. */
  addBots(count: number, flags: string[] = []): void {
    const bots = spawn(
      kProgram,
      ["bots", "--server", this.url, "--count", String(count), "--seconds", "0", ...flags],
      { cwd: kRoot, stdio: "ignore" },
    );
    this.processes.unshift(bots);
  }

  /** The same, and returns when all of them are in. */
  async addBotsAndWait(count: number, flags: string[] = []): Promise<void> {
    const bots = spawn(
      kProgram,
      ["bots", "--server", this.url, "--count", String(count), "--seconds", "0", ...flags],
      { cwd: kRoot, stdio: ["ignore", "pipe", "ignore"] },
    );
    this.processes.unshift(bots);
    await new Promise<void>((resolve, reject) => {
      bots.once("exit", () => reject(new Error("the bots ended before they were in")));
      bots.stdout!.on("data", (bytes: Buffer) => {
        if (bytes.toString().includes("measuring")) resolve();
      });
    });
  }

  async stop(): Promise<void> {
    for (const process of this.processes) {
      if (process.exitCode !== null) continue;
      const ended = new Promise((resolve) => process.once("exit", resolve));
      process.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
