// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How much the world does in a tick, and how fast its clock runs: what the overload ladder takes
// away from the simulation. It is decided from outside measurements, so it comes as an intent; from
// then on it is state, and rules may read it.
#pragma once

#include <cstdint>

#include "engine/ecs/component.h"
#include "gameplay/shared/rule.h"

namespace tessera::pace {

struct SetPace {
  std::uint32_t clock_permille = 1000;  ///< of real time
  std::uint32_t ai_reduced = 0;         ///< 1: creatures do only what they have begun
  friend constexpr auto describe(ecs::Described<SetPace>) {
    return ecs::component<SetPace>("set_pace", {},
                                   ecs::field("clock_permille", &SetPace::clock_permille),
                                   ecs::field("ai_reduced", &SetPace::ai_reduced));
  }
};

/// The one of the world. Written by set_pace.
struct Pace {
  std::uint32_t clock_permille = 1000;
  std::uint32_t ai_reduced = 0;
  friend constexpr auto describe(ecs::Described<Pace>) {
    return ecs::component<Pace>("pace", {}, ecs::field("clock_permille", &Pace::clock_permille),
                                ecs::field("ai_reduced", &Pace::ai_reduced));
  }
};

/// The last intent of a tick counts. Phase::Decide, before everything that reads Pace.
void set_pace(In<SetPace> intents, Singleton<Pace> pace);

}  // namespace tessera::pace
