// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/roles/operations.h"

#include <atomic>
#include <memory>
#include <utility>

#include "engine/platform/build/build_info.h"
#include "engine/platform/clock.h"
#include "engine/platform/process.h"

namespace tessera::server {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;
/// A tick that is later than this is no hiccup.
constexpr std::int64_t kTickSilenceMax_ns = 2 * kSecond_ns;

/// Gathers what the zones say about one order; the last of them to let go answers.
struct KickCount {
  explicit KickCount(services::Callback<std::uint32_t> to) : callback(std::move(to)) {}
  ~KickCount() {
    if (reached) {
      callback(sessions.load());
    } else {
      callback(failure(ErrorKind::Unavailable, "the world does not take orders at the moment"));
    }
  }

  services::Callback<std::uint32_t> callback;
  std::atomic<std::uint32_t> sessions{0};
  std::atomic<bool> reached{false};
};

double milliseconds(std::int64_t ns) { return static_cast<double>(ns) / 1e6; }

}  // namespace

void StopRequest::ask(std::uint32_t in_s, const std::string& sentence) {
  const std::lock_guard lock(mutex_);
  if (at_ns_) return;
  at_ns_ = platform::monotonic_ns() + in_s * kSecond_ns;
  sentence_ = sentence;
}

std::optional<std::string> StopRequest::due(std::int64_t now_ns) const {
  const std::lock_guard lock(mutex_);
  if (!at_ns_ || now_ns < *at_ns_) return std::nullopt;
  return sentence_;
}

void Operators::kick(AccountId account, bool banned, const std::string& sentence,
                     services::Callback<std::uint32_t> callback) {
  const auto count = std::make_shared<KickCount>(std::move(callback));
  const auto order = [&]() -> intake::Command {
    return intake::DisconnectAccount{
        .account = account,
        .reason = banned ? cluster::CloseReason::Banned : cluster::CloseReason::Kicked,
        .sentence = sentence.empty() ? "An operator ended this session." : sentence,
        .done = [count](std::uint32_t sessions) { count->sessions += sessions; }};
  };
  instances_.post_to_all(order);
  count->reached = mailbox_.post(order());
}

void Operators::mute(AccountId account, std::uint32_t seconds) {
  const intake::MuteAccount order{.account = account, .seconds = seconds};
  instances_.post_to_all([&]() -> intake::Command { return order; });
  (void)mailbox_.post(order);  // a full mailbox: the zone does not tick
}

void Operators::announce(const std::string& sentence) {
  instances_.post_to_all([&]() -> intake::Command { return intake::Announce{sentence}; });
  (void)mailbox_.post(intake::Announce{sentence});
}

void Operators::shut_down(std::uint32_t in_s, const std::string& sentence) {
  const std::string told = sentence.empty() ? "The server is stopping." : sentence;
  if (in_s > 0) announce(told);
  stop_.ask(in_s, told);
}

void Operators::record(const gateway::AuditRow& row, services::Callback<void> callback) {
  operations::Action action;
  action.actor = row.address;
  action.action = row.action;
  action.target = row.target;
  action.detail = row.details;
  action.result = "accepted";
  journal_.record_async(action, [callback = std::move(callback)](Result<std::int64_t> id) mutable {
    if (!id) return callback(std::unexpected(id.error()));
    callback({});
  });
}

Status::Status(const tick::Simulation& simulation, const InstanceHost& instances,
               platform::MetricsRegistry& metrics, Outflow outflow)
    : simulation_(simulation),
      instances_(instances),
      metrics_(metrics),
      outflow_(std::move(outflow)),
      started_ns_(platform::monotonic_ns()) {}

gateway::ServerStatus Status::status(unsigned last_s) {
  const std::int64_t now = platform::monotonic_ns();
  const tick::SimulationFigures figures = simulation_.figures(last_s);
  const platform::Percentiles& duration = figures.ticks.duration;
  gateway::ServerStatus status;
  status.version = platform::build_info().version;
  status.uptime_s = static_cast<double>(now - started_ns_) / 1e9;
  status.players = figures.players + instances_.players();
  status.instances = instances_.instances();
  status.creatures = figures.creatures;
  status.tick = figures.tick;
  status.tick_ms = {.p50 = milliseconds(duration.p50_ns),
                    .p99 = milliseconds(duration.p99_ns),
                    .p999 = milliseconds(duration.p999_ns),
                    .max = milliseconds(duration.max_ns)};
  status.late_ticks = figures.ticks.late_ticks;
  status.machine_stalls = figures.ticks.machine_stalls;
  status.overload_level_max = figures.ticks.overload_level_max;
  status.bytes_out_s = outflow_.bytes_s(now, last_s);
  status.datagrams_out_s = outflow_.datagrams_s(now, last_s);
  status.rss_bytes = platform::resident_bytes();
  return status;
}

gateway::Readiness Status::readiness() {
  const std::int64_t now = platform::monotonic_ns();
  const tick::SimulationFigures figures = simulation_.figures();
  if (now - figures.last_tick_at_ns > kTickSilenceMax_ns) {
    return {false, "the world does not tick"};
  }
  if (figures.saves.fenced) return {false, "another process owns this zone"};
  // Somebody has played for a while and nothing was sent: state does not go out.
  if (figures.players > 0 && outflow_.datagrams_s(now, gateway::kStatusWindowMax_s) <= 0 &&
      now - started_ns_ > 5 * kSecond_ns) {
    return {false, "players are in the world, but nothing is sent to them"};
  }
  return {true, {}};
}

std::string Status::metrics_text() { return metrics_.prometheus_text(); }

}  // namespace tessera::server
