// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The API against a server that the test plays.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api } from "./api";

let calls: string[] = [];
let access = "";

/** Tokens are numbered; only the newest access token counts, and a refresh token counts once. */
function answer(path: string, options: RequestInit): Response {
  const headers = options.headers as Record<string, string>;
  calls.push(`${options.method} ${path} ${headers["Authorization"] ?? ""}`.trim());
  const json = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
  if (path.endsWith("/login") || path.endsWith("/refresh")) {
    access = `access ${calls.length}`;
    return json(200, { access_token: access, refresh_token: `refresh ${calls.length}` });
  }
  if (headers["Authorization"] !== `Bearer ${access}`) {
    return json(401, { error: { code: "unauthenticated", message: "The token has expired." } });
  }
  return json(200, { characters: [] });
}

beforeEach(() => {
  calls = [];
  vi.stubGlobal("fetch", (path: string, options: RequestInit) => Promise.resolve(answer(path, options)));
});

afterEach(() => vi.unstubAllGlobals());

test("a token that the server takes for expired is renewed once, and the call made again", async () => {
  const api = new Api();
  await api.logIn("ann", "password");
  access = "another";
  expect(await api.characters()).toEqual([]);
  expect(calls).toEqual([
    "POST /api/v1/login",
    "GET /api/v1/characters Bearer access 1",
    "POST /api/v1/refresh Bearer access 1",
    "GET /api/v1/characters Bearer access 3",
  ]);
});

test("two calls at once renew it once", async () => {
  const api = new Api();
  await api.logIn("ann", "password");
  access = "another";
  await Promise.all([api.characters(), api.characters()]);
  expect(calls.filter((call) => call.includes("refresh"))).toHaveLength(1);
});

test("a login that is over for good is said to be", async () => {
  const api = new Api();
  await api.logIn("ann", "password");
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status: 401 })));
  await expect(api.characters()).rejects.toMatchObject({ status: 401 });
});
