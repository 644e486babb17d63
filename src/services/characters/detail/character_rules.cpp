// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/characters/detail/character_rules.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "engine/core/assert.h"
#include "services/characters/detail/character_names.h"

namespace tessera::characters {
namespace {

Character from_row(const persistence::CharacterRow& row) {
  return {row.id,
          row.account,
          row.name,
          row.look,
          {row.zone, row.x, row.y, row.z, row.heading},
          row.play_seconds,
          row.created_at,
          row.last_seen_at,
          row.class_id,
          row.level,
          row.experience,
          row.talents};
}

bool can_be_stored(const CharacterSave& save) {
  const Place& place = save.place;
  return std::isfinite(place.x) && std::isfinite(place.y) && std::isfinite(place.z) &&
         std::isfinite(place.heading) && save.last_seen_at >= 0 && save.level >= 1 &&
         save.talents.size() <= kTalentsBytesMax &&
         save.play_seconds <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

}  // namespace

CharacterRules::CharacterRules(persistence::Database& database, CharacterRulesOptions options)
    : store_(database), options_(std::move(options)) {
  TESSERA_ASSERT(options_.now_s != nullptr, "CharacterRules: no clock");
}

Result<std::vector<Character>> CharacterRules::list(AccountId account) {
  auto rows = store_.list(account);
  if (!rows) return std::unexpected(rows.error());
  std::vector<Character> characters;
  for (const auto& row : *rows) characters.push_back(from_row(row));
  return characters;
}

Result<Character> CharacterRules::create(AccountId account, const std::string& name,
                                         Choices choices) {
  if (!account) return failure(ErrorKind::InvalidArgument, "a character needs an account");
  if (auto checked = check_character_name(name); !checked) {
    return std::unexpected(checked.error());
  }
  persistence::CharacterRow row{.account = account,
                                .name = name,
                                .name_key = folded_name(name),
                                .look = choices.look,
                                .created_at = options_.now_s(),
                                .class_id = choices.class_id};
  auto id = store_.create(row, options_.per_account_max);
  if (!id) return std::unexpected(id.error());
  row.id = *id;
  return from_row(row);
}

Result<void> CharacterRules::remove(AccountId account, CharacterId character) {
  return store_.remove(account, character);
}

Result<ZoneOwner> CharacterRules::take_zone(std::uint32_t zone) {
  if (zone == 0 || zone > std::numeric_limits<std::uint16_t>::max()) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("zone {}: expected a number from 1 to 65535", zone));
  }
  auto owner = store_.take_zone(static_cast<std::uint16_t>(zone));
  if (!owner) return std::unexpected(owner.error());
  return ZoneOwner{owner->zone, owner->epoch};
}

Result<Character> CharacterRules::load_for_entering(AccountId account, CharacterId character,
                                                    ZoneOwner owner) {
  auto row = store_.load_for_entering(account, character, {owner.zone, owner.epoch});
  if (!row) return std::unexpected(row.error());
  return from_row(*row);
}

Result<SaveOutcome> CharacterRules::save(ZoneOwner owner,
                                         std::span<const CharacterSave> characters) {
  if (characters.size() > kSaveBatchMax) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("{} characters in one save: at most {} are taken; cut the batch",
                               characters.size(), kSaveBatchMax));
  }
  SaveOutcome outcome;
  std::vector<persistence::CharacterStateRow> rows;
  rows.reserve(characters.size());
  for (const CharacterSave& save : characters) {
    if (!can_be_stored(save)) {
      outcome.refused.push_back(save.id);
      continue;
    }
    rows.push_back({save.id, save.place.zone, save.place.x, save.place.y, save.place.z,
                    save.place.heading, save.play_seconds, save.last_seen_at, save.level,
                    save.experience, save.talents});
  }
  auto stored = store_.save({owner.zone, owner.epoch}, rows);
  if (!stored) return std::unexpected(stored.error());
  outcome.saved = stored->saved;
  outcome.refused.insert(outcome.refused.end(), stored->refused.begin(), stored->refused.end());
  return outcome;
}

}  // namespace tessera::characters
