// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures among others. Near players (near_map.h) a creature moves every tick, keeps out of the
// way of players and other creatures, and pushes the players that it touches; far from all of them
// it moves every sixth tick, six times as far, straight along its way: nobody is close enough to
// see. Each creature has its turn every sixth tick, by its id, so that work is even over ticks.
#pragma once

#include <vector>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/math/vec.h"
#include "engine/nav/crowd/steering.h"
#include "gameplay/crowd/near_map.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/movement/soft_push.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::crowd {

/// Who has no player within this distance moves at 10 Hz.
inline constexpr float kNearPlayer_m = 60;

inline constexpr std::uint32_t kTurnTicks = 6;
/// Whether an entity has its turn: decides anew where it steps.
inline bool has_turn(EntityId entity, TickNumber now) {
  return (now + entity.index()) % kTurnTicks == 0;
}

/// Of a creature that others can meet. `wish` and `radius_m` are written by who moves it, the rest
/// by steer_crowd.
struct Member {
  math::Vec2 wish{};     ///< as it would walk alone, metres a second; 0: it stands
  math::Vec2 steered{};  ///< what it does instead, until its next turn
  float radius_m = 0.4f;
  std::uint32_t is_steered = 0;  ///< 1: somebody is in its way
  friend constexpr auto describe(ecs::Described<Member>) {
    return ecs::component<Member>("crowd_member", {}, ecs::field("wish", &Member::wish),
                                  ecs::field("steered", &Member::steered),
                                  ecs::field("radius_m", &Member::radius_m),
                                  ecs::field("is_steered", &Member::is_steered));
  }
};

/// Who is where, as steer_crowd found it in this tick: derived, no part of state.
class Crowd {
 public:
  /// The rule in near_map.h, with kNearPlayer_m. In a tick, after steer_crowd.
  bool is_near_player(math::Vec2 place) const { return players_.holds(place); }

 private:
  friend void steer_crowd(const Step& step, const ZoneDefinition& zone, Crowd& crowd,
                          movement::PushingBodies& bodies,
                          Query<const Position, const Velocity, With<PlayerControl>> players,
                          Query<const Position, const Velocity, const Member> creatures,
                          Query<Member> members);

  NearMap players_;
  NearMap creatures_;  ///< those near players
  nav::CrowdSteering steering_;
  std::vector<nav::Walker> walkers_;  ///< those who decide, then those in their way
  std::vector<nav::Walker> others_;
  std::vector<EntityId> deciding_;
  std::vector<math::Vec2> velocities_;
};

/// Finds out who is near whom, and lets the creatures whose turn it is, who walk near players,
/// choose how they step: never faster than they wish. Phase::Decide, so that all decide on where
/// everybody was after the last tick; in Phase::Move they do it. 0.12 ms for 5,000 players and
/// 2,500 creatures near them.
void steer_crowd(const Step& step, const ZoneDefinition& zone, Crowd& crowd,
                 movement::PushingBodies& bodies,
                 Query<const Position, const Velocity, With<PlayerControl>> players,
                 Query<const Position, const Velocity, const Member> creatures,
                 Query<Member> members);

}  // namespace tessera::crowd
