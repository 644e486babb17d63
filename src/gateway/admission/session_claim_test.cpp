// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/admission/session_claim.h"

#include <gtest/gtest.h>

namespace tessera::admission {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr SessionClaim kClaim{{7}, {9}, FixedString<kAccountNameBytesMax>("Anna")};

TEST(SessionClaim, ComesBackFromItsBytes) {
  const auto bytes = encode_claim(kClaim);
  EXPECT_EQ(decode_claim(bytes), kClaim);
  SessionClaim longest = kClaim;
  longest.account_name.characters.fill('x');
  EXPECT_EQ(decode_claim(encode_claim(longest)), longest);
}

TEST(SessionClaim, IsRefusedWhenItNamesNobodyOrIsOfAnotherVersion) {
  auto bytes = encode_claim(kClaim);
  bytes[0] = std::byte{99};
  EXPECT_FALSE(decode_claim(bytes));
  EXPECT_FALSE(decode_claim(encode_claim({{0}, {9}})));
  EXPECT_FALSE(decode_claim(encode_claim({{7}, {0}})));
  EXPECT_FALSE(decode_claim({}));
  auto long_name = encode_claim(kClaim);
  long_name[20] = std::byte{kAccountNameBytesMax + 1};
  EXPECT_FALSE(decode_claim(long_name));
}

TEST(SessionTickets, AreGoodOnce) {
  SessionTickets tickets;
  const std::string ticket = tickets.issue(kClaim, 0);
  EXPECT_EQ(ticket.size(), 32u);
  EXPECT_EQ(tickets.redeem(ticket, kSecond), kClaim);
  EXPECT_FALSE(tickets.redeem(ticket, kSecond));
  EXPECT_FALSE(tickets.redeem("", kSecond));
}

TEST(SessionTickets, AreNotGoodForLong) {
  SessionTickets tickets({.valid_s = 30});
  const std::string ticket = tickets.issue(kClaim, 0);
  EXPECT_FALSE(tickets.redeem(ticket, 30 * kSecond));
}

TEST(SessionTickets, NeverBecomeMoreThanTheirLimit) {
  SessionTickets tickets({.valid_s = 30, .tickets_max = 3});
  const std::string oldest = tickets.issue(kClaim, 0);
  tickets.issue(kClaim, kSecond);
  tickets.issue(kClaim, kSecond);
  const std::string newest = tickets.issue(kClaim, 2 * kSecond);
  EXPECT_EQ(tickets.size(), 3u);
  EXPECT_FALSE(tickets.redeem(oldest, 2 * kSecond));
  EXPECT_TRUE(tickets.redeem(newest, 2 * kSecond));
  for (int i = 0; i < 5; ++i) tickets.issue(kClaim, 100 * kSecond);
  EXPECT_LE(tickets.size(), 3u);
}

}  // namespace
}  // namespace tessera::admission
