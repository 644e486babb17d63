-- SPDX-License-Identifier: MIT
-- Characters, and which process may write them.

INSERT INTO counters (name, value) VALUES ('character', 0);

CREATE TABLE characters (
  id BIGINT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  look BIGINT NOT NULL,
  -- 0: never was in a world.
  zone INTEGER NOT NULL,
  x DOUBLE PRECISION NOT NULL,
  y DOUBLE PRECISION NOT NULL,
  z DOUBLE PRECISION NOT NULL,
  heading DOUBLE PRECISION NOT NULL,
  play_seconds BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  -- The zone that loaded it last, and the epoch of the zone's owner that wrote it last.
  owner_zone INTEGER NOT NULL,
  owner_epoch BIGINT NOT NULL
);
CREATE INDEX characters_by_account ON characters (account_id, id);

-- The newest owner of each zone. An owner with a smaller epoch has been replaced and may not write.
CREATE TABLE zone_owners (
  zone INTEGER NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL
);
