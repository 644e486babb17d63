// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <cmath>

#include "gameplay/experience/experience.h"

namespace tessera::experience {

std::uint32_t experience_for_next(const ExperienceNumbers& numbers, std::uint32_t level) {
  if (level >= kLevelMax) return 0;
  const float above = static_cast<float>(level - 1);
  const float points = numbers.next_base + numbers.next_per_level * above +
                       numbers.next_per_level_squared * above * above;
  return static_cast<std::uint32_t>(std::clamp(points, 1.0f, 1e8f));
}

float experience_of(const ExperienceNumbers& numbers, std::uint32_t level,
                    std::uint32_t creature_level) {
  const float base =
      numbers.kill_base + numbers.kill_per_level * static_cast<float>(creature_level);
  const float above = static_cast<float>(creature_level) - static_cast<float>(level);
  const float share = above >= 0 ? 1 + numbers.more_per_level_above * std::min(above, 4.0f)
                                 : 1 + numbers.less_per_level_below * above;
  return base * std::max(share, 0.0f);
}

void GainExperience::operator()(
    const Step&, const Rulebook& rules, InEvents<combat::Died> died,
    Query<const ai::Mind, const combat::Fighter, const Position> creatures,
    Query<Progress, combat::Fighter, combat::Vitals, combat::Stats, effects::RunningEffects,
          const Position>
        players,
    combat::TalentsOf talents, Out<ExperienceGained> gained, Out<LevelGained> levels) {
  const ExperienceNumbers& numbers = rules.experience;
  for (const combat::Died& death : died) {
    const auto creature = creatures.get(death.entity);
    if (!creature) continue;
    const auto& [mind, fallen, place] = *creature;
    sharers_.clear();
    const auto add = [&](EntityId whom) {
      const auto player = players.get(whom);
      if (!player) return;
      const bool lives = std::get<combat::Fighter&>(*player).life == combat::Life::Alive;
      const math::Vec3 where = std::get<const Position&>(*player).metres;
      if (lives && distance(where, place.metres) <= kShare_m) sharers_.push_back(whom);
    };
    for (const ai::Threat& threat : mind.hated()) add(threat.whom);
    add(death.killer);
    std::ranges::sort(sharers_);
    sharers_.erase(std::ranges::unique(sharers_).begin(), sharers_.end());
    if (sharers_.empty()) continue;
    const auto count = static_cast<float>(sharers_.size());
    const float part = (1 + numbers.more_per_sharer * (count - 1)) / count;
    for (const EntityId entity : sharers_) {
      auto [progress, fighter, vitals, stats, running, where] = *players.get(entity);
      if (fighter.level >= kLevelMax) continue;
      const auto amount = static_cast<std::uint32_t>(
          experience_of(numbers, fighter.level, fallen.level) * part + 0.5f);
      if (amount == 0) continue;
      progress.experience += amount;
      gained.emit({entity, death.entity, amount});
      while (fighter.level < kLevelMax &&
             progress.experience >= experience_for_next(numbers, fighter.level)) {
        progress.experience -= experience_for_next(numbers, fighter.level);
        ++fighter.level;
        stats.stale = 1;
        combat::refresh_stats(rules, running, fighter, vitals, stats,
                              combat::find_talents(talents, entity));
        vitals.health = vitals.health_max;
        vitals.resource = std::max(vitals.resource, vitals.resource_max / 2);
        levels.emit({entity, fighter.level});
      }
      if (fighter.level >= kLevelMax) progress.experience = 0;
    }
  }
}

}  // namespace tessera::experience
