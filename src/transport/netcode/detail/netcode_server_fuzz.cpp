// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A server with one connected and one pending client is given what the input says. The input is a
// row of steps: what (1), a fifth of the length (1), bytes. A step is a datagram as it is, from one
// of three addresses, or a body (its first byte moves the sequence on) that is sealed with the
// client's own keys, so that authentication does not keep the fuzzer from what lies behind it; or
// time that passes.
#include <algorithm>
#include <cstdint>

#include "engine/core/bytes.h"
#include "transport/netcode/client.h"
#include "transport/netcode/detail/packet.h"
#include "transport/netcode/server.h"

namespace tessera::netcode {
namespace {

constexpr udp::Address kHere = udp::Address::v4(127, 0, 0, 1, 1);
constexpr std::uint64_t kProtocolId = 7;

struct Silence : ServerOutput {
  void on_send(const udp::Address&, std::span<const std::byte>) override {}
  void on_disconnected(ClientIndex, DisconnectReason) override {}
};

constexpr std::size_t kNoSuchBody = SIZE_MAX;

/// What a body of this type must measure; the payload's is free.
std::size_t body_size(PacketType type, std::size_t free_size) {
  switch (type) {
    case PacketType::Challenge:
    case PacketType::Response:
      return 8 + kChallengeTokenBytes;
    case PacketType::KeepAlive:
      return 8;
    case PacketType::Denied:
    case PacketType::Disconnect:
      return 0;
    case PacketType::Payload:
      return free_size > 0 && free_size <= kPayloadBytesMax ? free_size : kNoSuchBody;
    default:
      return kNoSuchBody;
  }
}

PublicToken mint(std::uint64_t client_id) {
  const TokenGrant grant{.protocol_id = kProtocolId,
                         .client_id = client_id,
                         .create_unix_s = 1,
                         .expire_unix_s = 1000,
                         .servers = {kHere}};
  return read_connect_token(mint_connect_token(grant, Key{}).value()).value();
}

class World {
 public:
  World() : server_(options()) {
    send_request(0);
    send_request(1);
  }

  void step(std::uint8_t what, std::span<const std::byte> bytes) {
    const std::size_t who = what & 3;
    if (what >= 0xf0) return pass_time(bytes.size());
    const auto out = std::span(buffer_);
    if ((what & 0x80) != 0 && who < 2 && !bytes.empty()) {
      const auto type = static_cast<PacketType>(what >> 2 & 7);
      const std::size_t size = body_size(type, bytes.size() - 1);
      if (size == kNoSuchBody) return;
      std::ranges::fill(out, std::byte{0});
      std::ranges::copy(bytes.subspan(1, std::min(size, bytes.size() - 1)),
                        out.begin() + kHeadroom);
      sequence_ += std::to_integer<std::uint64_t>(bytes[0]);
      const auto packet = codec_.seal(type, sequence_, tokens_[who].client_to_server, out, size);
      return receive(who, packet);
    }
    receive(who, bytes);
  }

 private:
  static ServerOptions options() {
    return {.protocol_id = kProtocolId, .public_addresses = {kHere}, .clients_max = 2};
  }
  static udp::Address address(std::size_t who) {
    return udp::Address::loopback(static_cast<std::uint16_t>(1000 + who));
  }
  void send_request(std::size_t who) {
    const PublicToken& token = tokens_[who];
    const std::size_t size = detail::write_request(kProtocolId, token.expire_unix_s, token.nonce,
                                                   token.sealed_private, buffer_);
    receive(who, std::span(buffer_).first(size));
    if (who == 1) return;
    // The first client answers its challenge.
    std::array<std::byte, kPacketBytesMax> challenge;
    std::ranges::copy(answer_, challenge.begin());
    const auto packet = std::span(challenge).first(answer_.size());
    const auto header = detail::read_header(packet);
    TESSERA_ASSERT(header.has_value(), "fuzz: no challenge");
    const auto body = codec_.open(*header, token.server_to_client, packet);
    std::ranges::copy(*body, buffer_.begin() + kHeadroom);
    receive(0, codec_.seal(PacketType::Response, 0, token.client_to_server, buffer_, body->size()));
    TESSERA_ASSERT(server_.client_count() == 1, "fuzz: not connected");
  }
  void receive(std::size_t who, std::span<const std::byte> bytes) {
    std::array<std::byte, 1280> datagram;
    std::ranges::copy(bytes, datagram.begin());
    const Received received = server_.receive(
        now_, address(who), std::span(datagram).first(bytes.size()), answer_buffer_);
    answer_ = received.answer;
    TESSERA_ASSERT(answer_.size() <= std::max(bytes.size(), kMacBytes + 11), "fuzz: an amplifier");
    TESSERA_ASSERT(received.payload.size() <= kPayloadBytesMax, "fuzz: payload too large");
  }
  void pass_time(std::size_t amount) {
    now_.us += static_cast<std::int64_t>(amount) * 100'000;
    Silence silence;
    server_.update(now_, silence);
  }

  Server server_;
  Time now_{0, 10};
  detail::PacketCodec codec_{kProtocolId};
  std::array<PublicToken, 2> tokens_{mint(1), mint(2)};
  std::uint64_t sequence_ = 0;
  std::array<std::byte, 1280> buffer_{};
  std::array<std::byte, kControlPacketBytesMax> answer_buffer_{};
  std::span<const std::byte> answer_;
};

}  // namespace
}  // namespace tessera::netcode

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tessera::netcode::World world;
  tessera::ByteReader in(std::as_bytes(std::span(data, size)));
  while (in.left() > 0) {
    const auto what = in.number<std::uint8_t>();
    const auto length = in.number<std::uint8_t>();
    // Lengths count by five, so that one byte reaches the largest datagrams.
    world.step(what, in.bytes(std::min<std::size_t>(length * std::size_t{5}, in.left())));
  }
  return 0;
}
