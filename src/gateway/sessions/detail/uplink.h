// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The gateway's end of a link's up ring, with an answer for when it is full: Inputs and RoundTrip
// are dropped, everything else waits here in order. What waits is bounded: openings and closings by
// the number of sessions, messages and deliveries by kWaitingBytesMax; a session whose message
// finds no room ends.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include "cluster/link/link.h"

namespace tessera::gateway::detail {

class Uplink {
 public:
  static constexpr std::size_t kWaitingBytesMax = 1 << 20;

  explicit Uplink(cluster::Link& link) : link_(link) {}

  /// False: dropped. Never for SessionOpened and SessionClosed.
  bool send(const cluster::UpHeader& header, std::span<const std::byte> bytes = {});
  /// Sends what waits as far as there is room.
  void flush();
  std::size_t waiting() const { return waiting_.size(); }

 private:
  struct Waiting {
    cluster::UpHeader header;
    std::vector<std::byte> bytes;
  };
  cluster::Link& link_;
  std::deque<Waiting> waiting_;
  std::size_t waiting_bytes_ = 0;
};

}  // namespace tessera::gateway::detail
