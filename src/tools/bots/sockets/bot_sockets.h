// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The sockets of a fleet. A real client has a socket of its own, so that is the default: the kernel
// does for each bot what it would do for a player. Sharing a socket among bots batches the system
// calls and so costs the bots' machine less; the server sees no difference, for each bot then
// speaks from an address of its own in 127.1.0.0/16. That works with a server on this machine only,
// and the report says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "engine/core/error.h"
#include "transport/udp/address.h"

namespace tessera::bots {

/// Beyond it a shared address would leave 127.1.0.0/16.
inline constexpr std::size_t kBotsMax = 65'000;

class BotSockets {
 public:
  virtual ~BotSockets() = default;
  /// Bot `bot` speaks to `server` from now on. IPv4 only.
  virtual Result<void> connect(std::size_t bot, const udp::Address& server) = 0;
  /// Sends now or with the next flush(). What the kernel has no room for is lost, as on a network.
  virtual void send(std::size_t bot, std::span<const std::byte> datagram) = 0;
  virtual void flush() = 0;
  /// Waits at most `timeout_us` for datagrams and hands over what has come. Reads no more after
  /// `kReceiveMax` datagrams, so that a flood cannot keep the caller. The bytes may be changed in
  /// place.
  using Handler = std::function<void(std::size_t bot, std::span<std::byte> datagram)>;
  virtual void receive(std::int64_t timeout_us, const Handler& handler) = 0;
  static constexpr std::size_t kReceiveMax = 4096;
};

/// One connected socket for each of `bots`.
Result<std::unique_ptr<BotSockets>> open_own_sockets(std::size_t bots);
/// One socket for each 64 of `bots`.
Result<std::unique_ptr<BotSockets>> open_shared_sockets(std::size_t bots);

}  // namespace tessera::bots
