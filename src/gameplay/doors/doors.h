// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Doors open by themselves for who comes near, and close when all have gone on. Which are open is
// state; the zone's collision world takes it over before each tick, so what a tick decides counts
// from the next one on, for everybody at the same time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/ecs/component.h"
#include "engine/physics/collision_world.h"
#include "gameplay/doors/door_index.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::doors {

inline constexpr std::size_t kDoorWords = physics::kDoorsMax / 64;

/// 20 passes a second: somebody who runs is 0.3 m farther at the next one.
inline constexpr TickNumber kPassInterval = 3;

/// The one of the world: bit d % 64 of word d / 64 is set while door d is open. Written by
/// operate_doors.
struct Doors {
  std::array<std::uint64_t, kDoorWords> open{};

  bool is_open(std::size_t door) const { return (open[door / 64] >> (door % 64) & 1) != 0; }
  friend constexpr auto describe(ecs::Described<Doors>) {
    return ecs::component<Doors>("doors", {}, ecs::field("open", &Doors::open));
  }
};

struct DoorOpened {
  std::uint32_t door = 0;  ///< its place in StaticGeometry::doors
};

struct DoorClosed {
  std::uint32_t door = 0;
};

/// Every kPassInterval ticks: a door opens when somebody is within kOpenReach_m, and closes when
/// nobody is within kHoldReach_m. Events by growing number of door, the opened ones first.
/// Phase::World, after all have moved. About 3 ns for who is far from doors, 10 ns in a town.
void operate_doors(const Step& step, const DoorIndex& index,
                   Query<const Position, With<Velocity>> characters, Singleton<Doors> doors,
                   Out<DoorOpened> opened, Out<DoorClosed> closed);

/// Makes the collision world's doors those of the state. A nanosecond a door.
void take_over(const Doors& doors, physics::CollisionWorld& world);

}  // namespace tessera::doors
