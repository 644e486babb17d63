// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What passes between a gateway's network thread and a zone's simulation thread, in both
// directions. In one process the link is two bounded byte rings; between processes it is a
// connection with the same messages. Each message is a header and its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/ids.h"

namespace tessera::cluster {

/// Gateway to zone.
enum class UpKind : std::uint8_t {
  SessionOpened,  ///< bytes: an encoded OpenedSession (session_messages.h)
  SessionClosed,  ///< no bytes; number: CloseReason
  Inputs,         ///< bytes: the unreliable input section of one packet, undecoded
  Message,        ///< bytes: one reliable message, undecoded; number: topic
  Delivery,       ///< number: snapshot number; flag: 1 arrived, 0 lost
  RoundTrip,      ///< number: smoothed round trip in milliseconds
};

/// Zone to gateway.
enum class DownKind : std::uint8_t {
  Snapshot,    ///< bytes: a snapshot; number: snapshot number, returned in Delivery
  Message,     ///< bytes: one reliable message; number: topic
  Disconnect,  ///< number: CloseReason; bytes: a sentence for the player (UTF-8)
};

enum class CloseReason : std::uint16_t {
  ClientLeft,
  TimedOut,
  Kicked,
  Banned,
  LoggedInElsewhere,
  ServerStopping,
  SlowClient,     ///< its send queue is full
  ProtocolError,  ///< it sent what no correct client sends
  TooFast,        ///< it sends more than it may
  Moved,          ///< its character is in another zone now: the client enters again, at once
};

struct UpHeader {
  SessionId session;
  std::uint32_t number = 0;
  UpKind kind{};
  std::uint8_t flag = 0;
};

struct DownHeader {
  SessionId session;
  std::uint32_t number = 0;
  DownKind kind{};
  /// 1: hand to the socket now (the answer to a player's own action); 0: with the tick's other
  /// output.
  std::uint8_t at_once = 0;
};

/// A snapshot or message beyond this size is a bug of the zone.
inline constexpr std::size_t kLinkMessageBytesMax = 64 * 1024;

}  // namespace tessera::cluster
