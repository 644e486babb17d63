// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/character_motion.h"

#include <gtest/gtest.h>

#include <bit>

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "engine/physics/box.h"

namespace tessera::movement {
namespace {

constexpr physics::Rectangle kBounds{{0, 0}, {128, 128}};
constexpr InputFrame kEast{.move_x = 127};
constexpr InputFrame kJump{.buttons = kButtonJump};

physics::CollisionWorld flat_world(std::vector<physics::BoxShape> boxes = {}) {
  return {kBounds, physics::HeightField{}, physics::triangles_of(boxes)};
}

MotionState standing_at(float x, float z) {
  return {.position = {x, 0, z}, .velocity_m_per_s = {}};
}

void run_frames(const physics::CollisionWorld& world, MotionState& state, const InputFrame& frame,
                int count) {
  for (int i = 0; i < count; ++i) step_character(world, state, frame);
}

TEST(StepCharacter, RunsAndWalksAtItsSpeeds) {
  const auto world = flat_world();
  MotionState runner = standing_at(10, 10);
  run_frames(world, runner, kEast, 60);
  EXPECT_NEAR(runner.position.x, 15.5f, 0.01f);
  EXPECT_NEAR(runner.velocity_m_per_s.x, 5.5f, 1e-4f);
  MotionState walker = standing_at(10, 10);
  run_frames(world, walker, {.move_x = 127, .buttons = kButtonWalk}, 60);
  EXPECT_NEAR(walker.position.x, 13, 0.01f);
}

TEST(StepCharacter, IsNoFasterOnADiagonalAndSlowerOnHalfAWay) {
  const auto world = flat_world();
  MotionState diagonal = standing_at(10, 10);
  run_frames(world, diagonal, {.move_x = 127, .move_z = 127}, 60);
  EXPECT_NEAR(length(flat(diagonal.position) - math::Vec2{10, 10}), 5.5f, 0.01f);
  MotionState beyond = standing_at(20, 20);
  run_frames(world, beyond, {.move_x = -128, .move_z = -128}, 60);
  EXPECT_NEAR(length(flat(beyond.position) - math::Vec2{20, 20}), 5.5f, 0.01f);
  MotionState half = standing_at(10, 10);
  run_frames(world, half, {.move_x = 64}, 60);
  EXPECT_NEAR(half.position.x, 10 + 5.5f * 64 / 127, 0.01f);
}

TEST(StepCharacter, LooksWhereItAims) {
  const auto world = flat_world();
  MotionState state = standing_at(10, 10);
  step_character(world, state, {.aim = 0x4000});
  EXPECT_NEAR(state.heading, math::kHalfPi, 1e-5f);
  EXPECT_EQ(standing_frame(state.heading).aim, 0x4000);
  EXPECT_EQ(flat(state.position), (math::Vec2{10, 10}));
}

TEST(StepCharacter, StopsAtOnceWhenNothingIsAsked) {
  const auto world = flat_world();
  MotionState state = standing_at(10, 10);
  run_frames(world, state, kEast, 10);
  const math::Vec3 place = state.position;
  step_character(world, state, {});
  EXPECT_EQ(state.position, place);
  EXPECT_EQ(state.velocity_m_per_s, math::Vec3{});
}

TEST(StepCharacter, JumpsAboutOneMetreTwentyAndLands) {
  const auto world = flat_world();
  MotionState state = standing_at(10, 10);
  step_character(world, state, kJump);
  EXPECT_FALSE(state.grounded);
  float highest = 0;
  int ticks = 1;
  for (; !state.grounded; ++ticks) {
    highest = std::max(highest, state.position.y);
    step_character(world, state, {});
  }
  EXPECT_NEAR(highest, 1.2f, 0.1f);
  EXPECT_NEAR(static_cast<float>(ticks), 42, 2);
  EXPECT_EQ(state.position.y, 0);
  EXPECT_EQ(state.velocity_m_per_s, math::Vec3{});
}

TEST(StepCharacter, CannotJumpInTheAir) {
  const auto world = flat_world();
  MotionState state = standing_at(10, 10);
  float highest = 0;
  for (int i = 0; i < 40; ++i) {
    step_character(world, state, kJump);
    highest = std::max(highest, state.position.y);
  }
  EXPECT_LT(highest, 1.3f);
}

TEST(StepCharacter, KeepsItsWayInTheAirAndBendsItSlowly) {
  const auto world = flat_world();
  MotionState state = standing_at(50, 50);
  step_character(world, state, {.move_x = 127, .buttons = kButtonJump});
  step_character(world, state, {});
  EXPECT_NEAR(state.velocity_m_per_s.x, 5.5f, 1e-4f);
  step_character(world, state, {.move_x = -127});
  EXPECT_NEAR(state.velocity_m_per_s.x, 5.5f - 8.0f / 60, 1e-4f);
  EXPECT_NEAR(state.velocity_m_per_s.z, 0, 1e-6f);
}

TEST(StepCharacter, JumpsOntoACrateButDoesNotWalkOntoIt) {
  const auto world = flat_world({{{14, 0.4f, 10}, {1, 0.4f, 1}, 0}});
  MotionState walker = standing_at(10, 10);
  run_frames(world, walker, kEast, 120);
  EXPECT_LT(walker.position.x, 12.7f);
  EXPECT_NEAR(walker.velocity_m_per_s.x, 0, 0.2f);
  MotionState jumper = standing_at(11.5f, 10);
  step_character(world, jumper, {.move_x = 127, .buttons = kButtonJump});
  while (!jumper.grounded) step_character(world, jumper, kEast);
  EXPECT_NEAR(jumper.position.y, 0.8f, 1e-5f);
}

TEST(StepCharacter, FallsFromALedge) {
  const auto world = flat_world({{{14, 1, 10}, {2, 1, 2}, 0}});
  MotionState state{.position = {15.5f, 2, 10}, .velocity_m_per_s = {}};
  bool fell = false;
  for (int i = 0; i < 120; ++i) {
    step_character(world, state, kEast);
    fell |= !state.grounded;
  }
  EXPECT_TRUE(fell);
  EXPECT_TRUE(state.grounded);
  EXPECT_EQ(state.position.y, 0);
}

TEST(StepCharacter, FallsNoFasterThanItsLimit) {
  const auto world = flat_world();
  MotionState state{.position = {15, 2000, 10}, .velocity_m_per_s = {}, .grounded = false};
  float fastest = 0;
  while (!state.grounded) {
    step_character(world, state, {});
    fastest = std::min(fastest, state.velocity_m_per_s.y);
  }
  EXPECT_EQ(fastest, -50);
  EXPECT_EQ(state.position.y, 0);
}

TEST(StepCharacter, BumpsItsHead) {
  const auto world = flat_world({{{10, 3.5f, 10}, {2, 1, 2}, 0}});  // a ceiling at 2.5 m
  MotionState state = standing_at(10, 10);
  step_character(world, state, kJump);
  float highest = 0;
  while (!state.grounded) {
    step_character(world, state, {});
    highest = std::max(highest, state.position.y);
  }
  EXPECT_NEAR(highest, 0.7f, 0.01f);
}

TEST(StepCharacter, DoesNotJumpUpASteepSlope) {
  std::vector<std::uint16_t> samples(17 * 17);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<std::uint16_t>(i % 17 * 1200);  // 12 m in 8
  }
  const physics::CollisionWorld world(
      kBounds,
      physics::HeightField(
          {.columns = 17, .rows = 17, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples),
      {});
  MotionState state{.position = {50, 75, 60}, .velocity_m_per_s = {}};
  run_frames(world, state, {.move_x = 127, .buttons = kButtonJump}, 300);
  EXPECT_LT(state.position.y, 75.2f);
}

/// A pond with a level bottom of the given depth below the water, whose level is 0.
physics::CollisionWorld pond(float depth, std::vector<physics::BoxShape> boxes = {}) {
  auto geometry = std::make_shared<physics::StaticGeometry>();
  geometry->bounds = kBounds;
  geometry->terrain = physics::HeightField({.low_m = -depth, .high_m = -depth}, {0, 0, 0, 0});
  geometry->solids = physics::TriangleTree(physics::triangles_of(boxes));
  geometry->water_level_m = 0;
  return physics::CollisionWorld(std::move(geometry));
}

TEST(StepCharacter, WadesSlowlyAndSwimsMoreSlowly) {
  const auto speed_in = [](float depth) {
    const auto world = pond(depth);
    MotionState state{.position = {10, -std::min(depth, 1.35f), 10}};
    run_frames(world, state, kEast, 60);
    return state.velocity_m_per_s.x;
  };
  EXPECT_NEAR(speed_in(0.5f), 5.5f, 1e-3f);
  EXPECT_NEAR(speed_in(1.0f), 3.0f, 1e-3f);
  EXPECT_NEAR(speed_in(4.0f), 2.5f, 1e-3f);
}

TEST(StepCharacter, FallsIntoTheWaterComesUpAndFloats) {
  const auto world = pond(8);
  MotionState state{.position = {10, 6, 10}, .velocity_m_per_s = {}, .grounded = false};
  float deepest = 0;
  for (int tick = 0; tick < 600; ++tick) {
    step_character(world, state, {});
    deepest = std::min(deepest, state.position.y);
  }
  EXPECT_LT(deepest, -2);
  EXPECT_GT(deepest, -7.9f) << "it does not reach the ground";
  EXPECT_NEAR(state.position.y, -1.35f, 0.021f);
  EXPECT_EQ(state.velocity_m_per_s, math::Vec3{});
  EXPECT_FALSE(state.grounded);
}

TEST(StepCharacter, LeapsFromTheWaterOntoABank) {
  const auto world = pond(8, {{{20, -3.8f, 10}, {5, 4, 5}, 0}});  // 0.2 m above the water
  MotionState swimmer{.position = {14, -1.35f, 10}, .velocity_m_per_s = {}, .grounded = false};
  run_frames(world, swimmer, kEast, 120);
  EXPECT_LT(swimmer.position.x, 14.7f) << "it swims against the bank";
  run_frames(world, swimmer, {.move_x = 127, .buttons = kButtonJump}, 60);
  EXPECT_GT(swimmer.position.x, 15);
  EXPECT_TRUE(swimmer.position.y > 0.1f);
}

TEST(StepCharacter, WalksIntoAndOutOfALake) {
  std::vector<std::uint16_t> samples(17 * 17);
  for (std::size_t i = 0; i < samples.size(); ++i) {  // a valley, 4 m deep in the middle
    const auto column = static_cast<int>(i % 17);
    samples[i] = static_cast<std::uint16_t>(std::abs(column - 8) * 100);
  }
  auto geometry = std::make_shared<physics::StaticGeometry>();
  geometry->bounds = kBounds;
  geometry->terrain = physics::HeightField(
      {.columns = 17, .rows = 17, .spacing_m = 8, .low_m = -4, .high_m = 651.35f}, samples);
  geometry->water_level_m = 0;
  const physics::CollisionWorld world(std::move(geometry));
  MotionState state{.position = {10, world.terrain().height_at({10, 64}), 64}};
  bool swam = false;
  for (int tick = 0; tick < 60 * 40; ++tick) {
    step_character(world, state, kEast);
    swam |= !state.grounded && state.position.y < -1.2f;
  }
  EXPECT_TRUE(swam);
  EXPECT_TRUE(state.grounded);
  EXPECT_GT(state.position.x, 110);
}

TEST(ThrowCharacter, CarriesItThroughTheAirAndStopsItAtAWall) {
  const auto world = flat_world({{{30, 5, 10}, {1, 5, 5}, 0}});
  MotionState state = standing_at(10, 10);
  throw_character(state, {20, 6, 0});
  EXPECT_FALSE(state.grounded);
  run_frames(world, state, {}, 20);
  EXPECT_NEAR(state.velocity_m_per_s.x, 20, 1e-3f);
  run_frames(world, state, {}, 100);
  EXPECT_TRUE(state.grounded);
  EXPECT_NEAR(state.position.x, 10 + 20 * 0.6f, 1);
  throw_character(state, {60, 8, 0});
  run_frames(world, state, {}, 100);
  EXPECT_LT(state.position.x, 28.61f);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  throw_character(state, {nan, 1e9f, -1e9f});
  EXPECT_EQ(state.velocity_m_per_s, (math::Vec3{0, kThrow_m_per_sMax, -kThrow_m_per_sMax}));
}

// A town of random boxes on random hills, and inputs of every value: nobody ends in a wall, outside
// the world, or faster than the run speed. And the outcome is the recorded one, whatever compiled
// it.
TEST(StepCharacter, RandomInputsKeepEverybodyFreeAndHonest) {
  StateHash hash;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed);
    std::vector<std::uint16_t> samples(17 * 17);
    for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(800));
    std::vector<physics::BoxShape> boxes;
    for (int i = 0; i < 80; ++i) {
      boxes.push_back({{random.between(0, 128), random.between(0, 8), random.between(0, 128)},
                       {random.between(0.1f, 6), random.between(0.1f, 4), random.between(0.1f, 6)},
                       random.between(-4, 4)});
    }
    const physics::CollisionWorld world(
        kBounds,
        physics::HeightField(
            {.columns = 17, .rows = 17, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples),
        physics::triangles_of(boxes));
    const MotionRules rules;
    for (int character = 0; character < 50; ++character) {
      MotionState state;
      do {
        const math::Vec2 place{random.between(1, 127), random.between(1, 127)};
        state.position = {place.x, world.floor_at(place, 0.4f, 100), place.z};
      } while (!world.is_free(state.position, rules.shape.capsule));
      InputFrame frame;
      for (int tick = 0; tick < 600; ++tick) {
        if (random.chance(0.05f))
          frame = std::bit_cast<InputFrame>(std::array<std::uint16_t, 3>{
              static_cast<std::uint16_t>(random.next()), static_cast<std::uint16_t>(random.next()),
              static_cast<std::uint16_t>(random.next() & 0xff)});
        const math::Vec3 before = state.position;
        step_character(world, state, frame);
        ASSERT_TRUE(world.is_free(state.position, rules.shape.capsule)) << tick;
        const float way = length(flat(state.position) - flat(before));
        // A roll over an edge ends with the step that it made.
        const bool rolled = state.roll.ticks >= kRollAgainTicks - kRollTicks;
        const float speed = rolled ? rules.roll_m_per_s : rules.run_m_per_s;
        ASSERT_LE(way, speed * kTickSeconds * 1.001f) << tick;
        ASSERT_LE(length(flat(state.velocity_m_per_s)), speed * 1.002f) << tick;
      }
      hash.add(std::as_bytes(std::span(&state.position, 1)));
      hash.add(std::as_bytes(std::span(&state.velocity_m_per_s, 1)));
    }
  }
  EXPECT_EQ(hash.value(), 5807127216710966979u);
}

TEST(StepCharacter, GoesAtTheSpeedItHasAndNowhereWhenItIsHeld) {
  const physics::CollisionWorld world(physics::geometry_of_boxes(
      {{0, 0}, {64, 64}},
      physics::HeightField(
          {.columns = 2, .rows = 2, .spacing_m = 64, .origin = {}, .low_m = 0, .high_m = 1},
          std::vector<std::uint16_t>(4)),
      {}, {}));
  const auto way_at = [&](std::uint8_t percent, std::uint8_t buttons) {
    MotionState state{.position = {10, 0, 32}};
    InputFrame input{.move_x = 127};
    input.buttons = buttons;
    for (int i = 0; i < 60; ++i) step_character(world, state, input, {}, percent);
    return state.position - math::Vec3{10, 0, 32};
  };
  EXPECT_NEAR(way_at(100, 0).x, 5.5f, 0.01f);
  EXPECT_NEAR(way_at(50, 0).x, 2.75f, 0.01f);
  EXPECT_NEAR(way_at(130, 0).x, 7.15f, 0.01f);
  EXPECT_EQ(way_at(0, 0), (math::Vec3{}));
  EXPECT_EQ(way_at(0, kButtonJump), (math::Vec3{}));
}

constexpr InputFrame kRollEast{.move_x = 127, .buttons = kButtonDodge};
constexpr InputFrame kBlockEast{.move_x = 127, .buttons = kButtonBlock};

struct Ground {
  explicit Ground(std::vector<physics::BoxShape> boxes = {})
      : world({{0, 0}, {128, 128}}, physics::HeightField{}, physics::triangles_of(boxes)) {}
  void run(const InputFrame& frame, int count, std::uint8_t speed_percent = kOwnSpeed) {
    for (int i = 0; i < count; ++i) step_character(world, state, frame, {}, speed_percent);
  }
  float way() const { return length(flat(state.position) - math::Vec2{20, 20}); }

  physics::CollisionWorld world;
  MotionState state{.position = {20, 0, 20}};
};

TEST(Roll, GoesFourAndAHalfMetresWhereOneGoes) {
  Ground ground;
  ground.run(kRollEast, 1);
  EXPECT_TRUE(is_rolling(ground.state.roll));
  ground.run({}, kRollTicks - 1);  // what is asked for meanwhile does not bend it
  EXPECT_NEAR(ground.state.position.x, 24.5f, 0.01f);
  EXPECT_NEAR(ground.state.position.z, 20, 0.01f);
  ground.run({}, 10);
  EXPECT_FALSE(is_rolling(ground.state.roll));
  EXPECT_NEAR(ground.way(), 4.5f, 0.01f);
}

TEST(Roll, GoesBackFromAStand) {
  Ground ground;
  ground.run({.aim = math::quantise_angle(math::kHalfPi), .buttons = kButtonDodge}, kRollTicks);
  EXPECT_NEAR(ground.state.position.x, 15.5f, 0.01f);
}

TEST(Roll, BeginsWithAPressAndNotAgainBeforeItsPauseIsOver) {
  Ground ground;
  ground.run({.buttons = kButtonDodge}, 300);
  EXPECT_NEAR(ground.way(), 4.5f, 0.01f) << "held down it is one roll";
  Ground eager;
  for (int i = 0; i < kRollAgainTicks / 2; ++i) {
    eager.run({.buttons = kButtonDodge}, 1);
    eager.run({}, 1);
  }
  EXPECT_NEAR(eager.way(), 4.5f, 0.01f);
  eager.run({.buttons = kButtonDodge}, 1);
  EXPECT_TRUE(is_rolling(eager.state.roll));
}

TEST(Roll, NeedsFirmGroundAndFreedom) {
  Ground held;
  held.run(kRollEast, kRollTicks, 0);
  EXPECT_EQ(held.way(), 0);
  held.run(kRollEast, kRollTicks);
  EXPECT_NEAR(held.way(), 5.5f * kRollTicks / 60, 0.01f) << "the press was in vain: it runs";
  Ground jumps;
  jumps.run({.buttons = kButtonJump}, 5);
  jumps.run({.buttons = kButtonDodge}, 5);
  EXPECT_FALSE(is_rolling(jumps.state.roll));
  EXPECT_EQ(jumps.way(), 0);
  Ground slowed;
  slowed.run(kRollEast, kRollTicks, 50);
  EXPECT_NEAR(slowed.way(), 2.25f, 0.01f);
}

TEST(Roll, IsNoWayToJumpFarther) {
  Ground ground;
  ground.run({.move_x = 127, .buttons = kButtonDodge | kButtonJump}, kRollTicks);
  EXPECT_TRUE(ground.state.grounded);
  Ground ledge({{{10, 2, 20}, {10.5f, 2, 4}, 0}});
  ledge.state.position = {20, 4, 20};
  for (int i = 0; i < 20 && ledge.state.grounded; ++i) ledge.run(kRollEast, 1);
  ASSERT_FALSE(ledge.state.grounded);
  EXPECT_FALSE(is_rolling(ledge.state.roll));
  EXPECT_LE(ledge.state.velocity_m_per_s.x, 5.501f);
}

TEST(Roll, EndsWhenABlowThrowsOneAndKeepsTheThrow) {
  Ground ground;
  ground.run(kRollEast, 5);
  throw_character(ground.state, {0, 5, 20});
  ground.run(kRollEast, 1);
  EXPECT_FALSE(is_rolling(ground.state.roll));
  EXPECT_GT(ground.state.velocity_m_per_s.z, 19);
}

TEST(Roll, StopsAtAWall) {
  Ground ground({{{24, 2, 20}, {1, 2, 4}, 0}});
  ground.run(kRollEast, kRollTicks);
  EXPECT_NEAR(ground.state.position.x, 22.6f, 0.05f);
}

TEST(Block, HalvesTheSpeedAndKeepsOneOnTheGround) {
  Ground ground;
  ground.run(kBlockEast, 60);
  EXPECT_NEAR(ground.way(), 2.75f, 0.01f);
  ground.run({.buttons = kButtonBlock | kButtonJump}, 1);
  EXPECT_TRUE(ground.state.grounded);
  ground.run(kEast, 60);
  EXPECT_NEAR(ground.way(), 8.25f, 0.01f);
}

TEST(Block, DoesNotHinderARoll) {
  Ground ground;
  ground.run({.move_x = 127, .buttons = kButtonBlock | kButtonDodge}, kRollTicks);
  EXPECT_NEAR(ground.way(), 4.5f, 0.01f);
}

}  // namespace
}  // namespace tessera::movement
