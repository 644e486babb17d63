-- SPDX-License-Identifier: MIT
-- What a character is and how far it has come. Class 1 is what all were before there were others.

ALTER TABLE characters ADD COLUMN class_id INTEGER NOT NULL DEFAULT 1;
ALTER TABLE characters ADD COLUMN level INTEGER NOT NULL DEFAULT 1;
ALTER TABLE characters ADD COLUMN experience BIGINT NOT NULL DEFAULT 0;
