// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/admission/admission.h"

#include <algorithm>

namespace tessera::admission {
namespace {

constexpr std::int64_t kSecond_us = 1'000'000;

}  // namespace

Admission::Admission(const AdmissionOptions& options) : options_(options) {}

AdmissionAnswer Admission::ask(CharacterId character, std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  expire(now_us);
  if (const auto found = seats_.find(character); found != seats_.end()) {
    if (found->second.state != SeatState::Playing) {
      seat(character, SeatState::Entering, options_.entering_s, now_us);
    }
    return Admitted{};
  }
  const std::size_t free =
      options_.seats > seats_.size() ? options_.seats - seats_.size() : std::size_t{0};
  const auto ticket = tickets_.find(character);
  const std::size_t place = ticket == tickets_.end() ? places_.size() : place_of(ticket->second);
  if (place < free) {
    give_up_place(character);
    seat(character, SeatState::Entering, options_.entering_s, now_us);
    return Admitted{};
  }
  if (ticket == tickets_.end()) {
    if (places_.size() >= options_.queue_max) return QueueFull{};
    tickets_.emplace(character, next_ticket_);
    places_.push_back({next_ticket_++, character, now_us});
  } else {
    places_[place].asked_at_us = now_us;
  }
  return Queued{static_cast<std::uint32_t>(place + 1), static_cast<std::uint32_t>(places_.size()),
                options_.retry_after_s};
}

void Admission::connected(CharacterId character, std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  give_up_place(character);
  seat(character, SeatState::Playing, 0, now_us);
}

void Admission::disconnected(CharacterId character, bool may_return, std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  if (may_return) {
    seat(character, SeatState::Away, options_.reconnect_s, now_us);
  } else {
    seats_.erase(character);
  }
}

std::uint32_t Admission::seats_taken(std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  expire(now_us);
  return static_cast<std::uint32_t>(seats_.size());
}

std::uint32_t Admission::queue_size(std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  expire(now_us);
  return static_cast<std::uint32_t>(places_.size());
}

// Looks through everything, but once a second at most: 15,000 entries take some 50 us.
void Admission::expire(std::int64_t now_us) {
  if (expired_at_us_ != INT64_MIN && now_us - expired_at_us_ < kSecond_us) return;
  expired_at_us_ = now_us;
  std::erase_if(seats_, [&](const auto& entry) {
    return entry.second.state != SeatState::Playing && entry.second.until_us <= now_us;
  });
  const std::int64_t place_us = options_.place_s * kSecond_us;
  std::erase_if(places_, [&](const Place& place) {
    const bool given_up = now_us - place.asked_at_us >= place_us;
    if (given_up) tickets_.erase(place.character);
    return given_up;
  });
}

void Admission::seat(CharacterId character, SeatState state, std::uint32_t for_s,
                     std::int64_t now_us) {
  seats_[character] = {state, now_us + for_s * kSecond_us};
}

std::size_t Admission::place_of(std::uint64_t ticket) const {
  const auto place = std::ranges::lower_bound(places_, ticket, {}, &Place::ticket);
  return static_cast<std::size_t>(place - places_.begin());
}

void Admission::give_up_place(CharacterId character) {
  const auto ticket = tickets_.find(character);
  if (ticket == tickets_.end()) return;
  places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(place_of(ticket->second)));
  tickets_.erase(ticket);
}

}  // namespace tessera::admission
