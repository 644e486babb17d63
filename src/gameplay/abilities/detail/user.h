// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Judges, begins, carries on and lands abilities within one tick.
#pragma once

#include <optional>

#include "gameplay/abilities/abilities.h"
#include "gameplay/abilities/missiles.h"
#include "gameplay/skirmish/safe_areas.h"

namespace tessera::abilities::detail {

/// What an ability needs to know of its world.
struct Surroundings {
  const Step& step;
  const Rulebook& rules;
  const physics::StaticWorld& world;
  const skirmish::SafeAreas& safe;
  const combat::Fighters& fighters;
  const combat::TalentsOf& talents;
  const skirmish::Characters& characters;
};

/// One fighter with the parts that matter here.
struct Body {
  EntityId entity;
  combat::Fighter* fighter = nullptr;
  combat::Vitals* vitals = nullptr;
  combat::Stats* stats = nullptr;
  effects::RunningEffects* effects = nullptr;
  combat::Cooldowns* cooldowns = nullptr;
  combat::Casting* casting = nullptr;
  const Velocity* velocity = nullptr;
  math::Vec3 place{};
  float heading = 0;
  explicit operator bool() const { return fighter != nullptr; }
};
Body find_body(const combat::Fighters& fighters, EntityId entity);

inline constexpr math::Vec3 kEye{0, 1.6f, 0};
inline constexpr math::Vec3 kChest{0, 1.2f, 0};

/// May the outcomes of this ability reach him?
bool is_reached(const Body& actor, const combat::Fighter& target, Reach reach, bool is_self);

/// Where he was when the actor saw him.
math::Vec3 seen_place(const Surroundings& around, EntityId entity, lag_compensation::Rewind rewind,
                      math::Vec3 now);

/// Whom the ability reaches now, into reached.all; the nearest first, at most targets_max. Missiles
/// reach nobody yet.
void find_reached(const Surroundings& around, const Body& actor, const AbilityDefinition& ability,
                  const combat::Aim& aim, Reached& reached);

/// None: it may begin. `held_up_ticks` says how long it must wait when it is Busy or on the global
/// cooldown.
std::optional<UseRefusal> refusal_for(const Surroundings& around, const Body& actor,
                                      const AbilityDefinition& ability, const combat::Aim& aim,
                                      TickNumber& held_up_ticks);

/// What it takes of this actor, with what his talents change.
struct Price {
  std::int32_t cost = 0;
  TickNumber cooldown_ticks = 0;
};
Price price_of(const Surroundings& around, const Body& actor, const AbilityDefinition& ability);

/// Cost, cooldowns and combo points go.
void pay(const Surroundings& around, Body& actor, const AbilityDefinition& ability);

}  // namespace tessera::abilities::detail
