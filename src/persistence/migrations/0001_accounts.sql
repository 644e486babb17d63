-- SPDX-License-Identifier: MIT
-- Accounts, their logins, and the keys that sign access tokens. Times are seconds since 1970 UTC.

-- The last id given out, by kind: both databases count the same way.
CREATE TABLE counters (
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('account', 0);

CREATE TABLE accounts (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- The name in lower case: names that differ by case only are the same name.
  name_key TEXT NOT NULL UNIQUE,
  -- Argon2id, with its parameters and salt in the text.
  password_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_login_at BIGINT NOT NULL,
  -- 0: not; 9223372036854775807: for good.
  banned_until BIGINT NOT NULL,
  ban_reason TEXT NOT NULL,
  muted_until BIGINT NOT NULL,
  mute_reason TEXT NOT NULL
);

-- One row for each login that has not ended. A refresh token is the id and a secret; the secret changes with
-- each use. Who shows a known id with another secret has an old token: it was stolen, or its owner's was.
CREATE TABLE logins (
  id TEXT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  -- SHA-256 of the secret, in hex: a copy of the database logs nobody in.
  secret_hash TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  refreshed_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX logins_by_account ON logins (account_id, refreshed_at);

CREATE TABLE signing_keys (
  id TEXT NOT NULL PRIMARY KEY,
  private_pem TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
