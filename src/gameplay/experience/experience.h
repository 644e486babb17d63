// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Players grow by what they overcome: a creature's death gives experience to all who fought it, and
// enough of it a level.
#pragma once

#include <cstdint>
#include <vector>

#include "gameplay/ai/mind.h"
#include "gameplay/combat/combat.h"
#include "gameplay/shared/rule.h"

namespace tessera::experience {

/// Of a player. Written by gain_experience.
struct Progress {
  std::uint32_t experience = 0;  ///< within his level
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Progress>) {
    return ecs::component<Progress>("progress", {.audience = ecs::Audience::Owner},
                                    ecs::field("experience", &Progress::experience),
                                    ecs::field("reserved", &Progress::reserved));
  }
};

struct ExperienceGained {
  EntityId entity{};
  EntityId from{};
  std::uint32_t amount = 0;
  std::uint32_t reserved = 0;
};

struct LevelGained {
  EntityId entity{};
  std::uint32_t level = 0;
  std::uint32_t reserved = 0;
};

/// Who fought it must still be this near when it dies.
inline constexpr float kShare_m = 60;

/// What the next level takes; 0 at the highest.
std::uint32_t experience_for_next(const ExperienceNumbers& numbers, std::uint32_t level);

/// What one who fought alone gets for it: nothing for what is far below him.
float experience_of(const ExperienceNumbers& numbers, std::uint32_t level,
                    std::uint32_t creature_level);

/// Phase::Progress. Those who fought a creature share what it gives, and somewhat more the more
/// they are; each gets his part as his own level says.
class GainExperience {
 public:
  void operator()(const Step& step, const Rulebook& rules, InEvents<combat::Died> died,
                  Query<const ai::Mind, const combat::Fighter, const Position> creatures,
                  Query<Progress, combat::Fighter, combat::Vitals, combat::Stats,
                        effects::RunningEffects, const Position>
                      players,
                  combat::TalentsOf talents, Out<ExperienceGained> gained, Out<LevelGained> levels);

 private:
  std::vector<EntityId> sharers_;
};

}  // namespace tessera::experience
