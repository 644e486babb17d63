// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How a kind of creature behaves: what it perceives, and a behaviour tree that says what it does.
// Content writes trees; here they are flat arrays, a node before its children, so that running one
// is a walk forward through a few cache lines. gameplay/ai runs them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gameplay/definitions/outcome.h"

namespace tessera {

struct BehaviourTag {};
using BehaviourId = StrongId<BehaviourTag, std::uint16_t>;

/// A node succeeds, fails, or has its creature busy; then nothing behind it is asked in this turn.
enum class BehaviourKind : std::uint8_t {
  // ---- of other nodes
  First,  ///< its children until one does not fail
  All,    ///< its children until one does not succeed
  Not,    ///< its one child, the other way round

  // ---- questions; `number` in their unit
  Fights,             ///< it has somebody to fight
  IsAlarmed,          ///< it has heard or seen something
  CannotReach,        ///< it has got nowhere on its way to the target for `number` seconds
  HomeBeyond,         ///< its home is farther than `number` metres
  TargetWithin,       ///< `number` metres
  TargetCasts,        ///< something that can be interrupted
  HealthBelow,        ///< its own is below this share
  TargetHealthBelow,  ///< the target's
  ComboPoints,        ///< it has at least `number`
  Chance,             ///< this share of the turns
  Every,              ///< once in `number` seconds

  // ---- deeds
  Use,          ///< one of its abilities
  Approach,     ///< until the target is within `number` metres and in sight
  KeepAway,     ///< goes backwards when the target is within `number` metres
  Flee,         ///< from the target, for `number` seconds
  GoHome,       ///< gives up the fight and is whole again when it is there
  Investigate,  ///< goes and looks at what alarmed it
  Patrol,       ///< walks round its home, `number` metres away
  Stroll,       ///< goes about its business near its home
  CallHelp,     ///< those of its side within `number` metres fight its target
};

/// An ability that a Use node may choose.
struct AbilityChoice {
  AbilityId ability;
  float weight = 1;  ///< against the others that are ready
};

struct BehaviourNode {
  BehaviourKind kind{};
  std::uint8_t timer = 0;          ///< Every: its place among the creature's timers
  std::uint16_t end = 0;           ///< the node behind its last descendant
  float number = 0;                ///< by kind
  std::uint16_t first_choice = 0;  ///< Use
  std::uint16_t choices = 0;       ///< Use; 0: whatever the creature has
};

/// Every nodes of a tree.
inline constexpr std::size_t kBehaviourTimersMax = 6;
inline constexpr std::size_t kBehaviourNodesMax = 128;
/// Nodes within nodes: a bound on the stack.
inline constexpr std::size_t kBehaviourDepthMax = 12;

struct BehaviourDefinition {
  BehaviourId id;
  std::string name;
  std::string title;
  float sight_m = 18;             ///< it attacks whom it sees within ...
  float sight_half_angle = 1.2f;  ///< ... so many radians to each side of where it looks
  float hearing_m = 6;            ///< who runs or fights as near as that alarms it
  float help_m = 8;               ///< idle ones of its kind as near as that join its fights
  float leash_m = 50;             ///< beyond it from its home it lets go of whom it fights
  std::vector<BehaviourNode> nodes;
  std::vector<AbilityChoice> choices;
};

}  // namespace tessera
