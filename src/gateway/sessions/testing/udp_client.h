// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a client with a socket, a netcode session and a channel. poll() does what is due.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "engine/platform/clock.h"
#include "protocol/sections.h"
#include "transport/channel/channel.h"
#include "transport/netcode/client.h"
#include "transport/netcode/connect_token.h"
#include "transport/udp/socket.h"

namespace tessera::gateway {

inline netcode::Time test_time() {
  return {platform::monotonic_ns() / 1000,
          static_cast<std::uint64_t>(platform::unix_time_ms() / 1000)};
}

class UdpClient : public channel::Receiver {
 public:
  explicit UdpClient(const netcode::ConnectTokenBytes& token)
      : socket_(udp::Socket::open({.bind = udp::Address::loopback(0),
                                   .receive_buffer_bytes = 1 << 20,
                                   .send_buffer_bytes = 1 << 20})
                    .value()) {
    client_.connect(test_time(), token);
  }

  void poll() {
    const netcode::Time now = test_time();
    for (const udp::Datagram& datagram : socket_.receive()) {
      const auto payload = client_.receive(now, datagram.from, datagram.bytes);
      if (!payload.empty()) {
        EXPECT_TRUE(channel_.read_packet(now.us, payload, *this));
      }
    }
    const auto due = client_.update(now, socket_.next_buffer());
    if (!due.empty()) socket_.queue(client_.server_address(), due);
    channel_.take_deliveries([](const channel::Delivery&) {});
    if (connected() && channel_.wants_to_send(now.us)) send_packet({});
    socket_.flush();
  }
  bool connected() const { return client_.state() == netcode::ClientState::Connected; }
  bool in_world() const { return connected() && !snapshots.empty(); }
  netcode::ClientState state() const { return client_.state(); }

  void send_inputs(std::string_view text) {
    const channel::Section section{static_cast<std::uint8_t>(protocol::SectionKind::Inputs), 0,
                                   std::as_bytes(std::span(text.data(), text.size()))};
    send_packet({&section, 1});
    socket_.flush();
  }
  bool send_message(std::string_view text) {
    return channel_.send(0, std::as_bytes(std::span(text.data(), text.size())));
  }
  /// An authenticated packet of any content.
  void send_raw(std::span<const std::byte> packet) {
    const auto buffer = socket_.next_buffer();
    std::copy(packet.begin(), packet.end(), buffer.begin() + netcode::kHeadroom);
    socket_.queue(client_.server_address(),
                  client_.seal_payload(test_time(), buffer, packet.size()));
    socket_.flush();
  }
  void leave() {
    for (int i = 0; i < netcode::kDisconnectPackets; ++i) {
      socket_.queue(client_.server_address(), client_.seal_disconnect(socket_.next_buffer()));
    }
    socket_.flush();
    client_.close();
  }

  void on_section(std::uint8_t kind, std::span<const std::byte> bytes) override {
    EXPECT_EQ(kind, static_cast<std::uint8_t>(protocol::SectionKind::Snapshot));
    snapshots.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void on_message(std::uint8_t, std::span<const std::byte> bytes) override {
    messages.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  std::vector<std::string> snapshots;
  std::vector<std::string> messages;

 private:
  void send_packet(std::span<const channel::Section> sections) {
    const auto buffer = socket_.next_buffer();
    const std::size_t size =
        channel_.write_packet(test_time().us, sections, buffer.subspan(netcode::kHeadroom));
    socket_.queue(client_.server_address(), client_.seal_payload(test_time(), buffer, size));
  }

  udp::Socket socket_;
  netcode::Client client_;
  channel::Channel channel_{channel::Options::client()};
};

}  // namespace tessera::gateway
