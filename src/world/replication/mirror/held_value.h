// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A value that clients may see only when the log has it on disk (ecs::Told::WhenDurable): a gain
// that a crash could take back must not have been shown. One that changes while it waits is shown
// in both forms, each in its time.
#pragma once

#include <cstdint>
#include <cstring>

namespace tessera::replication {

template <class C>
class HeldValue {
 public:
  /// Call it in every tick with the present value. `durable`: all ticks up to it are on disk. True
  /// when `told` was written; `has_told` says whether it ever was.
  bool update(const C& value, std::uint32_t now, std::uint32_t durable, bool has_told, C& told) {
    bool wrote = false;
    if (since_ != 0) {
      if (since_ > durable) return false;
      told = waiting_;
      since_ = 0;
      wrote = has_told = true;
    }
    if (has_told && std::memcmp(&told, &value, sizeof(C)) == 0) return wrote;
    if (now <= durable) {
      told = value;
      return true;
    }
    waiting_ = value;
    since_ = now;
    return wrote;
  }

 private:
  C waiting_{};
  std::uint32_t since_ = 0;  ///< tick in which the waiting value came; 0: none waits
};

/// In place of a HeldValue where nothing waits.
struct NotHeld {};

}  // namespace tessera::replication
