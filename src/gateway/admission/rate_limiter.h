// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Token buckets for many keys (addresses, accounts) in bounded memory. A full table forgets the key
// that was quiet for longest: with a capacity above burst x the keys that can be active within the
// refill time, a key that is forgotten had a full bucket anyway. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tessera::admission {

/// `burst` at once, and `per_second` on average.
struct RateLimit {
  double per_second = 1;
  double burst = 10;
};

/// One bucket, for limits with one known holder (a session).
class TokenBucket {
 public:
  /// Takes `cost` tokens if there are as many. `now_us` may stand still but not go back.
  bool take(const RateLimit& limit, std::int64_t now_us, double cost = 1);
  /// Seconds until `cost` tokens are there.
  double seconds_until(const RateLimit& limit, double cost = 1) const;

 private:
  double tokens_ = 0;
  std::int64_t filled_at_us_ = INT64_MIN;
};

class RateLimiter {
 public:
  RateLimiter(const RateLimit& limit, std::size_t keys_max);

  /// Whether `key` may do one more thing now; counts it if so.
  bool allow(std::uint64_t key, std::int64_t now_us, double cost = 1);
  /// For the Retry-After of a refusal: whole seconds, at least 1.
  std::uint32_t retry_after_s(std::uint64_t key, double cost = 1) const;
  std::size_t size() const { return index_.size(); }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Node {
    std::uint64_t key = 0;
    TokenBucket bucket;
    std::uint32_t newer = kNone;
    std::uint32_t older = kNone;
  };
  std::uint32_t find_or_make(std::uint64_t key);
  void unlink(std::uint32_t at);
  void link_newest(std::uint32_t at);

  RateLimit limit_;
  std::size_t keys_max_;
  std::vector<Node> nodes_;
  std::unordered_map<std::uint64_t, std::uint32_t> index_;  // never iterated
  std::uint32_t newest_ = kNone;
  std::uint32_t oldest_ = kNone;
};

/// The key of a peer: an IPv4 address whole, of an IPv6 address the first 64 bits, because a single
/// customer has all the others. `seed` keeps strangers from choosing colliding keys.
std::uint64_t address_key(std::string_view address, std::uint64_t seed);

}  // namespace tessera::admission
