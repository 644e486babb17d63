// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/soft_push.h"

#include <algorithm>
#include <cmath>

#include "engine/core/tick.h"

namespace tessera::movement {
namespace {

constexpr physics::StandingCapsule kPlayer;
/// So deep, as a share of the room both need, the push has its full speed.
constexpr float kFullDepth = 0.5f;
/// Places of four kilometres have steps of 0.25 mm: 15 mm a second.
constexpr float kRounding = 1.005f;

std::int32_t cell_of(float metres, float cell_m) {
  constexpr float kFar = 1e6f;  // of a broken place; NaN too
  return metres > -kFar && metres < kFar ? static_cast<std::int32_t>(std::floor(metres / cell_m))
                                         : 0;
}

}  // namespace

void PushingBodies::add(math::Vec3 position, float radius_m) {
  bodies_.push_back({position, std::min(radius_m, kRadius_mMax)});
}

void PushingBodies::finish() {
  const auto bucket = [](const Body& body) {
    return bucket_of(cell_of(body.position.x, kCell_m), cell_of(body.position.z, kCell_m));
  };
  first_.fill(0);
  sorted_.resize(bodies_.size());
  for (const Body& body : bodies_) ++first_[bucket(body) + 1];
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  for (const Body& body : bodies_) sorted_[first_[bucket(body)]++] = body;
  for (std::size_t i = first_.size() - 1; i > 0; --i) first_[i] = first_[i - 1];
  first_[0] = 0;
}

math::Vec2 PushingBodies::push_at(math::Vec3 position) const {
  constexpr float kReach = kRadius_mMax + kPlayer.radius;
  static_assert(kCell_m >= 2 * kReach - 1e-4f);
  math::Vec2 push;
  if (sorted_.empty()) return push;
  const std::int32_t west = cell_of(position.x - kReach, kCell_m);
  const std::int32_t north = cell_of(position.z - kReach, kCell_m);
  for (std::int32_t row = north; row < north + 2; ++row) {
    for (std::int32_t column = west; column < west + 2; ++column) {
      const std::uint32_t bucket = bucket_of(column, row);
      for (std::uint32_t i = first_[bucket]; i < first_[bucket + 1]; ++i) {
        const Body& body = sorted_[i];
        const math::Vec2 away = flat(position) - flat(body.position);
        const float room = kPlayer.radius + body.radius_m;
        const float squared = dot(away, away);
        if (squared >= room * room) continue;
        if (std::fabs(position.y - body.position.y) >= kPlayer.height) continue;
        const float apart = std::sqrt(squared);
        const float speed = kPush_m_per_sMax * std::min((1 - apart / room) / kFullDepth, 1.0f);
        // Who stands in the very middle goes east.
        push = push + (apart > 0 ? away * (speed / apart) : math::Vec2{speed, 0});
      }
    }
  }
  const float speed = length(push);
  return speed > kPush_m_per_sMax ? push * (kPush_m_per_sMax / speed) : push;
}

bool push_softly(const physics::CollisionWorld& world, const MotionRules& rules,
                 math::Vec2 push_m_per_s, math::Vec2 velocity_m_per_s, physics::Body& body) {
  const float limit = std::max(rules.run_m_per_s, length(velocity_m_per_s));
  math::Vec2 both = velocity_m_per_s + push_m_per_s;
  const float speed = length(both);
  if (speed > limit) both = both * (limit / speed);
  physics::Body pushed = body;
  physics::walk(world, rules.shape, pushed, (both - velocity_m_per_s) * kTickSeconds);
  const math::Vec2 moved = flat(pushed.position) - flat(body.position);
  if (moved == math::Vec2{}) return false;
  // Along a wall it may have slid to where both together are too fast.
  const math::Vec2 slid = moved * static_cast<float>(kTicksPerSecond);
  if (length(velocity_m_per_s + slid) > limit * kRounding) return false;
  body = pushed;
  return true;
}

}  // namespace tessera::movement
