// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/outbox/outbox.h"

#include <gtest/gtest.h>

#include <map>

#include "gameplay/shared/components.h"
#include "gameplay/talents/talents.h"
#include "world/zone/testing/test_world.h"

namespace tessera::outbox {
namespace {

class MemorySaver final : public CharacterSaver {
 public:
  Result<std::vector<CharacterId>> save(std::span<const CharacterState> states) override {
    for (const CharacterState& state : states) stored[state.character] = state;
    return {};
  }
  std::map<CharacterId, CharacterState> stored;
};

class OutboxTest : public testing::Test {
 protected:
  static SaveQueueOptions patient() {
    SaveQueueOptions options;
    options.gather = std::chrono::hours(1);
    return options;
  }
  EntityId enter(const std::string& name, math::Vec2 place) {
    const EntityId entity = world.enter(name, place);
    const auto& player = world.get<PlayerControl>(entity);
    outbox.begin_visit({.session = player.session,
                        .character = player.character,
                        .entity = entity,
                        .play_seconds_before = 1000,
                        .entered_at = world.zone().now()});
    return entity;
  }
  void collect() {
    outbox.collect(world.zone().now(), world.zone().registry(), world.zone().events());
  }
  /// Everything pushed so far, by character.
  const std::map<CharacterId, CharacterState>& saved() {
    EXPECT_TRUE(queue.drain(std::chrono::minutes(1)));
    return saver.stored;
  }

  zone::TestWorld world;
  MemorySaver saver;
  SaveQueue queue{patient(), saver};
  Outbox outbox{{.zone = 1, .epoch = 4, .save_interval = 10}, queue};
};

TEST_F(OutboxTest, SavesACharacterThatLeavesWithItsLastPlaceAndPlayTime) {
  const EntityId anna = enter("Anna", {100, 100});
  const CharacterId character = world.get<PlayerControl>(anna).character;
  world.walk(anna, {1, 0}, 120);
  const math::Vec3 last = world.get<Position>(anna).metres;
  world.leave(anna);
  collect();
  ASSERT_TRUE(saved().contains(character));
  const CharacterState& state = saved().at(character);
  EXPECT_EQ(state.position_m, last);
  EXPECT_EQ(state.play_seconds, 1002u);
  EXPECT_TRUE(state.leaving);
  EXPECT_EQ(state.id, (OutboxId{1, 4, world.zone().now(), 0}));
  EXPECT_EQ(outbox.visits(), 0u);
}

TEST_F(OutboxTest, SavesWhatSomebodyChoseBeforeItsTurnComes) {
  const EntityId anna = enter("Anna", {100, 100});
  const EntityId bob = enter("Bob", {104, 100});
  const EntityId cleo = enter("Cleo", {108, 100});
  world.intend(talents::ForgetTalents{cleo});
  world.step();
  ASSERT_EQ(world.events<talents::TalentsForgotten>().size(), 1u);
  collect();
  const auto is_saved = [this](EntityId entity) {
    return saved().contains(world.get<PlayerControl>(entity).character);
  };
  EXPECT_TRUE(is_saved(anna)) << "whose turn it is";
  EXPECT_FALSE(is_saved(bob));
  EXPECT_TRUE(is_saved(cleo));
}

TEST_F(OutboxTest, SavesAVisitorOfAnInstanceWhereItWillComeBack) {
  const EntityId anna = world.enter("Anna", {100, 100});
  const auto player = world.get<PlayerControl>(anna);
  outbox.begin_visit({.session = player.session,
                      .character = player.character,
                      .entity = anna,
                      .play_seconds_before = 1000,
                      .entered_at = world.zone().now(),
                      .return_place = cluster::Place{{7, 8, 9}, 0.5f}});
  world.walk(anna, {1, 0}, 120);
  collect();
  EXPECT_EQ(saved().at(player.character).position_m, (math::Vec3{7, 8, 9}));
  world.leave(anna);
  collect();
  EXPECT_TRUE(saved().at(player.character).leaving);
  EXPECT_EQ(saved().at(player.character).position_m, (math::Vec3{7, 8, 9}));
  EXPECT_EQ(saved().at(player.character).heading_rad, 0.5f);
}

TEST_F(OutboxTest, SavesEveryoneOnceInAnIntervalAndFewInATick) {
  for (int i = 0; i < 25; ++i) {
    enter("Player", {100.0f + static_cast<float>(i) * 4, 100});
  }
  std::size_t most = 0;
  for (int tick = 0; tick < 10; ++tick) {
    world.step();
    const std::size_t before = queue.status().backlog;
    collect();
    most = std::max(most, queue.status().backlog - before);
  }
  EXPECT_EQ(most, 3u);
  EXPECT_EQ(saved().size(), 25u);
}

TEST_F(OutboxTest, SavesEveryoneAtOnceWhenTheZoneStops) {
  enter("Anna", {100, 100});
  enter("Bert", {110, 100});
  outbox.save_all(world.zone().now(), world.zone().registry());
  EXPECT_EQ(saved().size(), 2u);
  EXPECT_EQ(saved().begin()->second.id.index + 1, std::next(saved().begin())->second.id.index);
}

TEST_F(OutboxTest, SavesNobodyWhenNobodyIsThere) {
  for (int tick = 0; tick < 30; ++tick) {
    world.step();
    collect();
  }
  EXPECT_TRUE(saved().empty());
}

}  // namespace
}  // namespace tessera::outbox
