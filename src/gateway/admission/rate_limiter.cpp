// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/admission/rate_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>

#include "engine/core/assert.h"
#include "engine/core/hash.h"

namespace tessera::admission {

bool TokenBucket::take(const RateLimit& limit, std::int64_t now_us, double cost) {
  if (filled_at_us_ == INT64_MIN) {
    tokens_ = limit.burst;
    filled_at_us_ = now_us;
  }
  const double elapsed_s =
      static_cast<double>(std::max<std::int64_t>(0, now_us - filled_at_us_)) * 1e-6;
  tokens_ = std::min(limit.burst, tokens_ + elapsed_s * limit.per_second);
  filled_at_us_ = std::max(filled_at_us_, now_us);
  if (tokens_ < cost) return false;
  tokens_ -= cost;
  return true;
}

double TokenBucket::seconds_until(const RateLimit& limit, double cost) const {
  return tokens_ >= cost ? 0 : (cost - tokens_) / limit.per_second;
}

RateLimiter::RateLimiter(const RateLimit& limit, std::size_t keys_max)
    : limit_(limit), keys_max_(keys_max) {
  TESSERA_ASSERT(keys_max > 0 && keys_max < kNone, "RateLimiter: needs a capacity");
  TESSERA_ASSERT(limit.per_second > 0 && limit.burst >= 1, "RateLimiter: a limit of nothing");
}

bool RateLimiter::allow(std::uint64_t key, std::int64_t now_us, double cost) {
  const std::uint32_t at = find_or_make(key);
  unlink(at);
  link_newest(at);
  return nodes_[at].bucket.take(limit_, now_us, cost);
}

std::uint32_t RateLimiter::retry_after_s(std::uint64_t key, double cost) const {
  const auto found = index_.find(key);
  if (found == index_.end()) return 1;
  const double seconds = nodes_[found->second].bucket.seconds_until(limit_, cost);
  return static_cast<std::uint32_t>(std::clamp(std::ceil(seconds), 1.0, 3600.0));
}

std::uint32_t RateLimiter::find_or_make(std::uint64_t key) {
  if (const auto found = index_.find(key); found != index_.end()) return found->second;
  std::uint32_t at = 0;
  if (nodes_.size() < keys_max_) {
    at = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
  } else {
    at = oldest_;
    unlink(at);
    index_.erase(nodes_[at].key);
    nodes_[at] = {};
  }
  nodes_[at].key = key;
  index_.emplace(key, at);
  link_newest(at);
  return at;
}

void RateLimiter::unlink(std::uint32_t at) {
  Node& node = nodes_[at];
  (node.older == kNone ? oldest_ : nodes_[node.older].newer) = node.newer;
  (node.newer == kNone ? newest_ : nodes_[node.newer].older) = node.older;
  node.older = node.newer = kNone;
}

void RateLimiter::link_newest(std::uint32_t at) {
  nodes_[at].older = newest_;
  (newest_ == kNone ? oldest_ : nodes_[newest_].newer) = at;
  newest_ = at;
}

std::uint64_t address_key(std::string_view address, std::uint64_t seed) {
  const std::string text(address.substr(0, address.find('%')));  // without an IPv6 scope
  std::array<std::byte, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
    return hash_bytes(std::span(bytes).first(4), seed);
  }
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
    constexpr std::array<std::byte, 12> kMapped{
        {{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, std::byte{0xff}, std::byte{0xff}}};
    if (std::ranges::equal(std::span(bytes).first(12), kMapped)) {
      return hash_bytes(std::span(bytes).last(4), seed);
    }
    return hash_bytes(std::span(bytes).first(8), seed);
  }
  return hash_bytes(std::as_bytes(std::span(address)), seed);
}

}  // namespace tessera::admission
