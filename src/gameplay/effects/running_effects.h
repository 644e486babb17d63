// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What runs on a fighter: up to kEffectsMax effects side by side, and how controls have worn off.
// Here is how they are put on, refreshed, stacked and taken off; what they do when they are due
// stands in gameplay/combat.
//
// Invariants: used entries lie at the front, in the order in which they were put on; no two of them
// are the same effect of the same actor; next_due is the earliest tick at which one of them has
// something to do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "gameplay/definitions/rulebook.h"

namespace tessera::effects {

/// As many as fit beside a health bar. When all are taken, the one that ends first makes room.
inline constexpr std::size_t kEffectsMax = 16;
inline constexpr TickNumber kNever = std::numeric_limits<TickNumber>::max();

struct RunningEffect {
  EntityId actor{};        ///< who put it on; may be gone
  TickNumber ends_at = 0;  ///< kNever: when it is taken off
  TickNumber next_at = 0;  ///< of its period; kNever: it has none
  float attack_power = 0;  ///< the actor's, when he put it on
  float spell_power = 0;
  std::int32_t shield = 0;  ///< damage that it still takes
  EffectId effect{};
  std::uint8_t stacks = 0;  ///< 0: the entry is free
  std::uint8_t actor_level = 0;
  constexpr bool operator==(const RunningEffect&) const = default;
};

/// How often a category of control has been put on lately.
struct Worn {
  TickNumber forget_at = 0;
  std::uint32_t count = 0;
  std::uint32_t reserved = 0;
};

}  // namespace tessera::effects

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::effects::RunningEffect> = true;
template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::effects::Worn> = true;

namespace tessera::effects {

/// Written by the rules of gameplay/combat.
struct RunningEffects {
  std::array<RunningEffect, kEffectsMax> all{};
  std::array<Worn, kControlCategories> worn{};
  TickNumber next_due = kNever;
  std::uint32_t count = 0;
  std::uint32_t reserved = 0;

  std::span<const RunningEffect> running() const { return std::span(all).first(count); }
  std::span<RunningEffect> running() { return std::span(all).first(count); }

  friend constexpr auto describe(ecs::Described<RunningEffects>) {
    return ecs::component<RunningEffects>("running_effects", {},
                                          ecs::field("all", &RunningEffects::all),
                                          ecs::field("worn", &RunningEffects::worn),
                                          ecs::field("next_due", &RunningEffects::next_due),
                                          ecs::field("count", &RunningEffects::count),
                                          ecs::field("reserved", &RunningEffects::reserved));
  }
};

/// Who puts an effect on, as far as the effect remembers.
struct Source {
  EntityId actor{};
  float attack_power = 0;
  float spell_power = 0;
  std::uint8_t level = 1;
};

enum class Applied : std::uint8_t {
  Fresh,      ///< it runs
  Refreshed,  ///< it ran already: longer, or with more stacks
  Ignored,    ///< it ran already, and does not mind
  Immune,     ///< something that runs keeps its category off, or it has worn off
};

/// Puts an effect on, with so many stacks. `duration_share` shortens it (PvP). Controls wear off:
/// each of a category lasts a share of the one before, until one has no effect at all.
Applied apply(RunningEffects& effects, const Rulebook& rules, const EffectDefinition& definition,
              const Source& source, std::uint32_t stacks, float duration_share, TickNumber now);

/// Takes the entry at `place` off; those behind it move up.
void remove_at(RunningEffects& effects, std::size_t place);

/// The first of this effect, of whomever; null when none runs.
const RunningEffect* find(const RunningEffects& effects, EffectId effect);

/// Takes off up to `count` effects of these kinds (kDispel...), the newest first: harmful ones from
/// a friend, helpful ones from an enemy. Returns how many.
std::uint32_t dispel(RunningEffects& effects, const Rulebook& rules, std::uint8_t kinds,
                     std::uint32_t count, bool harmful);

/// kCannot... of all that run.
std::uint8_t controls_of(const RunningEffects& effects, const Rulebook& rules);

/// Sets next_due from the entries.
void find_next_due(RunningEffects& effects);

}  // namespace tessera::effects
