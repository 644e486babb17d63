// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/settings/host_port.h"

#include <gtest/gtest.h>

namespace tessera::server {
namespace {

TEST(HostPort, ReadsNamesAndBothKindsOfAddresses) {
  EXPECT_EQ(*parse_host_port("localhost:80"), (HostPort{"localhost", 80}));
  EXPECT_EQ(*parse_host_port("127.0.0.1:0"), (HostPort{"127.0.0.1", 0}));
  EXPECT_EQ(*parse_host_port("[::1]:7777"), (HostPort{"::1", 7777}));
  EXPECT_EQ(*parse_host_port(":7777"), (HostPort{"0.0.0.0", 7777}));
  EXPECT_EQ(parse_host_port(":65535")->port, 65535);
}

TEST(HostPort, RefusesEverythingElse) {
  for (const char* text : {"", "localhost", "host:", "host:x", "host:70000", "host:-1", "::1:80",
                           "[::1:80", "::1]:80", "[]:80", "host:80x", "host:70000x"}) {
    EXPECT_FALSE(parse_host_port(text)) << text;
  }
}

TEST(HostPort, SaysThatAPortIsOutOfRange) {
  for (const char* port : {"65536", "99999", "99999999999999999999"}) {
    const std::string text = std::string("127.0.0.1:") + port;
    EXPECT_EQ(parse_host_port(text).error().message,
              "'" + text + "' has a port that is out of range: expected 0 to 65535");
  }
}

TEST(HostPort, KnowsWhoCanReachIt) {
  for (const char* text : {"127.0.0.1:1", "127.1.2.3:1", "[::1]:1"}) {
    EXPECT_TRUE(parse_host_port(text)->is_loopback()) << text;
  }
  for (const char* text : {"0.0.0.0:1", ":1", "[::]:1"}) {
    EXPECT_FALSE(parse_host_port(text)->is_loopback()) << text;
    EXPECT_TRUE(parse_host_port(text)->is_every_address()) << text;
  }
  EXPECT_FALSE(parse_host_port("203.0.113.7:1")->is_loopback());
  EXPECT_FALSE(parse_host_port("203.0.113.7:1")->is_every_address());
}

TEST(NumericAddress, TakesNumbersAndThisMachine) {
  EXPECT_EQ(*numeric_address("x", "203.0.113.7:80"), (HostPort{"203.0.113.7", 80}));
  EXPECT_EQ(*numeric_address("x", "[::1]:80"), (HostPort{"::1", 80}));
  EXPECT_EQ(*numeric_address("x", "localhost:80"), (HostPort{"127.0.0.1", 80}));
}

TEST(NumericAddress, NamesTheSettingAndSaysThatNumbersAreExpected) {
  for (const char* text : {"foo.invalid:80", "300.1.1.1:5", "[1::2::3]:80", "1.2.3:80"}) {
    EXPECT_EQ(numeric_address("http.listen (--http)", text).error().message,
              "http.listen (--http): '" + std::string(text) +
                  "' is no address in numbers: expected one, such as 127.0.0.1:7777 or "
                  "[::1]:7777; names are not looked up");
  }
  EXPECT_TRUE(numeric_address("here", "nonsense").error().message.starts_with("here: 'nonsense'"));
}

}  // namespace
}  // namespace tessera::server
