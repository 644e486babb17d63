// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a client hears and does in a session, to be played to another build of it. Rows, each at a
// multiple of 8 bytes, numbers as on x86-64 and wasm32: kind (u32), length (u32), time in
// microseconds (i64), then so many bytes: a packet, or a tessera_controls with which a frame runs.
#pragma once

#include <cstdint>
#include <vector>

#include "client/tessera_client.h"

namespace tessera::tests {

inline constexpr std::uint32_t kRowPacket = 0;
inline constexpr std::uint32_t kRowFrame = 1;

/// A player among 150 walkers on a bad line.
std::vector<std::byte> record_session(std::uint64_t seed, int ticks);

}  // namespace tessera::tests
