// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/character_store.h"

#include <fmt/format.h>
#include <soci.h>

#include "persistence/connection.h"

namespace tessera::persistence {
namespace {

/// A row as SOCI exchanges it.
struct WireRow {
  CharacterRow row;
  long long id = 0;
  long long account = 0;
  long long look = 0;
  int zone = 0;
  double x = 0, y = 0, z = 0, heading = 0;
  long long play_seconds = 0;
  int class_id = 1;
  int level = 1;
  long long experience = 0;

  CharacterRow take() {
    row.id.value = static_cast<std::uint64_t>(id);
    row.account.value = static_cast<std::uint64_t>(account);
    row.look = static_cast<std::uint32_t>(look);
    row.zone = static_cast<std::uint16_t>(zone);
    row.x = static_cast<float>(x);
    row.y = static_cast<float>(y);
    row.z = static_cast<float>(z);
    row.heading = static_cast<float>(heading);
    row.play_seconds = static_cast<std::uint64_t>(play_seconds);
    row.class_id = static_cast<std::uint16_t>(class_id);
    row.level = static_cast<std::uint16_t>(level);
    row.experience = static_cast<std::uint64_t>(experience);
    return row;
  }
};

/// The characters of an account, or one of them (`only` not 0).
std::vector<CharacterRow> select_characters(soci::session& sql, AccountId account,
                                            CharacterId only) {
  std::vector<CharacterRow> rows;
  WireRow wire;
  const auto account_id = static_cast<long long>(account.value);
  const auto character_id = static_cast<long long>(only.value);
  soci::statement select =
      (sql.prepare
           << "SELECT id, account_id, name, name_key, look, zone, x, y, z, heading, "
              "play_seconds, created_at, last_seen_at, class_id, level, experience, talents "
              "FROM characters "
              "WHERE account_id = :account AND (id = :id OR :any = 0) ORDER BY id",
       soci::use(account_id), soci::use(character_id), soci::use(character_id), soci::into(wire.id),
       soci::into(wire.account), soci::into(wire.row.name), soci::into(wire.row.name_key),
       soci::into(wire.look), soci::into(wire.zone), soci::into(wire.x), soci::into(wire.y),
       soci::into(wire.z), soci::into(wire.heading), soci::into(wire.play_seconds),
       soci::into(wire.row.created_at), soci::into(wire.row.last_seen_at),
       soci::into(wire.class_id), soci::into(wire.level), soci::into(wire.experience),
       soci::into(wire.row.talents));
  select.execute();
  while (select.fetch()) rows.push_back(wire.take());
  return rows;
}

Result<void> check_owner(soci::session& sql, ZoneEpoch owner) {
  long long epoch = 0;
  const int zone = owner.zone;
  sql << "SELECT epoch FROM zone_owners WHERE zone = :zone", soci::use(zone), soci::into(epoch);
  if (sql.got_data() && static_cast<std::uint64_t>(epoch) == owner.epoch) return {};
  return failure(ErrorKind::PermissionDenied,
                 fmt::format("zone {}: epoch {} is not its owner's ({}): another process has taken "
                             "the zone, this one must stop",
                             owner.zone, owner.epoch, epoch));
}

Error no_such_character(AccountId account, CharacterId character) {
  return {ErrorKind::NotFound,
          fmt::format("account {} has no character {}", account.value, character.value)};
}

}  // namespace

Result<std::vector<CharacterRow>> CharacterStore::list(AccountId account) {
  using Rows = std::vector<CharacterRow>;
  return database_.pool().read([&](soci::session& sql) -> Result<Rows> {
    return select_characters(sql, account, CharacterId{});
  });
}

Result<CharacterId> CharacterStore::create(const CharacterRow& row, int per_account_max) {
  return database_.pool().write([&](soci::session& sql) -> Result<CharacterId> {
    const auto account = static_cast<long long>(row.account.value);
    int count = 0;
    sql << "SELECT COUNT(*) FROM characters WHERE account_id = :account", soci::use(account),
        soci::into(count);
    if (count >= per_account_max) {
      return failure(
          ErrorKind::ResourceExhausted,
          fmt::format("an account has at most {} characters: delete one first", per_account_max));
    }
    sql << "SELECT COUNT(*) FROM characters WHERE name_key = :key", soci::use(row.name_key),
        soci::into(count);
    if (count != 0) return failure(ErrorKind::AlreadyExists, "the name is taken: choose another");
    const long long id = next_id(sql, "character");
    const long long look = row.look;
    const int class_id = row.class_id;
    sql << "INSERT INTO characters (id, account_id, name, name_key, look, zone, x, y, z, heading, "
           "play_seconds, created_at, last_seen_at, owner_zone, owner_epoch, class_id) VALUES "
           "(:id, :account, :name, :name_key, :look, 0, 0, 0, 0, 0, 0, :created_at, 0, 0, 0, "
           ":class_id)",
        soci::use(id), soci::use(account), soci::use(row.name), soci::use(row.name_key),
        soci::use(look), soci::use(row.created_at), soci::use(class_id);
    return CharacterId{static_cast<std::uint64_t>(id)};
  });
}

Result<void> CharacterStore::remove(AccountId account, CharacterId character) {
  return database_.pool().write([&](soci::session& sql) -> Result<void> {
    const auto account_id = static_cast<long long>(account.value);
    const auto character_id = static_cast<long long>(character.value);
    soci::statement erase =
        (sql.prepare << "DELETE FROM characters WHERE id = :id AND account_id = :account",
         soci::use(character_id), soci::use(account_id));
    erase.execute(true);
    if (erase.get_affected_rows() == 1) return {};
    return std::unexpected(no_such_character(account, character));
  });
}

Result<ZoneEpoch> CharacterStore::take_zone(std::uint16_t zone) {
  return database_.pool().write([&](soci::session& sql) -> Result<ZoneEpoch> {
    const int key = zone;
    long long epoch = 0;
    sql << "SELECT epoch FROM zone_owners WHERE zone = :zone", soci::use(key), soci::into(epoch);
    const bool known = sql.got_data();
    epoch = known ? epoch + 1 : 1;
    sql << (known ? "UPDATE zone_owners SET epoch = :epoch WHERE zone = :zone"
                  : "INSERT INTO zone_owners (epoch, zone) VALUES (:epoch, :zone)"),
        soci::use(epoch), soci::use(key);
    return ZoneEpoch{zone, static_cast<std::uint64_t>(epoch)};
  });
}

Result<CharacterRow> CharacterStore::load_for_entering(AccountId account, CharacterId character,
                                                       ZoneEpoch owner) {
  return database_.pool().write([&](soci::session& sql) -> Result<CharacterRow> {
    if (auto checked = check_owner(sql, owner); !checked) {
      return std::unexpected(checked.error());
    }
    auto rows = select_characters(sql, account, character);
    if (!character || rows.empty()) return std::unexpected(no_such_character(account, character));
    const int zone = owner.zone;
    const auto epoch = static_cast<long long>(owner.epoch);
    const auto id = static_cast<long long>(character.value);
    sql << "UPDATE characters SET owner_zone = :zone, owner_epoch = :epoch WHERE id = :id",
        soci::use(zone), soci::use(epoch), soci::use(id);
    return std::move(rows.front());
  });
}

Result<BatchOutcome> CharacterStore::save(ZoneEpoch owner,
                                          std::span<const CharacterStateRow> states) {
  return database_.pool().write([&](soci::session& sql) -> Result<BatchOutcome> {
    if (auto checked = check_owner(sql, owner); !checked) {
      return std::unexpected(checked.error());
    }
    WireRow wire;
    const int owner_zone = owner.zone;
    const auto epoch = static_cast<long long>(owner.epoch);
    soci::statement update =
        (sql.prepare << "UPDATE characters SET zone = :zone, x = :x, y = :y, z = :z, "
                        "heading = :heading, play_seconds = :play_seconds, "
                        "last_seen_at = :last_seen_at, level = :level, "
                        "experience = :experience, talents = :talents, owner_epoch = :epoch "
                        "WHERE id = :id AND owner_zone = :owner_zone AND owner_epoch <= :newest",
         soci::use(wire.zone), soci::use(wire.x), soci::use(wire.y), soci::use(wire.z),
         soci::use(wire.heading), soci::use(wire.play_seconds), soci::use(wire.row.last_seen_at),
         soci::use(wire.level), soci::use(wire.experience), soci::use(wire.row.talents),
         soci::use(epoch), soci::use(wire.id), soci::use(owner_zone), soci::use(epoch));
    BatchOutcome outcome;
    for (const CharacterStateRow& state : states) {
      wire.id = static_cast<long long>(state.id.value);
      wire.zone = state.zone;
      wire.x = state.x;
      wire.y = state.y;
      wire.z = state.z;
      wire.heading = state.heading;
      wire.play_seconds = static_cast<long long>(state.play_seconds);
      wire.row.last_seen_at = state.last_seen_at;
      wire.level = state.level;
      wire.experience = static_cast<long long>(state.experience);
      wire.row.talents = state.talents;
      update.execute(true);
      if (update.get_affected_rows() == 1) {
        ++outcome.saved;
      } else {
        outcome.refused.push_back(state.id);
      }
    }
    return outcome;
  });
}

}  // namespace tessera::persistence
