// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/admission/rate_limiter.h"

#include <gtest/gtest.h>

#include <string>

namespace tessera::admission {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

TEST(TokenBucket, AllowsABurstAndThenTheRate) {
  TokenBucket bucket;
  const RateLimit limit{.per_second = 2, .burst = 3};
  int allowed = 0;
  for (int i = 0; i < 10; ++i) allowed += bucket.take(limit, 0) ? 1 : 0;
  EXPECT_EQ(allowed, 3);
  EXPECT_DOUBLE_EQ(bucket.seconds_until(limit), 0.5);
  EXPECT_FALSE(bucket.take(limit, kSecond / 4));
  EXPECT_TRUE(bucket.take(limit, kSecond / 2));
  allowed = 0;
  for (int i = 0; i < 10; ++i) allowed += bucket.take(limit, 1000 * kSecond) ? 1 : 0;
  EXPECT_EQ(allowed, 3) << "rest does not save more than the burst";
}

TEST(TokenBucket, IgnoresAClockThatGoesBack) {
  TokenBucket bucket;
  const RateLimit limit{.per_second = 1, .burst = 1};
  EXPECT_TRUE(bucket.take(limit, 10 * kSecond));
  EXPECT_FALSE(bucket.take(limit, 5 * kSecond));
  EXPECT_FALSE(bucket.take(limit, 10 * kSecond + 1));
  EXPECT_TRUE(bucket.take(limit, 11 * kSecond));
}

TEST(RateLimiter, KeepsKeysApart) {
  RateLimiter limiter({.per_second = 1, .burst = 2}, 10);
  EXPECT_TRUE(limiter.allow(1, 0));
  EXPECT_TRUE(limiter.allow(1, 0));
  EXPECT_FALSE(limiter.allow(1, 0));
  EXPECT_TRUE(limiter.allow(2, 0));
}

TEST(RateLimiter, TellsWhenToComeBack) {
  RateLimiter limiter({.per_second = 0.1, .burst = 1}, 10);
  EXPECT_TRUE(limiter.allow(1, 0));
  EXPECT_FALSE(limiter.allow(1, 0));
  EXPECT_EQ(limiter.retry_after_s(1), 10u);
  EXPECT_EQ(limiter.retry_after_s(99), 1u);
}

TEST(RateLimiter, ForgetsTheQuietestKeyWhenFullAndNeverGrows) {
  RateLimiter limiter({.per_second = 0.001, .burst = 1}, 3);
  EXPECT_TRUE(limiter.allow(1, 0));
  EXPECT_TRUE(limiter.allow(2, 1));
  EXPECT_TRUE(limiter.allow(3, 2));
  EXPECT_FALSE(limiter.allow(1, 3)) << "1 is the newest now";
  EXPECT_TRUE(limiter.allow(4, 4)) << "takes the place of 2";
  EXPECT_EQ(limiter.size(), 3u);
  EXPECT_FALSE(limiter.allow(1, 5));
  EXPECT_FALSE(limiter.allow(3, 5));
  EXPECT_TRUE(limiter.allow(2, 5)) << "forgotten";
  for (std::uint64_t key = 100; key < 100'000; ++key) limiter.allow(key, 6);
  EXPECT_EQ(limiter.size(), 3u);
}

TEST(AddressKey, IsOneForAnIpv4AddressHoweverWritten) {
  EXPECT_EQ(address_key("192.0.2.7", 1), address_key("::ffff:192.0.2.7", 1));
  EXPECT_NE(address_key("192.0.2.7", 1), address_key("192.0.2.8", 1));
  EXPECT_NE(address_key("192.0.2.7", 1), address_key("192.0.2.7", 2));
}

TEST(AddressKey, IsOneForAnIpv6CustomerNetwork) {
  EXPECT_EQ(address_key("2001:db8:0:1::1", 1), address_key("2001:db8:0:1:ffff::2%eth0", 1));
  EXPECT_NE(address_key("2001:db8:0:1::1", 1), address_key("2001:db8:0:2::1", 1));
}

TEST(AddressKey, TakesAnyTextAsAName) {
  EXPECT_EQ(address_key("not an address", 1), address_key("not an address", 1));
  EXPECT_NE(address_key("", 1), address_key("x", 1));
}

}  // namespace
}  // namespace tessera::admission
