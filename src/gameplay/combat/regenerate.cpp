// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/combat/combat.h"

namespace tessera::combat {
namespace {

std::int32_t changed(std::int32_t value, float by, std::int32_t low, std::int32_t high) {
  return std::clamp(value + static_cast<std::int32_t>(by), low, high);
}

}  // namespace

void regenerate(const Step& step, Query<const Fighter, const Stats, const Vitals> fighters,
                Query<Vitals> changed_ones) {
  const auto turn = static_cast<std::uint32_t>(step.now % kTicksPerSecond);
  fighters.each(
      [&](EntityId entity, const Fighter& fighter, const Stats& stats, const Vitals& vitals) {
        if (entity.index() % kTicksPerSecond != turn || fighter.life != Life::Alive) return;
        const bool fights = fighter.in_combat_until > step.now;
        std::int32_t health = vitals.health;
        if (!fights)
          health = changed(health, stats[Stat::HealthRegeneration], 1, vitals.health_max);
        std::int32_t resource = vitals.resource;
        const float rate = stats[Stat::ResourceRegeneration];
        if (rate > 0 || !fights) resource = changed(resource, rate, 0, vitals.resource_max);
        if (health == vitals.health && resource == vitals.resource) return;
        if (auto row = changed_ones.get(entity)) {
          std::get<0>(*row).health = health;
          std::get<0>(*row).resource = resource;
        }
      });
}

}  // namespace tessera::combat
