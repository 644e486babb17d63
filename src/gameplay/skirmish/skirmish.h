// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What players may do to each other and to creatures, so far: shove who stands before them, and
// throw a stone. Nobody is hurt; who is touched flies a little.
//
//   Act    ShoveAhead    those in a cone, where the actor saw them   -> Shoved
//   Act    throw_stones  a stone leaves the hand
//   Move   FlyStones     after all have moved: stones are swept      -> StoneHit
//
// Who stands in a safe area touches nobody, and is touched by nobody. Each intent is answered by an
// ActionDone or an ActionRefused of the same tick.
//
// Invariant: whoever flies for it was told in a Shoved or a StoneHit of the same tick.
#pragma once

#include <cstdint>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "engine/physics/projectiles/projectile.h"
#include "gameplay/lag_compensation/rewind.h"
#include "gameplay/shared/components.h"

namespace tessera::skirmish {

// ---- what comes in ------------------------------------------------------------------------------

/// Aims are quantised headings (engine/math/angles.h), of which the low 16 bits count.
struct Shove {
  EntityId entity{};
  std::uint32_t action = 0;         ///< the client's number for it; returned in the answer
  lag_compensation::Rewind rewind;  ///< of those who may be touched; decided at intake
  std::uint32_t aim = 0;
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Shove>) {
    return ecs::component<Shove>(
        "shove", {}, ecs::field("entity", &Shove::entity), ecs::field("action", &Shove::action),
        ecs::field("rewind", &Shove::rewind), ecs::field("aim", &Shove::aim),
        ecs::field("reserved", &Shove::reserved));
  }
};

/// Not rewound: a stone is seen to fly, so its thrower leads his target.
struct ThrowStone {
  EntityId entity{};
  std::uint32_t action = 0;
  std::uint32_t aim = 0;
  std::uint32_t pitch = 0;  ///< quantised as an aim; up is positive, beyond upright is upright
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<ThrowStone>) {
    return ecs::component<ThrowStone>(
        "throw_stone", {}, ecs::field("entity", &ThrowStone::entity),
        ecs::field("action", &ThrowStone::action), ecs::field("aim", &ThrowStone::aim),
        ecs::field("pitch", &ThrowStone::pitch), ecs::field("reserved", &ThrowStone::reserved));
  }
};

// ---- what there is ------------------------------------------------------------------------------

/// What a player may do next. Written by the rules of this folder.
struct Readiness {
  TickNumber shove_at = 0;  ///< may shove from this tick on
  TickNumber throw_at = 0;
  std::uint32_t stones_in_air = 0;
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Readiness>) {
    return ecs::component<Readiness>("readiness", {}, ecs::field("shove_at", &Readiness::shove_at),
                                     ecs::field("throw_at", &Readiness::throw_at),
                                     ecs::field("stones_in_air", &Readiness::stones_in_air),
                                     ecs::field("reserved", &Readiness::reserved));
  }
};

/// A stone in the air; its Position is its centre. Written by fly_stones.
struct Stone {
  EntityId thrower{};
  std::uint32_t ticks_left = 0;
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Stone>) {
    return ecs::component<Stone>("stone", {}, ecs::field("thrower", &Stone::thrower),
                                 ecs::field("ticks_left", &Stone::ticks_left),
                                 ecs::field("reserved", &Stone::reserved));
  }
};

// ---- what comes out -----------------------------------------------------------------------------

struct Shoved {
  EntityId actor{};
  EntityId target{};
  TickNumber tick = 0;
};

/// A stone struck somebody, and is gone.
struct StoneHit {
  EntityId stone{};
  EntityId thrower{};  ///< may have left meanwhile
  EntityId target{};
  TickNumber tick = 0;
  math::Vec3 point;  ///< on the target
};

struct ActionDone {
  EntityId entity{};
  std::uint32_t action = 0;
  std::uint32_t count = 0;  ///< of those shoved, or of the player's stones in the air
};

enum class ActionRefusal : std::uint32_t {
  OnCooldown,
  SafeArea,         ///< he stands in one; nothing begins
  NobodyThere,      ///< he has swung all the same: the cooldown begins
  TooManyInTheAir,  ///< kStonesInAirMax of his fly
};

struct ActionRefused {
  EntityId entity{};
  std::uint32_t action = 0;
  ActionRefusal reason{};
};

// ---- the measures -------------------------------------------------------------------------------

/// An arm's length and a step; with the target's radius it touches who stands at 2.9 m.
inline constexpr float kShoveRange_m = 2.5f;
inline constexpr float kShoveHalfAngle_rad = 0.785398163f;  ///< 90 degrees in all
/// 0.3 s in the air, and 1.8 m away.
inline constexpr float kShoveAway_m_per_s = 6;
inline constexpr float kShoveUp_m_per_s = 3;
inline constexpr TickNumber kShoveCooldownTicks = kTicksPerSecond;

/// 26 m far on level ground when thrown at 45 degrees.
inline constexpr physics::ProjectileKind kStoneKind{.radius_m = 0.06f, .gravity_m_per_s2 = 9.81f};
inline constexpr float kThrow_m_per_s = 16;
inline constexpr float kHandHeight_m = 1.4f;  ///< in the body's axis, so in no wall
inline constexpr std::uint32_t kStoneTicks = 3 * kTicksPerSecond;
inline constexpr TickNumber kThrowCooldownTicks = kTicksPerSecond / 2;
/// Three seconds of throwing are six; so only who throws high meets it.
inline constexpr std::uint32_t kStonesInAirMax = 4;
/// Soft: 0.15 s in the air, and 0.3 m away.
inline constexpr float kStoneAway_m_per_s = 2;
inline constexpr float kStoneUp_m_per_s = 1.5f;

}  // namespace tessera::skirmish
