// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/web_gateway.h"

#include <unordered_map>
#include <vector>

#include "engine/platform/clock.h"
#include "gateway/sessions/detail/session_host.h"

namespace tessera::gateway {

using cluster::CloseReason;
using websocket::SocketId;

namespace {

constexpr std::chrono::milliseconds kTurnInterval{25};

std::int64_t now_us() { return platform::monotonic_ns() / 1000; }

}  // namespace

struct WebGateway::State : detail::Wire {
  struct Connection {
    std::uint32_t slot = 0;
    admission::SessionClaim claim;
  };

  State(WebGateway& gateway, const WebGatewayOptions& options, const GatewayParts& parts,
        admission::SessionTickets& session_tickets)
      : tickets(session_tickets),
        host(options.limits, parts, options.sessions_max, *this, gateway, inbox),
        sockets(options.sessions_max) {
    for (std::uint32_t slot = options.sessions_max; slot-- > 0;) free_slots.push_back(slot);
  }

  std::span<std::byte> packet_buffer(std::uint32_t) override { return packet; }
  void send_packet(std::uint32_t slot, std::size_t size) override {
    // A full queue is not an error yet: over TCP the packet counts as lost, as over UDP, and the
    // streams' queue ends the session if the client never catches up.
    server->send(sockets[slot], std::span(packet).first(size));
  }
  void hang_up(std::uint32_t slot, CloseReason reason, std::string_view sentence) override {
    server->close(
        sockets[slot],
        static_cast<std::uint16_t>(websocket::kCloseOurs + static_cast<std::uint16_t>(reason)),
        sentence);
  }

  // Takes what waits, until nothing does and the bell is armed.
  void turn() {
    inbox->bell.awake();
    for (;;) {
      inbox->run_all();
      host.take_down(now_us());
      host.sweep(now_us());
      inbox->bell.about_to_sleep();
      if (inbox->empty() && host.quiet()) return;
      inbox->bell.awake();
    }
  }

  admission::SessionTickets& tickets;
  websocket::WebServer* server = nullptr;
  std::shared_ptr<detail::Inbox> inbox = std::make_shared<detail::Inbox>();
  detail::SessionHost host;
  std::vector<SocketId> sockets;  // by slot
  std::vector<std::uint32_t> free_slots;
  std::unordered_map<SocketId, Connection> connections;  // order never matters
  std::array<std::byte, channel::kPacketBytesMax> packet{};
  bool stopping = false;
};

WebGateway::WebGateway(const WebGatewayOptions& options, const GatewayParts& parts,
                       admission::SessionTickets& tickets)
    : state_(std::make_unique<State>(*this, options, parts, tickets)) {}
WebGateway::~WebGateway() = default;

void WebGateway::attach(websocket::WebServer& server) {
  state_->server = &server;
  server.watch(state_->inbox->bell.fd(), [this] { state_->turn(); });
  server.every(kTurnInterval, [this] { state_->turn(); });
}

std::optional<websocket::Response> WebGateway::on_upgrade(const websocket::Request& request,
                                                          SocketId socket) {
  State& state = *state_;
  if (state.stopping) {
    return websocket::error_response(503, "stopping", "The server stops.");
  }
  const auto claim = state.tickets.redeem(websocket::query_value(request.query, "token"), now_us());
  if (!claim) {
    return websocket::error_response(401, "bad_ticket",
                                     "The token of this address is not valid (any more): enter "
                                     "the world again to get a new one.");
  }
  if (state.free_slots.empty()) {
    return websocket::error_response(503, "world_full", "There are too many sessions.");
  }
  const std::uint32_t slot = state.free_slots.back();
  state.free_slots.pop_back();
  state.sockets[slot] = socket;
  state.connections.emplace(socket, State::Connection{slot, *claim});
  return std::nullopt;
}

void WebGateway::on_open(SocketId socket) {
  const State::Connection& connection = state_->connections.at(socket);
  if (state_->stopping) {
    return state_->server->close(socket, websocket::kCloseGoingAway, "The server stops.");
  }
  state_->host.open(now_us(), connection.slot, connection.claim);
}

void WebGateway::on_message(SocketId socket, std::span<const std::byte> message) {
  const auto found = state_->connections.find(socket);
  if (found == state_->connections.end()) return;
  state_->host.receive(now_us(), found->second.slot, message);
}

void WebGateway::on_closed(SocketId socket, bool said_goodbye) {
  const auto found = state_->connections.find(socket);
  if (found == state_->connections.end()) return;
  const std::uint32_t slot = found->second.slot;
  state_->connections.erase(found);
  const auto reason = said_goodbye ? CloseReason::ClientLeft : CloseReason::TimedOut;
  state_->host.lost(now_us(), slot, reason);
  state_->free_slots.push_back(slot);
}

void WebGateway::close_session(SessionId session, CloseReason reason) {
  state_->inbox->post([this, session, reason] { state_->host.close(now_us(), session, reason); });
}

void WebGateway::stop() {
  state_->inbox->post([this] {
    state_->stopping = true;
    state_->host.close_all(now_us(), CloseReason::ServerStopping, {});
  });
}

const GatewayCounters& WebGateway::counters() const { return state_->host.counters(); }
cluster::Doorbell& WebGateway::bell() { return state_->inbox->bell; }

}  // namespace tessera::gateway
