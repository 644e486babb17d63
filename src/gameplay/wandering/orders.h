// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <array>
#include <cstdint>

#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "engine/math/vec.h"
#include "gameplay/shared/components.h"

namespace tessera::wandering {

enum class Order : std::uint8_t {
  Stand,  ///< and look at the place
  GoTo,   ///< the place, until it is within `stop_m`; then stand and look at it
};

/// What a creature's mind tells its legs, if Wander::has_orders; otherwise it strolls. Written by
/// who decides for it (gameplay/ai), some times a second.
struct Orders {
  math::Vec3 place{};
  float stop_m = 0;
  float speed_m_per_s = 0;  ///< of one that nothing slows
  Order order{};
  std::array<std::uint8_t, 3> reserved{};
  friend constexpr auto describe(ecs::Described<Orders>) {
    return ecs::component<Orders>(
        "orders", {}, ecs::field("place", &Orders::place), ecs::field("stop_m", &Orders::stop_m),
        ecs::field("speed_m_per_s", &Orders::speed_m_per_s), ecs::field("order", &Orders::order),
        ecs::field("reserved", &Orders::reserved));
  }
};

}  // namespace tessera::wandering
