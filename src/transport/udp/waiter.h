// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where a network thread rests: until one of its descriptors is readable, another thread calls
// wake(), or the time is over.
#pragma once

#include <cstdint>

#include "engine/core/error.h"

namespace tessera::udp {

class Waiter {
 public:
  static Result<Waiter> open();
  Waiter(Waiter&&) noexcept;
  Waiter& operator=(Waiter&&) noexcept;
  ~Waiter();

  /// Watches `descriptor` for reading, level-triggered, until it is closed.
  Result<void> watch(int descriptor);
  /// Waits at most `timeout_us` (0 only looks, negative waits without end). True when a watched
  /// descriptor is readable, false when woken or the time is over.
  bool wait(std::int64_t timeout_us);
  /// Ends a wait() under way, or the next one. From any thread; cheap when already woken.
  void wake() const;

 private:
  Waiter(int epoll, int event) : epoll_(epoll), event_(event) {}
  int epoll_ = -1;
  int event_ = -1;
};

}  // namespace tessera::udp
