// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a creature has in mind: whom it hates how much, what it has noticed, what it is about.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "gameplay/definitions/behaviour_definition.h"
#include "gameplay/shared/components.h"

namespace tessera::ai {

/// Who has hurt it or healed its enemies, and how much that counts.
struct Threat {
  EntityId whom{};
  float amount = 0;
  std::uint32_t reserved = 0;
};

}  // namespace tessera::ai

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::ai::Threat> = true;

namespace tessera::ai {

/// As many as can stand round a large creature. When all are taken, the least makes room.
inline constexpr std::size_t kThreatsMax = 12;

enum class State : std::uint8_t {
  Idle,
  Alarmed,    ///< it has heard or seen something, and looks
  Fighting,   ///< it has somebody on its table
  Fleeing,    ///< from its target, for a while
  Returning,  ///< it has let go of everybody; nothing touches it until it is home and whole
};

/// Written by Think and HoldGrudges.
struct Mind {
  std::array<Threat, kThreatsMax> threats{};  ///< the first threat_count
  std::array<TickNumber, kBehaviourTimersMax> timers{};
  math::Vec3 alarm_place{};
  float flee_heading = 0;
  TickNumber alarmed_until = 0;
  TickNumber flees_until = 0;
  TickNumber taunted_until = 0;
  EntityId taunter{};
  EntityId target{};  ///< whom it fights; none: nobody
  std::uint32_t threat_count = 0;
  BehaviourId behaviour{};  ///< none: it has no mind, and only strolls
  State state{};
  std::uint8_t patrol_point = 0;

  std::span<const Threat> hated() const { return std::span(threats).first(threat_count); }
  std::span<Threat> hated() { return std::span(threats).first(threat_count); }

  friend constexpr auto describe(ecs::Described<Mind>) {
    return ecs::component<Mind>(
        "mind", {}, ecs::field("threats", &Mind::threats), ecs::field("timers", &Mind::timers),
        ecs::field("alarm_place", &Mind::alarm_place),
        ecs::field("flee_heading", &Mind::flee_heading),
        ecs::field("alarmed_until", &Mind::alarmed_until),
        ecs::field("flees_until", &Mind::flees_until),
        ecs::field("taunted_until", &Mind::taunted_until), ecs::field("taunter", &Mind::taunter),
        ecs::field("target", &Mind::target), ecs::field("threat_count", &Mind::threat_count),
        ecs::field("behaviour", &Mind::behaviour), ecs::field("state", &Mind::state),
        ecs::field("patrol_point", &Mind::patrol_point));
  }
};

/// How much it hates somebody; 0: not at all.
float threat_of(const Mind& mind, EntityId whom);

/// Adds to it, or takes away, never below 0. Who is not on the table yet comes onto it, with
/// whatever little; who is the least of all on a full table makes room for more.
void add_threat(Mind& mind, EntityId whom, float amount);

/// The one it hates most now; the other threats stay as they are. It fights him for so long,
/// whatever the others do.
void taunt(Mind& mind, EntityId whom, TickNumber until);

void forget(Mind& mind, EntityId whom);
void forget_all(Mind& mind);

}  // namespace tessera::ai
