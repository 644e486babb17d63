// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures push players softly: who overlaps the body of one is moved aside, by no more than
// 1 m/s. So nobody is shut in by a herd, and nobody hides inside a bear. Players do not push each
// other, and do not push creatures, who step aside by themselves (gameplay/crowd).
//
// A client does not predict it: in ticks of contact it is corrected, by centimetres.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/math/vec.h"
#include "engine/physics/collision_world.h"
#include "gameplay/movement/character_motion.h"

namespace tessera::movement {

inline constexpr float kPush_m_per_sMax = 1;

/// The bodies of creatures near players, in buckets by their place: made anew each tick, no part of
/// state. One thread fills it; then any number may ask.
class PushingBodies {
 public:
  /// Wider bodies than this count as this wide: more than the largest creature.
  static constexpr float kRadius_mMax = 1.8f;

  void begin() { bodies_.clear(); }
  void add(math::Vec3 position, float radius_m);
  void finish();
  std::size_t size() const { return bodies_.size(); }

  /// The velocity with which the bodies push a player who stands here; 0 when he touches none. The
  /// deeper, the faster. 10 ns.
  math::Vec2 push_at(math::Vec3 position) const;

 private:
  struct Body {
    math::Vec3 position;
    float radius_m;
  };
  /// Cells of twice a push's reach, so that no more than four can hold somebody who touches. The
  /// raster repeats after 64 cells; who is so far away does not touch.
  static constexpr std::uint32_t kColumns = 64;
  static constexpr float kCell_m = 4.4f;

  static std::uint32_t bucket_of(std::int32_t column, std::int32_t row) {
    return (static_cast<std::uint32_t>(row) % kColumns) * kColumns +
           static_cast<std::uint32_t>(column) % kColumns;
  }

  std::vector<Body> bodies_;  ///< as they were added
  std::vector<Body> sorted_;  ///< by bucket
  std::array<std::uint32_t, std::size_t{kColumns} * kColumns + 1> first_{};
};

/// Moves a player who stands on the ground, and moves with a velocity of his own, by what pushes
/// him in a tick, colliding as he does when he walks. The push never makes him faster than he can
/// run: its rest is left out. True if he was moved.
bool push_softly(const physics::CollisionWorld& world, const MotionRules& rules,
                 math::Vec2 push_m_per_s, math::Vec2 velocity_m_per_s, physics::Body& body);

}  // namespace tessera::movement
