// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <vector>

#include "tools/bots/sockets/bot_sockets.h"
#include "transport/udp/client_sockets.h"

namespace tessera::bots {
namespace {

constexpr std::uint32_t kNoSocket = ~std::uint32_t{0};

class OwnSockets : public BotSockets {
 public:
  OwnSockets(udp::ClientSockets sockets, std::size_t bots)
      : sockets_(std::move(sockets)), socket_of_(bots, kNoSocket) {}

  Result<void> connect(std::size_t bot, const Destination& to) override {
    auto socket = sockets_.add(to.udp);
    if (!socket) return std::unexpected(socket.error());
    socket_of_[bot] = *socket;
    if (bot_of_.size() <= *socket) bot_of_.resize(*socket + 1);
    bot_of_[*socket] = bot;
    return {};
  }

  void send(std::size_t bot, std::span<const std::byte> datagram) override {
    sockets_.queue(socket_of_[bot], datagram);
  }
  void flush() override { sockets_.flush(); }

  void receive(std::int64_t timeout_us, const Handler& handler) override {
    std::size_t handled = 0;
    while (handled < kReceiveMax) {
      const auto datagrams = sockets_.receive(timeout_us);
      if (datagrams.empty()) return;
      for (const auto& datagram : datagrams) handler(bot_of_[datagram.socket], datagram.bytes);
      handled += datagrams.size();
      timeout_us = 0;
    }
  }

 private:
  udp::ClientSockets sockets_;
  std::vector<std::uint32_t> socket_of_;
  std::vector<std::size_t> bot_of_;
};

}  // namespace

Result<std::unique_ptr<BotSockets>> open_own_sockets(std::size_t bots) {
  auto sockets = udp::ClientSockets::open({.count_max = static_cast<std::uint32_t>(bots)});
  if (!sockets) return std::unexpected(sockets.error());
  return std::make_unique<OwnSockets>(std::move(*sockets), bots);
}

}  // namespace tessera::bots
