// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/address.h"

#include <gtest/gtest.h>

#include <set>

namespace tessera::udp {
namespace {

TEST(Address, ReadsWhatItWrites) {
  for (const char* text : {"127.0.0.1:7777", "255.255.255.255:65535", "0.0.0.0:0", "[::1]:7777",
                           "[2001:db8::42]:1", "[::]:40000"}) {
    const auto address = Address::parse(text);
    ASSERT_TRUE(address.has_value()) << text;
    EXPECT_EQ(address->text(), text);
  }
  EXPECT_EQ(Address::parse("localhost:80"), Address::loopback(80));
  EXPECT_EQ(Address{}.text(), "none");
}

TEST(Address, RefusesWhatIsNone) {
  for (const char* text : {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                           "127.0.0.1:80x", "1.2.3:80", "1.2.3.4.5:80", "256.1.1.1:80", "::1:80",
                           "[::1]", "[::1:80", "[zz::1]:80", "example.org:80", "[]:80"}) {
    EXPECT_FALSE(Address::parse(text).has_value()) << text;
  }
}

TEST(Address, IsIpv4WhenItOnlyDressesAsIpv6) {
  EXPECT_EQ(Address::parse("[::ffff:10.1.2.3]:99"), Address::v4(10, 1, 2, 3, 99));
}

TEST(Address, IsNoneUnlessSet) {
  EXPECT_FALSE(static_cast<bool>(Address{}));
  EXPECT_TRUE(static_cast<bool>(Address::loopback(1)));
}

TEST(Address, HashesWellAndBySeed) {
  std::set<std::uint64_t> hashes;
  for (std::uint16_t port = 0; port < 10'000; ++port)
    hashes.insert(hash_address(Address::loopback(port)));
  EXPECT_EQ(hashes.size(), 10'000u);
  EXPECT_NE(hash_address(Address::loopback(1), 1), hash_address(Address::loopback(1), 2));
  EXPECT_NE(hash_address(Address::v4(1, 2, 3, 4, 5)), hash_address(Address::v6({1, 2, 3, 4}, 5)));
  EXPECT_EQ(std::hash<Address>{}(Address::loopback(7)), std::hash<Address>{}(Address::loopback(7)));
}

}  // namespace
}  // namespace tessera::udp
