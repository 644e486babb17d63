// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The rules of characters, without transport. All calls are safe from any thread and wait for the
// database.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "persistence/stores/character_store.h"
#include "services/characters/characters_client.h"

namespace tessera::characters {

struct CharacterRulesOptions {
  /// As many as a character screen shows.
  int per_account_max = 8;
  /// Seconds since 1970 UTC.
  std::function<std::int64_t()> now_s{};
};

class CharacterRules {
 public:
  CharacterRules(persistence::Database& database, CharacterRulesOptions options);

  Result<std::vector<Character>> list(AccountId account);
  Result<Character> create(AccountId account, const std::string& name, Choices choices);
  Result<void> remove(AccountId account, CharacterId character);
  Result<ZoneOwner> take_zone(std::uint32_t zone);
  Result<Character> load_for_entering(AccountId account, CharacterId character, ZoneOwner owner);
  /// A position that is no number is refused for that character and must not cost the others
  /// theirs.
  Result<SaveOutcome> save(ZoneOwner owner, std::span<const CharacterSave> characters);

 private:
  persistence::CharacterStore store_;
  CharacterRulesOptions options_;
};

}  // namespace tessera::characters
