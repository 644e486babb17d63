// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <functional>
#include <string>

#include "engine/platform/clock.h"
#include "world/tick/simulation.h"

namespace tessera::tick {
namespace {

constexpr double kNanosecondsPerSecond = 1e9;

double value(const std::atomic<std::uint64_t>& counter) {
  return static_cast<double>(counter.load(std::memory_order_relaxed));
}

}  // namespace

std::vector<platform::MetricCallback> Simulation::publish(
    platform::MetricsRegistry& metrics) const {
  std::vector<platform::MetricCallback> callbacks;
  using Figure = std::function<double(const SimulationFigures&)>;
  const auto gauge = [&](const std::string& name, const std::string& help, const Figure& figure) {
    callbacks.push_back(metrics.gauge_callback("tessera_zone_" + name, help,
                                               [this, figure] { return figure(figures()); }));
  };
  const auto counter = [&](const std::string& name, const std::string& help,
                           std::function<double()> read) {
    callbacks.push_back(metrics.counter_callback("tessera_zone_" + name, help, std::move(read)));
  };
  using F = SimulationFigures;
  const auto seconds = [](std::int64_t ns) {
    return static_cast<double>(ns) / kNanosecondsPerSecond;
  };
  gauge("players", "Characters in the world.",
        [](const F& f) { return static_cast<double>(f.players); });
  gauge("creatures", "Creatures in the world.",
        [](const F& f) { return static_cast<double>(f.creatures); });
  gauge("tick_p50_seconds", "Median duration of a tick over the last minute.",
        [seconds](const F& f) { return seconds(f.ticks.duration.p50_ns); });
  gauge("tick_p99_seconds", "99th percentile of a tick's duration over the last minute.",
        [seconds](const F& f) { return seconds(f.ticks.duration.p99_ns); });
  gauge("tick_max_seconds", "Longest tick of the last minute.",
        [seconds](const F& f) { return seconds(f.ticks.duration.max_ns); });
  gauge("overload_level_max", "Highest level of the overload ladder in the last minute.",
        [](const F& f) { return static_cast<double>(f.ticks.overload_level_max); });
  gauge("log_failed", "1: the intent log is not being written.",
        [](const F& f) { return f.log.failed ? 1.0 : 0.0; });
  gauge("save_backlog", "Character states that are not stored yet.",
        [](const F& f) { return static_cast<double>(f.saves.backlog); });

  counter("ticks_total", "Ticks run.", [this] { return static_cast<double>(tick_->last_tick()); });
  counter("late_ticks_total", "Ticks that burned more than their budget.",
          [this] { return static_cast<double>(meter_.late_total()); });
  counter("machine_stalls_total", "Ticks that the machine held up.",
          [this] { return static_cast<double>(meter_.stalls_total()); });
  counter("periods_dropped_total", "Ticks not caught up with after a long sleep of the machine.",
          [this] { return static_cast<double>(meter_.periods_dropped_total()); });
  counter("log_ticks_dropped_total", "Ticks that are missing in the intent log.",
          [this] { return static_cast<double>(log_->status().ticks_dropped); });
  counter("log_bytes_total", "Bytes written to the intent log.",
          [this] { return static_cast<double>(log_->status().bytes_written); });
  counter("saves_total", "Character states stored.",
          [this] { return static_cast<double>(saves_.status().saved); });
  counter("save_failures_total", "Batches of character states that had to be tried again.",
          [this] { return static_cast<double>(saves_.status().failures); });
  counter("saves_shed_total", "Character states not taken because the queue was full.",
          [this] { return static_cast<double>(saves_.status().shed); });
  const intake::IntakeCounters& intake = tick_->intake_counters();
  counter("inputs_total", "Input sections received.", [&intake] { return value(intake.inputs); });
  counter("malformed_total", "Messages that no correct client sends.",
          [&intake] { return value(intake.malformed); });
  counter("too_fast_total", "Messages dropped because they came too fast.",
          [&intake] { return value(intake.too_fast); });
  counter("disconnected_total", "Sessions ended by the zone.",
          [&intake] { return value(intake.disconnected); });
  return callbacks;
}

}  // namespace tessera::tick
