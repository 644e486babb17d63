// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/skirmish/rules.h"

namespace tessera::skirmish {
namespace {

using math::Vec2;
using math::Vec3;
using physics::ProjectileFate;

constexpr physics::UprightCapsule kBody;
/// How far a character can have come in a tick: thrown along both axes (kThrow_m_per_sMax).
constexpr float kStride_m = 1.5f;
static_assert(kStride_m * kStride_m > 2 * (movement::kThrow_m_per_sMax / kTicksPerSecond) *
                                          (movement::kThrow_m_per_sMax / kTicksPerSecond));

/// A character's tick: from where it stood when the tick began.
physics::MovingCharacter motion_of(const Position& position,
                                   const lag_compensation::PositionHistory& history,
                                   TickNumber now) {
  using namespace lag_compensation;
  const Vec3 before = position_at(history, now, rewind_of_ticks(1)).value_or(position.metres);
  const Vec3 way = position.metres - before;
  // Put elsewhere: it was nowhere in between.
  if (dot(way, way) > kJump_m * kJump_m) return {{.feet = position.metres}, {}};
  return {{.feet = before}, way};
}

/// The terrain's triangles end at its grid; its height, and the world, may go on.
bool is_in_the_air(const ZoneDefinition& zone, const physics::StaticWorld& world, Vec3 place) {
  const auto& [low, high] = zone.bounds;
  return place.x >= low.x && place.z >= low.z && place.x <= high.x && place.z <= high.z &&
         place.y > world.terrain->height_at(flat(place));
}

Vec3 push_of(Vec3 flight) {
  const float size = length(flat(flight));
  const Vec2 along = size > 0 ? flat(flight) * (kStoneAway_m_per_s / size) : Vec2{};
  return {along.x, kStoneUp_m_per_s, along.z};
}

}  // namespace

void FlyStones::gather(const Step& step, const Stone& stone, const physics::Projectile& flight,
                       const Characters& characters) {
  ids_.clear();
  moving_.clear();
  const float reach = physics::reach_m(kStoneKind, flight) + kBody.radius + kStride_m;
  nearby_.for_each_within(flat(flight.position), reach, [&](EntityId entity) {
    if (entity == stone.thrower) return;
    const auto [position, history] = *characters.get(entity);
    ids_.push_back(entity);
    moving_.push_back(motion_of(position, history, step.now));
  });
}

void FlyStones::operator()(const Step& step, const ZoneDefinition& zone,
                           const physics::StaticWorld& world, const physics::AreaIndex& areas,
                           Query<Stone, Position, Velocity> stones, Characters characters,
                           Query<Velocity> bodies, Query<Readiness> throwers, Commands& commands,
                           Out<StoneHit> hits) {
  if (stones.empty()) return;
  const SafeAreas safe{zone, areas};
  nearby_.rebuild(characters);
  stones.each([&](EntityId entity, Stone& stone, Position& position, Velocity& velocity) {
    physics::Projectile flight{position.metres, velocity.metres_per_s, stone.ticks_left};
    gather(step, stone, flight, characters);
    const physics::ProjectileStep moved =
        physics::step_projectile(world, kStoneKind, flight, std::nullopt, moving_);
    position.metres = flight.position;
    velocity.metres_per_s = flight.velocity_m_per_s;
    stone.ticks_left = flight.ticks_left;
    if (moved.fate == ProjectileFate::Flies && is_in_the_air(zone, world, flight.position)) return;
    if (moved.fate == ProjectileFate::StruckCharacter) {
      const EntityId target = ids_[moved.what];
      const auto body = bodies.get(target);
      if (body && !safe.hold(std::get<0>(*characters.get(target)).metres)) {
        throw_body(std::get<0>(*body), push_of(flight.velocity_m_per_s));
        hits.emit({entity, stone.thrower, target, step.now, moved.point});
      }
    }
    if (const auto thrower = throwers.get(stone.thrower)) {
      --std::get<0>(*thrower).stones_in_air;
    }
    commands.destroy(entity);
  });
}

}  // namespace tessera::skirmish
