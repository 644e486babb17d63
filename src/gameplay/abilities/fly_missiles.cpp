// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/abilities/detail/user.h"
#include "gameplay/abilities/missiles.h"

namespace tessera::abilities {
namespace {

using combat::AbilityLanded;
using combat::Fighter;
using combat::Life;
using math::Vec3;
using physics::ProjectileFate;

constexpr physics::UprightCapsule kBody;
constexpr float kRadius_m = 0.15f;
/// How far a character can have come in a tick: thrown along both axes (kThrow_m_per_sMax).
constexpr float kStride_m = 1.5f;

/// A character's tick: from where it stood when the tick began.
physics::MovingCharacter motion_of(const Position& position,
                                   const lag_compensation::PositionHistory& history,
                                   TickNumber now) {
  using namespace lag_compensation;
  const Vec3 before = position_at(history, now, rewind_of_ticks(1)).value_or(position.metres);
  const Vec3 way = position.metres - before;
  if (dot(way, way) > kJump_m * kJump_m) return {{.feet = position.metres}, {}};
  return {{.feet = before}, way};
}

bool is_in_the_air(const ZoneDefinition& zone, const physics::StaticWorld& world, Vec3 place) {
  const auto& [low, high] = zone.bounds;
  return place.x >= low.x && place.z >= low.z && place.x <= high.x && place.z <= high.z &&
         place.y > world.terrain->height_at(flat(place));
}

}  // namespace

struct FlyMissiles::Flying {
  const Step& step;
  const physics::StaticWorld& statics;
  const skirmish::SafeAreas& safe;
  const skirmish::Characters& characters;
  const Query<const Fighter>& fighters;
  const Out<AbilityLanded>& landed;

  bool can_strike(const Fighter& shooter, EntityId target, Vec3 place, Reach reach) const {
    const auto fighter = fighters.get(target);
    if (!fighter || std::get<0>(*fighter).life != Life::Alive) return false;
    if (reach == Reach::Enemies && safe.hold(place)) return false;
    return reach == Reach::Everyone ||
           combat::are_enemies(shooter, std::get<0>(*fighter)) == (reach == Reach::Enemies);
  }
};

void FlyMissiles::gather(const Flying& world, EntityId actor, const Fighter& shooter, Reach reach,
                         const physics::ProjectileKind& kind, const physics::Projectile& flight) {
  ids_.clear();
  moving_.clear();
  const float within = physics::reach_m(kind, flight) + kBody.radius + kStride_m;
  nearby_.for_each_within(flat(flight.position), within, [&](EntityId other) {
    const auto [place, history] = *world.characters.get(other);
    if (other == actor || !world.can_strike(shooter, other, place.metres, reach)) return;
    ids_.push_back(other);
    moving_.push_back(motion_of(place, history, world.step.now));
  });
}

/// Whom it struck, and if it bursts all others near.
void FlyMissiles::strike(const Flying& world, const Missile& missile, const Fighter& shooter,
                         const Shape& shape, const physics::ProjectileStep& moved,
                         const physics::Projectile& flight, Vec3 from) {
  const auto land = [&](EntityId target) {
    world.landed.emit({.actor = missile.actor,
                       .target = target,
                       .ability = missile.ability,
                       .combo_points = missile.combo_points,
                       .from = from});
  };
  EntityId struck;
  if (moved.fate == ProjectileFate::StruckCharacter) struck = ids_[moved.what];
  if (struck) land(struck);
  if (shape.radius_m == 0) return;
  const Vec3 burst = moved.point + moved.normal * kRadius_m;
  nearby_.for_each_within(flat(flight.position), shape.radius_m, [&](EntityId other) {
    const Vec3 place = std::get<0>(*world.characters.get(other)).metres;
    if (other == struck || other == missile.actor) return;
    if (!world.can_strike(shooter, other, place, shape.reach)) return;
    if (physics::sees(world.statics, burst, place + detail::kChest)) land(other);
  });
}

void FlyMissiles::operator()(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                             const physics::StaticWorld& world, const physics::AreaIndex& areas,
                             Query<Missile, Position, Velocity, Without<Fighter>> missiles,
                             skirmish::Characters characters, Query<const Fighter> fighters,
                             Commands& commands, Out<AbilityLanded> landed) {
  if (missiles.empty()) return;
  const skirmish::SafeAreas safe{zone, areas};
  const Flying flying{step, world, safe, characters, fighters, landed};
  nearby_.rebuild(characters);
  missiles.each([&](EntityId entity, Missile& missile, Position& position, Velocity& velocity) {
    const AbilityDefinition* const ability = rules.abilities.find(missile.ability);
    const auto shooter = fighters.get(missile.actor);
    if (ability == nullptr || !shooter) return commands.destroy(entity);
    const Shape& shape = ability->shape;
    const physics::ProjectileKind kind{.radius_m = kRadius_m,
                                       .gravity_m_per_s2 = shape.gravity_m_per_s2,
                                       .turn_rate_rad_per_s = shape.turn_rate_rad_per_s};
    physics::Projectile flight{position.metres, velocity.metres_per_s, missile.ticks_left};
    gather(flying, missile.actor, std::get<0>(*shooter), shape.reach, kind, flight);
    std::optional<Vec3> goal;
    if (const auto target = characters.get(missile.target)) {
      goal = std::get<0>(*target).metres + detail::kChest;
    }
    const physics::ProjectileStep moved =
        physics::step_projectile(world, kind, flight, goal, moving_);
    const Vec3 from = position.metres;
    position.metres = flight.position;
    velocity.metres_per_s = flight.velocity_m_per_s;
    missile.ticks_left = flight.ticks_left;
    if (moved.fate == ProjectileFate::Flies && is_in_the_air(zone, world, flight.position)) return;
    strike(flying, missile, std::get<0>(*shooter), shape, moved, flight, from);
    commands.destroy(entity);
  });
}

}  // namespace tessera::abilities
