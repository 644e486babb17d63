// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the snapshots under way to one viewer hold, so that the loss of one can be undone: a ring of
// snapshots and a ring of what they told. Released oldest first, as reports come in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "world/replication/mirror/mirror.h"

namespace tessera::replication {

/// Something a snapshot told.
struct Told {
  enum class Kind : std::uint8_t { Page, Closed, Introduction };
  std::uint32_t before = 0;             ///< Page: since when it was told; Introduction: the row
  std::uint32_t components_before = 0;  ///< Page: the same of its components
  std::uint32_t slots = 0;              ///< Page: slots whose entity was told
  PageIndex page = kNoPage;
  Kind kind{};
};

struct Flight {
  std::uint32_t number = 0;
  std::uint32_t tick = 0;
  std::uint32_t first = 0;  ///< into the ring of what was told, counted without end
  std::uint32_t count = 0;
  bool own_state = false;
  bool rosters = false;  ///< holds slots, closed pages or introductions
  bool open = false;     ///< no report yet
};

class FlightLog {
 public:
  /// 3.2 s at 20 Hz. Older ones count as lost.
  static constexpr std::uint32_t kFlightsMax = 64;
  /// What all flights may hold; a viewer in a crowd needs about 2,000.
  static constexpr std::uint32_t kToldMax = 8192;

  FlightLog() : told_(64) {}

  /// The oldest flight when a new one finds no room, else null; report it lost first.
  Flight* overdue() {
    if (oldest_number_ == next_number_) return nullptr;
    const bool full = next_number_ - oldest_number_ >= kFlightsMax;
    return full || next_told_ - first_told() > kToldMax / 2 ? &at(oldest_number_) : nullptr;
  }
  /// Begins the next snapshot's record.
  Flight& begin(std::uint32_t tick) {
    Flight& flight = at(next_number_);
    flight = Flight{.number = next_number_++, .tick = tick, .first = next_told_, .open = true};
    return flight;
  }
  /// Notes what the newest flight tells.
  void add(const Told& told) {
    Flight& flight = at(next_number_ - 1);
    if (next_told_ - first_told() == told_.size()) grow();
    told_[next_told_++ & (told_.size() - 1)] = told;
    ++flight.count;
    flight.rosters |= told.kind != Told::Kind::Page || told.slots != 0;
  }
  /// The flight with this number if no report about it has come; else null.
  Flight* find(std::uint32_t number) {
    if (number - oldest_number_ >= next_number_ - oldest_number_) return nullptr;
    Flight& flight = at(number);
    return flight.open ? &flight : nullptr;
  }
  template <class F>
  void each(const Flight& flight, F&& fn) const {
    for (std::uint32_t i = 0; i < flight.count; ++i)
      fn(told_[(flight.first + i) & (told_.size() - 1)]);
  }
  /// The report has come.
  void close(Flight& flight) {
    flight.open = false;
    while (oldest_number_ != next_number_ && !at(oldest_number_).open) ++oldest_number_;
  }
  /// Forgets all flights; numbers go on.
  void clear() {
    while (oldest_number_ != next_number_) at(oldest_number_++).open = false;
  }
  std::size_t under_way() const { return next_number_ - oldest_number_; }

 private:
  Flight& at(std::uint32_t number) { return flights_[number % kFlightsMax]; }
  std::uint32_t first_told() const {
    return oldest_number_ == next_number_ ? next_told_
                                          : flights_[oldest_number_ % kFlightsMax].first;
  }
  void grow() {
    std::vector<Told> larger(told_.size() * 2);
    for (std::uint32_t i = first_told(); i != next_told_; ++i) {
      larger[i & (larger.size() - 1)] = told_[i & (told_.size() - 1)];
    }
    told_.swap(larger);
  }

  std::uint32_t oldest_number_ = 1;
  std::uint32_t next_number_ = 1;
  std::uint32_t next_told_ = 0;
  std::array<Flight, kFlightsMax> flights_{};
  std::vector<Told> told_;  ///< a power of two
};

}  // namespace tessera::replication
