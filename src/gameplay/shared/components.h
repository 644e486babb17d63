// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Components that many rules read. Which rule writes each is said beside it.
#pragma once

#include <array>
#include <cstdint>

#include "engine/core/fixed_string.h"
#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "engine/math/vec.h"

namespace tessera::ecs {
template <>
inline constexpr bool kIsPlainField<math::Vec2> = true;
template <>
inline constexpr bool kIsPlainField<math::Vec3> = true;
}  // namespace tessera::ecs

namespace tessera {

/// Where an entity stands: its feet, in metres. Replicated by cell (world/replication), not by
/// field. Written by movement and wandering.
struct Position {
  math::Vec3 metres;
  friend constexpr auto describe(ecs::Described<Position>) {
    return ecs::component<Position>("position", {}, ecs::field("metres", &Position::metres));
  }
};

/// Where it looks, in radians, in [-pi, pi): 0 is north (-z), growing clockwise (towards east, +x).
struct Heading {
  float radians = 0;
  friend constexpr auto describe(ecs::Described<Heading>) {
    return ecs::component<Heading>("heading", {}, ecs::field("radians", &Heading::radians));
  }
};

/// How it moves, in metres a second.
struct Velocity {
  math::Vec3 metres_per_s;
  std::uint32_t grounded = 1;  ///< 1: stands on something
  friend constexpr auto describe(ecs::Described<Velocity>) {
    return ecs::component<Velocity>("velocity", {},
                                    ecs::field("metres_per_s", &Velocity::metres_per_s),
                                    ecs::field("grounded", &Velocity::grounded));
  }
};

enum class EntityKind : std::uint8_t { None, Player, Creature, Projectile };

inline constexpr std::size_t kNameBytesMax = 24;

/// What others see of an entity when it comes into view. Written once, when it is spawned.
struct Appearance {
  FixedString<kNameBytesMax> name;
  std::uint32_t look = 0;        ///< packed choices of the character screen; opaque to the rules
  std::uint16_t definition = 0;  ///< creature definition; 0 for players
  EntityKind kind = EntityKind::None;
  std::uint8_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Appearance>) {
    return ecs::component<Appearance>(
        "appearance", {.audience = ecs::Audience::Everyone}, ecs::field("name", &Appearance::name),
        ecs::field("look", &Appearance::look), ecs::field("definition", &Appearance::definition),
        ecs::field("kind", &Appearance::kind), ecs::field("reserved", &Appearance::reserved));
  }
};

/// Marks an entity that a person plays. Written by presence when it enters.
struct PlayerControl {
  CharacterId character;
  AccountId account;
  SessionId session;
  TickNumber entered_at = 0;
  TickNumber leaves_at =
      0;  ///< its session has ended in a fight, and it stays so long; 0: it plays
  friend constexpr auto describe(ecs::Described<PlayerControl>) {
    return ecs::component<PlayerControl>("player_control", {},
                                         ecs::field("character", &PlayerControl::character),
                                         ecs::field("account", &PlayerControl::account),
                                         ecs::field("session", &PlayerControl::session),
                                         ecs::field("entered_at", &PlayerControl::entered_at),
                                         ecs::field("leaves_at", &PlayerControl::leaves_at));
  }
};

/// What it shows with its body: the latest emote. Written by emotes.
struct Gesture {
  TickNumber started_at = 0;
  std::uint32_t emote = 0;  ///< 0: none yet
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Gesture>) {
    return ecs::component<Gesture>("gesture", {.audience = ecs::Audience::Everyone},
                                   ecs::field("started_at", &Gesture::started_at),
                                   ecs::field("emote", &Gesture::emote),
                                   ecs::field("reserved", &Gesture::reserved));
  }
};

/// What everybody sees of a fighter: bars, level and state. Written by combat.
struct Condition {
  std::uint8_t health = 255;  ///< of the maximum, in 255ths; 0 only without any
  std::uint8_t resource = 0;
  std::uint8_t level = 1;
  std::uint8_t flags = 0;    ///< kShown...
  std::uint8_t speed = 100;  ///< of its own, in percent; 0: it is held
  std::uint8_t marks = 0;    ///< kMark...
  friend constexpr auto describe(ecs::Described<Condition>) {
    return ecs::component<Condition>(
        "condition", {.audience = ecs::Audience::Everyone},
        ecs::field("health", &Condition::health), ecs::field("resource", &Condition::resource),
        ecs::field("level", &Condition::level), ecs::field("flags", &Condition::flags),
        ecs::field("speed", &Condition::speed), ecs::field("marks", &Condition::marks));
  }
};
inline constexpr std::uint8_t kShownSide = 3;  ///< Side, in the low two bits
inline constexpr std::uint8_t kShownDead = 4;
inline constexpr std::uint8_t kShownSpirit = 8;
inline constexpr std::uint8_t kShownInCombat = 16;
inline constexpr std::uint8_t kShownControlled = 32;
inline constexpr std::uint8_t kShownBlocks = 64;
inline constexpr std::uint8_t kShownDodges = 128;  ///< no blow touches it: it rolls
inline constexpr std::uint8_t kMarkFlagged = 1;    ///< it fights all players who are it, too
inline constexpr std::uint8_t kMarkDuels = 2;      ///< it fights another player now
/// Under which banner it has raised its flag: in the two bits from this one on; 0: under none.
inline constexpr std::uint8_t kMarkBannerShift = 2;
inline constexpr std::uint8_t kBannersMax = 3;

/// What everybody sees of the ability that a fighter casts or channels. It stays when the cast is
/// over by itself, for its time says so; broken, it has no ability any more. Added with the first
/// cast, and written by abilities.
struct Cast {
  TickNumber started_at = 0;
  std::uint32_t ticks = 0;  ///< to the end of all of it
  std::uint16_t ability = 0;
  std::uint16_t heading = 0;    ///< quantised; where cones and lines go
  std::uint16_t has_point = 0;  ///< it is aimed at a place on the ground
  std::uint16_t point_x = 0;    ///< 1/16 m
  std::uint16_t point_z = 0;
  std::uint16_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Cast>) {
    return ecs::component<Cast>(
        "cast", {.audience = ecs::Audience::Everyone}, ecs::field("started_at", &Cast::started_at),
        ecs::field("ticks", &Cast::ticks), ecs::field("ability", &Cast::ability),
        ecs::field("heading", &Cast::heading), ecs::field("has_point", &Cast::has_point),
        ecs::field("point_x", &Cast::point_x), ecs::field("point_z", &Cast::point_z),
        ecs::field("reserved", &Cast::reserved));
  }
};
/// Of Cast::point_x and point_z in a metre: finer than a shape on the ground is drawn.
inline constexpr float kCastPointsPerMetre = 16;

/// As many effects of one fighter as others see: what fits under a health bar, and in a component
/// on the wire.
inline constexpr std::size_t kShownEffectsMax = 8;

/// What everybody sees of what runs on a fighter: the first ones, in the order in which they were
/// put on. Added with the first effect, and written by combat.
struct ShownEffects {
  std::array<std::uint32_t, kShownEffectsMax> ends_at{};  ///< low bits; 0: when it is taken off
  std::array<std::uint16_t, kShownEffectsMax> effects{};  ///< 0: no more
  std::array<std::uint8_t, kShownEffectsMax> stacks{};
  bool operator==(const ShownEffects&) const = default;
  friend constexpr auto describe(ecs::Described<ShownEffects>) {
    return ecs::component<ShownEffects>("shown_effects", {.audience = ecs::Audience::Everyone},
                                        ecs::field("ends_at", &ShownEffects::ends_at),
                                        ecs::field("effects", &ShownEffects::effects),
                                        ecs::field("stacks", &ShownEffects::stacks));
  }
};

}  // namespace tessera
