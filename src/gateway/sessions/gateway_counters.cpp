// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/gateway_counters.h"

namespace tessera::gateway {
namespace {

constexpr std::array<std::string_view, kCloseReasons> kReasonNames{
    "client_left",     "timed_out",   "kicked",         "banned",   "logged_in_elsewhere",
    "server_stopping", "slow_client", "protocol_error", "too_fast", "moved"};
static_assert(static_cast<std::size_t>(cluster::CloseReason::Moved) + 1 == kCloseReasons);

constexpr std::array<std::string_view, kIgnoreReasons> kIgnoreNames{
    "not_netcode",  "oversized",         "unknown_address", "session_ended",
    "forged",       "replayed",          "token_foreign",   "token_expired",
    "token_reused", "already_connected", "too_often",       "no_room"};
static_assert(static_cast<std::size_t>(IgnoreReason::NoRoom) + 1 == kIgnoreReasons);

double number_of(const SoleCounter& counter) { return static_cast<double>(counter.value()); }
double number_of(const std::atomic<std::uint64_t>& counter) {
  return static_cast<double>(counter.load(std::memory_order_relaxed));
}

/// Metrics of one transport; their names begin with tessera_.
struct Publication {
  Publication(platform::MetricsRegistry& registry, const std::string& transport)
      : metrics(registry), labels{{"transport", transport}} {}

  void gauge(const std::string& name, const std::string& help, const SoleCounter& counter) {
    callbacks.push_back(metrics.gauge_callback(
        "tessera_" + name, help, [&counter] { return number_of(counter); }, labels));
  }
  template <class Counter>
  void total(const std::string& name, const std::string& help, const Counter& counter) {
    callbacks.push_back(metrics.counter_callback(
        "tessera_" + name + "_total", help, [&counter] { return number_of(counter); }, labels));
  }
  template <std::size_t Count>
  void by_reason(const std::string& name, const std::string& help,
                 const std::array<std::string_view, Count>& names,
                 const std::array<SoleCounter, Count>& counts) {
    for (std::size_t i = 0; i < Count; ++i) {
      platform::MetricLabels with_reason = labels;
      with_reason.emplace("reason", names[i]);
      callbacks.push_back(metrics.counter_callback(
          "tessera_" + name + "_total", help, [&counter = counts[i]] { return number_of(counter); },
          with_reason));
    }
  }

  platform::MetricsRegistry& metrics;
  const platform::MetricLabels labels;
  std::vector<platform::MetricCallback> callbacks;
};

}  // namespace

std::string_view name_of(cluster::CloseReason reason) {
  const auto index = static_cast<std::size_t>(reason);
  return index < kCloseReasons ? kReasonNames[index] : "unknown";
}

std::string_view name_of(IgnoreReason reason) {
  return kIgnoreNames[static_cast<std::size_t>(reason)];
}

std::vector<platform::MetricCallback> publish(platform::MetricsRegistry& metrics,
                                              const std::string& transport,
                                              const GatewayCounters& counters,
                                              const cluster::LinkCounters& link) {
  Publication out(metrics, transport);
  out.gauge("gateway_sessions", "Sessions that are open.", counters.sessions);
  out.by_reason("gateway_sessions_closed", "Sessions closed, by reason.", kReasonNames,
                counters.sessions_closed);
  out.total("gateway_sessions_opened", "Sessions opened.", counters.sessions_opened);
  out.total("gateway_packets_in", "Packets of sessions received.", counters.packets_in);
  out.total("gateway_packets_out", "Packets of sessions sent.", counters.packets_out);
  out.total("gateway_bytes_in", "Bytes received, without IP and UDP or TCP.", counters.bytes_in);
  out.total("gateway_bytes_out", "Bytes sent, without IP and UDP or TCP.", counters.bytes_out);
  out.total("gateway_dropped_too_fast", "Packets dropped beyond a client's rates.",
            counters.dropped_too_fast);
  out.total("gateway_malformed",
            "Packets of sessions that make no sense; they are authenticated, so the client itself "
            "made them.",
            counters.malformed);
  out.total("gateway_load_failures", "Characters that could not be loaded.",
            counters.load_failures);
  out.total("gateway_late_messages", "Messages of the zone for sessions that were gone.",
            counters.late_messages);
  out.total("link_up_messages", "Messages from gateway to zone.", link.up_messages);
  out.total("link_up_dropped", "Inputs dropped because the zone is slow.", link.up_dropped);
  out.total("link_up_refused", "Messages that had to wait because the zone is slow.",
            link.up_refused);
  out.total("link_down_messages", "Messages from zone to gateway.", link.down_messages);
  out.total("link_down_dropped", "Snapshots dropped because the gateway is slow.",
            link.down_dropped);
  out.total("link_down_refused", "Messages lost, each ending its session.", link.down_refused);
  return std::move(out.callbacks);
}

std::vector<platform::MetricCallback> publish_datagrams(platform::MetricsRegistry& metrics,
                                                        const GatewayCounters& counters) {
  Publication out(metrics, "udp");
  out.gauge("gateway_handshakes", "Handshakes under way: connections that are half open.",
            counters.handshakes);
  out.by_reason("gateway_ignored", "Datagrams dropped before any session saw them.", kIgnoreNames,
                counters.ignored);
  out.total("gateway_socket_drops", "Datagrams the kernel had no room for.", counters.socket_drops);
  return std::move(out.callbacks);
}

}  // namespace tessera::gateway
