// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/detail/packet.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tessera::netcode::detail {
namespace {

constexpr std::size_t kTokenBodyBytes = 8 + kChallengeTokenBytes;
constexpr std::size_t kKeepAliveBodyBytes = 8;

std::size_t sequence_bytes(std::uint64_t sequence) {
  return std::max<std::size_t>(1, (static_cast<std::size_t>(std::bit_width(sequence)) + 7) / 8);
}

bool body_size_fits(PacketType type, std::size_t size) {
  switch (type) {
    case PacketType::Denied:
    case PacketType::Disconnect:
      return size == 0;
    case PacketType::Challenge:
    case PacketType::Response:
      return size == kTokenBodyBytes;
    case PacketType::KeepAlive:
      return size == kKeepAliveBodyBytes;
    case PacketType::Payload:
      return size >= 1 && size <= kPayloadBytesMax;
    case PacketType::Request:
      break;
  }
  return false;
}

}  // namespace

std::size_t write_request(std::uint64_t protocol_id, std::uint64_t expire_unix_s,
                          const TokenNonce& nonce, std::span<const std::byte> sealed_private,
                          std::span<std::byte> out_bytes) {
  ByteWriter out(out_bytes);
  out.number(PacketType::Request);
  out.bytes(std::as_bytes(std::span(kVersion)));
  out.number(protocol_id);
  out.number(expire_unix_s);
  out.bytes(nonce);
  out.bytes(sealed_private);
  return out.size();
}

std::expected<Request, DecodeError> read_request(std::span<std::byte> datagram) {
  if (datagram.size() != kRequestBytes) return std::unexpected(DecodeError::Truncated);
  ByteReader in(datagram);
  const auto type = in.number<PacketType>();
  const auto version = in.bytes(kVersionBytes);
  if (type != PacketType::Request ||
      !std::ranges::equal(version, std::as_bytes(std::span(kVersion)))) {
    return std::unexpected(DecodeError::Malformed);
  }
  Request request;
  request.protocol_id = in.number<std::uint64_t>();
  request.expire_unix_s = in.number<std::uint64_t>();
  std::ranges::copy(in.bytes(kTokenNonceBytes), request.nonce.begin());
  request.sealed_private = datagram.last(kPrivateTokenBytes);
  return request;
}

std::expected<PacketHeader, DecodeError> read_header(std::span<const std::byte> datagram) {
  if (datagram.empty()) return std::unexpected(DecodeError::Truncated);
  const auto prefix = std::to_integer<std::uint8_t>(datagram[0]);
  const std::uint8_t type = prefix & 0x0f;
  const std::size_t count = prefix >> 4;
  if (type == 0 || type >= kPacketTypes || count < 1 || count > 8) {
    return std::unexpected(DecodeError::Malformed);
  }
  PacketHeader header{static_cast<PacketType>(type), 0, 1 + count};
  if (datagram.size() < header.bytes + kMacBytes) return std::unexpected(DecodeError::Truncated);
  if (!body_size_fits(header.type, datagram.size() - header.bytes - kMacBytes)) {
    return std::unexpected(DecodeError::OutOfRange);
  }
  std::memcpy(&header.sequence, datagram.data() + 1, count);
  return header;
}

PacketCodec::PacketCodec(std::uint64_t protocol_id) {
  ByteWriter out(associated_);
  out.bytes(std::as_bytes(std::span(kVersion)));
  out.number(protocol_id);
}

std::span<const std::byte> PacketCodec::associated_data(std::byte prefix) {
  associated_.back() = prefix;
  return associated_;
}

std::span<const std::byte> PacketCodec::seal(PacketType type, std::uint64_t sequence,
                                             const Key& key, std::span<std::byte> buffer,
                                             std::size_t body_bytes) {
  TESSERA_ASSERT(body_size_fits(type, body_bytes), "seal: wrong size for this packet type");
  TESSERA_ASSERT(buffer.size() >= kHeadroom + body_bytes + kMacBytes, "seal: buffer too small");
  const std::size_t count = sequence_bytes(sequence);
  const std::size_t begin = kHeadroom - 1 - count;
  buffer[begin] = static_cast<std::byte>(count << 4 | static_cast<std::size_t>(type));
  std::memcpy(buffer.data() + begin + 1, &sequence, count);
  cipher_.seal(key, sequence, associated_data(buffer[begin]),
               buffer.subspan(kHeadroom, body_bytes + kMacBytes));
  return buffer.subspan(begin, 1 + count + body_bytes + kMacBytes);
}

std::optional<std::span<std::byte>> PacketCodec::open(const PacketHeader& header, const Key& key,
                                                      std::span<std::byte> datagram) {
  const auto sealed = datagram.subspan(header.bytes);
  if (!cipher_.open(key, header.sequence, associated_data(datagram[0]), sealed))
    return std::nullopt;
  return sealed.first(sealed.size() - kMacBytes);
}

}  // namespace tessera::netcode::detail
