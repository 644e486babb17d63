// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The numbers of the netcode 1.02 standard (github.com/mas-bandwidth/netcode, STANDARD.md), and the
// few that it leaves to the implementation. docs/protocol.md describes every byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tessera::netcode {

using Key = std::array<std::byte, 32>;
using Mac = std::array<std::byte, 16>;
using UserData = std::array<std::byte, 256>;

/// Now, as the caller's clocks have it: microseconds that never go back, and Unix seconds, which
/// only the expiry of connect tokens looks at.
struct Time {
  std::int64_t us = 0;
  std::uint64_t unix_s = 0;
};

inline constexpr std::size_t kVersionBytes = 13;
inline constexpr std::array<char, kVersionBytes> kVersion{'N', 'E', 'T', 'C', 'O', 'D', 'E',
                                                          ' ', '1', '.', '0', '2', '\0'};

inline constexpr std::size_t kMacBytes = 16;
inline constexpr std::size_t kTokenNonceBytes = 24;
inline constexpr std::size_t kConnectTokenBytes = 2048;
inline constexpr std::size_t kPrivateTokenBytes = 1024;
inline constexpr std::size_t kChallengeTokenBytes = 300;
inline constexpr std::size_t kServersPerTokenMax = 32;
inline constexpr std::size_t kPayloadBytesMax = 1200;
/// Prefix and the longest sequence: what a payload's buffer keeps free before the payload.
inline constexpr std::size_t kHeadroom = 1 + 8;
inline constexpr std::size_t kRequestBytes =
    1 + kVersionBytes + 8 + 8 + kTokenNonceBytes + kPrivateTokenBytes;
/// The largest packet that is not a request.
inline constexpr std::size_t kPacketBytesMax = kHeadroom + kPayloadBytesMax + kMacBytes;
/// The largest packet that either side sends of itself, without payload: challenge and response.
inline constexpr std::size_t kControlPacketBytesMax =
    kHeadroom + 8 + kChallengeTokenBytes + kMacBytes;

enum class PacketType : std::uint8_t {
  Request = 0,
  Denied = 1,
  Challenge = 2,
  Response = 3,
  KeepAlive = 4,
  Payload = 5,
  Disconnect = 6,
};
inline constexpr std::uint8_t kPacketTypes = 7;

// Left to the implementation by the standard.
/// Packets older than the newest by this much are refused: 12 s at 20 Hz.
inline constexpr std::uint64_t kReplayWindow = 256;
/// Requests and responses are repeated, and answered, ten times a second.
inline constexpr std::int64_t kHandshakeIntervalUs = 100'000;
/// A side that has sent nothing for this long sends a keep-alive. The reference sends ten a second;
/// one a second keeps every home router's mapping open (30 s at the least) at a tenth of the cost.
inline constexpr std::int64_t kKeepAliveIntervalUs = 1'000'000;
/// A disconnect is sent this often, since it is not acknowledged.
inline constexpr int kDisconnectPackets = 10;

}  // namespace tessera::netcode
