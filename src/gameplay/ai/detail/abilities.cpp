// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which ability a mind uses, and where it aims. Whether it may, gameplay/abilities says again: a
// mind that is wrong is refused as a player is.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "engine/math/trigonometry.h"
#include "gameplay/ai/detail/thinker.h"

namespace tessera::ai::detail {
namespace {

using combat::Aim;
using math::Vec3;

/// Who stands still for a cast.
constexpr float kStands_m_per_s = 0.1f;
/// It heals itself below this share of its health.
constexpr float kHurt = 0.7f;
constexpr Vec3 kHand{0, 1.4f, 0};
constexpr Vec3 kChest{0, 1.2f, 0};

bool is_for_others(const Shape& shape) { return shape.kind != ShapeKind::Self; }

/// How far from its actor it reaches somebody.
float reach_of(const Shape& shape) {
  const bool is_round = shape.kind == ShapeKind::Circle || shape.kind == ShapeKind::Ring;
  return is_round && shape.range_m == 0 ? shape.radius_m : shape.range_m;
}

/// The effect that it puts on, if it does nothing else that is worth it.
EffectId only_effect_of(const AbilityDefinition& ability) {
  EffectId effect;
  for (const Outcome& outcome : ability.outcomes) {
    if (outcome.kind == OutcomeKind::Damage || outcome.kind == OutcomeKind::Heal) return {};
    if (outcome.kind == OutcomeKind::ApplyEffect) effect = outcome.effect;
  }
  return effect;
}

bool heals(const AbilityDefinition& ability) {
  return std::ranges::any_of(ability.outcomes, [](const Outcome& outcome) {
    return outcome.kind == OutcomeKind::Heal && outcome.leech == 0;
  });
}

bool interrupts(const AbilityDefinition& ability) {
  return std::ranges::any_of(ability.outcomes, [](const Outcome& outcome) {
    return outcome.kind == OutcomeKind::Interrupt;
  });
}

}  // namespace

bool Thinker::may_use(const AbilityDefinition& ability) {
  if (!abilities::is_ready(around_.rules, *self_.fighter, *self_.vitals, cooldowns_, *self_.casting,
                           *self_.effects, ability, now())) {
    return false;
  }
  const bool is_harmful = ability.shape.reach == Reach::Enemies && is_for_others(ability.shape);
  const EffectId effect = only_effect_of(ability);
  const Seen& other = is_harmful ? target_ : self_;
  if (!other) return false;
  if (effect && effects::find(*other.effects, effect) != nullptr) return false;
  if (!is_harmful) {
    const float health = static_cast<float>(self_.vitals->health);
    return !heals(ability) || health < kHurt * static_cast<float>(self_.vitals->health_max);
  }
  if (away_m() > reach_of(ability.shape)) return false;
  if (interrupts(ability)) {
    const auto* cast = around_.rules.abilities.find(target_.casting->ability);
    if (cast == nullptr || !cast->can_be_interrupted) return false;
  }
  return sees_target();
}

Aim Thinker::aim_for(const AbilityDefinition& ability) const {
  const Shape& shape = ability.shape;
  const bool is_harmful = shape.reach == Reach::Enemies && is_for_others(shape);
  const Seen& other = is_harmful ? target_ : self_;
  Vec3 place = other.place;
  float lift = 0;
  if (shape.kind == ShapeKind::Projectile && shape.turn_rate_rad_per_s == 0) {
    const float seconds = away_m() / std::max(shape.speed_m_per_s, 1.0f);
    place = place + other.velocity * seconds;
    lift = 0.5f * shape.gravity_m_per_s2 * seconds * seconds;
  }
  const math::Vec2 way = flat(place) - flat(self_.place);
  const Vec3 up = place + kChest - (self_.place + kHand);
  return {.target = other.entity,
          .point = place,
          .heading = way == math::Vec2{} ? heading_ : math::heading_of_direction(way),
          .pitch = way == math::Vec2{} ? 0 : math::atan2(up.y + lift, length(way)),
          .has_point = 1};
}

Status Thinker::use(const BehaviourNode& node) {
  std::array<AbilityChoice, combat::kAbilitiesMax> ready{};
  std::size_t count = 0;
  float total = 0;
  const auto consider = [&](AbilityId id, float weight) {
    const AbilityDefinition* const ability = around_.rules.abilities.find(id);
    if (ability == nullptr || count == ready.size() || !may_use(*ability)) return;
    ready[count++] = {id, weight};
    total += weight;
  };
  if (node.choices > 0) {
    for (std::size_t i = 0; i < node.choices; ++i) {
      const AbilityChoice& choice = behaviour_.choices[node.first_choice + i];
      consider(choice.ability, choice.weight);
    }
  } else if (const auto* kind = around_.rules.classes.find(self_.fighter->class_id)) {
    for (const LearnedAbility& learned : kind->abilities) consider(learned.ability, 1);
  }
  if (count == 0) return Status::Failed;
  float rest = chance(random_purpose("choose_ability")) * total;
  std::size_t chosen = 0;
  for (; chosen + 1 < count && rest >= ready[chosen].weight; ++chosen) rest -= ready[chosen].weight;
  const AbilityDefinition& ability = *around_.rules.abilities.find(ready[chosen].ability);
  const bool takes_time = ability.cast_ticks + ability.channel_ticks > 0;
  if (takes_time && !ability.moves_while_casting) {
    stand();
    if (length(self_.velocity) >= kStands_m_per_s) return Status::Busy;  // in its next turn
  }
  outs_.uses.emit({.entity = entity_, .aim = aim_for(ability), .ability = ability.id});
  return Status::Busy;
}

}  // namespace tessera::ai::detail
