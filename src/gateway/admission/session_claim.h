// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who a session will be: what the HTTP API found out when it let a character in, told to the thread
// that opens the session. Over UDP it travels sealed in the connect token's user data; a WebSocket
// names it by a ticket.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/core/fixed_string.h"
#include "engine/core/ids.h"

namespace tessera::admission {

/// As accounts' kAccountNameBytesMax.
inline constexpr std::size_t kAccountNameBytesMax = 32;

struct SessionClaim {
  AccountId account;
  CharacterId character;
  /// What operators call the account; for messages only.
  FixedString<kAccountNameBytesMax> account_name{};
  std::int64_t muted_until = 0;  ///< Unix seconds; before then nobody hears what it says
  bool operator==(const SessionClaim&) const = default;
};

/// The user data of a connect token.
inline constexpr std::size_t kClaimBytes = 256;
std::array<std::byte, kClaimBytes> encode_claim(const SessionClaim& claim);
/// Nothing when the bytes are not a claim, or name nobody.
std::optional<SessionClaim> decode_claim(std::span<const std::byte> bytes);

/// How long a connect token and a ticket may be used: from the answer of the HTTP API to the first
/// packet is a second, and half a minute where a page has to be loaded first.
inline constexpr std::uint32_t kGrantValid_s = 30;

struct TicketOptions {
  std::uint32_t valid_s = kGrantValid_s;
  /// One for each character that enters within valid_s; the oldest give way beyond.
  std::size_t tickets_max = 10'000;
};

/// One-time tickets for WebSocket sessions: 32 random hexadecimal digits. Any thread.
class SessionTickets {
 public:
  explicit SessionTickets(const TicketOptions& options = {}) : options_(options) {}

  std::string issue(const SessionClaim& claim, std::int64_t now_us);
  /// The claim, once, while it is valid.
  std::optional<SessionClaim> redeem(std::string_view ticket, std::int64_t now_us);
  std::size_t size();

 private:
  struct Entry {
    SessionClaim claim;
    std::int64_t until_us = 0;
  };
  void make_room(std::int64_t now_us);

  const TicketOptions options_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;  // order never matters
};

/// `count` random bytes of the kernel, as hexadecimal digits.
std::string random_hex(std::size_t count);

}  // namespace tessera::admission
