-- SPDX-License-Identifier: MIT
-- What operators did.

INSERT INTO counters (name, value) VALUES ('audit', 0);

CREATE TABLE audit (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  result TEXT NOT NULL
);
