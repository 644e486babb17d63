// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which doors are open near each player, told to his client when that changes: prediction must know
// it. What a session was told is remembered; the difference goes out as DoorsChanged. A door that
// is farther away than kDoorSight_m is not told, and not forgotten: when the player comes near, it
// is compared with what he was told last. Nobody was told of an open door before his session began.
//
// The world is divided into blocks of 64 m that know the doors round them, as bits: who is far from
// all doors costs a look at his block. Runs on the simulation thread after the step, and is no part
// of the state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/registry.h"
#include "engine/math/vec.h"
#include "gameplay/doors/doors.h"
#include "world/intake/session_table.h"

namespace tessera::tick {

/// At least so far a client knows doors; up to a block's diagonal farther.
inline constexpr float kDoorSight_m = 120;

class DoorNews {
 public:
  explicit DoorNews(const doors::DoorIndex& index);

  /// After each pass of operate_doors; in other ticks it does nothing. About 3 ns for a player far
  /// from doors, 10 ns for one in a town, and 100 ns for a message. Allocates only when there are
  /// more entities than ever before.
  void tell(TickNumber now, const ecs::Registry& registry, const intake::SessionTable& sessions);

  /// Some doors, as bits of one word of a set.
  struct SomeDoors {
    std::uint32_t word = 0;
    std::uint64_t doors = 0;
  };
  /// All doors within kDoorSight_m of a place, and some beyond.
  std::span<const SomeDoors> in_sight(math::Vec2 place) const;

 private:
  void make_blocks(const doors::DoorIndex& index);
  std::uint64_t* told_to(EntityId entity, SessionId session);

  math::Vec2 low_{};
  float block_m_ = 64;
  std::uint32_t columns_ = 0;  ///< of blocks; 0 without doors
  std::uint32_t rows_ = 0;
  std::vector<std::uint32_t> starts_;  ///< first place of each block in near_, and the end
  std::vector<SomeDoors> near_;
  std::size_t words_ = 0;            ///< of a set of the zone's doors
  std::vector<SessionId> sessions_;  ///< by index of the entity's id: who was told
  std::vector<std::uint64_t> told_;  ///< `words_` for each: the doors he believes to be open
};

}  // namespace tessera::tick
