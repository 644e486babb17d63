// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How a fleet comes in: what its operator is told meanwhile, and when waiting for more is useless.
// Failures are no progress: a server that refuses four bots every five minutes would otherwise be
// waited for until all of a thousand have failed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tessera::bots {

struct ArrivalCounts {
  std::size_t bots = 0;  ///< of the fleet
  std::size_t in_world = 0;
  std::size_t failed = 0;     ///< gave up
  std::string why_failed{};   ///< the newest of them; may be empty
  std::string why_waiting{};  ///< what the server keeps the others with; may be empty

  /// "57 of 1000 bots are in, 3 failed: <why>; the others wait: <why>"
  std::string text() const;
};

class Arrivals {
 public:
  static constexpr std::int64_t kLineUs = 2'000'000;

  Arrivals(std::int64_t now_us, std::int64_t patience_us)
      : progress_at_us_(now_us), line_at_us_(now_us), patience_us_(patience_us) {}

  /// False when nobody has come in for the patience. `entered` counts those that came in, also if
  /// they have left since. Call it often.
  bool going_on(std::int64_t now_us, std::size_t entered);
  /// True every kLineUs: it is time to say how far it is.
  bool line_due(std::int64_t now_us);

 private:
  std::int64_t progress_at_us_;
  std::int64_t line_at_us_;
  std::int64_t patience_us_;
  std::size_t entered_ = 0;
};

}  // namespace tessera::bots
