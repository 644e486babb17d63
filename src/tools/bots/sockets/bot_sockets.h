// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The sockets of a fleet. A real client has a socket of its own, so that is the default: the kernel
// does for each bot what it would do for a player. Sharing a socket among bots batches the system
// calls and so costs the bots' machine less; the server sees no difference, for each bot then
// speaks from an address of its own in 127.1.0.0/16. That works with a server on this machine only,
// and the report says so. Browsers have WebSockets; so do bots, when asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/error.h"
#include "transport/udp/address.h"

namespace tessera::bots {

/// Beyond it a shared address would leave 127.1.0.0/16.
inline constexpr std::size_t kBotsMax = 65'000;

/// Where a bot is let in: one or the other, by the kind of socket.
struct Destination {
  udp::Address udp{};
  std::string_view websocket{};  ///< ws://HOST:PORT/PATH
};

class BotSockets {
 public:
  virtual ~BotSockets() = default;
  /// Bot `bot` speaks to this server from now on. IPv4 only.
  virtual Result<void> connect(std::size_t bot, const Destination& to) = 0;
  /// Sends now or with the next flush(). What the kernel has no room for is lost, as on a network.
  virtual void send(std::size_t bot, std::span<const std::byte> datagram) = 0;
  virtual void flush() = 0;
  /// Waits at most `timeout_us` for datagrams and hands over what has come. Reads no more after
  /// `kReceiveMax` datagrams, so that a flood cannot keep the caller. The bytes may be changed in
  /// place.
  using Handler = std::function<void(std::size_t bot, std::span<std::byte> datagram)>;
  virtual void receive(std::int64_t timeout_us, const Handler& handler) = 0;
  static constexpr std::size_t kReceiveMax = 4096;
  /// Why the bot's connection is over, when it has one and it is.
  virtual std::optional<std::string> ended(std::size_t) const { return std::nullopt; }
  /// What the network adds to a message: IPv4 and UDP here; for a WebSocket IPv4, TCP with its
  /// timestamps and the frame, its acknowledgements apart.
  virtual std::size_t header_bytes() const { return 28; }
  /// Ends connections that the network knows of. What is sent before arrives.
  virtual void close_all() {}
};

/// One connected socket for each of `bots`.
Result<std::unique_ptr<BotSockets>> open_own_sockets(std::size_t bots);
/// One socket for each 64 of `bots`.
Result<std::unique_ptr<BotSockets>> open_shared_sockets(std::size_t bots);
/// One WebSocket for each of `bots`.
std::unique_ptr<BotSockets> open_web_sockets(std::size_t bots);

}  // namespace tessera::bots
