// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What leaves the zone for services. The last step of a tick: it looks at the tick's events and
// state and puts what others must learn into a queue; it never waits for anybody.
//
// Characters are saved when they leave, when the zone stops, and every few seconds in between.
// Those periodic saves are spread over the ticks of the interval, so that no tick carries them all.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "cluster/link/session_messages.h"
#include "engine/core/tick.h"
#include "engine/ecs/queues.h"
#include "engine/ecs/registry.h"
#include "world/outbox/save_queue.h"

namespace tessera::outbox {

struct OutboxOptions {
  std::uint16_t zone = 1;
  std::uint64_t epoch = 1;
  TickNumber save_interval = 10 * kTicksPerSecond;
};

/// A character while it is in the world.
struct Visit {
  SessionId session;
  CharacterId character;
  EntityId entity;
  std::uint64_t play_seconds_before = 0;
  TickNumber entered_at = 0;
  /// Saved in place of where it stands: an instance is no place to come back to.
  std::optional<cluster::Place> return_place{};
};

/// What a character has come to.
struct Growth {
  std::uint32_t level = 1;
  std::uint32_t experience = 0;
  combat::Talents talents{};
};

class Outbox {
 public:
  Outbox(const OutboxOptions& options, SaveQueue& saves) : options_(options), saves_(saves) {}

  /// A character entered in this tick, or is there after a restart.
  void begin_visit(const Visit& visit);
  /// After the tick: those who left, and those whose turn it is.
  void collect(TickNumber now, const ecs::Registry& registry, const ecs::Queues& events);
  /// Everyone, at once.
  void save_all(TickNumber now, const ecs::Registry& registry);

  std::size_t visits() const { return visits_.size(); }

 private:
  void save(const Visit& visit, TickNumber now, const ecs::Registry& registry);
  void push(const Visit& visit, TickNumber now, const cluster::Place& place, const Growth& growth,
            bool leaving);
  /// Levels and what one has chosen are saved at once, not when their turn comes.
  void save_chosen(TickNumber now, const ecs::Registry& registry, const ecs::Queues& events);
  OutboxId next_id(TickNumber now);
  void end_visit(SessionId session);

  OutboxOptions options_;
  SaveQueue& saves_;
  std::vector<Visit> visits_;  ///< in no order: the last one fills a gap
  std::unordered_map<SessionId, std::size_t> by_session_;
  std::size_t turn_ = 0;  ///< of the visit to be saved next
  TickNumber tick_ = 0;
  std::uint32_t index_ = 0;
};

}  // namespace tessera::outbox
