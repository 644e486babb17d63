// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/chaos/chaos.h"

#include <algorithm>
#include <utility>

namespace tessera::chaos {
namespace {

/// The earliest first; what has the same time keeps its order.
constexpr auto kLater = [](const auto& a, const auto& b) {
  return std::pair(a.at_us, a.order) > std::pair(b.at_us, b.order);
};

}  // namespace

bool Options::any() const {
  return loss_percent > 0 || duplicate_percent > 0 || reorder_percent > 0 || delay_ms > 0 ||
         jitter_ms > 0 || bandwidth_kbit > 0;
}

Link::Link(const Options& options) : options_(options), random_(mix64(options.seed)) {}

void Link::schedule(std::int64_t at_us, std::span<const std::byte> bytes,
                    const udp::Address& address) {
  if (queued_bytes_ + bytes.size() > options_.queue_bytes_max) {
    ++counters_.overflowed;
    return;
  }
  queued_bytes_ += bytes.size();
  flights_.push_back({at_us, order_++, {address, {bytes.begin(), bytes.end()}}});
  std::ranges::push_heap(flights_, kLater);
}

void Link::push(std::int64_t now_us, std::span<const std::byte> bytes,
                const udp::Address& address) {
  ++counters_.pushed;
  // Every datagram draws the same number of times, so that one option does not shift another's
  // dice.
  const bool lost = random_.unit() * 100 < options_.loss_percent;
  const bool twice = random_.unit() * 100 < options_.duplicate_percent;
  const bool held = random_.unit() * 100 < options_.reorder_percent;
  const auto jitter = [&] {
    return static_cast<std::int64_t>(static_cast<double>(random_.unit()) *
                                     static_cast<double>(options_.jitter_ms) * 1000.0);
  };
  const std::int64_t first_jitter_us = jitter();
  const std::int64_t second_jitter_us = jitter();
  if (lost) {
    ++counters_.lost;
    return;
  }
  std::int64_t out_us = now_us;
  if (options_.bandwidth_kbit > 0) {
    const auto bits = static_cast<std::int64_t>(bytes.size()) * 8;
    wire_free_at_us_ = std::max(wire_free_at_us_, now_us) + bits * 1000 / options_.bandwidth_kbit;
    out_us = wire_free_at_us_;
  }
  std::int64_t at_us = out_us + options_.delay_ms * 1000;
  if (held) {
    ++counters_.reordered;
    at_us += options_.reorder_ms * 1000;
  }
  schedule(at_us + first_jitter_us, bytes, address);
  if (twice) {
    ++counters_.duplicated;
    schedule(at_us + second_jitter_us, bytes, address);
  }
}

std::optional<Datagram> Link::pop(std::int64_t now_us) {
  if (flights_.empty() || flights_.front().at_us > now_us) return std::nullopt;
  std::ranges::pop_heap(flights_, kLater);
  Datagram datagram = std::move(flights_.back().datagram);
  flights_.pop_back();
  queued_bytes_ -= datagram.bytes.size();
  return datagram;
}

std::optional<std::int64_t> Link::next_at_us() const {
  if (flights_.empty()) return std::nullopt;
  return flights_.front().at_us;
}

}  // namespace tessera::chaos
