// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One client with a socket whose datagrams a test can get hold of before they go out.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "client/connection.h"
#include "cluster/link/link_messages.h"
#include "engine/platform/clock.h"
#include "protocol/messages/control.pb.h"
#include "protocol/sections.h"
#include "transport/netcode/connect_token.h"
#include "transport/udp/socket.h"

namespace tessera::scenarios {

using Bytes = std::vector<std::byte>;

inline netcode::Time real_time() {
  return {platform::monotonic_ns() / 1000,
          static_cast<std::uint64_t>(platform::unix_time_ms() / 1000)};
}

inline udp::Socket open_socket() {
  return udp::Socket::open({.bind = udp::Address::loopback(0)}).value();
}

/// The connect request that a client with this token begins with.
inline Bytes request_of(const netcode::ConnectTokenBytes& token) {
  netcode::Client client;
  client.connect(real_time(), token);
  Bytes request(netcode::kRequestBytes);
  client.update(real_time(), request);
  return request;
}

class Player {
 public:
  Player(const physics::CollisionWorld& world, const netcode::ConnectTokenBytes& token)
      : connection_({}, world), socket_(open_socket()) {
    connection_.connect(real_time(), token);
  }

  /// Takes what has arrived and runs the frames that are due.
  void receive() {
    for (const udp::Datagram& datagram : socket_.receive()) {
      connection_.receive(real_time(), datagram.from, datagram.bytes);
    }
    take_messages();
    client().clear_events();
    client().advance(real_time().us);
  }
  /// The datagrams that it would send now.
  std::vector<Bytes> due() {
    std::vector<Bytes> all;
    for (;;) {
      const auto datagram = connection_.write_datagram(real_time());
      if (datagram.empty()) return all;
      all.emplace_back(datagram.begin(), datagram.end());
    }
  }
  void send(std::span<const std::byte> datagram) {
    socket_.queue_copy(connection_.server_address(), datagram);
    socket_.flush();
  }
  void poll() {
    receive();
    for (const Bytes& datagram : due()) send(datagram);
  }
  void leave() {
    for (int i = 0; i < netcode::kDisconnectPackets; ++i) send(connection_.write_disconnect());
    connection_.close();
  }

  client::Client& client() { return connection_.client(); }
  bool in_world() { return connection_.connected() && client().in_world(); }
  bool ended() const { return connection_.ended(); }
  /// What it was told of doors and areas.
  const std::set<std::uint32_t>& open_doors() const { return open_doors_; }
  std::size_t doors_told() const { return doors_told_; }
  const std::set<std::string>& areas() const { return areas_; }
  /// The zone that welcomed it; empty: none so far.
  const std::string& zone() const { return zone_; }
  /// Why the server ended the session, if it said so.
  std::optional<cluster::CloseReason> told_to_leave() const { return left_for_; }
  /// The content that it was told has come in place of what there was; 0: none.
  std::uint64_t new_content() const { return content_; }

 private:
  void take_messages() {
    for (const client::MessageEvent& event : client().message_events()) {
      if (event.topic != static_cast<std::uint8_t>(protocol::Topic::Control)) continue;
      protocol::ServerControl control;
      EXPECT_TRUE(control.ParseFromArray(event.bytes.data(), static_cast<int>(event.bytes.size())));
      for (const std::uint32_t door : control.doors_changed().opened()) take_door(door, true);
      for (const std::uint32_t door : control.doors_changed().closed()) take_door(door, false);
      if (control.has_welcome()) zone_ = control.welcome().zone_name();
      if (control.has_disconnecting()) {
        left_for_ = static_cast<cluster::CloseReason>(control.disconnecting().reason());
      }
      if (control.has_content_changed()) content_ = control.content_changed().content_hash();
      if (!control.has_area_changed()) continue;
      const protocol::AreaChanged& area = control.area_changed();
      if (!area.entered()) areas_.erase(area.name());
      if (area.entered()) areas_.insert(area.name());
    }
  }
  void take_door(std::uint32_t door, bool open) {
    EXPECT_TRUE(client().set_door(door, open));
    ++doors_told_;
    if (!open) open_doors_.erase(door);
    if (open) open_doors_.insert(door);
  }

  client::Connection connection_;
  udp::Socket socket_;
  std::set<std::uint32_t> open_doors_;
  std::size_t doors_told_ = 0;
  std::set<std::string> areas_;
  std::uint64_t content_ = 0;
  std::string zone_;
  std::optional<cluster::CloseReason> left_for_;
};

}  // namespace tessera::scenarios
