// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/prepare/prepare.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "gameplay/definitions/zone_definition.h"
#include "persistence/database.h"
#include "services/accounts/accounts_client.h"
#include "services/accounts/accounts_service.h"
#include "services/characters/characters_client.h"
#include "services/characters/characters_service.h"
#include "services/common/host.h"
#include "tools/bots/enrolment/enrolment.h"
#include "world/content/zone_loader.h"

namespace tessera::bots {
namespace {

/// The least that Argon2id takes.
constexpr unsigned long long kHashPasses = 1;
constexpr std::size_t kHashBytes = 8192;
/// Long enough for the longest benchmark to let everybody in.
constexpr std::int64_t kPassSeconds = 6 * 3600;

/// What was wrong, and with which bot.
Error about(std::size_t bot, const Error& error) {
  if (error.kind == ErrorKind::AlreadyExists) {
    return {error.kind, account_of(bot) + " or its character " + character_name_of(bot) +
                            " exists already: prepare a data folder that has no bots yet"};
  }
  return {error.kind, account_of(bot) + ": " + error.message};
}

class Preparation {
 public:
  Preparation(const PrepareOptions& options, std::vector<math::Vec3> homes,
              std::vector<std::uint16_t> classes, services::Host& host)
      : options_(options),
        homes_(std::move(homes)),
        classes_(std::move(classes)),
        accounts_(host.channel()),
        characters_(host.channel()) {}

  Result<void> run() {
    auto owner = characters_.take_zone(options_.zone);
    if (!owner) return std::unexpected(owner.error());
    std::vector<Pass> passes;
    std::vector<characters::CharacterSave> saves;
    for (std::size_t bot = 0; bot < options_.count; ++bot) {
      auto made = make(bot, *owner);
      if (!made) return std::unexpected(about(bot, made.error()));
      passes.push_back(std::move(made->pass));
      saves.push_back(made->save);
      if (saves.size() == characters::kSaveBatchMax || bot + 1 == options_.count) {
        if (auto saved = characters_.save(*owner, saves); !saved) {
          return std::unexpected(saved.error());
        }
        saves.clear();
      }
    }
    return save_passes(options_.passes_file, passes);
  }

 private:
  struct Made {
    Pass pass;
    characters::CharacterSave save;
  };

  Result<Made> make(std::size_t bot, characters::ZoneOwner owner) {
    const accounts::Credentials credentials{account_of(bot), std::string(kPassword)};
    auto account = accounts_.register_account(credentials);
    if (!account) return std::unexpected(account.error());
    auto tokens = accounts_.log_in(credentials);
    if (!tokens) return std::unexpected(tokens.error());
    const std::uint16_t class_id = classes_[bot % classes_.size()];
    auto character = characters_.create(*account, character_name_of(bot),
                                        {static_cast<std::uint32_t>(bot), class_id});
    if (!character) return std::unexpected(character.error());
    if (auto loaded = characters_.load_for_entering(*account, character->id, owner); !loaded) {
      return std::unexpected(loaded.error());
    }
    Made made;
    made.pass = {tokens->access_token, std::to_string(character->id.value), class_id};
    made.save.level = options_.level;
    made.save.id = character->id;
    const math::Vec3 home = homes_[bot];
    made.save.place = {options_.zone, home.x, home.y, home.z, 0};
    return made;
  }

  const PrepareOptions& options_;
  std::vector<math::Vec3> homes_;
  std::vector<std::uint16_t> classes_;
  accounts::AccountsClient accounts_;
  characters::CharactersClient characters_;
};

std::vector<math::Vec3> find_homes(const PrepareOptions& options, const ZoneDefinition& zone) {
  const physics::CollisionWorld world = make_collision_world(zone);
  const Ground ground(zone, world);
  const Guide guide(ground);
  return Places(zone, ground, guide).homes(options.profile, options.count, guide);
}

}  // namespace

Result<void> prepare(const PrepareOptions& options) {
  auto zone = content::load_zone(options.zone_folder);
  if (!zone) return std::unexpected(zone.error());
  auto database = persistence::Database::open({.file = options.database_file});
  if (!database) return std::unexpected(database.error());
  services::Host host;
  accounts::AccountsOptions hashing;
  hashing.hashing_passes = kHashPasses;
  hashing.hashing_memory_bytes = kHashBytes;
  hashing.access_token_s = kPassSeconds;
  if (auto served = accounts::serve_accounts(host, **database, hashing); !served) return served;
  characters::serve_characters(host, **database, {});
  if (auto started = host.start(); !started) return started;
  auto result =
      Preparation(options, find_homes(options, *zone), playable_classes(rules_of(*zone)), host)
          .run();
  host.stop();
  return result;
}

}  // namespace tessera::bots
