// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tests/wasm/motion_bits.h"

#include <memory>
#include <span>
#include <vector>

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/physics/box.h"
#include "gameplay/movement/character_motion.h"

namespace tessera::tests {
namespace {

constexpr float kSide_m = 128;

physics::CollisionWorld random_world(RandomStream& random) {
  auto geometry = std::make_shared<physics::StaticGeometry>();
  geometry->bounds = {{0, 0}, {kSide_m, kSide_m}};
  std::vector<std::uint16_t> samples(17 * 17);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(900));
  geometry->terrain = physics::HeightField(
      {.columns = 17, .rows = 17, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
  geometry->water_level_m = 3.5f;
  std::vector<physics::BoxShape> boxes;
  for (int i = 0; i < 120; ++i) {
    boxes.push_back({{random.between(0, kSide_m), random.between(0, 9), random.between(0, kSide_m)},
                     {random.between(0.1f, 6), random.between(0.1f, 3), random.between(0.1f, 6)},
                     random.between(-4, 4)});
  }
  auto triangles = physics::triangles_of(boxes);
  for (int i = 0; i < 300; ++i) {  // and rocks of no regular shape
    const math::Vec3 at{random.between(0, kSide_m), random.between(0, 9),
                        random.between(0, kSide_m)};
    const auto corner = [&] {
      return at + math::Vec3{random.between(-2, 2), random.between(-2, 2), random.between(-2, 2)};
    };
    triangles.push_back({corner(), corner(), corner()});
  }
  geometry->solids = physics::TriangleTree(triangles);
  return physics::CollisionWorld(std::move(geometry));
}

movement::InputFrame random_frame(RandomStream& random) {
  return {.aim = static_cast<std::uint16_t>(random.below(65536)),
          .move_x = static_cast<std::int8_t>(static_cast<int>(random.below(256)) - 128),
          .move_z = static_cast<std::int8_t>(static_cast<int>(random.below(256)) - 128),
          .buttons = static_cast<std::uint8_t>(random.below(16))};
}

}  // namespace

std::uint64_t hash_of_random_motion(std::uint64_t seed, int ticks) {
  RandomStream random(seed);
  const physics::CollisionWorld world = random_world(random);
  StateHash hash;
  movement::MotionState state;
  movement::InputFrame frame;
  for (int tick = 0; tick < ticks; ++tick) {
    if (tick % 500 == 0) {
      const math::Vec2 place{random.between(1, kSide_m - 1), random.between(1, kSide_m - 1)};
      state = {.position = {place.x, world.floor_at(place, 0.4f, 100), place.z}};
    }
    if (random.chance(0.05f)) frame = random_frame(random);
    if (random.chance(0.005f)) {
      movement::throw_character(
          state, {random.between(-30, 30), random.between(0, 15), random.between(-30, 30)});
    }
    step_character(world, state, frame);
    hash.add(std::as_bytes(std::span(&state.position, 1)));
    hash.add(std::as_bytes(std::span(&state.velocity_m_per_s, 1)));
    hash.add(std::as_bytes(std::span(&state.heading, 1)));
  }
  return hash.value();
}

}  // namespace tessera::tests
