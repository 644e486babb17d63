// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the world tells the outside about a character, and who takes it. The server wires the
// interface to the characters service; tests put their own in.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/math/vec.h"
#include "gameplay/combat/talents.h"

namespace tessera::outbox {

/// Names one thing that left a zone, for ever: whoever gets it twice applies it once.
struct OutboxId {
  std::uint16_t zone = 0;
  std::uint64_t epoch = 0;  ///< of the zone's owner; an older one is refused
  TickNumber tick = 0;
  std::uint32_t index = 0;  ///< within the tick
  constexpr auto operator<=>(const OutboxId&) const = default;
};

/// All values are absolute, so a state that is stored twice, or in place of an older one, is right.
struct CharacterState {
  OutboxId id;
  CharacterId character;
  math::Vec3 position_m;
  float heading_rad = 0;
  std::uint64_t play_seconds = 0;  ///< in all
  std::uint32_t level = 1;
  std::uint32_t experience = 0;  ///< within the level
  combat::Talents talents{};
  bool leaving = false;  ///< the last one of its session
};

class CharacterSaver {
 public:
  virtual ~CharacterSaver() = default;
  /// Stores all of them or fails as a whole; may take its time. Returns those that were refused for
  /// good (deleted, or in another zone since). ErrorKind::PermissionDenied: this process no longer
  /// owns the zone.
  virtual Result<std::vector<CharacterId>> save(std::span<const CharacterState> states) = 0;
};

}  // namespace tessera::outbox
