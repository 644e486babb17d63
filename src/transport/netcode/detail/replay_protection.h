// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Refuses a packet that came before, or that is so old that nobody can tell any more. One bit for
// each of the last 256 sequence numbers: 40 bytes a client.
#pragma once

#include <array>
#include <cstdint>

#include "transport/netcode/standard.h"

namespace tessera::netcode::detail {

class ReplayProtection {
 public:
  /// Ask before decrypting. The very last number is refused: what follows it cannot be counted.
  bool refuses(std::uint64_t sequence) const {
    if (sequence == UINT64_MAX) return true;
    if (sequence >= next_) return false;
    return next_ - sequence > kReplayWindow || (word(sequence) & bit(sequence)) != 0;
  }
  /// Tell when the packet proved genuine.
  void received(std::uint64_t sequence) {
    if (sequence >= next_) {
      if (sequence - next_ >= kReplayWindow) {
        received_.fill(0);
      } else {
        for (std::uint64_t skipped = next_; skipped < sequence; ++skipped) {
          received_[index(skipped)] &= ~bit(skipped);
        }
      }
      next_ = sequence + 1;
    }
    received_[index(sequence)] |= bit(sequence);
  }

 private:
  static std::size_t index(std::uint64_t sequence) { return sequence % kReplayWindow / 64; }
  static std::uint64_t bit(std::uint64_t sequence) { return std::uint64_t{1} << sequence % 64; }
  std::uint64_t word(std::uint64_t sequence) const { return received_[index(sequence)]; }

  std::uint64_t next_ = 0;  // one more than the newest
  std::array<std::uint64_t, kReplayWindow / 64> received_{};
};

}  // namespace tessera::netcode::detail
