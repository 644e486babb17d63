// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The HTTP API (docs/api.yaml). Tokens live in memory and, so that a reload does not ask for the
// password again, the refresh token in the tab's storage if the browser allows that.

export interface Character {
  id: string;
  name: string;
  look: number;
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
  access_expires_at: number;
  refresh_token: string;
}

const kStorageKey = "tessera.refresh_token";
/** Renewed so long before it expires. */
const kRenewBeforeS = 30;

/** Browsers may forbid storage altogether; then a reload asks for the password. */
const storage = {
  get: (): string | null => {
    try {
      return sessionStorage.getItem(kStorageKey);
    } catch {
      return null;
    }
  },
  set: (token: string | null): void => {
    try {
      if (token === null) sessionStorage.removeItem(kStorageKey);
      else sessionStorage.setItem(kStorageKey, token);
    } catch {
      // kept in memory only
    }
  },
};

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
    const refresh = storage.get();
    if (refresh === null) return false;
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

  async createCharacter(name: string, look: number): Promise<Character> {
    return (await this.authorised("POST", "/api/v1/characters", { name, look })) as Character;
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

  private async authorised(method: string, path: string, body?: object): Promise<unknown> {
    const now = Date.now() / 1000;
    if (this.tokens && this.tokens.access_expires_at - kRenewBeforeS < now) {
      await this.renew(this.tokens.refresh_token);
    }
    return this.call(method, path, body);
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
    storage.set(tokens.refresh_token);
  }

  /** Of this tab; the server is not told. */
  forget(): void {
    this.tokens = null;
    storage.set(null);
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const headers: Record<string, string> = {};
    if (body) headers["Content-Type"] = "application/json";
    if (this.tokens) headers["Authorization"] = `Bearer ${this.tokens.access_token}`;
    let response: Response;
    try {
      response = await fetch(path, { method, headers, body: body ? JSON.stringify(body) : null });
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
