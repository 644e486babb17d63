// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Characters, and which process may write them. Saving carries the zone and the epoch of its owner
// (fencing): the owner is checked in the same transaction as the write, so a process that lost its
// zone cannot overwrite what its successor stored, however late it wakes up.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/ids.h"
#include "persistence/database.h"

namespace tessera::persistence {

struct CharacterRow {
  CharacterId id{};
  AccountId account{};
  std::string name{};
  std::string name_key{};  ///< unique; the rules' folded form of the name
  std::uint32_t look = 0;
  std::uint16_t zone = 0;  ///< 0: never was in a world
  float x = 0;
  float y = 0;
  float z = 0;
  float heading = 0;
  std::uint64_t play_seconds = 0;
  std::int64_t created_at = 0;  ///< seconds since 1970 UTC
  std::int64_t last_seen_at = 0;
  std::uint16_t class_id = 1;
  std::uint16_t level = 1;
  std::uint64_t experience = 0;
  std::string talents{};  ///< as the world writes it; opaque here
};

/// What changes while a character is in the world.
struct CharacterStateRow {
  CharacterId id{};
  std::uint16_t zone = 0;
  float x = 0;
  float y = 0;
  float z = 0;
  float heading = 0;
  std::uint64_t play_seconds = 0;
  std::int64_t last_seen_at = 0;
  std::uint16_t level = 1;
  std::uint64_t experience = 0;
  std::string talents{};
};

struct ZoneEpoch {
  std::uint16_t zone = 0;
  std::uint64_t epoch = 0;
};

struct BatchOutcome {
  std::uint32_t saved = 0;
  std::vector<CharacterId> refused{};  ///< deleted, or owned by another zone by now
};

class CharacterStore {
 public:
  explicit CharacterStore(Database& database) : database_(database) {}

  /// Oldest first.
  Result<std::vector<CharacterRow>> list(AccountId account);
  /// Stores a new character and returns its id. AlreadyExists: name taken; ResourceExhausted: the
  /// account has `per_account_max`.
  Result<CharacterId> create(const CharacterRow& row, int per_account_max);
  /// NotFound if the account has no such character.
  Result<void> remove(AccountId account, CharacterId character);

  /// Makes the caller the zone's owner, with an epoch above all that came before.
  Result<ZoneEpoch> take_zone(std::uint16_t zone);
  /// Loads the character and hands it to the owner's zone.
  Result<CharacterRow> load_for_entering(AccountId account, CharacterId character, ZoneEpoch owner);
  /// Stores all in one transaction (about 10 us each).
  Result<BatchOutcome> save(ZoneEpoch owner, std::span<const CharacterStateRow> states);

 private:
  Database& database_;
};

}  // namespace tessera::persistence
