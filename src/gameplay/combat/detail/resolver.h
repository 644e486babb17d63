// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Decides outcomes, one after the other, within one tick.
#pragma once

#include <cstdint>

#include "gameplay/combat/combat.h"

namespace tessera::combat::detail {

/// Where an outcome comes from.
struct Cause {
  effects::Source source{};
  AbilityId ability{};
  EffectId effect{};  ///< the outcome is one of a running effect
  float share = 1;    ///< of the amount: chains, stacks
  std::uint8_t combo_points = 0;
  bool is_behind = false;
  bool can_miss = false;
  bool can_be_blocked = false;
  math::Vec3 from{};
};

/// Who stands near; looked for only in a tick in which an aura spreads.
struct Auras {
  skirmish::Nearby& nearby;
  const skirmish::Characters& characters;
  bool is_indexed = false;
};

/// All that comes of it.
struct Outs {
  Out<CombatEvent> events;
  Out<Died> died;
  Out<Taunted> taunted;
  Out<Yielded> yielded;
};

class Resolver {
 public:
  Resolver(const Step& step, const Rulebook& rules, const Fighters& fighters,
           const TalentsOf& talents, TickWheel& wheel, Auras& auras, const Outs& outs)
      : step_(step),
        rules_(rules),
        fighters_(fighters),
        talents_(talents),
        wheel_(wheel),
        auras_(auras),
        events_(outs.events),
        died_(outs.died),
        taunted_(outs.taunted),
        yielded_(outs.yielded) {}

  void land(const AbilityLanded& landed);
  void give(const EffectGiven& gift);
  /// Effects that are due.
  void run_due(EntityId entity);

 private:
  /// One fighter with all its parts; holds within the tick.
  struct Body {
    EntityId entity;
    Fighter* fighter = nullptr;
    Vitals* vitals = nullptr;
    Stats* stats = nullptr;
    effects::RunningEffects* effects = nullptr;
    Cooldowns* cooldowns = nullptr;
    Casting* casting = nullptr;
    Velocity* velocity = nullptr;
    const Position* position = nullptr;
    const Heading* heading = nullptr;
    explicit operator bool() const { return fighter != nullptr; }
  };

  Body find(EntityId entity) const;
  /// Uniform in [0, 1); another number with each call in the tick.
  float roll();

  void happen(const Outcome& outcome, const Cause& cause, Body& target);
  void damage(const Outcome& outcome, const Cause& cause, Body& target);
  void heal(const Outcome& outcome, const Cause& cause, Body& target);
  void put_on(const Outcome& outcome, const Cause& cause, Body& target);
  void dispel(const Outcome& outcome, const Cause& cause, Body& target);
  void gain(const Outcome& outcome, const Cause& cause, Body& target);
  void interrupt(const Outcome& outcome, const Cause& cause, Body& target);
  void reset_cooldown(const Outcome& outcome, Body& target) const;
  void throw_about(const Outcome& outcome, const Cause& cause, Body& target);

  float amount_of(const Outcome& outcome, const Cause& cause);
  /// None: the hit goes home. Otherwise how it failed.
  bool is_avoided(const Cause& cause, Body& actor, Body& target);
  bool is_facing(const Body& body, math::Vec3 from, float half_angle) const;
  /// What is different between players: a factor on damage.
  float between_players(const Body& actor, const Body& target, AbilityId ability) const;
  float after_armour(float amount, DamageType type, std::uint32_t actor_level,
                     const Stats& target) const;
  float absorbed(Body& target, float amount);
  void lose_health(Body& target, Body& actor, std::int32_t amount, const Cause& cause,
                   CombatEvent& event);
  void die(Body& target, EntityId killer);
  void break_on_damage(Body& target);
  void gain_rage(Body& body, std::uint16_t amount) const;
  void enter_combat(Body& body) const;

  void run_effect(Body& target, effects::RunningEffect& running);
  void spread_aura(const Body& bearer, const EffectDefinition& definition, const Cause& cause);
  void end_effect(Body& target, std::size_t place, bool by_time);
  void effects_changed(Body& target);
  void schedule(const Body& body);
  CombatEvent event_of(const Cause& cause, const Body& target, CombatEventKind kind) const;

  const Step& step_;
  const Rulebook& rules_;
  const Fighters& fighters_;
  const TalentsOf& talents_;
  TickWheel& wheel_;
  Auras& auras_;
  Out<CombatEvent> events_;
  Out<Died> died_;
  Out<Taunted> taunted_;
  Out<Yielded> yielded_;
  std::uint64_t rolls_ = 0;
};

}  // namespace tessera::combat::detail
