// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The service as its callers see it: through the client, over an in-process channel.
#include "services/characters/characters_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "persistence/test_database.h"
#include "services/characters/characters_client.h"

namespace tessera::characters {
namespace {

using testing::ElementsAre;

class CharactersServiceTest : public testing::Test {
 protected:
  CharactersServiceTest() {
    serve_characters(host_, *database_);
    EXPECT_TRUE(host_.start());
    client_.emplace(host_.channel(), services::CallOptions{std::chrono::seconds(60)});
  }

  static constexpr AccountId kAda{1};
  persistence::TestDatabase database_;
  services::Host host_;
  std::optional<CharactersClient> client_;
};

TEST_F(CharactersServiceTest, CreatesListsLoadsSavesAndRemoves) {
  const auto zoe = client_->create(kAda, "Zoe", {0xfedcba98u});
  ASSERT_TRUE(zoe) << zoe.error().message;
  EXPECT_GT(zoe->created_at, 1'700'000'000);
  const ZoneOwner owner = client_->take_zone(3).value();
  EXPECT_EQ(owner.zone, 3);
  ASSERT_TRUE(client_->load_for_entering(kAda, zoe->id, owner));
  const CharacterSave saves[] = {{.id = zoe->id,
                                  .place = {3, 0.1f, -0.2f, 4095.99f, -3.14f},
                                  .play_seconds = 1u << 31,
                                  .last_seen_at = 1'800'000'000,
                                  .talents = "101:2"}};
  const auto outcome = client_->save(owner, saves);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->saved, 1u);
  const auto listed = client_->list(kAda).value();
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].id, zoe->id);
  EXPECT_EQ(listed[0].account, kAda);
  EXPECT_EQ(listed[0].name, "Zoe");
  EXPECT_EQ(listed[0].look, 0xfedcba98u);
  EXPECT_EQ(listed[0].place.zone, 3);
  EXPECT_EQ(listed[0].place.x, 0.1f);
  EXPECT_EQ(listed[0].place.y, -0.2f);
  EXPECT_EQ(listed[0].place.z, 4095.99f);
  EXPECT_EQ(listed[0].place.heading, -3.14f);
  EXPECT_EQ(listed[0].play_seconds, 1u << 31);
  EXPECT_EQ(listed[0].last_seen_at, 1'800'000'000);
  EXPECT_EQ(listed[0].talents, "101:2");
  EXPECT_TRUE(client_->remove(kAda, zoe->id));
  EXPECT_TRUE(client_->list(kAda)->empty());
}

TEST_F(CharactersServiceTest, TellsRefusalsByKind) {
  EXPECT_EQ(client_->create(kAda, "\xff", {0}).error().kind, ErrorKind::InvalidArgument);
  ASSERT_TRUE(client_->create(kAda, "Zoe", {0}));
  EXPECT_EQ(client_->create(kAda, "ZOE", {0}).error().kind, ErrorKind::AlreadyExists);
  EXPECT_EQ(client_->remove(kAda, CharacterId{99}).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(client_->load_for_entering(kAda, CharacterId{1}, {1, 7}).error().kind,
            ErrorKind::PermissionDenied);
  EXPECT_EQ(client_->take_zone(0).error().kind, ErrorKind::InvalidArgument);
}

TEST_F(CharactersServiceTest, ReturnsTheCharactersItDidNotSave) {
  const ZoneOwner owner = client_->take_zone(1).value();
  const CharacterSave saves[] = {{.id = CharacterId{98}}, {.id = CharacterId{99}}};
  EXPECT_THAT(client_->save(owner, saves)->refused, ElementsAre(CharacterId{98}, CharacterId{99}));
}

TEST_F(CharactersServiceTest, SavesTheGreatestBatch) {
  const ZoneOwner owner = client_->take_zone(1).value();
  const std::vector<CharacterSave> saves(kSaveBatchMax,
                                         CharacterSave{.id = CharacterId{UINT64_MAX / 2},
                                                       .place = {1, 1, 1, 1, 1},
                                                       .play_seconds = INT64_MAX,
                                                       .last_seen_at = INT64_MAX});
  const auto outcome = client_->save(owner, saves);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->refused.size(), kSaveBatchMax);
}

TEST_F(CharactersServiceTest, AnswersCallbacks) {
  const ZoneOwner owner = client_->take_zone(1).value();
  std::latch done(4);
  client_->create_async(kAda, "Zoe", {7}, [&](Result<Character> zoe) {
    ASSERT_TRUE(zoe);
    client_->list_async(kAda, [&](Result<std::vector<Character>> characters) {
      EXPECT_EQ(characters->size(), 1u);
      done.count_down();
    });
    client_->load_for_entering_async(kAda, zoe->id, owner, [&](Result<Character> loaded) {
      EXPECT_EQ(loaded->name, "Zoe");
      const CharacterSave saves[] = {{.id = loaded->id, .place = {1, 1, 2, 3, 0}}};
      client_->save_async(owner, saves, [&](Result<SaveOutcome> outcome) {
        EXPECT_EQ(outcome->saved, 1u);
        done.count_down();
      });
      done.count_down();
    });
    client_->remove_async(AccountId{2}, zoe->id, [&](Result<void> removed) {
      EXPECT_EQ(removed.error().kind, ErrorKind::NotFound);
      done.count_down();
    });
  });
  done.wait();
}

TEST_F(CharactersServiceTest, ServesManyCallersAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> created = 0;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 8; ++i) {
        const AccountId account{static_cast<std::uint64_t>(thread) + 1};
        // All threads fight for the same eight names.
        if (client_->create(account, "Name" + std::to_string(i), {0})) ++created;
        EXPECT_TRUE(client_->list(account));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(created, 8);
}

}  // namespace
}  // namespace tessera::characters
