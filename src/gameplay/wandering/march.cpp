// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A creature goes where its orders say: it asks for a way, walks it, and asks again when the place
// has moved, going on along the old way until the new one is there.
#include <algorithm>

#include "engine/math/angles.h"
#include "gameplay/wandering/detail/creature.h"

namespace tessera::wandering::detail {
namespace {

/// The last stretch of a way goes to where the place is now, if it has not moved farther.
constexpr float kLastStretch_m = 3;
/// A place that has moved by so much, or by this share of the distance, needs another way.
constexpr float kMoved_m = 1;
constexpr float kMovedShare = 0.15f;
/// Above or below by more it is on another floor.
constexpr float kSameFloor_m = 2.5f;

bool is_there(const Creature& creature, const Orders& orders) {
  if (orders.order == Order::Stand) return true;
  const float stop = std::max(orders.stop_m, 0.3f);
  const math::Vec2 offset = flat(orders.place) - creature.place();
  return dot(offset, offset) <= stop * stop &&
         std::abs(orders.place.y - creature.position.metres.y) <= kSameFloor_m;
}

void stand_and_look(const World& world, const Creature& creature, math::Vec3 place) {
  stand(creature);
  creature.wander.doing = Doing::Rests;
  creature.wander.resume_at = world.step.now + kTicksPerSecond;
  creature.wander.blocked_ticks = 0;
  creature.wander.stuck_since = 0;
  const math::Vec2 way = flat(place) - creature.place();
  if (way == math::Vec2{} || !crowd::has_turn(creature.id, world.step.now)) return;
  creature.heading.radians = math::heading_of_direction(way);
}

void get_stuck(const World& world, const Creature& creature) {
  Wander& wander = creature.wander;
  if (wander.stuck_since == 0) wander.stuck_since = world.step.now;
  wander.doing = Doing::Rests;
  wander.blocked_ticks = 0;
  stand(creature);
}

/// True while there is a way to walk along.
bool has_way(const World& world, const Creature& creature, math::Vec3 place) {
  Wander& wander = creature.wander;
  const bool turn = crowd::has_turn(creature.id, world.step.now);
  switch (wander.doing) {
    case Doing::Rests:
      ask(world.step, creature, place);
      wander.doing = Doing::Asks;
      return false;
    case Doing::Walks: {
      const math::Vec2 moved = flat(place) - flat(creature.request.to);
      const math::Vec2 away = flat(place) - creature.place();
      const float far = std::max(kMoved_m, length(away) * kMovedShare);
      if (!turn || dot(moved, moved) <= far * far) return true;
      ask(world.step, creature, place);
      wander.doing = Doing::WalksAndAsks;
      return true;
    }
    case Doing::Asks:
    case Doing::WalksAndAsks:
      break;
  }
  if (creature.request.requested_at != 0) return wander.doing == Doing::WalksAndAsks;
  wander.corner = 0;
  wander.doing = Doing::Walks;
  const auto state = creature.path.state;
  if (state == navigation::PathState::Complete || state == navigation::PathState::Partway) {
    return true;
  }
  get_stuck(world, creature);
  return false;
}

/// Where the next stride leads; false at the end of the way.
bool find_way(const World& world, const Creature& creature, math::Vec3 place, float speed,
              math::Vec2& offset) {
  const navigation::Path& path = creature.path;
  const std::uint32_t last = path.count - 1;
  const bool is_whole = path.state == navigation::PathState::Complete && path.count > 0;
  if (find_corner(world, creature, speed, offset) &&
      !(is_whole && creature.wander.corner == last)) {
    return true;
  }
  if (!is_whole) return false;
  const math::Vec2 moved = flat(place) - flat(path.corners[last]);
  if (dot(moved, moved) <= kLastStretch_m * kLastStretch_m) offset = flat(place) - creature.place();
  return dot(offset, offset) > 1e-6f && creature.wander.corner <= last;
}

}  // namespace

void march(const World& world, const Creature& creature, const Orders& orders) {
  if (is_there(creature, orders)) return stand_and_look(world, creature, orders.place);
  if (!moves_now(world, creature)) return;
  if (!has_way(world, creature, orders.place)) return;
  const float speed = orders.speed_m_per_s * creature.speed_share;
  if (!(speed > 0)) return stand(creature);
  Wander& wander = creature.wander;
  const std::uint32_t corner_before = wander.corner;
  math::Vec2 offset;
  if (!find_way(world, creature, orders.place, speed, offset)) {
    if (wander.doing == Doing::Walks) wander.doing = Doing::Rests;  // and asks again
    return stand(creature);
  }
  stride(world, creature, offset, speed, wander.corner != corner_before);
  if (wander.blocked_ticks == 0) wander.stuck_since = 0;
  if (wander.blocked_ticks >= kBlockedTicksMax) get_stuck(world, creature);
}

}  // namespace tessera::wandering::detail
