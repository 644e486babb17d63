// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/death/death.h"

#include <limits>

namespace tessera::death {
namespace {

using combat::Fighter;
using combat::Life;
using combat::Vitals;
using math::Vec3;

/// What a body of half its strength has; never nothing.
std::int32_t half_of(std::int32_t points) { return std::max(points / 2, 1); }

}  // namespace

Vec3 nearest_graveyard(const ZoneDefinition& zone, const physics::CollisionWorld& world,
                       Vec3 place) {
  Vec3 nearest = place;
  float least = std::numeric_limits<float>::max();
  const auto consider = [&](Vec3 other) {
    const math::Vec2 way = flat(other) - flat(place);
    if (dot(way, way) >= least) return;
    least = dot(way, way);
    nearest = other;
  };
  constexpr float kRadius = physics::StandingCapsule{}.radius;
  for (const Area& area : zone.areas) {
    if (!area.has(AreaProperty::Graveyard)) continue;
    consider({area.centre.x, world.floor_at(area.centre, kRadius, area.high_m), area.centre.z});
  }
  if (least < std::numeric_limits<float>::max()) return nearest;
  for (const SpawnPoint& spawn : zone.spawn_points) {
    consider({spawn.place.x, spawn.height_m, spawn.place.z});
  }
  return nearest;
}

void note_deaths(const Step& step, InEvents<combat::Died> died,
                 Query<Corpse, const Position> players) {
  for (const combat::Died& death : died) {
    auto player = players.get(death.entity);
    if (!player) continue;
    auto& [corpse, position] = *player;
    corpse = {.place = position.metres, .died_at = step.now};
  }
}

void release_spirits(const Step& step, const ZoneDefinition& zone,
                     const physics::CollisionWorld& world, In<ReleaseSpirit> intents,
                     Query<const Corpse, const Fighter> bodies,
                     Query<Corpse, Fighter, Vitals, Position, Velocity> players,
                     Out<SpiritReleased> released, Out<DeathRefused> refused) {
  const auto release = [&](EntityId entity, std::uint32_t action) {
    auto player = players.get(entity);
    if (!player) return;
    auto& [corpse, fighter, vitals, position, velocity] = *player;
    if (fighter.life != Life::Dead) {
      return refused.emit({entity, action, DeathRefusal::NotDead});
    }
    fighter.life = Life::Spirit;
    corpse.graveyard = nearest_graveyard(zone, world, position.metres);
    position.metres = corpse.graveyard;
    velocity = {};
    released.emit({entity, action});
  };
  for (const ReleaseSpirit& intent : intents) release(intent.entity, intent.action);
  bodies.each([&](EntityId entity, const Corpse& corpse, const Fighter& fighter) {
    if (fighter.life == Life::Dead && step.now >= corpse.died_at + kReleaseTicks) {
      release(entity, 0);
    }
  });
}

void revive(
    const Step&, const Rulebook& rules, In<Revive> intents,
    Query<Corpse, Fighter, Vitals, combat::Stats, effects::RunningEffects, const Position> players,
    combat::TalentsOf talents, Out<Revived> revived, Out<combat::EffectGiven> given,
    Out<DeathRefused> refused) {
  for (const Revive& intent : intents) {
    auto player = players.get(intent.entity);
    if (!player) continue;
    auto& [corpse, fighter, vitals, stats, running, position] = *player;
    if (fighter.life != Life::Spirit) {
      refused.emit({intent.entity, intent.action, DeathRefusal::NotASpirit});
      continue;
    }
    const bool by_corpse = distance(position.metres, corpse.place) <= kReach_m;
    if (!by_corpse && !(distance(position.metres, corpse.graveyard) <= kReach_m)) {
      refused.emit({intent.entity, intent.action, DeathRefusal::TooFar});
      continue;
    }
    fighter.life = Life::Alive;
    fighter.in_combat_until = 0;
    running = {};
    if (!by_corpse && rules.combat.weariness) {
      given.emit({intent.entity, rules.combat.weariness});
    }
    stats.stale = 1;
    combat::refresh_stats(rules, running, fighter, vitals, stats,
                          combat::find_talents(talents, intent.entity));
    vitals.health = half_of(vitals.health_max);
    const auto* kind = rules.classes.find(fighter.class_id);
    const bool starts_empty = kind != nullptr && kind->resource == ResourceKind::Rage;
    vitals.resource = starts_empty ? 0 : vitals.resource_max / 2;
    corpse = {};
    revived.emit({intent.entity, intent.action, by_corpse ? 1u : 0u});
  }
}

}  // namespace tessera::death
