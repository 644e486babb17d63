// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The network thread for native clients: one UDP port, netcode sessions, a channel for each.
//
// One turn: take what others posted; drain the socket in batches, decrypting in place; take what
// the zone sent and seal it into the socket's buffers; look after deadlines; send the batch; rest.
// While nobody plays it rests in epoll. With clients it does not wake for every datagram: after a
// turn that received some it rests for a moment with only the bell on (the zone's output, answers
// at once), so that the next turn drains many. In steady state nothing is allocated.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/error.h"
#include "engine/platform/metrics/value_window.h"
#include "gateway/sessions/gateway_counters.h"
#include "gateway/sessions/gateway_parts.h"
#include "gateway/sessions/limits.h"
#include "transport/chaos/chaos.h"
#include "transport/netcode/server.h"
#include "transport/udp/socket.h"

namespace tessera::gateway {

struct UdpGatewayOptions {
  udp::SocketOptions socket;
  std::uint64_t protocol_id = 0;
  netcode::Key private_key{};  ///< shared with admission::SessionGrants
  /// As clients reach us; empty: the bound address, which must not be a wildcard then.
  std::vector<udp::Address> public_addresses;
  std::uint32_t sessions_max = 8192;
  /// As netcode::ServerOptions.
  std::uint64_t tokens_expire_after_unix_s = 0;
  SessionLimits limits{};
  /// A bad link for everybody, both ways; for trying out.
  chaos::Options chaos;
  /// The rest after a turn that received something, and after one that received a lot: an input
  /// waits half of it on average, and each turn costs some system calls.
  std::int64_t rest_us = 1'000;
  std::int64_t busy_rest_us = 3'000;
  std::uint32_t busy_datagrams = 16;
};

class UdpGateway : public SessionCloser {
 public:
  static Result<std::unique_ptr<UdpGateway>> open(const UdpGatewayOptions& options,
                                                  const GatewayParts& parts);
  ~UdpGateway() override;

  udp::Address local_address() const;

  /// Serves on the calling thread until stop() has taken effect.
  void run();
  /// Any thread: no new sessions; those there are are told, and get until the deadline to part.
  void stop(std::chrono::milliseconds deadline);
  void close_session(SessionId session, cluster::CloseReason reason) override;

  const GatewayCounters& counters() const;
  /// Wakes the network thread. Links that the loader hands to this gateway must ring it; it lives
  /// as long as the gateway.
  cluster::Doorbell& bell();
  /// Datagrams of all kinds over the last 60 s, any thread. Bytes without IP and UDP headers.
  const platform::ValueWindow& datagrams_out() const { return datagrams_out_; }
  const platform::ValueWindow& bytes_out() const { return bytes_out_; }

 private:
  struct State;
  UdpGateway() = default;

  platform::ValueWindow datagrams_out_;
  platform::ValueWindow bytes_out_;
  std::unique_ptr<State> state_;
};

}  // namespace tessera::gateway
