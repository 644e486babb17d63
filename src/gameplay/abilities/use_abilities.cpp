// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "engine/math/angles.h"
#include "engine/math/trigonometry.h"
#include "gameplay/abilities/detail/user.h"

namespace tessera::abilities {
namespace {

using combat::AbilityLanded;
using combat::Aim;
using combat::Casting;
using detail::Body;
using math::Vec3;

/// Faster than that a cast breaks.
constexpr float kStands_m_per_s = 0.1f;
constexpr std::uint32_t kMissileTicksMax = 10 * kTicksPerSecond;
constexpr Vec3 kHand{0, 1.4f, 0};

/// All that one tick of abilities puts out.
struct Outs {
  Commands& commands;
  Out<AbilityStarted> started;
  Out<AbilityBuffered> buffered;
  Out<AbilityRefused> refused;
  Out<CastBroken> broken;
  Out<AbilityLanded> landed;
};

class Turn {
 public:
  Turn(const detail::Surroundings& around, combat::TickWheel& wheel, Reached& reached,
       const Outs& outs)
      : around_(around), wheel_(wheel), reached_(reached), outs_(outs) {}

  void use(const UseAbility& intent);
  /// A cast goes on, lands or breaks; what was buffered begins.
  void carry_on(EntityId entity);

 private:
  TickNumber now() const { return around_.step.now; }
  void begin(Body& actor, const AbilityDefinition& ability, const Aim& aim, std::uint32_t action);
  void refuse(EntityId entity, std::uint32_t action, AbilityId ability, UseRefusal reason);
  bool breaks(const Body& actor, const AbilityDefinition& ability) const;
  void land(const Body& actor, const AbilityDefinition& ability, const Aim& aim);
  void launch(const Body& actor, const AbilityDefinition& ability, const Aim& aim);
  bool is_behind(const Body& actor, EntityId target) const;
  void finish(Body& actor, AbilityId ended);
  void begin_buffered(Body& actor);
  void wake(const Body& actor) { wheel_.push(now() + 1, actor.entity); }

  const detail::Surroundings& around_;
  combat::TickWheel& wheel_;
  Reached& reached_;
  const Outs& outs_;
};

void Turn::refuse(EntityId entity, std::uint32_t action, AbilityId ability, UseRefusal reason) {
  outs_.refused.emit({entity, action, ability, reason});
}

void Turn::use(const UseAbility& intent) {
  Body actor = detail::find_body(around_.fighters, intent.entity);
  if (!actor) return;  // left since the client sent it: normal
  const AbilityDefinition* const ability = around_.rules.abilities.find(intent.ability);
  if (ability == nullptr) {
    return refuse(intent.entity, intent.action, intent.ability, UseRefusal::NotKnown);
  }
  combat::refresh_stats(around_.rules, *actor.effects, *actor.fighter, *actor.vitals, *actor.stats,
                        combat::find_talents(around_.talents, intent.entity));
  TickNumber held_up_ticks = 0;
  const auto reason = detail::refusal_for(around_, actor, *ability, intent.aim, held_up_ticks);
  if (reason == UseRefusal::Busy && held_up_ticks <= kBufferTicks) {
    Casting& casting = *actor.casting;
    casting.next = intent.ability;
    casting.next_aim = intent.aim;
    casting.next_action = intent.action;
    casting.next_until = now() + held_up_ticks;
    outs_.buffered.emit({intent.entity, intent.action});
    return wake(actor);
  }
  if (reason) return refuse(intent.entity, intent.action, intent.ability, *reason);
  begin(actor, *ability, intent.aim, intent.action);
}

void Turn::begin(Body& actor, const AbilityDefinition& ability, const Aim& aim,
                 std::uint32_t action) {
  detail::pay(around_, actor, ability);
  if (ability.consumes_effect) {
    const auto running = actor.effects->running();
    const auto found =
        std::ranges::find(running, ability.needs_effect, &effects::RunningEffect::effect);
    if (found != running.end()) {
      effects::remove_at(*actor.effects, static_cast<std::size_t>(found - running.begin()));
      actor.stats->stale = 1;
    }
  }
  const float haste = std::max((*actor.stats)[Stat::Haste], 0.1f);
  const auto hastened = [haste](std::uint32_t ticks) {
    return ticks == 0 ? 0
                      : std::max<TickNumber>(
                            static_cast<TickNumber>(static_cast<float>(ticks) / haste + 0.5f), 1);
  };
  Casting& casting = *actor.casting;
  const TickNumber cast = hastened(ability.cast_ticks);
  const TickNumber channel = hastened(ability.channel_ticks);
  casting.ability = ability.id;
  casting.aim = aim;
  casting.started_at = now();
  casting.lands_at = now() + cast + (channel > 0 ? hastened(ability.channel_period) : 0);
  casting.ends_at = now() + cast + channel;
  outs_.started.emit(
      {actor.entity, aim.target, action, static_cast<std::uint32_t>(cast + channel), ability.id});
  if (cast + channel > 0) return wake(actor);
  land(actor, ability, aim);
  finish(actor, ability.id);
}

bool Turn::breaks(const Body& actor, const AbilityDefinition& ability) const {
  if (actor.fighter->life != combat::Life::Alive) return true;
  const std::uint8_t controls = actor.fighter->controls;
  if ((controls & (kCannotAct | kFlees)) != 0) return true;
  if (ability.is_spell && (controls & kCannotCast) != 0) return true;
  return !ability.moves_while_casting && length(actor.velocity->metres_per_s) > kStands_m_per_s;
}

void Turn::carry_on(EntityId entity) {
  Body actor = detail::find_body(around_.fighters, entity);
  if (!actor) return;
  Casting& casting = *actor.casting;
  if (!casting.ability) return begin_buffered(actor);
  const AbilityDefinition* const ability = around_.rules.abilities.find(casting.ability);
  if (ability == nullptr || breaks(actor, *ability)) {
    outs_.broken.emit({entity, casting.ability});
    casting.ability = {};
    return begin_buffered(actor);
  }
  if (now() >= casting.lands_at) {
    land(actor, *ability, casting.aim);
    const float haste = std::max((*actor.stats)[Stat::Haste], 0.1f);
    const float period = static_cast<float>(ability->channel_period) / haste;
    casting.lands_at = now() + std::max<TickNumber>(static_cast<TickNumber>(period + 0.5f), 1);
  }
  if (now() >= casting.ends_at) {
    finish(actor, ability->id);
    return begin_buffered(actor);
  }
  wake(actor);
}

void Turn::finish(Body& actor, AbilityId ended) {
  actor.casting->ability = {};
  actor.casting->combo_after = ended;
  actor.casting->combo_since = now();
}

void Turn::begin_buffered(Body& actor) {
  Casting& casting = *actor.casting;
  if (!casting.next) return;
  if (now() < casting.next_until) return wake(actor);
  const AbilityDefinition* const ability = around_.rules.abilities.find(casting.next);
  const Aim aim = casting.next_aim;
  const std::uint32_t action = casting.next_action;
  const AbilityId id = casting.next;
  casting.next = {};
  if (ability == nullptr) return refuse(actor.entity, action, id, UseRefusal::NotKnown);
  TickNumber held_up_ticks = 0;
  const auto reason = detail::refusal_for(around_, actor, *ability, aim, held_up_ticks);
  if (reason) return refuse(actor.entity, action, id, *reason);
  begin(actor, *ability, aim, action);
}

bool Turn::is_behind(const Body& actor, EntityId target) const {
  const Body other = detail::find_body(around_.fighters, target);
  if (!other) return false;
  const math::Vec2 way = flat(actor.place) - flat(other.place);
  if (way == math::Vec2{}) return false;
  const float off = math::wrap_angle(math::heading_of_direction(way) - other.heading);
  return std::fabs(off) >= math::kPi - around_.rules.combat.back_half_angle;
}

void Turn::land(const Body& actor, const AbilityDefinition& ability, const Aim& aim) {
  const std::uint8_t combo_points = actor.casting->combo_points;
  if (ability.shape.kind == ShapeKind::Projectile) {
    launch(actor, ability, aim);
  } else {
    detail::find_reached(around_, actor, ability, aim, reached_);
    const bool at_point = ability.shape.range_m > 0 && aim.has_point != 0;
    float share = 1;
    for (const Reached::One& one : reached_.all) {
      outs_.landed.emit({.actor = actor.entity,
                         .target = one.entity,
                         .ability = ability.id,
                         .combo_points = combo_points,
                         .is_behind = is_behind(actor, one.entity),
                         .share = share,
                         .from = at_point ? aim.point : actor.place});
      if (ability.shape.kind == ShapeKind::Chain) share *= ability.shape.jump_share;
    }
  }
  const bool on_self = std::ranges::any_of(ability.outcomes, &Outcome::to_self);
  if (!on_self) return;
  outs_.landed.emit({.actor = actor.entity,
                     .target = actor.entity,
                     .ability = ability.id,
                     .combo_points = combo_points,
                     .is_on_self = true,
                     .from = actor.place});
}

void Turn::launch(const Body& actor, const AbilityDefinition& ability, const Aim& aim) {
  const Shape& shape = ability.shape;
  const float pitch = std::clamp(aim.pitch, -math::kPi / 2, math::kPi / 2);
  const math::SinCos rise = math::sin_cos(pitch);
  const math::Vec2 ahead = math::direction_of_heading(aim.heading) * rise.cos;
  Vec3 way{ahead.x, rise.sin, ahead.z};
  const bool seeks = shape.turn_rate_rad_per_s > 0;
  if (const Body target = detail::find_body(around_.fighters, aim.target); seeks && target) {
    const Vec3 to = target.place + detail::kChest - (actor.place + kHand);
    const float size = length(to);
    if (size > 0) way = to * (1 / size);
  }
  const float flight_s = shape.range_m / std::max(shape.speed_m_per_s, 0.1f);
  const auto ticks = static_cast<std::uint32_t>(flight_s * kTicksPerSecond + 0.5f);
  outs_.commands.spawn(
      Position{actor.place + kHand}, Heading{aim.heading},
      Velocity{.metres_per_s = way * shape.speed_m_per_s, .grounded = 0},
      Appearance{.name = {}, .definition = ability.id.value, .kind = EntityKind::Projectile},
      Missile{.actor = actor.entity,
              .target = seeks ? aim.target : EntityId{},
              .ticks_left = std::clamp(ticks, 1u, kMissileTicksMax),
              .ability = ability.id,
              .combo_points = actor.casting->combo_points});
}

}  // namespace

void UseAbilities::rebuild(const combat::Fighters& fighters, TickNumber now) {
  wheel_.clear();
  fighters.each([&](EntityId entity, const combat::Fighter&, combat::Vitals&, combat::Stats&,
                    effects::RunningEffects&, combat::Cooldowns&, const Casting& casting, Velocity&,
                    const Position&, const Heading&) {
    if (casting.ability || casting.next) wheel_.push(now, entity);
  });
}

void UseAbilities::operator()(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                              const combat::WorldGeneration& generation,
                              const physics::StaticWorld& world, const physics::AreaIndex& areas,
                              In<UseAbility> intents, InEvents<UseAbility> creatures,
                              combat::Fighters fighters, combat::TalentsOf talents,
                              skirmish::Characters characters, Commands& commands,
                              Out<AbilityStarted> started, Out<AbilityBuffered> buffered,
                              Out<AbilityRefused> refused, Out<CastBroken> broken,
                              Out<AbilityLanded> landed) {
  if (generation_ != generation.value) {
    rebuild(fighters, step.now);
    generation_ = generation.value;
  }
  reached_.indexed = false;
  const skirmish::SafeAreas safe{zone, areas};
  const detail::Surroundings around{step, rules, world, safe, fighters, talents, characters};
  const Outs outs{commands, started, buffered, refused, broken, landed};
  Turn turn(around, wheel_, reached_, outs);
  wheel_.take(step.now, due_);
  for (const EntityId entity : due_) turn.carry_on(entity);
  for (const UseAbility& intent : intents) turn.use(intent);
  for (const UseAbility& decision : creatures) turn.use(decision);
}

}  // namespace tessera::abilities
