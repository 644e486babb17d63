// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/connect_token.h"

#include <gtest/gtest.h>

#include "transport/netcode/detail/token_codec.h"
#include "transport/netcode/test_support.h"

namespace tessera::netcode {
namespace {

using testing::test_grant;
using testing::test_key;
using testing::test_token;

std::optional<PrivateToken> opened(const PublicToken& token, const Key& key) {
  auto sealed = token.sealed_private;
  if (!detail::open_token(key, token.nonce,
                          detail::token_associated_data(token.protocol_id, token.expire_unix_s),
                          sealed)) {
    return std::nullopt;
  }
  const auto result = detail::read_private_token(sealed);
  return result ? std::optional(*result) : std::nullopt;
}

TEST(ConnectToken, TellsTheClientWhatWasGranted) {
  TokenGrant grant = test_grant(42);
  std::array<std::uint8_t, 16> v6{0x20, 0x01, 0x0d, 0xb8};
  v6[15] = 9;
  grant.servers.push_back(udp::Address::v6(v6, 50'000));
  const auto token = read_connect_token(test_token(grant));
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->protocol_id, grant.protocol_id);
  EXPECT_EQ(token->create_unix_s, grant.create_unix_s);
  EXPECT_EQ(token->expire_unix_s, grant.expire_unix_s);
  EXPECT_EQ(token->timeout_s, 5);
  EXPECT_EQ(token->servers, grant.servers);
  EXPECT_NE(token->client_to_server, token->server_to_client);
}

TEST(ConnectToken, TellsTheServerTheSameAndTheUserData) {
  const TokenGrant grant = test_grant(42);
  const PublicToken token = read_connect_token(test_token(grant)).value();
  const auto secret = opened(token, test_key(1));
  ASSERT_TRUE(secret.has_value());
  EXPECT_EQ(secret->client_id, 42u);
  EXPECT_EQ(secret->timeout_s, 5);
  EXPECT_EQ(secret->servers, grant.servers);
  EXPECT_EQ(secret->user_data, grant.user_data);
  EXPECT_EQ(secret->client_to_server, token.client_to_server);
  EXPECT_EQ(secret->server_to_client, token.server_to_client);
}

TEST(ConnectToken, HasFreshKeysAndNonceEveryTime) {
  const PublicToken a = read_connect_token(test_token(test_grant(1))).value();
  const PublicToken b = read_connect_token(test_token(test_grant(1))).value();
  EXPECT_NE(a.client_to_server, b.client_to_server);
  EXPECT_NE(a.nonce, b.nonce);
  EXPECT_NE(random_key(), random_key());
}

TEST(ConnectToken, DoesNotOpenWithAnotherKeyOrWithAChangedByte) {
  PublicToken token = read_connect_token(test_token(test_grant(1))).value();
  EXPECT_FALSE(opened(token, test_key(2)).has_value());
  token.expire_unix_s += 1'000'000;  // a client that would like to come later
  EXPECT_FALSE(opened(token, test_key(1)).has_value());
  token.expire_unix_s -= 1'000'000;
  token.sealed_private[100] ^= std::byte{1};
  EXPECT_FALSE(opened(token, test_key(1)).has_value());
}

TEST(ConnectToken, IsNotMintedFromAGrantThatBreaksALimit) {
  TokenGrant grant = test_grant(1);
  grant.servers.clear();
  EXPECT_NE(mint_connect_token(grant, test_key(1)).error().message.find("1 to 32 servers, not 0"),
            std::string::npos);
  grant.servers.assign(33, testing::kServerAddress);
  EXPECT_FALSE(mint_connect_token(grant, test_key(1)).has_value());
  grant.servers = {udp::Address{}};
  EXPECT_NE(mint_connect_token(grant, test_key(1)).error().message.find("no address"),
            std::string::npos);
  grant = test_grant(1);
  grant.expire_unix_s = grant.create_unix_s;
  EXPECT_NE(mint_connect_token(grant, test_key(1)).error().message.find("expire"),
            std::string::npos);
}

TEST(ConnectToken, HasRoomForThirtyTwoIpv6Servers) {
  TokenGrant grant = test_grant(1);
  grant.servers.assign(
      32, udp::Address::v6({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 1));
  const PublicToken token = read_connect_token(test_token(grant)).value();
  EXPECT_EQ(token.servers, grant.servers);
  EXPECT_EQ(opened(token, test_key(1))->user_data, grant.user_data);
}

TEST(ConnectToken, IsRefusedByTheClientWhenItIsBroken) {
  const ConnectTokenBytes good = test_token(test_grant(1));
  EXPECT_EQ(read_connect_token(std::span(good).first(2047)).error(), DecodeError::Truncated);
  ConnectTokenBytes bad = good;
  bad[11] = std::byte{'3'};  // NETCODE 1.03
  EXPECT_EQ(read_connect_token(bad).error(), DecodeError::Malformed);

  constexpr std::size_t kCreate = 13 + 8;
  constexpr std::size_t kServerCount = 13 + 8 + 8 + 8 + 24 + 1024 + 4;
  bad = good;
  bad[kCreate + 7] = std::byte{0x7f};
  EXPECT_EQ(read_connect_token(bad).error(), DecodeError::OutOfRange);
  for (const int count : {0, 33, 255}) {
    bad = good;
    bad[kServerCount] = static_cast<std::byte>(count);
    EXPECT_EQ(read_connect_token(bad).error(), DecodeError::Malformed) << count;
  }
  for (const int type : {0, 3}) {
    bad = good;
    bad[kServerCount + 4] = static_cast<std::byte>(type);
    EXPECT_EQ(read_connect_token(bad).error(), DecodeError::Malformed) << type;
  }
}

TEST(ConnectToken, GivesNoAddressesBeyondAPrivatePartThatEndsEarly) {
  PrivateToken secret;
  secret.servers.assign(3, testing::kServerAddress);
  const auto bytes = detail::write_private_token(secret);
  for (std::size_t size = 0; size < 12 + 3 * 7 + 64 + 256; ++size) {
    EXPECT_FALSE(detail::read_private_token(std::span(bytes).first(size)).has_value()) << size;
  }
}

}  // namespace
}  // namespace tessera::netcode
