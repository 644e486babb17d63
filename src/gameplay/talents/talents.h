// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Players spend the points that levels bring on talents, and take them back.
//
//   Act  learn_talents   LearnTalent   -> TalentLearned or TalentRefused
//        forget_talents  ForgetTalents -> TalentsForgotten or TalentRefused
//
// Invariant: nobody has spent more points than his level has, and in no row more than the rows
// before it allow.
#pragma once

#include <cstdint>

#include "engine/physics/triggers/area_index.h"
#include "gameplay/combat/fighter.h"
#include "gameplay/combat/talents.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::talents {

// ---- what comes in ------------------------------------------------------------------------------

/// One rank more.
struct LearnTalent {
  EntityId entity{};
  TalentId talent{};
  std::array<std::uint16_t, 3> reserved{};
  friend constexpr auto describe(ecs::Described<LearnTalent>) {
    return ecs::component<LearnTalent>(
        "learn_talent", {}, ecs::field("entity", &LearnTalent::entity),
        ecs::field("talent", &LearnTalent::talent), ecs::field("reserved", &LearnTalent::reserved));
  }
};

/// All of them; the points are free again.
struct ForgetTalents {
  EntityId entity{};
  friend constexpr auto describe(ecs::Described<ForgetTalents>) {
    return ecs::component<ForgetTalents>("forget_talents", {},
                                         ecs::field("entity", &ForgetTalents::entity));
  }
};

// ---- what comes out -----------------------------------------------------------------------------

struct TalentLearned {
  EntityId entity{};
  TalentId talent{};
  std::uint32_t ranks = 0;  ///< that he has of it now
};

struct TalentsForgotten {
  EntityId entity{};
};

enum class TalentRefusal : std::uint8_t {
  NotKnown,  ///< there is none, or another class has it
  LearnedWhole,
  NoPoints,
  RowClosed,   ///< too few points are spent in the tree
  NeedsOther,  ///< another talent must be learned whole before
  NotAlive,    ///< to forget one must be ...
  InCombat,    ///< ... out of combat ...
  NotSafe,     ///< ... and in a safe area, if the zone has one
};

struct TalentRefused {
  EntityId entity{};
  TalentId talent{};  ///< none: all were to be forgotten
  TalentRefusal reason{};
};

// ---- the rules ----------------------------------------------------------------------------------

/// All that learning changes.
using Learners = Query<combat::Talents, combat::Vitals, combat::Stats, const combat::Fighter,
                       const effects::RunningEffects, const Position>;

/// Phase::Act. Costs nothing but for those who learn.
void learn_talents(const Rulebook& rules, In<LearnTalent> intents, Learners learners,
                   Out<TalentLearned> learned, Out<TalentRefused> refused);

/// Phase::Act.
void forget_talents(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                    const physics::AreaIndex& areas, In<ForgetTalents> intents, Learners learners,
                    Out<TalentsForgotten> forgotten, Out<TalentRefused> refused);

}  // namespace tessera::talents
