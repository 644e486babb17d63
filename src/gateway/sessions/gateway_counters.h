// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a gateway counts. One thread writes, so a count costs a plain addition; any thread reads.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cluster/link/link.h"
#include "engine/platform/metrics/metrics.h"

namespace tessera::gateway {

class SoleCounter {
 public:
  void add(std::uint64_t count = 1) {
    value_.store(value_.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
  }
  void set(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// The close reasons there are; cluster::CloseReason counts from 0.
inline constexpr std::size_t kCloseReasons = 10;
std::string_view name_of(cluster::CloseReason reason);

/// Why a datagram was dropped before any session saw it.
enum class IgnoreReason : std::uint8_t {
  NotNetcode,      ///< too short, of no known kind, another version
  Oversized,       ///< longer than any of ours
  UnknownAddress,  ///< encrypted, but from nobody we know
  SessionEnded,    ///< from an address whose session ended a moment ago: late, or repeated goodbyes
  Forged,          ///< failed authentication
  Replayed,
  TokenForeign,  ///< of another protocol or for another server
  TokenExpired,
  TokenReused,
  AlreadyConnected,
  TooOften,  ///< repeated within the handshake's interval
  NoRoom,    ///< too many handshakes are under way, or too many used tokens are remembered
};
inline constexpr std::size_t kIgnoreReasons = 12;
std::string_view name_of(IgnoreReason reason);

struct GatewayCounters {
  SoleCounter sessions;    ///< now
  SoleCounter handshakes;  ///< under way now, half open; UDP only
  SoleCounter sessions_opened;
  std::array<SoleCounter, kCloseReasons> sessions_closed;
  SoleCounter packets_in;
  SoleCounter packets_out;
  SoleCounter bytes_in;
  SoleCounter bytes_out;
  SoleCounter dropped_too_fast;  ///< packets beyond a client's rates
  SoleCounter malformed;         ///< authenticated packets that make no sense
  SoleCounter socket_drops;      ///< datagrams the kernel had no room for, either way; UDP only
  SoleCounter load_failures;     ///< characters that could not be loaded
  SoleCounter late_messages;     ///< of the zone, for sessions that were gone
  std::array<SoleCounter, kIgnoreReasons> ignored;  ///< datagrams, by IgnoreReason; UDP only

  std::uint64_t ignored_total() const {
    std::uint64_t total = 0;
    for (const SoleCounter& counter : ignored) total += counter.value();
    return total;
  }
};

/// Publishes what every gateway counts, and the counters of its link, as
/// tessera_gateway_*{transport="udp"} and so on. The callbacks must not outlive what they read.
std::vector<platform::MetricCallback> publish(platform::MetricsRegistry& metrics,
                                              const std::string& transport,
                                              const GatewayCounters& counters,
                                              const cluster::LinkCounters& link);
/// What only UDP has, handshakes and ignored datagrams, as {transport="udp"}.
std::vector<platform::MetricCallback> publish_datagrams(platform::MetricsRegistry& metrics,
                                                        const GatewayCounters& counters);

}  // namespace tessera::gateway
