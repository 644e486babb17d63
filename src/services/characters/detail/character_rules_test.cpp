// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/characters/detail/character_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "persistence/test_database.h"
#include "services/characters/detail/character_names.h"

namespace tessera::characters {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(CharacterNames, AreLettersAndDigits) {
  for (const char* good : {"Ada", "ada", "Bot00042", "Gmork", "Serverin", "Abcdefghijklmnopqrst"}) {
    EXPECT_TRUE(check_character_name(good)) << good;
  }
  for (const char* bad : {"", "Ab", "1ada", "Ada Lovelace", "Ada-L", "Zo\xc3\xab", "Ada\n",
                          "Abcdefghijklmnopqrstu", "x'; DROP TABLE characters"}) {
    const auto refused = check_character_name(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(refused.error().message, HasSubstr("3 to 20 letters"));
  }
}

TEST(CharacterNames, NeverLookLikeAnOperators) {
  for (const char* bad : {"Admin", "ADMINTOM", "Adm1n", "Ad0min", "M0derator", "Moderator7", "GM1",
                          "Sy5tem", "7essera", "Tessera", "Null", "Staff", "St4ff"}) {
    EXPECT_FALSE(check_character_name(bad)) << bad;
  }
}

class CharacterRulesTest : public testing::Test {
 protected:
  static constexpr AccountId kAda{1};
  static CharacterSave save_at(CharacterId id, float x) {
    return {.id = id, .place = {1, x, 2, 3, 0.5f}, .play_seconds = 60, .last_seen_at = 500};
  }

  persistence::TestDatabase database_;
  CharacterRules rules_{*database_, {.per_account_max = 2, .now_s = [] { return 400; }}};
};

TEST_F(CharacterRulesTest, CreateACharacterThatWasNowhereYet) {
  const auto zoe = rules_.create(kAda, "Zoe", {0xaabbccddu});
  ASSERT_TRUE(zoe) << zoe.error().message;
  EXPECT_EQ(zoe->name, "Zoe");
  EXPECT_EQ(zoe->look, 0xaabbccddu);
  EXPECT_EQ(zoe->place.zone, 0);
  EXPECT_EQ(zoe->created_at, 400);
  EXPECT_EQ(zoe->last_seen_at, 0);
  const auto listed = rules_.list(kAda).value();
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].id, zoe->id);
  EXPECT_EQ(listed[0].look, 0xaabbccddu);
}

TEST_F(CharacterRulesTest, KeepNamesUniqueWhateverTheirCase) {
  ASSERT_TRUE(rules_.create(kAda, "Zoe", {0}));
  EXPECT_EQ(rules_.create(AccountId{2}, "zOE", {0}).error().kind, ErrorKind::AlreadyExists);
}

TEST_F(CharacterRulesTest, LimitTheCharactersOfAnAccount) {
  ASSERT_TRUE(rules_.create(kAda, "Zoe", {0}));
  const auto abe = rules_.create(kAda, "Abe", {0});
  const auto refused = rules_.create(kAda, "Eve", {0});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_THAT(refused.error().message, HasSubstr("at most 2 characters"));
  ASSERT_TRUE(rules_.remove(kAda, abe->id));
  EXPECT_TRUE(rules_.create(kAda, "Eve", {0}));
}

TEST_F(CharacterRulesTest, RefuseACharacterWithoutAccountAndANameAgainstTheRules) {
  EXPECT_EQ(rules_.create(AccountId{}, "Zoe", {0}).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(rules_.create(kAda, "Admin", {0}).error().kind, ErrorKind::InvalidArgument);
}

TEST_F(CharacterRulesTest, LoadWhereItWasSaved) {
  const CharacterId zoe = rules_.create(kAda, "Zoe", {0})->id;
  const ZoneOwner owner = rules_.take_zone(1).value();
  ASSERT_TRUE(rules_.load_for_entering(kAda, zoe, owner));
  const CharacterSave saves[] = {save_at(zoe, 2048.25f)};
  EXPECT_EQ(rules_.save(owner, saves)->saved, 1u);
  EXPECT_EQ(rules_.save(owner, saves)->saved, 1u) << "saving twice is saving once";
  const auto loaded = rules_.load_for_entering(kAda, zoe, owner).value();
  EXPECT_EQ(loaded.place.zone, 1);
  EXPECT_EQ(loaded.place.x, 2048.25f);
  EXPECT_EQ(loaded.place.heading, 0.5f);
  EXPECT_EQ(loaded.play_seconds, 60u);
  EXPECT_EQ(loaded.last_seen_at, 500);
}

TEST_F(CharacterRulesTest, RefuseOnlyTheCharacterWhosePlaceIsNoNumber) {
  const CharacterId zoe = rules_.create(kAda, "Zoe", {0})->id;
  const CharacterId abe = rules_.create(kAda, "Abe", {0})->id;
  const ZoneOwner owner = rules_.take_zone(1).value();
  ASSERT_TRUE(rules_.load_for_entering(kAda, zoe, owner));
  ASSERT_TRUE(rules_.load_for_entering(kAda, abe, owner));
  const CharacterSave saves[] = {save_at(zoe, std::nanf("")), save_at(abe, 7)};
  const auto outcome = rules_.save(owner, saves).value();
  EXPECT_EQ(outcome.saved, 1u);
  EXPECT_THAT(outcome.refused, ElementsAre(zoe));
}

TEST_F(CharacterRulesTest, RefuseABatchThatIsTooLarge) {
  const std::vector<CharacterSave> saves(kSaveBatchMax + 1);
  const auto refused = rules_.save({1, 1}, saves);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(refused.error().message, HasSubstr("at most 8192"));
}

TEST_F(CharacterRulesTest, RefuseZonesThatCannotBe) {
  EXPECT_EQ(rules_.take_zone(0).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(rules_.take_zone(65536).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(rules_.take_zone(65535)->epoch, 1u);
}

}  // namespace
}  // namespace tessera::characters
