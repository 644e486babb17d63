// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The game as a whole: the same intents give the same world, whoever computes it.
#include "gameplay/schedule.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/core/random.h"
#include "gameplay/skirmish/skirmish.h"
#include "gameplay/testing/navigable.h"
#include "gameplay/testing/test_world.h"

namespace tessera {
namespace {

ZoneDefinition make_busy_zone() {
  ZoneDefinition zone = test_zone();
  RandomStream random(8);
  std::vector<std::uint16_t> samples(33 * 33);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(500));
  zone.terrain = physics::HeightField(
      {.columns = 33, .rows = 33, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
  for (int i = 0; i < 40; ++i) {
    zone.boxes.push_back({{random.between(0, 256), 3, random.between(0, 256)},
                          {random.between(1, 4), 3, random.between(1, 4)},
                          random.between(-3, 3)});
  }
  zone.spawn_points = {{{40, 40}, 0}, {{200, 60}, 1}, {{120, 220}, 2}};
  zone.creatures = {{.id = 1, .name = "Deer", .home_distance_m_max = 120}};
  zone.creature_count = 300;
  add_navigation(zone);
  return zone;
}

const ZoneDefinition& busy_zone() {
  static const ZoneDefinition zone = make_busy_zone();
  return zone;
}

/// Players enter, leave, run, jump, wave, shove and throw, all by chance; returns the hash after
/// every tick.
std::vector<std::uint64_t> play(unsigned workers, int ticks) {
  TestWorld world(busy_zone(), workers, 99);
  world.populate();
  RandomStream random(1234);
  std::vector<std::uint64_t> hashes;
  std::map<std::uint64_t, EntityId> players;  // by session
  std::size_t shoved = 0;
  std::size_t struck = 0;
  for (int tick = 0; tick < ticks; ++tick) {
    if (random.chance(0.8f)) {
      const std::uint64_t number = random.below(500) + 1;
      world.intend(presence::EnterWorld{.session = {number}, .character = {number}});
    }
    if (random.chance(0.1f)) world.intend(presence::LeaveWorld{.session = {random.below(500) + 1}});
    for (const auto& [session, entity] : players) {
      if (!random.chance(0.4f)) continue;
      movement::MoveInputs intent{.entity = entity,
                                  .first_frame = static_cast<std::uint32_t>(tick + 1),
                                  .count = random.below(9)};
      for (auto& frame : intent.frames) {
        frame.move_x = static_cast<std::int8_t>(random.below(256));
        frame.buttons = static_cast<std::uint8_t>(random.below(16));
      }
      world.intend(intent);
      if (random.chance(0.05f)) world.intend(emotes::PerformEmote{entity, random.below(10)});
      if (random.chance(0.05f)) {
        world.intend(skirmish::Shove{
            .entity = entity, .rewind = {random.below(6000)}, .aim = random.below(65'536)});
      }
      if (random.chance(0.05f)) {
        world.intend(skirmish::ThrowStone{
            .entity = entity, .aim = random.below(65'536), .pitch = random.below(12'000)});
      }
    }
    world.step();
    for (const auto& entered : world.events<presence::EnteredWorld>()) {
      players[entered.session.value] = entered.entity;
    }
    for (const auto& left : world.events<presence::LeftWorld>()) players.erase(left.session.value);
    shoved += world.events<skirmish::Shoved>().size();
    struck += world.events<skirmish::StoneHit>().size();
    hashes.push_back(world.registry.hash());
  }
  EXPECT_GT(players.size(), 50u);
  EXPECT_GT(shoved, 50u);
  EXPECT_GT(struck, 20u);
  return hashes;
}

TEST(Rules, TheSameIntentsGiveTheSameWorldWithAnyNumberOfWorkers) {
  const auto alone = play(0, 400);
  EXPECT_EQ(alone, play(1, 400));
  EXPECT_EQ(alone, play(7, 400));
}

TEST(Rules, ACheckpointGoesOnAsTheOriginal) {
  TestWorld first(busy_zone());
  first.populate();
  const EntityId ann = first.enter(1);
  first.step(100);
  std::vector<std::byte> checkpoint;
  first.registry.serialise(checkpoint);
  TestWorld second(busy_zone());
  ASSERT_TRUE(second.registry.deserialise(checkpoint));
  second.now = first.now;
  EXPECT_EQ(first.registry.hash(), second.registry.hash());
  for (TestWorld* world : {&first, &second}) {
    world->intend(movement::MoveInputs{.entity = ann, .first_frame = 1, .count = 8});
    world->step(300);
  }
  EXPECT_EQ(first.registry.hash(), second.registry.hash());
}

}  // namespace
}  // namespace tessera
