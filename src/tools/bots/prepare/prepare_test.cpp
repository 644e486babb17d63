// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/prepare/prepare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "engine/platform/testing/temp_directory.h"
#include "gameplay/presence/entry_place.h"
#include "persistence/database.h"
#include "persistence/stores/account_store.h"
#include "persistence/stores/character_store.h"
#include "tools/bots/enrolment/enrolment.h"
#include "world/content/zone_loader.h"

namespace tessera::bots {
namespace {

using testing::HasSubstr;

class PrepareTest : public testing::Test {
 protected:
  PrepareOptions options(std::size_t count) {
    PrepareOptions options;
    options.database_file = folder_.file("data") + "/tessera.db";
    options.zone_folder = "content/zones/vale";
    options.passes_file = folder_.file("passes.json");
    options.zone = 3;
    options.count = count;
    return options;
  }
  platform::TempDirectory folder_;
};

TEST_F(PrepareTest, GivesEveryBotAnAccountAPassAndACharacterAtItsHome) {
  constexpr std::size_t kBots = 5;
  const PrepareOptions wanted = options(kBots);
  const auto prepared = prepare(wanted);
  ASSERT_TRUE(prepared) << prepared.error().message;

  const auto passes = load_passes(wanted.passes_file);
  ASSERT_TRUE(passes) << passes.error().message;
  ASSERT_EQ(passes->size(), kBots);
  auto database = persistence::Database::open({.file = wanted.database_file}).value();
  persistence::AccountStore accounts(*database);
  persistence::CharacterStore characters(*database);
  const ZoneDefinition zone = content::load_zone(wanted.zone_folder).value();
  const physics::CollisionWorld world = make_collision_world(zone);
  const Ground ground(zone, world);
  const Guide guide(ground);
  const auto homes = Places(zone, ground, guide).homes(wanted.profile, kBots, guide);
  std::set<std::string> tokens;
  for (std::size_t bot = 0; bot < kBots; ++bot) {
    tokens.insert((*passes)[bot].access_token);
    const auto account = accounts.find(account_of(bot)).value();
    ASSERT_TRUE(account) << account_of(bot);
    const auto own = characters.list(account->id).value();
    ASSERT_EQ(own.size(), 1u);
    EXPECT_EQ(own[0].name, character_name_of(bot));
    EXPECT_EQ(std::to_string(own[0].id.value), (*passes)[bot].character);
    EXPECT_EQ(own[0].zone, wanted.zone);
    EXPECT_EQ(own[0].x, homes[bot].x);
    EXPECT_EQ(own[0].y, homes[bot].y);
    EXPECT_EQ(own[0].z, homes[bot].z);
    math::Vec3 standing;
    EXPECT_TRUE(presence::is_usable(world, homes[bot], standing)) << "the server lets it in there";
  }
  EXPECT_EQ(tokens.size(), kBots);
}

TEST_F(PrepareTest, SaysThatTheFolderHasBotsAlready) {
  ASSERT_TRUE(prepare(options(1)));
  const auto again = prepare(options(2));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::AlreadyExists);
  EXPECT_EQ(again.error().message,
            "bot00000 or its character Botaaaa exists already: prepare a data folder that has no "
            "bots yet");
}

TEST_F(PrepareTest, NamesTheZoneItCannotLoad) {
  PrepareOptions wrong = options(1);
  wrong.zone_folder = folder_.file("no_zone");
  const auto prepared = prepare(wrong);
  ASSERT_FALSE(prepared);
  EXPECT_THAT(prepared.error().message, HasSubstr("no_zone"));
  EXPECT_FALSE(std::filesystem::exists(wrong.database_file)) << "nothing was begun";
}

TEST_F(PrepareTest, NamesTheDatabaseItCannotOpen) {
  PrepareOptions wrong = options(1);
  wrong.database_file = "/proc/nowhere/tessera.db";
  const auto prepared = prepare(wrong);
  ASSERT_FALSE(prepared);
  EXPECT_THAT(prepared.error().message, HasSubstr("/proc/nowhere"));
}

TEST_F(PrepareTest, NamesTheFileOfPassesItCannotWrite) {
  PrepareOptions wrong = options(1);
  wrong.passes_file = folder_.file("missing") + "/passes.json";
  const auto prepared = prepare(wrong);
  ASSERT_FALSE(prepared);
  EXPECT_THAT(prepared.error().message, HasSubstr("missing/passes.json"));
}

}  // namespace
}  // namespace tessera::bots
