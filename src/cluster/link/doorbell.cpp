// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "cluster/link/doorbell.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "engine/core/assert.h"

namespace tessera::cluster {

Doorbell::Doorbell() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  TESSERA_ASSERT(fd_ >= 0, "eventfd: the process is out of file descriptors");
}

Doorbell::~Doorbell() { close(fd_); }

// Both sides exchange the flag, so one of them comes second and sees what the other did before:
// either the ringer sees that the sleeper sleeps, or the sleeper sees the work.
void Doorbell::ring() {
  if (!sleeping_.exchange(false, std::memory_order_acq_rel)) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(fd_, &one, sizeof one);
}

void Doorbell::about_to_sleep() { sleeping_.exchange(true, std::memory_order_acq_rel); }

void Doorbell::awake() {
  // When a ringer took the flag it also wrote, or is about to: one read may then come too early,
  // and costs one needless wake-up later.
  if (sleeping_.exchange(false, std::memory_order_acq_rel)) return;
  std::uint64_t rings = 0;
  [[maybe_unused]] const auto got = read(fd_, &rings, sizeof rings);
}

}  // namespace tessera::cluster
