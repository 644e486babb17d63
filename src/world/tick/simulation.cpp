// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/simulation.h"

#include <algorithm>
#include <utility>

#include "engine/platform/crash/crash_report.h"
#include "engine/platform/log.h"
#include "engine/platform/process.h"

namespace tessera::tick {

Simulation::Simulation(const SimulationOptions& options, ZoneDefinition definition,
                       std::span<cluster::Link* const> links, outbox::SaveQueue& saves)
    : options_(options),
      zone_(std::move(definition), options.zone, options.workers),
      links_(links.begin(), links.end()),
      saves_(saves),
      outbox_({.zone = options.zone.zone,
               .epoch = options.epoch,
               .save_interval = options.save_interval},
              saves_),
      replication_(options.replication, zone_.collision()) {}

Simulation::~Simulation() { (void)stop("The server is stopping."); }

intake::IntakeOptions Simulation::intake_options() {
  intake::IntakeOptions options;
  options.find_unsaved = [this](CharacterId character) -> std::optional<intake::LastPlace> {
    const auto state = saves_.find(character);
    if (!state) return std::nullopt;
    return intake::LastPlace{state->position_m, state->heading_rad, state->play_seconds,
                             state->talents};
  };
  options.find_arrival = [this](std::string_view name) -> std::optional<cluster::Place> {
    const auto& arrivals = zone_.definition().arrivals;
    const auto found = std::ranges::find(arrivals, name, &Arrival::name);
    if (found == arrivals.end()) return std::nullopt;
    const SpawnPoint& at = found->at;
    return cluster::Place{{at.place.x, at.height_m, at.place.z}, at.heading};
  };
  return options;
}

Result<std::unique_ptr<Simulation>> Simulation::create(const SimulationOptions& options,
                                                       ZoneDefinition definition,
                                                       std::span<cluster::Link* const> links,
                                                       log::LogStorage& storage,
                                                       outbox::SaveQueue& saves) {
  std::unique_ptr<Simulation> made(new Simulation(options, std::move(definition), links, saves));
  if (const std::size_t refused = made->zone_.navigation().refused_tiles(); refused > 0) {
    platform::log_error("tiles of the navigation mesh cannot be read; no creature walks there",
                        {{"tiles", refused}, {"zone", made->zone_.definition().name}});
  }
  log::LogOptions log_options = options.log;
  log_options.run = options.epoch;
  auto log = log::IntentLog::open(std::move(log_options), storage,
                                  {.build = options.build,
                                   .content_hash = made->zone_.definition().content_hash,
                                   .seed = options.zone.seed,
                                   .zone = options.zone.zone,
                                   .tick = 0,
                                   .checkpoint_bytes = 0,
                                   .options = zone::encode(options.zone)},
                                  {});
  if (!log) return std::unexpected(log.error());
  made->log_ = std::move(*log);
  made->tick_ = std::make_unique<ZoneTick>(TickParts{.zone = made->zone_,
                                                     .log = *made->log_,
                                                     .outbox = made->outbox_,
                                                     .replication = made->replication_,
                                                     .links = made->links_,
                                                     .mailbox = made->mailbox_,
                                                     .travel = options.travel},
                                           made->intake_options());
  if (options.content_listener != nullptr) {
    options.content_listener->zone_has(made->zone_.definition());
  }
  if (options.watcher != nullptr) {
    made->reloader_ = std::make_unique<ContentReloader>(*options.watcher, options.zone);
  }
  return made;
}

void Simulation::start() {
  thread_ = std::thread([this] { run(); });
}

Result<void> Simulation::stop(const std::string& sentence) {
  if (!thread_.joinable()) return outcome_;
  stop_sentence_ = sentence;
  stopping_.store(true, std::memory_order_release);
  thread_.join();
  return outcome_;
}

void Simulation::run() {
  platform::name_thread("simulation");
  platform::prepare_thread_for_crashes();
  Pacemaker pacemaker(options_.pacemaker, *tick_, meter_);
  while (!stopping_.load(std::memory_order_acquire)) {
    if (reloader_) reload_content();
    pacemaker.run_one();
    platform::note_tick(tick_->last_tick(), tick_->last_hash(), pacemaker.last_duration_ns());
    if (tick_->last_tick() % kTicksPerSecond == 0) watch();
  }
  finish(pacemaker);
}

void Simulation::reload_content() {
  reloader_->dispose(zone_.take_replaced());
  auto content = reloader_->take();
  if (content == nullptr) return;
  if (options_.content_listener != nullptr) {
    options_.content_listener->zone_has(content->definition);
  }
  tick_->replace_content(std::move(content));
}

/// Once a second: what an operator must read of the threads behind the tick.
void Simulation::watch() {
  const log::LogStatus log = log_->status();
  if (log.failures != log_failures_seen_) {
    log_failures_seen_ = log.failures;
    platform::log_error("the intent log is broken; the world goes on without it",
                        {{"reason", log.error}, {"tick", tick_->last_tick()}});
  }
  if (log_failed_seen_ && !log.failed) {
    platform::log_info("the intent log is written again", {{"from_tick", log_->durable_tick()}});
  }
  log_failed_seen_ = log.failed;
  const outbox::SaveQueueStatus saves = saves_.status();
  if (saves.failing && !saves_failing_seen_) {
    platform::log_error("characters cannot be saved; trying again",
                        {{"reason", saves.error}, {"waiting", saves.backlog}});
  }
  if (!saves.failing && saves_failing_seen_) {
    platform::log_info("characters are saved again", {{"waiting", saves.backlog}});
  }
  saves_failing_seen_ = saves.failing;
}

void Simulation::finish(Pacemaker& pacemaker) {
  tick_->begin_stop(stop_sentence_);
  pacemaker.run_one();
  const auto saved = saves_.drain(options_.save_timeout);
  const auto closed = log_->close();
  outcome_ = saved ? closed : saved;
}

SimulationFigures Simulation::figures(unsigned last_s) const {
  return {.players = tick_->players(),
          .creatures = tick_->creatures(),
          .tick = tick_->last_tick(),
          .hash = tick_->last_hash(),
          .last_tick_at_ns = meter_.last_ended_ns(),
          .durable_tick = log_->durable_tick(),
          .ticks = meter_.figures(options_.pacemaker.time.now_ns(), last_s),
          .log = log_->status(),
          .saves = saves_.status()};
}

std::string Simulation::must_stop() const {
  const outbox::SaveQueueStatus saves = saves_.status();
  if (saves.fenced) return "another process has taken over this zone: " + saves.error;
  const log::LogStatus log = log_->status();
  if (options_.stop_when_log_fails && log.failed) return "the intent log failed: " + log.error;
  return {};
}

}  // namespace tessera::tick
