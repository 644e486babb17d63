// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What each player sees of the world, in snapshots. Runs on the simulation thread, after the
// schedule.
//
//   collect   the registry's positions, headings and told components go into the Mirror: quantised
//   once
//             a tick, placed in slots of cell pages; what changed is stamped with the tick
//   publish   a third of the viewers are due in each tick. For each: the pages whose turn it is by
//   their
//             distance (20, 10, 5 Hz), rosters that changed, its own state; bodies of pages come
//             encoded from the PageCache, where all viewers with the same history share them
//   combat    lines of fights: to those who fight at once, to those who watch as far as there is
//             room (combat/combat_feed.h)
//   attention whom a viewer has chosen, and with whom he has fought lately, is told in each of his
//             snapshots, in whatever crowd (combat/attention.h)
//   answers   go out at once, right after Phase::Act, as snapshots of their own
//
// A viewer owns no copy of the world, only, for each page it sees, the tick since when it must be
// told. A lost snapshot sets that tick back, so what is sent again is the newest value.
//
// Replication reads the registry and never writes it; nothing in it is part of the world's state,
// so after a restart viewers simply begin anew.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "protocol/snapshot.h"

namespace tessera::combat {
struct CombatEvent;
}
namespace tessera::ecs {
class Registry;
}
namespace tessera::physics {
class CollisionWorld;
}

namespace tessera::replication {

/// Where snapshots go: towards the session's channel. Called on the simulation thread.
class SnapshotSink {
 public:
  virtual ~SnapshotSink() = default;
  /// `number` (from 1, per session) comes back in delivered(). `bytes` live for the call.
  virtual void send(SessionId session, std::uint32_t number, std::span<const std::byte> bytes,
                    bool at_once) = 0;
};

struct Options {
  /// A cell comes into view when its centre is this near, and leaves it beyond the second.
  float enter_m = 100;
  float leave_m = 112;
  /// Cells whose border is this near are told at 20 Hz, at 10 Hz; the others at 5 Hz.
  float near_m = 32;
  float middle_m = 48;
  /// Of one snapshot. 1,100 bytes at 20 Hz and the headers stay below 24 kB/s in any crowd.
  std::size_t snapshot_bytes = protocol::kSnapshotBytesMax;
  std::size_t entities_expected = 8192;  ///< memory reserved at the start; more is no error
};

/// Lower rates for an overloaded zone. Each level includes those before it.
enum class Detail : std::uint8_t {
  Full,
  FarHalved,        ///< far pages at 2.5 Hz
  MiddleHalved,     ///< middle pages at 5 Hz
  SnapshotsHalved,  ///< snapshots at 10 Hz
};

/// Counted since the start.
struct Figures {
  std::uint64_t snapshots = 0;
  std::uint64_t bytes = 0;
  std::uint64_t answers_at_once = 0;
  std::uint64_t pages_sent = 0;
  std::uint64_t pages_encoded = 0;  ///< the others were copied from the cache
  std::uint64_t introductions = 0;
  std::uint64_t snapshots_full = 0;  ///< something had to wait for the next one
  std::uint64_t snapshots_lost = 0;
  std::uint64_t new_views = 0;  ///< views begun anew: resynchronised or asked for
};

class Replication {
 public:
  /// `world`: the ground, which clients know too; heights are told only of entities that are off
  /// it.
  Replication(const Options& options, const physics::CollisionWorld& world);
  ~Replication();
  Replication(const Replication&) = delete;
  Replication& operator=(const Replication&) = delete;

  /// Begins to send `entity`'s view to `session`. A session that has one gets the new entity's.
  void open_view(SessionId session, EntityId entity);
  /// Nothing happens when there is none. All others take an unknown session as gone, too.
  void close_view(SessionId session);
  std::size_t view_count() const;

  /// What became of a snapshot. Reports may be late, repeated or missing.
  void delivered(SessionId session, std::uint32_t number, bool arrived);
  /// What the client asks for in its inputs.
  void want_own_state(SessionId session);
  void want_new_view(SessionId session);
  /// Whom a player has chosen, none for nobody: while he is in view, every snapshot tells of him.
  void choose_target(SessionId session, EntityId target);

  /// What became of an own action; it goes with flush_answers() and, if lost, again.
  void answer(SessionId session, const protocol::ActionAnswer& answer);
  /// What happened in the fights of this tick; it goes with publish(): to those who take part in
  /// it at once (unless that took half of their next snapshot already) and, if lost, again.
  void tell_combat(std::span<const combat::CombatEvent> events, const ecs::Registry& registry);
  /// Sends the waiting answers at once. Call it after Phase::Act; `now` is the running tick.
  void flush_answers(TickNumber now, SnapshotSink& sink);

  /// Takes over the state after the schedule and sends the snapshots that are due. Components that
  /// are told WhenDurable wait until `durable` (a tick that is on disk, with all before it)
  /// includes them.
  void publish(TickNumber now, TickNumber durable, const ecs::Registry& registry,
               SnapshotSink& sink);

  /// The ground has changed. Heights are told of it from now on; `world` outlives this.
  void set_world(const physics::CollisionWorld& world);

  void set_detail(Detail detail);
  Detail detail() const;
  const Figures& figures() const;
  /// What a session's viewer sees: the entities in the pages it is subscribed to. For tests and the
  /// inspector.
  std::size_t visible_count(SessionId session) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tessera::replication
