// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A zone that runs: its simulation thread and all that stands round the tick. Made and stopped by
// the server; everything else any thread may ask.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/core/error.h"
#include "engine/platform/metrics/metrics.h"
#include "world/content/watcher.h"
#include "world/intake/mailbox.h"
#include "world/log/intent_log.h"
#include "world/outbox/outbox.h"
#include "world/replication/replication.h"
#include "world/tick/content_reloader.h"
#include "world/tick/pacing/tick_meter.h"
#include "world/tick/tick.h"
#include "world/zone/zone.h"

namespace tessera::tick {

class ContentListener {
 public:
  virtual ~ContentListener() = default;
  virtual void zone_has(const ZoneDefinition& content) = 0;
};

struct SimulationOptions {
  zone::ZoneOptions zone;
  unsigned workers = 0;
  std::uint64_t epoch = 1;  ///< of the zone's owner; also the run's number in the log
  std::string build;        ///< stands in the log
  log::LogOptions log;
  bool stop_when_log_fails = false;
  TickNumber save_interval = 10 * kTicksPerSecond;
  /// How long a stop may wait for the last saves.
  std::chrono::milliseconds save_timeout{10'000};
  replication::Options replication;
  PacemakerOptions pacemaker;
  /// Whose changed content the zone takes over while it runs; null: none. Outlives the simulation.
  content::Watcher* watcher = nullptr;
  /// Told what content the zone has, before its first tick and with each that replaces it; on any
  /// thread, so it must not wait. Outlives the simulation; null: nobody.
  ContentListener* content_listener = nullptr;
  /// Who knows the other zones; null: there are none. Outlives the simulation.
  Travel* travel = nullptr;
};

struct SimulationFigures {
  std::uint64_t players = 0;
  std::uint64_t creatures = 0;
  TickNumber tick = 0;
  std::uint64_t hash = 0;
  std::int64_t last_tick_at_ns = 0;  ///< on the clock of the pacemaker, at the end of `tick`
  TickNumber durable_tick = 0;
  TickFigures ticks;  ///< of the last 60 s
  log::LogStatus log;
  outbox::SaveQueueStatus saves;
};

class Simulation {
 public:
  /// `links`, `storage` and `saves` outlive it; the zones of a process share one queue, so that the
  /// newest state of a character is the newest wherever it plays. Fails when the log cannot be
  /// written.
  static Result<std::unique_ptr<Simulation>> create(const SimulationOptions& options,
                                                    ZoneDefinition definition,
                                                    std::span<cluster::Link* const> links,
                                                    log::LogStorage& storage,
                                                    outbox::SaveQueue& saves);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  /// Begins to tick.
  void start();
  /// Tells everyone `sentence`, saves everyone, closes the log. Returns when that is done; fails
  /// with what could not be saved or written.
  Result<void> stop(const std::string& sentence);

  intake::Mailbox& mailbox() { return mailbox_; }
  /// Characters in the world; cheaper than all figures.
  std::uint64_t players() const { return tick_->players(); }
  /// Those of ticks over the last `last_s` seconds, at most 60.
  SimulationFigures figures(unsigned last_s = platform::kWholeWindow) const;
  /// Not empty: the zone cannot go on, for this reason, and should be stopped.
  std::string must_stop() const;
  /// Publishes tessera_zone_*. The callbacks must not outlive the simulation.
  std::vector<platform::MetricCallback> publish(platform::MetricsRegistry& metrics) const;

 private:
  Simulation(const SimulationOptions& options, ZoneDefinition definition,
             std::span<cluster::Link* const> links, outbox::SaveQueue& saves);
  intake::IntakeOptions intake_options();
  void run();
  void reload_content();
  void watch();
  void finish(Pacemaker& pacemaker);

  const SimulationOptions options_;
  zone::Zone zone_;
  std::vector<cluster::Link*> links_;
  intake::Mailbox mailbox_;
  outbox::SaveQueue& saves_;
  outbox::Outbox outbox_;
  replication::Replication replication_;
  std::unique_ptr<log::IntentLog> log_;
  std::unique_ptr<ZoneTick> tick_;
  std::unique_ptr<ContentReloader> reloader_;
  TickMeter meter_;
  std::uint64_t log_failures_seen_ = 0;
  bool log_failed_seen_ = false;
  bool saves_failing_seen_ = false;
  std::atomic<bool> stopping_{false};
  std::string stop_sentence_;
  Result<void> outcome_;
  std::thread thread_;
};

}  // namespace tessera::tick
