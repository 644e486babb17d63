// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// All that content says about fighting, in typed form: read once (world/content/rules), never
// changed while a zone runs, and read by the rules as a resource. Ids are chosen by content and
// stay for ever, for saved characters and logs name them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/tick.h"
#include "gameplay/definitions/ability_definition.h"
#include "gameplay/definitions/behaviour_definition.h"
#include "gameplay/definitions/class_definition.h"
#include "gameplay/definitions/effect_definition.h"
#include "gameplay/definitions/stats.h"
#include "gameplay/definitions/talent_definition.h"

namespace tessera {

/// Definitions of one kind, found by id in constant time.
template <class Definition>
class Table {
 public:
  using Id = decltype(Definition::id);

  /// False: the id is zero or in use.
  bool add(Definition definition) {
    const std::size_t id = definition.id.value;
    if (id == 0 || find(definition.id) != nullptr) return false;
    if (id >= places_.size()) places_.resize(id + 1);
    all_.push_back(std::move(definition));
    places_[id] = static_cast<std::uint16_t>(all_.size());
    return true;
  }
  /// Null when there is none.
  const Definition* find(Id id) const {
    if (id.value >= places_.size() || places_[id.value] == 0) return nullptr;
    return &all_[places_[id.value] - 1u];
  }
  const Definition* find(std::string_view name) const {
    const auto found = std::ranges::find(all_, name, &Definition::name);
    return found == all_.end() ? nullptr : &*found;
  }
  const std::vector<Definition>& all() const { return all_; }
  std::vector<Definition>& all() { return all_; }

 private:
  std::vector<Definition> all_;
  std::vector<std::uint16_t> places_;  ///< by id: place in all_ + 1; 0: none
};

/// Numbers that belong to no single ability.
struct CombatNumbers {
  std::uint16_t global_cooldown_ticks = 60;
  std::uint16_t combat_ticks = 6 * kTicksPerSecond;  ///< after the last hit one is in combat
  float armour_half_base = 300;      ///< so much armour halves the damage of a level-0 actor ...
  float armour_half_per_level = 40;  ///< ... and so much more with each level
  float miss_per_level = 0.02f;      ///< hit chance lost for each level that the target is above
  float hit_chance_min = 0.5f;
  float block_half_angle = 1.2f;   ///< radians; before one, so wide a hit can be blocked
  std::uint16_t parry_ticks = 12;  ///< a block begun so short before the hit turns it away whole
  std::uint16_t block_pause_ticks = 30;  ///< from the end of a block to the next
  std::uint16_t dodge_ticks = 15;        ///< from the start of a roll no hit touches one
  float back_half_angle = 1.05f;  ///< radians; behind the target, from within it is a back attack
  float diminish_share = 0.5f;  ///< each further control of a category lasts this share of the last
  std::uint8_t diminish_immune_after = 3;  ///< so many and the next has no effect
  std::uint16_t diminish_forget_ticks = 15 * kTicksPerSecond;
  float healing_threat = 0.5f;
  EffectId weariness;  ///< of who rises in a graveyard; none: nothing
};

/// How players fight each other: factors on what one does to the other, and what a kill is worth.
struct PvpNumbers {
  float damage = 0.6f;
  float healing = 0.8f;  ///< of who is flagged or in a duel, by whomever
  float control = 0.6f;  ///< of a control's duration
  /// Abilities that are too strong, or too weak, against players: a factor on their damage.
  std::vector<std::pair<AbilityId, float>> abilities;
  std::vector<std::pair<ClassId, float>> classes;  ///< the same for all that a class does
  /// Who is so many levels above his enemy hurts him less with each level more.
  std::uint16_t level_gap = 4;
  float less_per_level_above = 0.1f;
  float level_share_min = 0.3f;
  TickNumber flag_ticks = 5 * 60 * kTicksPerSecond;  ///< after it was taken down, or the last blow
  float honour = 100;                                ///< for a kill ...
  float honour_decay = 0.5f;           ///< ... and this share of it for each one of the same enemy
  std::uint16_t honour_level_gap = 6;  ///< nothing for who is so many levels below, and more
  TickNumber honour_forget_ticks = 15 * 60 * kTicksPerSecond;
  TickNumber duel_ask_ticks = 30 * kTicksPerSecond;
  TickNumber duel_countdown_ticks = 3 * kTicksPerSecond;
  float duel_radius_m = 30;
  TickNumber duel_flee_ticks = 8 * kTicksPerSecond;  ///< out of the circle, and one has lost

  float factor_of(AbilityId ability, ClassId actor) const {
    float all = damage;
    for (const auto& [id, factor] : abilities) {
      if (id == ability) all *= factor;
    }
    for (const auto& [id, factor] : classes) {
      if (id == actor) all *= factor;
    }
    return all;
  }
};

/// How players grow. The next level takes
///   next_base + next_per_level * (level - 1) + next_per_level_squared * (level - 1)^2,
/// and a creature gives kill_base + kill_per_level * its level, more or less by the difference.
struct ExperienceNumbers {
  float next_base = 300;
  float next_per_level = 150;
  float next_per_level_squared = 40;
  float kill_base = 30;
  float kill_per_level = 10;
  float more_per_level_above = 0.05f;  ///< up to four levels
  float less_per_level_below = 0.15f;
  float more_per_sharer = 0.15f;  ///< of the whole, for each who shares it beyond the first
};

struct Rulebook {
  StatTable stats;
  CombatNumbers combat;
  ExperienceNumbers experience;
  PvpNumbers pvp;
  Table<AbilityDefinition> abilities;
  Table<EffectDefinition> effects;
  Table<ClassDefinition> classes;
  Table<BehaviourDefinition> behaviours;
  Table<TalentDefinition> talents;
  std::uint64_t hash = 0;  ///< of the sources
};

}  // namespace tessera
