// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where a datagram comes from or goes to: an IPv4 or IPv6 address and a port, as a plain value.
// An IPv4 address that a dual-stack socket reports as ::ffff:a.b.c.d is held as IPv4, so that one
// peer has one address whichever socket saw it.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tessera::udp {

enum class Family : std::uint8_t { None = 0, V4 = 1, V6 = 2 };

struct Address {
  /// Network order: a.b.c.d in the first four bytes (the rest zero), or the 16 bytes of IPv6.
  std::array<std::uint8_t, 16> ip{};
  std::uint16_t port = 0;
  Family family = Family::None;

  static constexpr Address v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d,
                              std::uint16_t port) {
    return {{a, b, c, d}, port, Family::V4};
  }
  static constexpr Address v6(const std::array<std::uint8_t, 16>& ip, std::uint16_t port) {
    return {ip, port, Family::V6};
  }
  /// As v6(), but an IPv4 address in IPv6 clothes (::ffff:a.b.c.d) becomes IPv4.
  static Address from_v6(const std::array<std::uint8_t, 16>& ip, std::uint16_t port);
  static constexpr Address loopback(std::uint16_t port) { return v4(127, 0, 0, 1, port); }

  /// "127.0.0.1:7777", "[::1]:7777" or "localhost:7777"; the port is demanded. No name is resolved.
  static std::optional<Address> parse(std::string_view text);
  std::string text() const;

  constexpr explicit operator bool() const { return family != Family::None; }
  constexpr auto operator<=>(const Address&) const = default;
};

/// Spreads over 64 bits; `seed` keeps others from choosing addresses that collide.
std::uint64_t hash_address(const Address& address, std::uint64_t seed = 0);

}  // namespace tessera::udp

template <>
struct std::hash<tessera::udp::Address> {
  std::size_t operator()(const tessera::udp::Address& address) const noexcept {
    return tessera::udp::hash_address(address);
  }
};
