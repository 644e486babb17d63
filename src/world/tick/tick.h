// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One tick of a zone, from messages to messages. tick.cpp is the sentence at the centre; around the
// simulation, which is in the zone and knows nothing of it, stand the log, replication and the
// outbox. Everything here runs on the simulation thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cluster/link/link.h"
#include "engine/core/tick.h"
#include "world/intake/intake.h"
#include "world/log/intent_log.h"
#include "world/news/player_news.h"
#include "world/outbox/outbox.h"
#include "world/replication/replication.h"
#include "world/tick/door_news.h"
#include "world/tick/pacing/pacemaker.h"
#include "world/tick/travel.h"
#include "world/tick/viewers.h"
#include "world/zone/zone.h"

namespace tessera::tick {

/// All outlive the tick.
struct TickParts {
  zone::Zone& zone;
  log::IntentLog& log;
  outbox::Outbox& outbox;
  replication::Replication& replication;
  std::span<cluster::Link* const> links;
  intake::Mailbox& mailbox;
  Travel* travel = nullptr;  ///< null: there are no other zones, and portals lead nowhere
};

class ZoneTick final : public Ticking {
 public:
  ZoneTick(const TickParts& parts, intake::IntakeOptions intake);

  void run(TickNumber now) override;
  void overload_changed(const OverloadState& state) override;
  /// The next tick begins with this content, made with the zone's options.
  void replace_content(std::unique_ptr<zone::ZoneContent> content);
  /// Before the last tick: everyone is told, leaves and is saved in it.
  void begin_stop(std::string_view sentence);

  // Any thread.
  std::uint64_t players() const { return players_.load(std::memory_order_relaxed); }
  std::uint64_t creatures() const { return creatures_.load(std::memory_order_relaxed); }
  TickNumber last_tick() const { return last_tick_.load(std::memory_order_relaxed); }
  std::uint64_t last_hash() const { return last_hash_.load(std::memory_order_relaxed); }
  const intake::IntakeCounters& intake_counters() const { return intake_.counters(); }

 private:
  void log_intents(TickNumber now);
  void answer_actions(TickNumber now);
  void adopt_content();
  void welcome_arrivals(TickNumber now);
  void tell_news(TickNumber now);
  void tell_surroundings(TickNumber now);
  void open_portals(TickNumber now);
  void publish(TickNumber now);
  void note(TickNumber now, std::uint64_t hash);

  zone::Zone& zone_;
  log::IntentLog& log_;
  outbox::Outbox& outbox_;
  replication::Replication& replication_;
  std::vector<cluster::Link*> links_;
  Viewers viewers_;
  DoorNews door_news_;
  news::PlayerNews news_;
  intake::Mailbox& mailbox_;
  Travel* travel_;
  intake::Intake intake_;
  std::vector<std::byte> intent_bytes_;
  OverloadState overload_;
  std::uint64_t content_hash_;  ///< of the content that clients, log and replication know of
  std::atomic<std::uint64_t> players_{0};
  std::atomic<std::uint64_t> creatures_{0};
  std::atomic<TickNumber> last_tick_{0};
  std::atomic<std::uint64_t> last_hash_{0};
};

}  // namespace tessera::tick
