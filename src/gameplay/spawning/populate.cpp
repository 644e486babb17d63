// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <cmath>
#include <optional>
#include <tuple>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/ai/mind.h"
#include "gameplay/lag_compensation/position_history.h"
#include "gameplay/spawning/detail/homes.h"
#include "gameplay/spawning/spawning.h"

namespace tessera::spawning {
namespace {

constexpr int kPlaceTries = 128;

const CreatureDefinition& choose_kind(const ZoneDefinition& zone, RandomStream& random) {
  std::uint32_t total = 0;
  for (const CreatureDefinition& kind : zone.creatures) total += kind.share;
  std::uint32_t number = random.below(total);
  for (const CreatureDefinition& kind : zone.creatures) {
    if (number < kind.share) return kind;
    number -= kind.share;
  }
  return zone.creatures.back();
}

/// Looks for homes of one world.
struct Search {
  const ZoneDefinition& zone;
  const physics::CollisionWorld& world;
  const navigation::Navigation& navigation;
  RandomStream& random;

  math::Vec2 place_in_ring(const CreatureDefinition& kind) {
    const math::Vec2 centre = (zone.bounds.low + zone.bounds.high) * 0.5f;
    const float low = kind.home_distance_m_min * kind.home_distance_m_min;
    const float high = kind.home_distance_m_max * kind.home_distance_m_max;
    const float distance = std::sqrt(random.between(low, high));  // even over the ring
    const float turn = random.between(-math::kPi, math::kPi);
    return centre + math::direction_of_heading(turn) * distance;
  }

  /// Some floor there. Where there is no terrain, floors may lie at any height: one is guessed.
  float guess_height(math::Vec2 place, float radius) {
    if (zone.has_terrain) return world.terrain().height_at(place);
    const physics::Bounds& bounds = world.geometry().solids.bounds();
    return world.floor_at(place, radius, random.between(bounds.low.y, bounds.high.y));
  }

  std::optional<math::Vec3> home_of(const CreatureDefinition& kind) {
    const float radius = wandering::body_of(kind.size).capsule.radius;
    for (int attempt = 0; attempt < kPlaceTries; ++attempt) {
      const math::Vec2 place = place_in_ring(kind);
      if (!(world.inside_bounds(place, radius) == place)) continue;
      const float height = guess_height(place, radius);
      if (const auto home = detail::home_at({zone, world, navigation}, kind, place, height)) {
        return home;
      }
    }
    return std::nullopt;
  }
};

}  // namespace

EntityId spawn_creature(ecs::Registry& registry, const Rulebook& rules,
                        const CreatureDefinition& kind, math::Vec3 home, float heading,
                        std::uint32_t level) {
  using wandering::Wander;
  const auto parts =
      std::tuple(Position{home}, Heading{heading}, Velocity{},
                 Appearance{.name = FixedString<kNameBytesMax>(kind.name),
                            .look = kind.look,
                            .definition = kind.id,
                            .kind = EntityKind::Creature},
                 Wander{.home = home, .definition = kind.id},
                 navigation::PathRequest{.to = home, .size = kind.size}, navigation::Path{},
                 crowd::Member{.radius_m = wandering::body_of(kind.size).capsule.radius},
                 lag_compensation::PositionHistory{});
  const auto create = [&](const auto&... all) { return registry.create(all...); };
  const ClassDefinition* const fighter = rules.classes.find(kind.fights_as);
  if (fighter == nullptr) return std::apply(create, parts);
  const auto side = kind.is_hostile ? combat::Side::Monsters : combat::Side::Wildlife;
  const combat::FighterParts fights = combat::make_fighter(rules, fighter->id, level, side);
  const BehaviourDefinition* const behaviour = rules.behaviours.find(kind.behaves_as);
  const ai::Mind mind{.behaviour = behaviour == nullptr ? BehaviourId{} : behaviour->id};
  return std::apply(
      create, std::tuple_cat(parts, std::tuple(fights.fighter, fights.vitals, fights.stats,
                                               fights.effects, fights.cooldowns, fights.casting,
                                               fights.condition, mind, wandering::Orders{})));
}

std::uint32_t populate(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world,
                       const navigation::Navigation& navigation, std::uint64_t seed) {
  if (zone.creatures.empty()) return 0;
  RandomStream random(mix64(seed ^ random_purpose("populate")));
  Search search{zone, world, navigation, random};
  std::uint32_t placed = 0;
  for (std::uint32_t i = 0; i < zone.creature_count; ++i) {
    const CreatureDefinition& kind = choose_kind(zone, random);
    const auto home = search.home_of(kind);
    if (!home) continue;
    const float pause_s = random.between(0, kind.pause_s_max);
    const float heading = random.between(-math::kPi, math::kPi);
    const std::uint32_t level = kind.level_min + random.below(kind.level_max - kind.level_min + 1u);
    const EntityId creature = spawn_creature(registry, rules_of(zone), kind, *home, heading, level);
    registry.get<wandering::Wander>(creature)->resume_at = ticks_from_seconds(pause_s);
    ++placed;
  }
  return placed;
}

}  // namespace tessera::spawning
