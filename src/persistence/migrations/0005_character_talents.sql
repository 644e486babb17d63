-- SPDX-License-Identifier: MIT
-- What a character has learned beside its class, as the world writes it: "101:2,104:1".

ALTER TABLE characters ADD COLUMN talents VARCHAR(255) NOT NULL DEFAULT '';
