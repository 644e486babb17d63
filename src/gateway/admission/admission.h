// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who may enter a world that has room for so many. A character that asks gets a seat or a place in
// a first-come, first-served queue, and keeps the place by asking again. A seat passes through
//
//   Entering (its connect token may still be used) -> Playing -> Away (kept for a reconnect) ->
//   free
//
// Several threads ask (web) and report (network); a mutex covers it all, for it is asked some
// hundred times a second at most. Time is given by the caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/core/ids.h"
#include "gateway/admission/session_claim.h"

namespace tessera::admission {

struct AdmissionOptions {
  std::uint32_t seats = 5000;
  /// A longer queue would only be told hours of waiting; 16 bytes a place.
  std::uint32_t queue_max = 10'000;
  /// How long a seat waits for a client with a connect token: as long as the token is valid, and
  /// for a handshake that began in its last moment. Longer would keep others out for nobody.
  std::uint32_t entering_s = kGrantValid_s + 5;
  /// How long the seat of a lost connection stays reserved.
  std::uint32_t reconnect_s = 60;
  /// A place not asked for within this time is given up.
  std::uint32_t place_s = 20;
  /// What waiting clients are told to wait between questions; well below place_s.
  std::uint32_t retry_after_s = 5;
};

/// Come in; the seat is kept for entering_s.
struct Admitted {};
/// Wait. Position 1 is next.
struct Queued {
  std::uint32_t position = 0;
  std::uint32_t size = 0;
  std::uint32_t retry_after_s = 0;
};
/// The queue is full too.
struct QueueFull {};
using AdmissionAnswer = std::variant<Admitted, Queued, QueueFull>;

class Admission {
 public:
  explicit Admission(const AdmissionOptions& options);

  AdmissionAnswer ask(CharacterId character, std::int64_t now_us);
  /// Its session is open. The token has proven the admission, so this never fails.
  void connected(CharacterId character, std::int64_t now_us);
  /// Its session is closed; the seat is kept for reconnect_s, unless it left on purpose.
  void disconnected(CharacterId character, bool may_return, std::int64_t now_us);

  std::uint32_t seats_taken(std::int64_t now_us);
  std::uint32_t queue_size(std::int64_t now_us);

 private:
  enum class SeatState : std::uint8_t { Entering, Playing, Away };
  struct Seat {
    SeatState state = SeatState::Entering;
    std::int64_t until_us = 0;  // for Entering and Away
  };
  struct Place {
    std::uint64_t ticket = 0;  // counts up, so places_ is sorted by it
    CharacterId character;
    std::int64_t asked_at_us = 0;
  };

  void expire(std::int64_t now_us);
  void seat(CharacterId character, SeatState state, std::uint32_t for_s, std::int64_t now_us);
  std::size_t place_of(std::uint64_t ticket) const;
  void give_up_place(CharacterId character);

  const AdmissionOptions options_;
  std::mutex mutex_;
  std::unordered_map<CharacterId, Seat> seats_;  // order never matters
  std::vector<Place> places_;
  std::unordered_map<CharacterId, std::uint64_t> tickets_;  // of those in places_
  std::uint64_t next_ticket_ = 1;
  std::int64_t expired_at_us_ = INT64_MIN;
};

}  // namespace tessera::admission
