// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A bot's session with the server: netcode over UDP, or plain packets as WebSocket messages, as a
// browser has it. The client core is the same.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

#include "client/connection.h"
#include "tools/bots/enrolment/enrolment.h"

namespace tessera::bots {

class Session {
 public:
  Session(bool websocket, const physics::CollisionWorld& world) {
    if (websocket) {
      plain_.emplace(client::Options{}, world);
    } else {
      udp_.emplace(client::Options{}, world);
    }
  }
  client::Client& client() { return udp_ ? udp_->client() : *plain_; }
  const client::Client& client() const { return udp_ ? udp_->client() : *plain_; }

  /// False when the server's token is not one of this transport.
  bool connect(netcode::Time now, const Enrolment::Entry& entry) {
    if (!udp_) return !entry.websocket.empty();
    udp_->connect(now, entry.connect_token);
    return !udp_->ended();
  }
  /// Of UDP; for a WebSocket the address says nothing.
  const udp::Address& server_address() const {
    static const udp::Address kNone;
    return udp_ ? udp_->server_address() : kNone;
  }

  /// The bytes may be changed in place.
  void receive(netcode::Time now, std::span<std::byte> message) {
    if (udp_) return udp_->receive(now, udp_->server_address(), message);
    static_cast<void>(plain_->receive(now.us, message));  // what does not decode is counted there
  }
  /// The next message to send, or an empty span. It holds until the next call.
  std::span<const std::byte> write(netcode::Time now) {
    if (udp_) return udp_->write_datagram(now);
    return std::span(buffer_).first(plain_->write_packet(now.us, buffer_));
  }

  /// The socket under it has ended, and why.
  void lose_socket(std::string why) { socket_ended_ = std::move(why); }
  bool ended() const { return udp_ ? udp_->ended() : socket_ended_.has_value(); }
  /// "connection timed out at udp 127.0.0.1:7777"
  std::string why_ended() const {
    if (!udp_) return socket_ended_.value_or("");
    return std::string(netcode::client_state_name(udp_->state())) + " at udp " +
           udp_->server_address().text();
  }
  /// UDP, to leave: send each of netcode::kDisconnectPackets of these; then close().
  std::span<const std::byte> write_disconnect() { return udp_->write_disconnect(); }
  void close() {
    if (udp_) udp_->close();
  }
  bool is_websocket() const { return plain_.has_value(); }

 private:
  std::optional<client::Connection> udp_;
  std::optional<client::Client> plain_;
  std::optional<std::string> socket_ended_;
  std::array<std::byte, channel::kPacketBytesMax> buffer_{};
};

}  // namespace tessera::bots
