// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A bad link in a box: what is pushed comes out later, or not, or twice, or out of order, as the
// options say. The same seed, times and bytes give the same fate to every datagram. It knows no
// socket and no clock; use one per direction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "transport/udp/address.h"

namespace tessera::chaos {

struct Options {
  float loss_percent = 0;
  float duplicate_percent = 0;
  float reorder_percent = 0;        ///< held back by reorder_ms, so that later ones overtake
  std::int64_t delay_ms = 0;        ///< one way
  std::int64_t jitter_ms = 0;       ///< uniform, 0 to this, on top
  std::int64_t reorder_ms = 60;     ///< more than a 20 Hz packet interval
  std::int64_t bandwidth_kbit = 0;  ///< 0: no limit
  std::size_t queue_bytes_max =
      4 << 20;  ///< what the link holds; more is dropped (as a router does)
  std::uint64_t seed = 1;

  bool any() const;
};

/// "loss=2,delay=40,jitter=10,duplicate=1,reorder=1,bandwidth=2000,seed=7"; empty is no chaos.
/// Percent, milliseconds, kbit/s. The error names the bad key or value and what would be right.
Result<Options> parse_options(std::string_view text);

struct Datagram {
  udp::Address address;
  std::vector<std::byte> bytes;
};

struct Counters {
  std::uint64_t pushed = 0;
  std::uint64_t lost = 0;
  std::uint64_t duplicated = 0;
  std::uint64_t reordered = 0;
  std::uint64_t overflowed = 0;
};

class Link {
 public:
  explicit Link(const Options& options);

  /// Puts a datagram on the link; `address` comes out with it.
  void push(std::int64_t now_us, std::span<const std::byte> bytes, const udp::Address& address);
  /// The next datagram whose time has come.
  std::optional<Datagram> pop(std::int64_t now_us);
  /// When the next one comes out; nothing when the link is empty.
  std::optional<std::int64_t> next_at_us() const;

  const Counters& counters() const { return counters_; }

 private:
  struct Flight {
    std::int64_t at_us = 0;
    std::uint64_t order = 0;
    Datagram datagram;
  };
  void schedule(std::int64_t at_us, std::span<const std::byte> bytes, const udp::Address& address);

  Options options_;
  RandomStream random_;
  std::vector<Flight> flights_;  // a heap: the earliest first
  std::uint64_t order_ = 0;
  std::size_t queued_bytes_ = 0;
  std::int64_t wire_free_at_us_ = 0;
  Counters counters_;
};

}  // namespace tessera::chaos
