// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The promise of movement, against a million random sequences of inputs: whatever somebody does,
// and wherever, a character never ends up inside geometry, behind it, outside the world, or farther
// than its speed allows.
#include <gtest/gtest.h>

#include <bit>
#include <memory>
#include <vector>

#include "engine/core/random.h"
#include "engine/physics/box.h"
#include "gameplay/movement/character_motion.h"

namespace tessera::movement {
namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TESSERA_SANITIZED
#endif
#endif
#if defined(TESSERA_SANITIZED) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

/// A hundred times slower under sanitizers, which look for other faults.
constexpr int kSequences = kSanitized ? 10'000 : 1'000'000;
constexpr int kTicksPerSequence = 8;
constexpr float kSide_m = 96;

using math::Vec3;

Vec3 random_offset(RandomStream& random, float reach) {
  return {random.between(-reach, reach), random.between(-reach, reach),
          random.between(-reach, reach)};
}

/// Houses, walls and crates of every size and turn.
void add_boxes(std::vector<physics::Triangle>& triangles, float low, RandomStream& random) {
  std::vector<physics::BoxShape> boxes;
  for (int i = 0; i < 70; ++i) {
    boxes.push_back({{random.between(low, low + kSide_m), random.between(0, 9),
                      random.between(low, low + kSide_m)},
                     {random.between(0.02f, 5), random.between(0.02f, 3), random.between(0.02f, 5)},
                     random.between(-4, 4)});
  }
  const auto made = physics::triangles_of(boxes);
  triangles.insert(triangles.end(), made.begin(), made.end());
}

/// Tetrahedra: steep rocks, overhangs, spikes, slivers.
void add_rocks(std::vector<physics::Triangle>& triangles, float low, RandomStream& random) {
  for (int i = 0; i < 220; ++i) {
    const Vec3 at{random.between(low, low + kSide_m), random.between(0, 9),
                  random.between(low, low + kSide_m)};
    const float size = random.between(0.1f, 3);
    const Vec3 a = at + random_offset(random, size);
    const Vec3 b = at + random_offset(random, size);
    const Vec3 c = at + random_offset(random, size);
    const Vec3 d = at + random_offset(random, size);
    const float volume = dot(cross(b - a, c - a), d - a);
    if (std::fabs(volume) < 1e-3f) continue;  // rounding might turn it inside out
    const bool outwards = volume < 0;
    const auto add = [&](Vec3 p, Vec3 q, Vec3 r) {
      triangles.push_back(outwards ? physics::Triangle{p, q, r} : physics::Triangle{p, r, q});
    };
    add(a, b, c);
    add(a, d, b);
    add(b, d, c);
    add(c, d, a);
  }
}

physics::CollisionWorld random_world(std::uint64_t kind, RandomStream& random) {
  const float low = kind % 2 == 0 ? 0 : 4000;  // where floats are exact, and where they are coarse
  auto geometry = std::make_shared<physics::StaticGeometry>();
  geometry->bounds = {{low, low}, {low + kSide_m, low + kSide_m}};
  std::vector<std::uint16_t> samples(13 * 13);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(900));
  geometry->terrain = physics::HeightField({.columns = 13,
                                            .rows = 13,
                                            .spacing_m = 8,
                                            .origin = {low, low},
                                            .low_m = 0,
                                            .high_m = 655.35f},
                                           samples);
  if (kind / 2 % 2 == 0) geometry->water_level_m = 3;
  std::vector<physics::Triangle> triangles;
  add_boxes(triangles, low, random);
  add_rocks(triangles, low, random);
  geometry->solids = physics::TriangleTree(triangles);
  return physics::CollisionWorld(std::move(geometry));
}

InputFrame random_frame(RandomStream& random) {
  return {.aim = static_cast<std::uint16_t>(random.below(65536)),
          .move_x = static_cast<std::int8_t>(static_cast<int>(random.below(256)) - 128),
          .move_z = static_cast<std::int8_t>(static_cast<int>(random.below(256)) - 128),
          .buttons = static_cast<std::uint8_t>(random.below(256)),
          .reserved = static_cast<std::uint8_t>(random.below(256))};
}

/// Does something solid lie between where a body was and where it is, seen from its middle?
bool passed_through(const physics::CollisionWorld& world, Vec3 before, Vec3 after) {
  const Vec3 middle{0, 0.9f, 0};
  if (before == after) return false;
  const physics::Ray ray{before + middle, after - before};
  return world.geometry().solids.cast_ray(ray, 1).has_value();
}

class Wanderer {
 public:
  Wanderer(const physics::CollisionWorld& world, RandomStream& random)
      : world_(world), random_(random) {}

  /// Somewhere on top of what there is, sometimes above it.
  void appear() {
    const physics::Rectangle& bounds = world_.bounds();
    do {
      const math::Vec2 place{random_.between(bounds.low.x + 0.4f, bounds.high.x - 0.4f),
                             random_.between(bounds.low.z + 0.4f, bounds.high.z - 0.4f)};
      const float from = random_.between(0, 16);
      state_ = {.position = {place.x, world_.floor_at(place, 0.4f, from), place.z}};
      if (random_.chance(0.2f)) {
        state_.position.y += random_.between(0, 5);
        state_.grounded = false;
      }
    } while (!world_.is_free(state_.position, rules_.shape.capsule));
  }

  void step() {
    if (random_.chance(0.3f)) frame_ = random_frame(random_);
    if (random_.chance(0.02f)) throw_character(state_, random_offset(random_, 70));
    const MotionState before = state_;
    step_character(world_, state_, frame_, rules_);
    // A roll over an edge ends with the step that it made.
    const bool rolled = state_.roll.ticks >= kRollAgainTicks - kRollTicks;
    const float own = rolled ? rules_.roll_m_per_s : rules_.run_m_per_s;
    const float speed = std::max(own, length(flat(before.velocity_m_per_s))) * 1.001f;
    const float way = length(flat(state_.position) - flat(before.position));
    ASSERT_LE(way, speed * kTickSeconds + kRounding);
    ASSERT_LE(std::fabs(state_.position.y - before.position.y), kRise_m);
    ASSERT_FALSE(passed_through(world_, before.position, state_.position));
    ASSERT_TRUE(world_.is_free(state_.position, rules_.shape.capsule));
  }

  const MotionState& state() const { return state_; }

 private:
  /// Of places that lie four kilometres from the origin.
  static constexpr float kRounding = 1e-3f;
  /// A throw at its limit, and a step in each of the parts in which so long a way is gone.
  static constexpr float kRise_m = kThrow_m_per_sMax / 60 + 6 * 0.4f;

  const physics::CollisionWorld& world_;
  RandomStream& random_;
  MotionRules rules_;
  MotionState state_;
  InputFrame frame_;
};

TEST(MotionProperty, AMillionRandomSequencesStayFreeInsideAndWithinTheirSpeed) {
  constexpr int kWorlds = 40;
  for (std::uint64_t seed = 1; seed <= kWorlds; ++seed) {
    RandomStream random(seed);
    const physics::CollisionWorld world = random_world(seed, random);
    Wanderer wanderer(world, random);
    for (int sequence = 0; sequence < kSequences / kWorlds; ++sequence) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", sequence " << sequence);
      if (sequence % 32 == 0) wanderer.appear();
      for (int tick = 0; tick < kTicksPerSequence; ++tick) {
        const Vec3 before = wanderer.state().position;
        wanderer.step();
        if (testing::Test::HasFatalFailure()) {
          const Vec3 after = wanderer.state().position;
          FAIL() << "from " << before.x << ' ' << before.y << ' ' << before.z << " to " << after.x
                 << ' ' << after.y << ' ' << after.z;
        }
      }
    }
  }
}

}  // namespace
}  // namespace tessera::movement
