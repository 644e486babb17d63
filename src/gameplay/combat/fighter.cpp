// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/combat/fighter.h"

#include <algorithm>

namespace tessera::combat {
namespace {

/// What all running effects change, each times its stacks, and talents, each times its ranks.
class Modifiers {
 public:
  Modifiers(const Rulebook& rules, const effects::RunningEffects& running, const Talents* talents) {
    const auto learned = talents == nullptr ? std::span<const LearnedTalent>{} : talents->learned();
    for (const LearnedTalent& one : learned) {
      const TalentDefinition* const definition = rules.talents.find(one.talent);
      if (definition == nullptr) continue;
      for (const StatModifier& modifier : definition->modifiers) add(modifier, one.ranks);
    }
    for (const effects::RunningEffect& effect : running.running()) {
      const EffectDefinition* const definition = rules.effects.find(effect.effect);
      if (definition == nullptr) continue;
      for (const StatModifier& modifier : definition->modifiers) add(modifier, effect.stacks);
    }
  }
  const StatModifier* begin() const { return all_.data(); }
  const StatModifier* end() const { return all_.data() + count_; }

 private:
  void add(const StatModifier& modifier, std::uint32_t stacks) {
    for (std::uint32_t i = 0; i < stacks && count_ < all_.size(); ++i) all_[count_++] = modifier;
  }

  /// Beyond it nothing counts; content stays far below.
  std::array<StatModifier, 256> all_{};
  std::size_t count_ = 0;
};

}  // namespace

void refresh_stats(const Rulebook& rules, const effects::RunningEffects& running,
                   const Fighter& fighter, Vitals& vitals, Stats& stats, const Talents* talents) {
  if (stats.stale == 0) return;
  stats.stale = 0;
  const ClassDefinition* const kind = rules.classes.find(fighter.class_id);
  if (kind == nullptr) return;  // content has lost the class: it stays as it was
  stats.values = derive_stats(rules.stats, kind->primary_at(fighter.level), fighter.level,
                              Modifiers(rules, running, talents));
  vitals.health_max = std::max(static_cast<std::int32_t>(stats[Stat::HealthMax]), 1);
  vitals.resource_max = std::max(static_cast<std::int32_t>(stats[Stat::ResourceMax]), 0);
  vitals.health = std::min(vitals.health, vitals.health_max);
  vitals.resource = std::min(vitals.resource, vitals.resource_max);
}

FighterParts make_fighter(const Rulebook& rules, ClassId class_id, std::uint32_t level, Side side,
                          const Talents* talents) {
  FighterParts parts;
  parts.fighter.class_id = class_id;
  parts.fighter.level = static_cast<std::uint16_t>(std::clamp(level, 1u, kLevelMax));
  parts.fighter.side = side;
  refresh_stats(rules, parts.effects, parts.fighter, parts.vitals, parts.stats, talents);
  parts.vitals.health = parts.vitals.health_max;
  const ClassDefinition* const kind = rules.classes.find(class_id);
  const bool starts_empty = kind != nullptr && kind->resource == ResourceKind::Rage;
  parts.vitals.resource = starts_empty ? 0 : parts.vitals.resource_max;
  return parts;
}

effects::Source source_of(EntityId entity, const Fighter& fighter, const Stats& stats) {
  return {.actor = entity,
          .attack_power = stats[Stat::AttackPower],
          .spell_power = stats[Stat::SpellPower],
          .level = static_cast<std::uint8_t>(std::min<std::uint32_t>(fighter.level, 255))};
}

}  // namespace tessera::combat
