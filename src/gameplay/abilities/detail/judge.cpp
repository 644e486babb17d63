// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// May an ability begin? Checked in an order that tells players the most useful reason first.
#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"
#include "gameplay/abilities/detail/user.h"

namespace tessera::abilities::detail {
namespace {

using combat::Aim;
using combat::Fighter;
using combat::Life;
using math::Vec3;

/// Whoever is this slow stands.
constexpr float kStands_m_per_s = 0.1f;
/// Between the bodies, not their middles: a body's width, and what a step between two ticks makes.
constexpr float kRangeTolerance_m = 0.6f;

bool knows(const Rulebook& rules, const Fighter& fighter, AbilityId ability) {
  const ClassDefinition* const kind = rules.classes.find(fighter.class_id);
  const auto place = kind == nullptr ? std::nullopt : kind->place_of(ability);
  return place && *place < combat::kAbilitiesMax && kind->abilities[*place].level <= fighter.level;
}

bool is_on_cooldown(const Rulebook& rules, const Fighter& fighter,
                    const combat::Cooldowns& cooldowns, const AbilityDefinition& ability,
                    const Price& price, TickNumber now) {
  const auto place = rules.classes.find(fighter.class_id)->place_of(ability.id);
  const TickNumber others = (ability.charges - TickNumber{1}) * price.cooldown_ticks;
  return cooldowns.full_at[*place] > now + others;
}

std::optional<UseRefusal> held_by_control(const Body& actor, const AbilityDefinition& ability,
                                          TickNumber now) {
  const std::uint8_t controls = actor.fighter->controls;
  if ((controls & (kCannotAct | kFlees)) != 0) return UseRefusal::Controlled;
  const bool silenced = (controls & kCannotCast) != 0 || actor.fighter->silenced_until > now;
  if (ability.is_spell && silenced) return UseRefusal::Controlled;
  return std::nullopt;
}

bool follows_combo(const combat::Casting& casting, const AbilityDefinition& ability,
                   TickNumber now) {
  if (ability.combo.empty()) return true;
  return std::ranges::any_of(ability.combo, [&](const ComboLink& link) {
    const TickNumber since = now - casting.combo_since;
    return casting.combo_after == link.after && since >= link.from_tick && since <= link.to_tick;
  });
}

/// What it must have before it may begin: time, resources, and what must come before.
std::optional<UseRefusal> lacking(const Rulebook& rules, const Fighter& fighter,
                                  const combat::Vitals& vitals, const combat::Cooldowns& cooldowns,
                                  const combat::Casting& casting,
                                  const effects::RunningEffects& running,
                                  const AbilityDefinition& ability, const Price& price,
                                  TickNumber now) {
  if (is_on_cooldown(rules, fighter, cooldowns, ability, price, now)) {
    return UseRefusal::OnCooldown;
  }
  if (vitals.resource < price.cost) return UseRefusal::TooLittle;
  if (fighter.combo_points < ability.combo_cost_min) return UseRefusal::TooLittle;
  if (ability.needs_effect && effects::find(running, ability.needs_effect) == nullptr) {
    return UseRefusal::NotReady;
  }
  if (!follows_combo(casting, ability, now)) return UseRefusal::NotReady;
  return std::nullopt;
}

bool is_at_a_point(const AbilityDefinition& ability) {
  const ShapeKind kind = ability.shape.kind;
  return (kind == ShapeKind::Circle || kind == ShapeKind::Ring) && ability.shape.range_m > 0;
}

bool needs_target(const AbilityDefinition& ability) {
  const Shape& shape = ability.shape;
  return shape.kind == ShapeKind::Target || shape.kind == ShapeKind::Chain ||
         (shape.kind == ShapeKind::Projectile && shape.turn_rate_rad_per_s > 0);
}

bool is_behind(const Body& actor, const Body& target, float half_angle) {
  const math::Vec2 way = flat(actor.place) - flat(target.place);
  if (way == math::Vec2{}) return false;
  const float off = math::wrap_angle(math::heading_of_direction(way) - target.heading);
  return std::fabs(off) >= math::kPi - half_angle;
}

std::optional<UseRefusal> wrong_target(const Surroundings& around, const Body& actor,
                                       const AbilityDefinition& ability, const Aim& aim) {
  const Body target = find_body(around.fighters, aim.target);
  const bool is_self = aim.target == actor.entity;
  if (!target || !is_reached(actor, *target.fighter, ability.shape.reach, is_self)) {
    return UseRefusal::NoTarget;
  }
  if (is_self) return std::nullopt;
  const Vec3 place = seen_place(around, aim.target, aim.rewind, target.place);
  const float range = ability.shape.range_m + kRangeTolerance_m;
  // Written so that a place which is no number is out of range.
  if (!(distance(actor.place, place) <= range)) return UseRefusal::OutOfRange;
  if (ability.shape.reach == Reach::Enemies && around.safe.hold(target.place)) {
    return UseRefusal::SafeArea;
  }
  if (!physics::sees(around.world, actor.place + kEye, place + kChest)) {
    return UseRefusal::NotInSight;
  }
  if (ability.needs_behind && !is_behind(actor, target, around.rules.combat.back_half_angle)) {
    return UseRefusal::NotBehind;
  }
  return std::nullopt;
}

std::optional<UseRefusal> wrong_aim(const Surroundings& around, const Body& actor,
                                    const AbilityDefinition& ability, const Aim& aim) {
  if (needs_target(ability)) return wrong_target(around, actor, ability, aim);
  if (!is_at_a_point(ability)) return std::nullopt;
  if (aim.has_point == 0) return UseRefusal::NoTarget;
  if (!(distance(actor.place, aim.point) <= ability.shape.range_m)) return UseRefusal::OutOfRange;
  const Vec3 above{0, 0.5f, 0};
  if (!physics::sees(around.world, actor.place + kEye, aim.point + above)) {
    return UseRefusal::NotInSight;
  }
  return std::nullopt;
}

/// How long until what it does already is over; the global cooldown among it.
TickNumber held_up(const Body& actor, const AbilityDefinition& ability, TickNumber now) {
  TickNumber until = actor.casting->ability ? actor.casting->ends_at : 0;
  if (ability.on_global_cooldown) until = std::max(until, actor.cooldowns->global_ready_at);
  return until > now ? until - now : 0;
}

}  // namespace

std::optional<UseRefusal> refusal_for(const Surroundings& around, const Body& actor,
                                      const AbilityDefinition& ability, const Aim& aim,
                                      TickNumber& held_up_ticks) {
  const TickNumber now = around.step.now;
  const Fighter& fighter = *actor.fighter;
  if (!knows(around.rules, fighter, ability.id)) return UseRefusal::NotKnown;
  if (fighter.life != Life::Alive) return UseRefusal::NotAlive;
  if (const auto held = held_by_control(actor, ability, now)) return held;
  if (ability.shape.reach == Reach::Enemies && around.safe.hold(actor.place)) {
    return UseRefusal::SafeArea;
  }
  if (const auto lacks =
          lacking(around.rules, fighter, *actor.vitals, *actor.cooldowns, *actor.casting,
                  *actor.effects, ability, price_of(around, actor, ability), now)) {
    return lacks;
  }
  if (const auto wrong = wrong_aim(around, actor, ability, aim)) return wrong;
  const bool stands = length(actor.velocity->metres_per_s) < kStands_m_per_s;
  const bool takes_time = ability.cast_ticks + ability.channel_ticks > 0;
  if (takes_time && !ability.moves_while_casting && !stands) return UseRefusal::Moving;
  held_up_ticks = held_up(actor, ability, now);
  if (held_up_ticks > 0) return UseRefusal::Busy;
  return std::nullopt;
}

Price price_of(const Surroundings& around, const Body& actor, const AbilityDefinition& ability) {
  const combat::AbilityFactors factors = combat::ability_factors(
      around.rules, combat::find_talents(around.talents, actor.entity), ability.id);
  const auto times = [](std::uint16_t number, float factor) {
    return static_cast<std::int32_t>(static_cast<float>(number) * factor + 0.5f);
  };
  return {
      .cost = times(ability.cost, factors.cost),
      .cooldown_ticks = static_cast<TickNumber>(times(ability.cooldown_ticks, factors.cooldown))};
}

void pay(const Surroundings& around, Body& actor, const AbilityDefinition& ability) {
  const TickNumber now = around.step.now;
  const Price price = price_of(around, actor, ability);
  actor.vitals->resource -= price.cost;
  actor.casting->combo_points = 0;
  if (ability.combo_cost_min > 0) {
    actor.casting->combo_points = actor.fighter->combo_points;
    actor.fighter->combo_points = 0;
  }
  const auto place = *around.rules.classes.find(actor.fighter->class_id)->place_of(ability.id);
  combat::Cooldowns& cooldowns = *actor.cooldowns;
  if (price.cooldown_ticks > 0) {
    cooldowns.full_at[place] = std::max(cooldowns.full_at[place], now) + price.cooldown_ticks;
  }
  const float haste = std::max((*actor.stats)[Stat::Haste], 0.1f);
  if (ability.on_global_cooldown) {
    const float ticks = static_cast<float>(around.rules.combat.global_cooldown_ticks) / haste;
    cooldowns.global_ready_at = now + static_cast<TickNumber>(ticks + 0.5f);
  }
}

}  // namespace tessera::abilities::detail

namespace tessera::abilities {

bool is_ready(const Rulebook& rules, const combat::Fighter& fighter, const combat::Vitals& vitals,
              const combat::Cooldowns& cooldowns, const combat::Casting& casting,
              const effects::RunningEffects& running, const AbilityDefinition& ability,
              TickNumber now) {
  if (!detail::knows(rules, fighter, ability.id)) return false;
  const std::uint8_t barred = kCannotAct | kFlees | (ability.is_spell ? kCannotCast : 0);
  if ((fighter.controls & barred) != 0) return false;
  if (ability.is_spell && fighter.silenced_until > now) return false;
  if (ability.on_global_cooldown && cooldowns.global_ready_at > now) return false;
  const detail::Price price{.cost = ability.cost, .cooldown_ticks = ability.cooldown_ticks};
  return !detail::lacking(rules, fighter, vitals, cooldowns, casting, running, ability, price, now);
}

}  // namespace tessera::abilities
