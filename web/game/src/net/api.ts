// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The HTTP API (docs/api.yaml). Tokens live in memory and, so that a reload does not ask for the
// password again, the refresh token in the tab's storage if the browser allows that.

export interface Character {
  id: string;
  name: string;
  look: number;
  class: number;
  level: number;
  play_seconds: number;
  last_seen_at: number;
}

export interface Grant {
  websocket: string;
  protocol_version: number;
}

export interface Queue {
  position: number;
  size: number;
  retry_after_s: number;
}

/** A refusal of the server, or that it did not answer ("offline"). `code` is for programs. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

interface Tokens {
  access_token: string;
  refresh_token: string;
}

const kStorageKey = "tessera.refresh_token";
const kTabKey = "tessera.tab";
/** A server that has not answered by then does not answer; a password takes it a second or two. */
const kAnswerMs = 15_000;
/** So long may the page that was here before take to go. */
const kTakeOverMs = 1_500;

/** Browsers may forbid storage altogether; then a reload asks for the password. */
const storage = {
  get: (key: string): string | null => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key: string, value: string | null): void => {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      // kept in memory only
    }
  },
};

/**
 * False in a copy of a tab that is still open: browsers copy the storage with it, but a refresh token
 * counts once, and its second use would end the login of both. Each tab holds a lock of its own name.
 */
async function ownsItsStorage(): Promise<boolean> {
  const name = storage.get(kTabKey);
  const isMine = name === null || (await holdLock(name));
  if (name === null || !isMine) {
    const fresh = `${kTabKey}.${Array.from(crypto.getRandomValues(new Uint32Array(2))).join("")}`;
    storage.set(kTabKey, fresh);
    void holdLock(fresh);
  }
  return isMine;
}

/** Takes a lock until the page goes. True where the browser has no locks. */
function holdLock(name: string): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(kTakeOverMs);
    const held = (): Promise<never> => {
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks
      .request(name, { signal }, held)
      // Where storage is forbidden, so may locks be.
      .catch((error: unknown) => resolve((error as Error).name === "SecurityError"));
  });
}

export class Api {
  private tokens: Tokens | null = null;
  private renewing: Promise<void> | null = null;

  async signUp(name: string, password: string): Promise<void> {
    await this.call("POST", "/api/v1/register", { name, password });
    await this.logIn(name, password);
  }

  async logIn(name: string, password: string): Promise<void> {
    this.keep((await this.call("POST", "/api/v1/login", { name, password })) as Tokens);
  }

  /** Goes on with the login of this tab; false when there is none that still counts. */
  async resume(): Promise<boolean> {
    const refresh = storage.get(kStorageKey);
    const isMine = await ownsItsStorage();
    if (refresh === null) return false;
    if (!isMine) {
      storage.set(kStorageKey, null);
      return false;
    }
    try {
      await this.renew(refresh);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status !== 0 && error.status < 500) this.forget();
      return false;
    }
  }

  logOut(): void {
    const token = this.tokens?.refresh_token;
    this.forget();
    if (token) void this.call("POST", "/api/v1/logout", { refresh_token: token }).catch(() => {});
  }

  async characters(): Promise<Character[]> {
    const answer = await this.authorised("GET", "/api/v1/characters");
    return (answer as { characters: Character[] }).characters;
  }

  async createCharacter(name: string, look: number, kind: number): Promise<Character> {
    const body = { name, look, class: kind };
    return (await this.authorised("POST", "/api/v1/characters", body)) as Character;
  }

  async deleteCharacter(id: string): Promise<void> {
    await this.authorised("DELETE", `/api/v1/characters/${id}`);
  }

  /** The keys to a session, or the place in the queue for one. */
  async enter(id: string): Promise<Grant | Queue> {
    const answer = await this.authorised("POST", `/api/v1/characters/${id}/enter`);
    const queued = answer as { queue?: Queue };
    return queued.queue ?? (answer as Grant);
  }

  /** Whether a token still counts, the server knows best: clocks differ. */
  private async authorised(method: string, path: string, body?: object): Promise<unknown> {
    try {
      return await this.call(method, path, body);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401 || !this.tokens) throw error;
      await this.renew(this.tokens.refresh_token);
      return this.call(method, path, body);
    }
  }

  /** A refresh token counts once, so only one renewal may be under way. */
  private renew(refresh: string): Promise<void> {
    this.renewing ??= this.call("POST", "/api/v1/refresh", { refresh_token: refresh })
      .then((tokens) => this.keep(tokens as Tokens))
      .finally(() => {
        this.renewing = null;
      });
    return this.renewing;
  }

  private keep(tokens: Tokens): void {
    this.tokens = tokens;
    storage.set(kStorageKey, tokens.refresh_token);
  }

  /** Of this tab; the server is not told. */
  forget(): void {
    this.tokens = null;
    storage.set(kStorageKey, null);
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const headers: Record<string, string> = {};
    if (body) headers["Content-Type"] = "application/json";
    if (this.tokens) headers["Authorization"] = `Bearer ${this.tokens.access_token}`;
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(kAnswerMs),
      });
    } catch {
      throw new ApiError("offline", "The server does not answer.", 0);
    }
    if (response.status === 204) return {};
    const answer = (await response.json().catch(() => ({}))) as {
      error?: { code: string; message: string };
    };
    if (response.ok) return answer;
    const { code, message } = answer.error ?? { code: "internal", message: response.statusText };
    throw new ApiError(code, message, response.status);
  }
}
