// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How a fleet ends before it plays. With a real server it plays in server/roles/server_test.cpp.
#include "tools/bots/fleet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/platform/clock.h"
#include "tools/bots/enrolment/testing/fake_gateway.h"
#include "transport/netcode/connect_token.h"

namespace tessera::bots {
namespace {

using testing::HasSubstr;

class FleetTest : public testing::Test {
 protected:
  FleetOptions options() {
    FleetOptions options;
    options.server = gateway.url();
    options.zone_folder = "content/zones/vale";
    return options;
  }
  static Error error_of(const FleetOptions& options) {
    const std::atomic<bool> stop{false};
    auto report = run_fleet(options, stop);
    EXPECT_FALSE(report);
    return report ? Error{} : report.error();
  }

  FakeGateway gateway;
};

TEST_F(FleetTest, HasAtLeastOneBotAndAtMostItsLimit) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{65'001}}) {
    FleetOptions wrong = options();
    wrong.count = count;
    const Error error = error_of(wrong);
    EXPECT_EQ(error.kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(error.message, "a fleet has 1 to 65000 bots, not " + std::to_string(count));
  }
  EXPECT_TRUE(gateway.asked().empty());
}

TEST_F(FleetTest, NamesTheZoneItCannotLoad) {
  FleetOptions wrong = options();
  wrong.zone_folder = "content/zones/nowhere";
  EXPECT_THAT(error_of(wrong).message, HasSubstr("content/zones/nowhere"));
}

TEST_F(FleetTest, NamesThePassesItCannotRead) {
  FleetOptions wrong = options();
  wrong.passes_file = "content/no_passes.json";
  EXPECT_THAT(error_of(wrong).message, HasSubstr("content/no_passes.json"));
}

TEST_F(FleetTest, SaysThatTheServerIsAway) {
  FleetOptions away = options();
  {
    FakeGateway gone;
    away.server = gone.url();
  }
  EXPECT_EQ(error_of(away).message, away.server + "/healthz does not answer: Connection refused");
}

TEST_F(FleetTest, SaysWhyNoBotCameIn) {
  gateway.answer("POST /api/v1/login", 403, "closed for today");
  FleetOptions three = options();
  three.count = 3;
  const Error error = error_of(three);
  EXPECT_EQ(error.kind, ErrorKind::Unavailable);
  EXPECT_THAT(error.message, HasSubstr("no bot came into the world: bot0000"));
  EXPECT_THAT(error.message, HasSubstr("/api/v1/login was answered with 403: closed for today"));
}

TEST_F(FleetTest, GivesUpWithTheReasonWhenTheServerIsAlwaysBusy) {
  gateway.answer("POST /api/v1/login", 401, "no");
  gateway.answer("POST /api/v1/register", 503, "busy");
  FleetOptions hasty = options();
  hasty.count = 3;
  hasty.arrival_patience_s = 2;
  EXPECT_EQ(error_of(hasty).message,
            "no bot came into the world: /api/v1/register was answered with 503: busy");
}

TEST_F(FleetTest, SaysThatNobodyAnswersOverUdp) {
  netcode::TokenGrant grant;
  grant.create_unix_s = static_cast<std::uint64_t>(platform::unix_time_ms() / 1000);
  grant.expire_unix_s = grant.create_unix_s + 30;
  grant.timeout_s = 1;
  grant.servers = {udp::Address::v4(127, 0, 0, 1, 9)};
  const auto token = netcode::mint_connect_token(grant, netcode::random_key()).value();
  gateway.answer("POST /api/v1/characters/7/enter", 200, FakeGateway::grant_of(token));
  EXPECT_EQ(error_of(options()).message,
            "no bot came into the world: bot00000: connection request timed out at udp "
            "127.0.0.1:9");
}

TEST_F(FleetTest, SaysThatTheServersTokensAreOfAnotherKind) {
  const Error error = error_of(options());  // the fake's tokens have the right size only
  EXPECT_EQ(error.kind, ErrorKind::Corrupt);
  EXPECT_EQ(error.message,
            "the server's connect token is not netcode 1.02: is it of another version?");
}

TEST_F(FleetTest, SharesNoSocketsWithAServerElsewhere) {
  netcode::TokenGrant grant;
  grant.create_unix_s = static_cast<std::uint64_t>(platform::unix_time_ms() / 1000);
  grant.expire_unix_s = grant.create_unix_s + 30;
  grant.servers = {udp::Address::v4(192, 0, 2, 1, 7777)};
  const auto token = netcode::mint_connect_token(grant, netcode::random_key()).value();
  gateway.answer("POST /api/v1/characters/7/enter", 200, FakeGateway::grant_of(token));
  FleetOptions sharing = options();
  sharing.share_sockets = true;
  EXPECT_EQ(error_of(sharing).message,
            "--share-sockets needs a server on this machine, not 192.0.2.1:7777");
}

TEST_F(FleetTest, ReportsNobodyWhenItIsStoppedAtOnce) {
  const std::atomic<bool> stop{true};
  auto report = run_fleet(options(), stop);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->bots, 1);
  EXPECT_EQ(report->connected, 0);
  EXPECT_EQ(report->snapshot_hz.size(), 0u);
}

}  // namespace
}  // namespace tessera::bots
