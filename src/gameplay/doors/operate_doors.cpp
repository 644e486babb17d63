// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <bit>

#include "gameplay/doors/doors.h"

namespace tessera::doors {
namespace {

using DoorBits = std::array<std::uint64_t, kDoorWords>;

/// Doors at which somebody is: for open ones the longer reach counts.
DoorBits wanted_open(const DoorIndex& index, const Doors& doors,
                     const Query<const Position, With<Velocity>>& characters) {
  DoorBits wanted{};
  characters.each([&](const Position& position) {
    for (const std::uint16_t door : index.near(math::flat(position.metres))) {
      std::uint64_t& word = wanted[door / 64];
      const std::uint64_t bit = std::uint64_t{1} << (door % 64);
      if ((word & bit) != 0) continue;  // in a crowd another has it open
      const float reach = doors.is_open(door) ? kHoldReach_m : kOpenReach_m;
      if (index.is_at(door, position.metres, reach)) word |= bit;
    }
  });
  return wanted;
}

template <class Visit>
void each_bit(std::size_t word, std::uint64_t bits, Visit&& visit) {
  for (; bits != 0; bits &= bits - 1) {
    visit(static_cast<std::uint32_t>(word * 64 + static_cast<unsigned>(std::countr_zero(bits))));
  }
}

}  // namespace

void operate_doors(const Step& step, const DoorIndex& index,
                   Query<const Position, With<Velocity>> characters, Singleton<Doors> doors,
                   Out<DoorOpened> opened, Out<DoorClosed> closed) {
  if (step.now % kPassInterval != 0 || index.size() == 0) return;
  const DoorBits wanted = wanted_open(index, *doors, characters);
  const DoorBits before = doors->open;
  if (wanted == before) return;
  doors->open = wanted;
  for (std::size_t i = 0; i < kDoorWords; ++i) {
    each_bit(i, wanted[i] & ~before[i], [&](std::uint32_t door) { opened.emit({door}); });
  }
  for (std::size_t i = 0; i < kDoorWords; ++i) {
    each_bit(i, before[i] & ~wanted[i], [&](std::uint32_t door) { closed.emit({door}); });
  }
}

void take_over(const Doors& doors, physics::CollisionWorld& world) {
  const std::size_t count = world.geometry().doors.size();
  for (std::size_t door = 0; door < count; ++door) {
    if (world.is_open(door) != doors.is_open(door)) world.set_open(door, doors.is_open(door));
  }
}

}  // namespace tessera::doors
