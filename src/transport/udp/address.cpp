// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/address.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

#include "engine/core/random.h"

namespace tessera::udp {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

/// ::ffff:a.b.c.d, which is an IPv4 peer.
bool is_mapped(const std::array<std::uint8_t, 16>& ip) {
  constexpr std::array<std::uint8_t, 12> kPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::memcmp(ip.data(), kPrefix.data(), kPrefix.size()) == 0;
}

}  // namespace

Address Address::from_v6(const std::array<std::uint8_t, 16>& ip, std::uint16_t port) {
  if (is_mapped(ip)) return v4(ip[12], ip[13], ip[14], ip[15], port);
  return v6(ip, port);
}

std::optional<Address> Address::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return std::nullopt;
  std::string host(text.substr(0, colon));
  if (host == "localhost") return loopback(*port);
  std::array<std::uint8_t, 16> ip{};
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (inet_pton(AF_INET6, host.c_str(), ip.data()) != 1) return std::nullopt;
    return from_v6(ip, *port);
  }
  if (inet_pton(AF_INET, host.c_str(), ip.data()) != 1) return std::nullopt;
  return Address{ip, *port, Family::V4};
}

std::string Address::text() const {
  if (family == Family::None) return "none";
  char buffer[INET6_ADDRSTRLEN] = {};
  inet_ntop(family == Family::V4 ? AF_INET : AF_INET6, ip.data(), buffer, sizeof(buffer));
  const std::string host = family == Family::V4 ? buffer : "[" + std::string(buffer) + "]";
  return host + ":" + std::to_string(port);
}

std::uint64_t hash_address(const Address& address, std::uint64_t seed) {
  std::array<std::uint64_t, 2> words{};
  std::memcpy(words.data(), address.ip.data(), sizeof(words));
  const std::uint64_t tail =
      std::uint64_t{address.port} << 8 | static_cast<std::uint8_t>(address.family);
  return mix64(mix64(mix64(seed ^ words[0]) ^ words[1]) ^ tail);
}

}  // namespace tessera::udp
