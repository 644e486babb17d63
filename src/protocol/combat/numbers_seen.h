// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which of the numbered things that a server tells until they are confirmed were heard before.
// Numbers are one byte and go round; at most 64 (kCombatWaitingMax) wait at a time, so
// what is more than 127 behind the newest is ahead of it.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>

namespace tessera::protocol {

class NumbersSeen {
 public:
  /// False when it was noted before.
  bool note(std::uint8_t number) {
    const auto ahead = static_cast<std::uint8_t>(number - newest_);
    if (ahead < kHalf) {
      // What lies between was not heard yet, whatever had these numbers a round ago.
      for (unsigned i = 1; i <= ahead; ++i) seen_[static_cast<std::uint8_t>(newest_ + i)] = false;
      newest_ = number;
    }
    if (seen_[number]) return false;
    seen_[number] = true;
    return true;
  }

 private:
  static constexpr std::uint8_t kHalf = 128;
  std::bitset<256> seen_;
  std::uint8_t newest_ = 255;  ///< before the first, which is 0
};

}  // namespace tessera::protocol
