// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a packet of a session may carry: unreliable sections, told apart by kind, and reliable,
// ordered streams of messages, one for each topic (docs/protocol.md).
#pragma once

#include <cstdint>

namespace tessera::protocol {

/// The kind byte of an unreliable section.
enum class SectionKind : std::uint8_t {
  Inputs = 1,    ///< client to server: inputs.h
  Snapshot = 2,  ///< server to client: snapshot.h
};

/// A reliable stream. Messages of one topic arrive in order; topics do not wait for each other.
enum class Topic : std::uint8_t {
  Control = 0,  ///< messages/control.proto
  Chat = 1,     ///< messages/chat.proto
};

inline constexpr std::uint8_t kTopicCount = 2;

}  // namespace tessera::protocol
