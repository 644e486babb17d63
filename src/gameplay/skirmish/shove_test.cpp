// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/skirmish/rules.h"
#include "gameplay/testing/test_world.h"

namespace tessera::skirmish {
namespace {

using math::Vec2;
using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};

Vec3 at(float east, float south) { return kHere + Vec3{east, 0, south}; }
/// Shoves towards the north unless told otherwise.
Shove shove(EntityId actor, std::uint32_t action = 1, std::uint32_t rewind_ticks = 0,
            float heading = 0) {
  return {.entity = actor,
          .action = action,
          .rewind = lag_compensation::rewind_of_ticks(rewind_ticks),
          .aim = math::quantise_angle(heading)};
}

std::optional<ActionRefusal> refusal(const TestWorld& world) {
  const auto refused = world.events<ActionRefused>();
  return refused.empty() ? std::nullopt : std::optional(refused[0].reason);
}

TEST(ShoveAhead, ThrowsBackWhoStandsInTheConeAndAnswersInTheSameTick) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  const EntityId bob = world.enter(2, at(1, -1.5f));
  const EntityId aside = world.enter(3, at(2, -0.5f));
  const EntityId behind = world.enter(4, at(0, 1));
  const EntityId far = world.enter(5, at(0, -3.1f));
  world.step(2);
  world.intend(shove(ann, 77));
  world.step();
  ASSERT_EQ(world.events<Shoved>().size(), 1u);
  EXPECT_EQ(world.events<Shoved>()[0].actor, ann);
  EXPECT_EQ(world.events<Shoved>()[0].target, bob);
  EXPECT_EQ(world.events<Shoved>()[0].tick, world.now);
  ASSERT_EQ(world.events<ActionDone>().size(), 1u);
  EXPECT_EQ(world.events<ActionDone>()[0].action, 77u);
  EXPECT_EQ(world.events<ActionDone>()[0].count, 1u);
  world.step(60);
  const Vec3 flown = world.get<Position>(bob).metres - at(1, -1.5f);
  EXPECT_NEAR(length(flat(flown)), 1.8f, 0.3f);
  EXPECT_NEAR(flown.x / -flown.z, 1 / 1.5f, 0.05f) << "away from the actor";
  EXPECT_EQ(world.get<Velocity>(bob).grounded, 1u);
  for (const EntityId other : {ann, aside, behind, far}) {
    EXPECT_EQ(world.get<Velocity>(other).metres_per_s, Vec3{});
  }
}

TEST(ShoveAhead, ShovesTowardsItsAimAndNotTheBodysHeading) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  world.enter(2, at(1.5f, 0));
  world.intend(shove(ann, 1, 0, math::kPi / 2));
  world.step();
  EXPECT_EQ(world.events<Shoved>().size(), 1u);
}

TEST(ShoveAhead, RefusesUntilTheCooldownIsOver) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  world.enter(2, at(0, -1));
  world.intend(shove(ann, 1));
  world.intend(shove(ann, 2));  // in the same tick
  world.step();
  EXPECT_EQ(world.events<Shoved>().size(), 1u);
  ASSERT_EQ(refusal(world), ActionRefusal::OnCooldown);
  EXPECT_EQ(world.events<ActionRefused>()[0].action, 2u);
  world.step(kShoveCooldownTicks - 2);
  world.intend(shove(ann, 3));
  world.step();
  EXPECT_EQ(refusal(world), ActionRefusal::OnCooldown);
  world.intend(shove(ann, 4));
  world.step();
  EXPECT_NE(refusal(world), ActionRefusal::OnCooldown);
}

TEST(ShoveAhead, RefusesWhenNobodyIsThereAndBeginsTheCooldownAllTheSame) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  world.intend(shove(ann));
  world.step();
  EXPECT_EQ(refusal(world), ActionRefusal::NobodyThere);
  EXPECT_TRUE(world.events<Shoved>().empty());
  world.intend(shove(ann));
  world.step();
  EXPECT_EQ(refusal(world), ActionRefusal::OnCooldown);
}

TEST(ShoveAhead, DoesNotReachThroughAWall) {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{at(0, -1) + Vec3{0, 1.5f, 0}, {3, 1.5f, 0.1f}, 0}};
  TestWorld world(zone);
  const EntityId ann = world.enter(1, kHere);
  world.enter(2, at(0, -2));
  world.intend(shove(ann));
  world.step();
  EXPECT_EQ(refusal(world), ActionRefusal::NobodyThere);
}

TEST(ShoveAhead, NeitherBeginsInASafeAreaNorReachesIntoOne) {
  ZoneDefinition zone = test_zone();
  zone.areas = {{.name = "market",
                 .centre = {100, 95},
                 .half_size = {5, 5},
                 .low_m = -1,
                 .high_m = 10,
                 .properties = static_cast<std::uint8_t>(AreaProperty::Safe)}};
  TestWorld world(zone);
  const EntityId ann = world.enter(1, at(0, 0.5f));
  const EntityId bob = world.enter(2, at(0, -1));
  world.intend(shove(ann));
  world.intend(shove(bob, 2, 0, -math::kPi));
  world.step();
  ASSERT_EQ(world.events<ActionRefused>().size(), 2u);
  EXPECT_EQ(world.events<ActionRefused>()[0].reason, ActionRefusal::NobodyThere);
  EXPECT_EQ(world.events<ActionRefused>()[1].reason, ActionRefusal::SafeArea);
  EXPECT_EQ(world.get<Readiness>(bob).shove_at, 0u) << "nothing began";
}

TEST(ShoveAhead, IgnoresWhoIsGone) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  world.enter(2, at(0, -1));
  world.intend(presence::LeaveWorld{.session = {1}});
  world.step();
  world.intend(shove(ann));
  world.step();
  EXPECT_TRUE(world.events<Shoved>().empty());
  EXPECT_TRUE(world.events<ActionRefused>().empty());
}

TEST(ShoveAhead, JudgesTargetsWhereTheyWereSeen) {
  for (const std::uint32_t rewind : {0u, 17u}) {
    TestWorld world;
    const EntityId ann = world.enter(1, kHere);
    const EntityId bob = world.enter(2, at(-6, -1.5f));
    // He runs past and is 2.8 m to the east now; 17 ticks before he was in front of her.
    for (std::uint32_t frame = 1; frame <= 96; ++frame) {
      movement::MoveInputs run{.entity = bob, .first_frame = frame, .count = 1};
      run.frames[0].move_x = 127;
      world.intend(run);
      world.step();
    }
    ASSERT_GT(world.get<Position>(bob).metres.x, at(2.7f, 0).x);
    world.intend(shove(ann, 1, rewind));
    world.step();
    EXPECT_EQ(world.events<Shoved>().size(), rewind == 0 ? 0u : 1u);
  }
}

TEST(ShoveAhead, ThrowsCreaturesWhichThenWalkOn) {
  ZoneDefinition zone = test_zone();
  zone.creatures = {{.id = 1, .name = "Deer", .home_distance_m_max = 40}};
  zone.creature_count = 1;
  TestWorld world(zone);
  ASSERT_EQ(world.populate(), 1u);
  EntityId deer;
  world.registry.view<const wandering::Wander>().each(
      [&](EntityId id, const wandering::Wander&) { deer = id; });
  const Vec3 before = world.get<Position>(deer).metres;
  const EntityId ann = world.enter(1, before + Vec3{0, 0, 1.5f});
  world.intend(shove(ann));
  world.step();
  ASSERT_EQ(world.events<Shoved>().size(), 1u);
  float highest = 0;
  for (int tick = 0; tick < 17; ++tick) {
    world.step();
    highest = std::max(highest, world.get<Position>(deer).metres.y);
  }
  EXPECT_NEAR(highest, 0.2f, 0.06f);
  world.step(6);
  EXPECT_EQ(world.get<Velocity>(deer).grounded, 1u);
  EXPECT_NEAR(before.z - world.get<Position>(deer).metres.z, 1.8f, 0.3f);
}

/// The cone, the eye and the rewind by asking everyone in turn.
std::vector<EntityId> shoved_by_brute_force(const TestWorld& world, EntityId actor, float heading,
                                            std::uint32_t rewind) {
  const Vec3 place = world.get<Position>(actor).metres;
  std::vector<EntityId> all;
  world.registry.view<const Position, const lag_compensation::PositionHistory>().each(
      [&](EntityId id, const Position&, const lag_compensation::PositionHistory& history) {
        if (id == actor) return;
        const auto then = lag_compensation::position_at(history, world.now + 1,
                                                        lag_compensation::rewind_of_ticks(rewind));
        // The capsule is touched by a fine fan of lines through the cone.
        const Vec2 to = flat(*then) - flat(place);
        bool touched = false;
        for (int i = -450; i <= 450; ++i) {
          const float turn = static_cast<float>(i) / 450 * kShoveHalfAngle_rad;
          const Vec2 line = math::direction_of_heading(math::wrap_angle(heading + turn));
          const float along = std::clamp(dot(to, line), 0.0f, kShoveRange_m);
          const Vec2 off = to - line * along;
          touched |= dot(off, off) <= 0.4f * 0.4f;
        }
        const bool seen = sees(world.statics, place + Vec3{0, 1.6f, 0}, *then + Vec3{0, 1.2f, 0});
        if (touched && seen) all.push_back(id);
      });
  return all;
}

TEST(ShoveAhead, AgreesWithAskingEveryone) {
  constexpr std::uint64_t kSeed = 11;
  RandomStream random(kSeed);
  ZoneDefinition zone = test_zone();
  zone.boxes = {{{128, 1.5f, 125}, {6, 1.5f, 0.2f}, 0.3f}, {{120, 1.5f, 130}, {0.2f, 1.5f, 5}, 1}};
  TestWorld world(zone);
  std::vector<EntityId> players;
  for (std::uint64_t i = 1; i <= 120; ++i) {
    players.push_back(world.enter(i, Vec3{random.between(118, 138), 0, random.between(118, 138)}));
  }
  std::size_t touched = 0;
  for (int round = 0; round < 60; ++round) {
    for (int tick = 0; tick < 61; ++tick) {
      for (const EntityId player : players) {
        movement::MoveInputs run{.entity = player, .count = 1};
        run.first_frame = world.get<movement::InputQueue>(player).last_applied + 1;
        run.frames[0].move_x = static_cast<std::int8_t>(random.below(255) - 127);
        run.frames[0].move_z = static_cast<std::int8_t>(random.below(255) - 127);
        world.intend(run);
      }
      world.step();
    }
    const EntityId actor = players[random.below(120)];
    const float heading =
        math::angle_from_quantised(static_cast<std::uint16_t>(random.below(65'536)));
    const std::uint32_t rewind = random.below(19);
    auto expected = shoved_by_brute_force(world, actor, heading, rewind);
    world.intend(shove(actor, 1, rewind, heading));
    world.step();
    std::vector<EntityId> got;
    for (const Shoved& event : world.events<Shoved>()) got.push_back(event.target);
    const auto by_value = [](EntityId a, EntityId b) { return a.value < b.value; };
    std::ranges::sort(expected, by_value);
    std::ranges::sort(got, by_value);
    EXPECT_EQ(got, expected) << "seed " << kSeed << ", round " << round;
    touched += got.size();
  }
  EXPECT_GT(touched, 60u);
}

}  // namespace
}  // namespace tessera::skirmish
