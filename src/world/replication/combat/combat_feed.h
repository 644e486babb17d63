// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who is told what of the fights of a zone, as lines of the combat log.
//
//   own        the viewer is actor or target: told at once, and again until the client has
//              confirmed it; each has a number, by which a client knows what it has heard before
//   of others  he sees actor or target: told once, in his next snapshot, as far as there is room.
//              What found none is never told: it is out of date with the next snapshot
//
// Runs on the simulation thread. Nothing here is part of the world's state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/ids.h"
#include "gameplay/combat/combat.h"
#include "protocol/cells.h"
#include "protocol/combat/combat_lines.h"

namespace tessera::replication {

class Mirror;
struct Viewer;

/// A line that is told until it is confirmed.
struct OwnCombatLine {
  EntityId actor;
  EntityId target;
  protocol::CombatLine line;
  std::uint32_t number = 0;  ///< of the snapshot that carries it; 0: to be sent
};

/// What a viewer has of his own to hear.
class OwnCombat {
 public:
  void add(const combat::CombatEvent& event);
  bool is_waiting() const;
  /// The fate of the snapshot with this number.
  void delivered(std::uint32_t number, bool arrived);
  /// All that was on its way is to be sent again.
  void begin_anew();
  std::span<OwnCombatLine> lines() { return lines_; }

 private:
  std::vector<OwnCombatLine> lines_;  ///< the oldest first
  std::uint8_t next_number_ = 0;
};

/// The line of an event; who is who is told later, for each viewer.
protocol::CombatLine line_of(const combat::CombatEvent& event);
/// False for what says nothing to a player: threat.
bool is_told(const combat::CombatEvent& event);

/// What happened in the last ticks, and where.
class CombatFeed {
 public:
  /// Viewers look in at least so often.
  static constexpr std::uint32_t kKeptTicks = 6;

  void add(const combat::CombatEvent& event) { fresh_.push_back(event); }
  /// Once a tick, when the mirror knows where everybody is.
  void place(const Mirror& mirror);
  /// The lines for a viewer that are new since he was told last: his own, then those of others.
  /// `flight`: the number of the snapshot.
  void write(Viewer& viewer, const Mirror& mirror, std::uint32_t flight, bool with_others,
             protocol::CombatWriter& out) const;

 private:
  struct Placed {
    EntityId actor;
    EntityId target;
    protocol::CombatLine line;
    std::uint32_t tick = 0;
    protocol::Cell actor_cell;
    protocol::Cell target_cell;
  };
  std::vector<combat::CombatEvent> fresh_;
  std::vector<Placed> recent_;  ///< the oldest first
};

}  // namespace tessera::replication
