// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// docs/vectors/netcode.json says what a stranger's client must send and read; so must ours. The
// vectors were made by another program, from the document.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "transport/netcode/detail/packet.h"
#include "transport/netcode/detail/token_codec.h"
#include "transport/netcode/test_support.h"

namespace tessera::netcode {
namespace {

using testing::Bytes;

boost::json::value read_vectors() {
  std::ifstream file("docs/vectors/netcode.json");
  std::stringstream text;
  text << file.rdbuf();
  return boost::json::parse(text.str());
}

const boost::json::value& vectors() {
  static const boost::json::value value = read_vectors();
  return value;
}

std::uint64_t number(const boost::json::value& value) {
  return std::stoull(std::string(value.as_string()));
}

Bytes hex(const boost::json::value& value) {
  const std::string text(value.as_string());
  Bytes bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(std::stoul(text.substr(2 * i, 2), nullptr, 16));
  }
  return bytes;
}

template <std::size_t N>
std::array<std::byte, N> hex_array(const boost::json::value& value) {
  const Bytes bytes = hex(value);
  std::array<std::byte, N> array{};
  EXPECT_EQ(bytes.size(), N);
  std::ranges::copy(bytes, array.begin());
  return array;
}

template <class Container>
Bytes copy_of(const Container& bytes) {
  return {bytes.begin(), bytes.end()};
}

PublicToken token_of_vectors() {
  const auto& fields = vectors().at("token");
  PublicToken token;
  token.protocol_id = number(vectors().at("protocol_id"));
  token.create_unix_s = number(fields.at("create_unix_s"));
  token.expire_unix_s = number(fields.at("expire_unix_s"));
  token.nonce = hex_array<kTokenNonceBytes>(fields.at("nonce"));
  token.sealed_private = hex_array<kPrivateTokenBytes>(fields.at("sealed_private"));
  token.timeout_s = static_cast<std::int32_t>(fields.at("timeout_s").as_int64());
  for (const auto& server : fields.at("servers").as_array()) {
    token.servers.push_back(udp::Address::parse(std::string(server.as_string())).value());
  }
  token.client_to_server = hex_array<32>(fields.at("client_to_server"));
  token.server_to_client = hex_array<32>(fields.at("server_to_client"));
  return token;
}

TEST(NetcodeVectors, GiveTheBytesOfAPrivateToken) {
  const auto& fields = vectors().at("token");
  const PublicToken token = token_of_vectors();
  auto text = detail::write_private_token({.client_id = number(fields.at("client_id")),
                                           .timeout_s = token.timeout_s,
                                           .servers = token.servers,
                                           .client_to_server = token.client_to_server,
                                           .server_to_client = token.server_to_client,
                                           .user_data = hex_array<256>(fields.at("user_data"))});
  EXPECT_EQ(copy_of(std::span(text).first(text.size() - kMacBytes)),
            hex(fields.at("private_text")));
  detail::seal_token(hex_array<32>(vectors().at("private_key")), token.nonce,
                     detail::token_associated_data(token.protocol_id, token.expire_unix_s), text);
  EXPECT_EQ(copy_of(text), hex(fields.at("sealed_private")));
}

TEST(NetcodeVectors, GiveTheBytesOfAConnectToken) {
  const Bytes bytes = hex(vectors().at("token").at("bytes"));
  const PublicToken expected = token_of_vectors();
  EXPECT_EQ(copy_of(detail::write_connect_token(expected)), bytes);
  const auto token = read_connect_token(bytes);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->servers, expected.servers);
  EXPECT_EQ(token->server_to_client, expected.server_to_client);
}

TEST(NetcodeVectors, GiveTheBytesOfARequest) {
  const PublicToken token = token_of_vectors();
  Bytes out(kRequestBytes);
  EXPECT_EQ(detail::write_request(token.protocol_id, token.expire_unix_s, token.nonce,
                                  token.sealed_private, out),
            kRequestBytes);
  EXPECT_EQ(out, hex(vectors().at("request")));
}

TEST(NetcodeVectors, GiveTheBytesOfAChallenge) {
  detail::PacketCipher cipher;
  const auto& fields = vectors().at("challenge");
  const PublicToken token = token_of_vectors();
  Mac mac;
  std::ranges::copy(std::span(token.sealed_private).last(kMacBytes), mac.begin());
  const auto sealed = detail::seal_challenge(
      cipher, hex_array<32>(vectors().at("challenge_key")), number(fields.at("sequence")),
      {.client_id = number(vectors().at("token").at("client_id")),
       .user_data = hex_array<256>(vectors().at("token").at("user_data")),
       .connect_token_mac = mac});
  EXPECT_EQ(copy_of(sealed), hex(fields.at("sealed")));
}

TEST(NetcodeVectors, GiveTheBytesOfEveryKindOfPacket) {
  const PublicToken token = token_of_vectors();
  detail::PacketCodec codec(token.protocol_id);
  for (const auto& fields : vectors().at("packets").as_array()) {
    SCOPED_TRACE(fields.at("name").as_string().c_str());
    const Key& key =
        fields.at("from").as_string() == "client" ? token.client_to_server : token.server_to_client;
    const auto type = static_cast<PacketType>(fields.at("type").as_int64());
    const std::uint64_t sequence = number(fields.at("sequence"));
    const Bytes body = hex(fields.at("body"));
    Bytes buffer(kPacketBytesMax);
    std::ranges::copy(body, buffer.begin() + kHeadroom);
    Bytes packet = copy_of(codec.seal(type, sequence, key, buffer, body.size()));
    EXPECT_EQ(packet, hex(fields.at("packet")));
    const auto header = detail::read_header(packet);
    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->type, type);
    EXPECT_EQ(header->sequence, sequence);
    const auto opened = codec.open(*header, key, packet);
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(copy_of(*opened), body);
  }
}

TEST(NetcodeVectors, LetAServerAnswerTheRequest) {
  ServerOptions options;
  options.protocol_id = number(vectors().at("protocol_id"));
  options.private_key = hex_array<32>(vectors().at("private_key"));
  options.public_addresses = {udp::Address::parse("[2001:db8::1:42]:40001").value()};
  testing::TestServer server(options);
  server.receive(testing::client_address(1), hex(vectors().at("request")));
  EXPECT_EQ(server.answer.size(), 1u + 8 + 308 + 16);
  EXPECT_EQ(server.server.pending_count(), 1u);
}

}  // namespace
}  // namespace tessera::netcode
