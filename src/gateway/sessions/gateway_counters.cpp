// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/gateway_counters.h"

namespace tessera::gateway {
namespace {

constexpr std::array<std::string_view, kCloseReasons> kReasonNames{
    "client_left",     "timed_out",   "kicked",         "banned",  "logged_in_elsewhere",
    "server_stopping", "slow_client", "protocol_error", "too_fast"};
static_assert(static_cast<std::size_t>(cluster::CloseReason::TooFast) + 1 == kCloseReasons);

constexpr std::array<std::string_view, kIgnoreReasons> kIgnoreNames{
    "malformed",     "oversized",    "unknown_address",   "forged",    "replayed", "token_foreign",
    "token_expired", "token_reused", "already_connected", "too_often", "no_room"};
static_assert(static_cast<std::size_t>(IgnoreReason::NoRoom) + 1 == kIgnoreReasons);

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
  std::vector<platform::MetricCallback> callbacks;
  const platform::MetricLabels labels{{"transport", transport}};
  const auto total = [&](const std::string& name, const std::string& help, const auto& counter) {
    callbacks.push_back(metrics.counter_callback(
        "tessera_" + name + "_total", help,
        [&counter] {
          if constexpr (requires { counter.value(); }) {
            return static_cast<double>(counter.value());
          } else {
            return static_cast<double>(counter.load(std::memory_order_relaxed));
          }
        },
        labels));
  };
  callbacks.push_back(metrics.gauge_callback(
      "tessera_gateway_sessions", "Sessions that are open.",
      [&counters] { return static_cast<double>(counters.sessions.value()); }, labels));
  callbacks.push_back(metrics.gauge_callback(
      "tessera_gateway_handshakes", "Handshakes under way: connections that are half open.",
      [&counters] { return static_cast<double>(counters.handshakes.value()); }, labels));
  const auto by_reason = [&](const std::string& name, const std::string& help, const auto& names,
                             const auto& counts) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      platform::MetricLabels with_reason = labels;
      with_reason.emplace("reason", names[i]);
      callbacks.push_back(metrics.counter_callback(
          name, help, [&counter = counts[i]] { return static_cast<double>(counter.value()); },
          with_reason));
    }
  };
  by_reason("tessera_gateway_sessions_closed_total", "Sessions closed, by reason.", kReasonNames,
            counters.sessions_closed);
  by_reason("tessera_gateway_ignored_total", "Datagrams dropped before any session saw them.",
            kIgnoreNames, counters.ignored);
  total("gateway_sessions_opened", "Sessions opened.", counters.sessions_opened);
  total("gateway_packets_in", "Packets of sessions received.", counters.packets_in);
  total("gateway_packets_out", "Packets of sessions sent.", counters.packets_out);
  total("gateway_bytes_in", "Bytes received, without IP and UDP or TCP.", counters.bytes_in);
  total("gateway_bytes_out", "Bytes sent, without IP and UDP or TCP.", counters.bytes_out);
  total("gateway_dropped_too_fast", "Packets dropped beyond a client's rates.",
        counters.dropped_too_fast);
  total("gateway_malformed", "Authenticated packets that make no sense.", counters.malformed);
  total("gateway_socket_drops", "Datagrams the kernel had no room for.", counters.socket_drops);
  total("gateway_load_failures", "Characters that could not be loaded.", counters.load_failures);
  total("gateway_late_messages", "Messages of the zone for sessions that were gone.",
        counters.late_messages);
  total("link_up_messages", "Messages from gateway to zone.", link.up_messages);
  total("link_up_dropped", "Inputs dropped because the zone is slow.", link.up_dropped);
  total("link_up_refused", "Messages that had to wait because the zone is slow.", link.up_refused);
  total("link_down_messages", "Messages from zone to gateway.", link.down_messages);
  total("link_down_dropped", "Snapshots dropped because the gateway is slow.", link.down_dropped);
  total("link_down_refused", "Messages lost, each ending its session.", link.down_refused);
  return callbacks;
}

}  // namespace tessera::gateway
