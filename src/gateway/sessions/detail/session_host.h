// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The sessions of one network thread, whatever carries their packets: a channel for each, its
// limits, its way into the zone and out again. UdpGateway and WebGateway add the wire.
//
//   Loading   the token was good; the characters service is asked. Nothing reaches the zone yet.
//   Open      the zone knows it: packets up become inputs, messages and deliveries; what comes down
//             becomes packets.
//   Closing   the zone is told; the last words are under way. Ends when they have arrived or after
//             linger_ms, and the slot is free.
//
// A SessionId is a number that is never used twice and, in its low 20 bits, the slot, so that a
// message of the zone finds its session without a search.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cluster/link/link.h"
#include "gateway/sessions/detail/inbox.h"
#include "gateway/sessions/detail/uplink.h"
#include "gateway/sessions/gateway_counters.h"
#include "gateway/sessions/gateway_parts.h"
#include "gateway/sessions/limits.h"
#include "transport/channel/channel.h"

namespace tessera::gateway::detail {

/// What carries the packets of a host's sessions.
class Wire {
 public:
  virtual ~Wire() = default;
  /// Where the next packet to `slot` goes; channel::kPacketBytesMax bytes or more.
  virtual std::span<std::byte> packet_buffer(std::uint32_t slot) = 0;
  /// Sends the first `size` bytes of the packet_buffer() asked for last.
  virtual void send_packet(std::uint32_t slot, std::size_t size) = 0;
  /// Ends the connection; the host has forgotten the session already.
  virtual void hang_up(std::uint32_t slot, cluster::CloseReason reason,
                       std::string_view sentence) = 0;
};

class SessionHost {
 public:
  static constexpr unsigned kSlotBits = 20;

  SessionHost(const SessionLimits& limits, const GatewayParts& parts, std::uint32_t slots,
              Wire& wire, SessionCloser& closer, std::shared_ptr<Inbox> inbox);
  ~SessionHost();

  /// A connection stands, with a good token. The slot must be free.
  void open(std::int64_t now_us, std::uint32_t slot, const admission::SessionClaim& claim);
  /// A packet came in. Unknown slots are ignored: their session is closing.
  void receive(std::int64_t now_us, std::uint32_t slot, std::span<const std::byte> packet);
  /// The connection is gone.
  void lost(std::int64_t now_us, std::uint32_t slot, cluster::CloseReason reason);

  /// Takes what the zone sent, and writes the packets for it. Returns how many messages.
  std::size_t take_down(std::int64_t now_us);
  /// Looks after every session: acknowledgements due, losses by time, deadlines. Call it often; it
  /// does something every kSweepIntervalUs.
  void sweep(std::int64_t now_us);

  void close(std::int64_t now_us, SessionId session, cluster::CloseReason reason,
             std::string_view sentence = {});
  void close_all(std::int64_t now_us, cluster::CloseReason reason, std::string_view sentence);

  /// Sessions in any state.
  std::size_t size() const { return live_.size(); }
  bool holds(std::uint32_t slot) const { return sessions_[slot] != nullptr; }
  /// No zone has sent anything more: the thread may sleep.
  bool quiet() const {
    return std::ranges::all_of(routes_,
                               [](const auto& route) { return route->link->down_empty(); });
  }
  GatewayCounters& counters() { return counters_; }
  const GatewayCounters& counters() const { return counters_; }

  /// Acknowledgements may wait 100 ms and losses are noticed after some round trips, so 50 ms is
  /// soon enough; 5,000 sessions then cost 1 % of a core.
  static constexpr std::int64_t kSweepIntervalUs = 50'000;

 private:
  struct Session;
  class PacketReader;
  /// The way to a zone that sessions of this thread are in.
  struct Route {
    explicit Route(std::shared_ptr<cluster::Link> to) : link(std::move(to)), uplink(*link) {}
    std::shared_ptr<cluster::Link> link;
    Uplink uplink;
    std::uint32_t sessions = 0;
  };

  Session* find(SessionId id);
  void loaded(SessionId id, Result<LoadedCharacter> loaded);
  Route& route_to(const std::shared_ptr<cluster::Link>& link);
  void drop_unused_routes();
  void take(std::int64_t now_us, const cluster::DownHeader& header,
            std::span<const std::byte> bytes);
  bool within_rates(std::int64_t now_us, Session& session, std::size_t bytes);
  void tell_deliveries(Session& session);
  void tell_round_trip(std::int64_t now_us, Session& session);
  void write_packet(std::int64_t now_us, Session& session,
                    std::span<const channel::Section> sections);
  void write_due_packets(std::int64_t now_us, Session& session);
  void look_after(std::int64_t now_us, Session& session);
  /// Tells the zone (unless it told us), registry and admission, and starts to linger.
  void begin_close(std::int64_t now_us, Session& session, cluster::CloseReason reason,
                   std::string_view sentence, bool by_zone);
  void finish_close(Session& session);
  void part(std::int64_t now_us, Session& session, cluster::CloseReason reason, bool by_zone);
  void forget(Session& session);

  const SessionLimits limits_;
  const GatewayParts parts_;
  Wire& wire_;
  SessionCloser& closer_;
  const std::shared_ptr<Inbox> inbox_;
  std::vector<std::unique_ptr<Route>> routes_;      // few: a zone or some
  std::vector<std::unique_ptr<Session>> sessions_;  // by slot
  std::vector<std::uint32_t> live_;                 // slots in use, in no order
  std::vector<std::uint32_t> dirty_;                // slots with messages to write
  std::int64_t now_us_ = 0;                         // as of the last take_down
  std::int64_t swept_at_us_ = INT64_MIN;
  GatewayCounters counters_;
};

}  // namespace tessera::gateway::detail
