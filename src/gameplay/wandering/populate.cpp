// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <cmath>
#include <optional>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/lag_compensation/position_history.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::wandering {
namespace {

constexpr physics::StandingCapsule kShape;
/// No home on ground where a creature could not turn back.
constexpr float kHomeSlopeMax = 0.6f;
constexpr int kPlaceTries = 64;

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

std::optional<math::Vec3> choose_home(const ZoneDefinition& zone,
                                      const physics::CollisionWorld& world,
                                      const CreatureDefinition& kind, RandomStream& random) {
  const math::Vec2 centre = (zone.bounds.low + zone.bounds.high) * 0.5f;
  for (int attempt = 0; attempt < kPlaceTries; ++attempt) {
    const float low = kind.home_distance_m_min * kind.home_distance_m_min;
    const float high = kind.home_distance_m_max * kind.home_distance_m_max;
    const float distance = std::sqrt(random.between(low, high));  // even over the ring
    const float turn = random.between(-math::kPi, math::kPi);
    const math::Vec2 place = centre + math::direction_of_heading(turn) * distance;
    const auto ground = world.terrain().ground_at(place);
    const math::Vec3 home{place.x, ground.height_m, place.z};
    if (length(ground.gradient) <= kHomeSlopeMax && world.is_free(home, kShape)) return home;
  }
  return std::nullopt;
}

}  // namespace

std::uint32_t populate(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world, std::uint64_t seed) {
  if (zone.creatures.empty()) return 0;
  RandomStream random(mix64(seed ^ random_purpose("populate")));
  std::uint32_t placed = 0;
  for (std::uint32_t i = 0; i < zone.creature_count; ++i) {
    const CreatureDefinition& kind = choose_kind(zone, random);
    const auto home = choose_home(zone, world, kind, random);
    if (!home) continue;
    const float pause_s = random.between(0, kind.pause_s_max);
    registry.create(Position{*home}, Heading{random.between(-math::kPi, math::kPi)}, Velocity{},
                    Appearance{.name = FixedString<kNameBytesMax>(kind.name),
                               .look = kind.look,
                               .definition = kind.id,
                               .kind = EntityKind::Creature},
                    Wander{.home = flat(*home),
                           .destination = flat(*home),
                           .resume_at = ticks_from_seconds(pause_s),
                           .definition = kind.id},
                    lag_compensation::PositionHistory{});
    ++placed;
  }
  return placed;
}

}  // namespace tessera::wandering
