// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/character_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "persistence/test_database.h"

namespace tessera::persistence {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr AccountId kAda{1};
constexpr AccountId kBob{2};

class CharacterStoreTest : public testing::Test {
 protected:
  CharacterId create(AccountId account, const std::string& name) {
    const auto id = store_.create(
        {.account = account, .name = name, .name_key = name, .look = 0xfedcba98u, .created_at = 50},
        100);
    EXPECT_TRUE(id) << id.error().message;
    return id.value_or(CharacterId{});
  }
  static CharacterStateRow state_at(CharacterId id, float x) {
    return {id, 1, x, 2.5f, -3.25f, 1.5f, 77, 900};
  }

  TestDatabase database_;
  CharacterStore store_{*database_};
};

TEST_F(CharacterStoreTest, ListsTheCharactersOfAnAccountOldestFirst) {
  const CharacterId first = create(kAda, "zoe");
  create(kBob, "bob");
  const CharacterId second = create(kAda, "abe");
  const auto rows = store_.list(kAda).value();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].id, first);
  EXPECT_EQ(rows[0].name, "zoe");
  EXPECT_EQ(rows[0].look, 0xfedcba98u);
  EXPECT_EQ(rows[0].zone, 0);
  EXPECT_EQ(rows[0].created_at, 50);
  EXPECT_EQ(rows[1].id, second);
  EXPECT_THAT(store_.list(AccountId{3}).value(), IsEmpty());
}

TEST_F(CharacterStoreTest, RefusesATakenNameAndACharacterTooMany) {
  create(kAda, "zoe");
  const CharacterRow taken{.account = kBob, .name = "zoe", .name_key = "zoe"};
  EXPECT_EQ(store_.create(taken, 100).error().kind, ErrorKind::AlreadyExists);
  const CharacterRow second{.account = kAda, .name = "abe", .name_key = "abe"};
  EXPECT_EQ(store_.create(second, 1).error().kind, ErrorKind::ResourceExhausted);
}

TEST_F(CharacterStoreTest, RemovesForItsAccountOnly) {
  const CharacterId zoe = create(kAda, "zoe");
  EXPECT_EQ(store_.remove(kBob, zoe).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(store_.remove(kAda, zoe));
  EXPECT_EQ(store_.remove(kAda, zoe).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(create(kBob, "zoe")) << "the name is free again";
}

TEST_F(CharacterStoreTest, LoadsWhatWasSavedBitForBit) {
  const CharacterId zoe = create(kAda, "zoe");
  const ZoneEpoch owner = store_.take_zone(1).value();
  ASSERT_TRUE(store_.load_for_entering(kAda, zoe, owner));
  CharacterStateRow states[] = {state_at(zoe, 0.1f)};
  states[0].talents = "101:2,104:1";
  EXPECT_EQ(store_.save(owner, states).value().saved, 1u);
  database_.reopen();
  CharacterStore again(*database_);
  const auto row = again.load_for_entering(kAda, zoe, owner).value();
  EXPECT_EQ(row.x, 0.1f);
  EXPECT_EQ(row.y, 2.5f);
  EXPECT_EQ(row.z, -3.25f);
  EXPECT_EQ(row.heading, 1.5f);
  EXPECT_EQ(row.zone, 1);
  EXPECT_EQ(row.play_seconds, 77u);
  EXPECT_EQ(row.last_seen_at, 900);
  EXPECT_EQ(row.talents, "101:2,104:1");
}

TEST_F(CharacterStoreTest, LoadsForItsAccountOnly) {
  const CharacterId zoe = create(kAda, "zoe");
  const ZoneEpoch owner = store_.take_zone(1).value();
  EXPECT_EQ(store_.load_for_entering(kBob, zoe, owner).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store_.load_for_entering(kAda, CharacterId{}, owner).error().kind, ErrorKind::NotFound);
}

TEST_F(CharacterStoreTest, RefusesAnOwnerThatWasReplaced) {
  const CharacterId zoe = create(kAda, "zoe");
  const ZoneEpoch old_owner = store_.take_zone(1).value();
  ASSERT_TRUE(store_.load_for_entering(kAda, zoe, old_owner));
  const ZoneEpoch new_owner = store_.take_zone(1).value();
  EXPECT_GT(new_owner.epoch, old_owner.epoch);
  const CharacterStateRow late[] = {state_at(zoe, 1)};
  const auto refused = store_.save(old_owner, late);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::PermissionDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("zone 1: epoch 1"));
  EXPECT_EQ(store_.load_for_entering(kAda, zoe, old_owner).error().kind,
            ErrorKind::PermissionDenied);
  // The successor goes on with the characters that its log says are in the world.
  const CharacterStateRow states[] = {state_at(zoe, 2)};
  EXPECT_EQ(store_.save(new_owner, states).value().saved, 1u);
}

TEST_F(CharacterStoreTest, RefusesAnEpochNobodyGave) {
  EXPECT_EQ(store_.save({1, 0}, {}).error().kind, ErrorKind::PermissionDenied);
  (void)store_.take_zone(1);
  EXPECT_EQ(store_.save({1, 2}, {}).error().kind, ErrorKind::PermissionDenied);
  EXPECT_TRUE(store_.save({1, 1}, {}));
}

TEST_F(CharacterStoreTest, RefusesTheCharacterThatAnotherZoneLoadedSinceAndSavesTheOthers) {
  const CharacterId zoe = create(kAda, "zoe");
  const CharacterId abe = create(kAda, "abe");
  const ZoneEpoch west = store_.take_zone(1).value();
  const ZoneEpoch east = store_.take_zone(2).value();
  ASSERT_TRUE(store_.load_for_entering(kAda, zoe, west));
  ASSERT_TRUE(store_.load_for_entering(kAda, abe, west));
  ASSERT_TRUE(store_.load_for_entering(kAda, zoe, east));
  const CharacterStateRow states[] = {state_at(zoe, 1), state_at(abe, 2),
                                      state_at(CharacterId{99}, 3)};
  const auto outcome = store_.save(west, states).value();
  EXPECT_EQ(outcome.saved, 1u);
  EXPECT_THAT(outcome.refused, ElementsAre(zoe, CharacterId{99}));
  const auto rows = store_.list(kAda).value();
  EXPECT_EQ(rows[0].x, 0.0f);
  EXPECT_EQ(rows[1].x, 2.0f);
}

TEST_F(CharacterStoreTest, TakesSqlInNamesAsText) {
  const std::string hostile = "'); DELETE FROM characters; --";
  const CharacterId id = create(kAda, hostile);
  EXPECT_EQ(store_.list(kAda).value()[0].name, hostile);
  EXPECT_TRUE(id);
}

}  // namespace
}  // namespace tessera::persistence
