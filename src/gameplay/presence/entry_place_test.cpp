// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/presence/entry_place.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "engine/core/random.h"
#include "engine/physics/box.h"
#include "gameplay/movement/character_motion.h"

namespace tessera::presence {
namespace {

using math::Vec3;

/// A market: stalls, crates, steps and narrow gaps, flat and turned.
physics::CollisionWorld market(RandomStream& random) {
  std::vector<physics::BoxShape> boxes;
  for (int i = 0; i < 60; ++i) {
    boxes.push_back({{random.between(2, 30), random.between(0, 2.5f), random.between(2, 30)},
                     {random.between(0.1f, 2), random.between(0.1f, 1), random.between(0.1f, 2)},
                     random.between(-4, 4)});
  }
  return physics::CollisionWorld(physics::geometry_of_boxes(
      {{0, 0}, {32, 32}},
      physics::HeightField(
          {.columns = 2, .rows = 2, .spacing_m = 32, .origin = {}, .low_m = 0, .high_m = 1},
          std::vector<std::uint16_t>(4)),
      boxes, {}));
}

// Who was saved on the edge of a step or in a gap between stalls was sent to a spawn point.
TEST(EntryPlace, LetsEverybodyComeBackToWhereHeWas) {
  constexpr std::uint64_t kSeed = 5;
  RandomStream random(kSeed);
  for (int world_number = 0; world_number < 20; ++world_number) {
    const physics::CollisionWorld world = market(random);
    movement::MotionState state;
    do {
      const math::Vec2 place{random.between(1, 31), random.between(1, 31)};
      state.position = {place.x, world.floor_at(place, 0.4f, 5), place.z};
    } while (!world.is_free(state.position, {}));
    movement::InputFrame input;
    for (int tick = 0; tick < 6000; ++tick) {
      if (random.chance(0.05f)) {
        input.move_x = static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127);
        input.move_z = static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127);
        input.buttons = random.chance(0.5f) ? movement::kButtonJump : 0;
      }
      movement::step_character(world, state, input);
      Vec3 standing;
      ASSERT_TRUE(is_usable(world, state.position, standing))
          << "seed " << kSeed << " world " << world_number << " tick " << tick << " at "
          << state.position.x << ", " << state.position.y << ", " << state.position.z;
      ASSERT_EQ(flat(standing), flat(state.position));
      ASSERT_LE(standing.y, state.position.y + 0.01f);
      ASSERT_TRUE(world.is_free(standing, {}));
    }
  }
}

}  // namespace
}  // namespace tessera::presence
