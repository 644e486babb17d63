// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One mind in its turn: what it knows, and the tree that it runs.
#pragma once

#include <cstdint>

#include "gameplay/ai/ai.h"
#include "gameplay/skirmish/safe_areas.h"

namespace tessera::ai::detail {

/// What is the same for all minds of a tick.
struct Surroundings {
  const Step& step;
  const ZoneDefinition& zone;
  const Rulebook& rules;
  const physics::StaticWorld& world;
  const skirmish::SafeAreas& safe;
  const Beheld& beheld;
  const Players& players;
  const spatial::GridIndex& players_near;
};

/// A fighter as a mind sees it.
struct Seen {
  EntityId entity;
  const combat::Fighter* fighter = nullptr;
  const combat::Vitals* vitals = nullptr;
  const combat::Casting* casting = nullptr;
  const effects::RunningEffects* effects = nullptr;
  math::Vec3 place{};
  math::Vec3 velocity{};
  explicit operator bool() const { return fighter != nullptr; }
};

/// What comes of a turn besides the mind's own components.
struct Outs {
  Out<abilities::UseAbility> uses;
  Out<HelpCalled> calls;
  Out<LetGo> lets_go;
};

/// How a node came out.
enum class Status : std::uint8_t { Failed, Succeeded, Busy };

class Thinker {
 public:
  Thinker(const Surroundings& around, const Outs& outs, EntityId entity,
          const BehaviourDefinition& behaviour, const CreatureDefinition& kind, Mind& mind,
          wandering::Orders& orders, wandering::Wander& wander, float heading,
          const combat::Cooldowns& cooldowns);

  void take_turn();

 private:
  // ---- perception.cpp
  Seen behold(EntityId entity) const;
  /// Whom it sees, or what alarms it.
  void perceive();
  bool is_in_sight_cone(math::Vec3 place) const;
  bool has_sight_of(math::Vec3 place) const;
  void forget_the_gone();
  void choose_target();
  void begin_fight();

  // ---- tree.cpp
  Status run(std::size_t node);
  Status ask(const BehaviourNode& node);
  Status act(const BehaviourNode& node);

  // ---- deeds.cpp
  Status use(const BehaviourNode& node);
  Status approach(float within_m);
  Status keep_away(float within_m);
  Status flee(float seconds);
  Status investigate();
  Status patrol(float radius_m);
  void flee_on();
  void let_go();
  void go_on_home();

  // ---- abilities.cpp
  bool may_use(const AbilityDefinition& ability);
  combat::Aim aim_for(const AbilityDefinition& ability) const;

  void send(math::Vec3 place, float stop_m, float speed_m_per_s);
  void stand();
  void stroll();
  float away_m() const { return distance(self_.place, target_.place); }
  float chance(std::uint64_t purpose) const;
  TickNumber now() const { return around_.step.now; }
  bool is_stuck_for(float seconds) const;

  const Surroundings& around_;
  const Outs& outs_;
  EntityId entity_;
  const BehaviourDefinition& behaviour_;
  const CreatureDefinition& kind_;
  Mind& mind_;
  wandering::Orders& orders_;
  wandering::Wander& wander_;
  float heading_;
  const combat::Cooldowns& cooldowns_;
  Seen self_;
  Seen target_;
  enum class Sight : std::uint8_t { Unknown, Free, Hidden };
  mutable Sight sight_ = Sight::Unknown;  ///< of the target; asked once a turn
  bool sees_target() const;
};

}  // namespace tessera::ai::detail
