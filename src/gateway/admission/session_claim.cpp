// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/admission/session_claim.h"

#include <sys/random.h>

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/bytes.h"

namespace tessera::admission {
namespace {

// Raised when the layout changes, so that tokens minted before an update are refused, not misread.
constexpr std::uint32_t kClaimVersion = 3;

}  // namespace

std::array<std::byte, kClaimBytes> encode_claim(const SessionClaim& claim) {
  std::array<std::byte, kClaimBytes> bytes{};
  ByteWriter writer(bytes);
  writer.number(kClaimVersion);
  writer.number(claim.account.value);
  writer.number(claim.character.value);
  writer.text(claim.account_name.view());
  writer.number(claim.muted_until);
  return bytes;
}

std::optional<SessionClaim> decode_claim(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  const auto version = reader.number<std::uint32_t>();
  SessionClaim claim;
  claim.account.value = reader.number<std::uint64_t>();
  claim.character.value = reader.number<std::uint64_t>();
  claim.account_name = FixedString<kAccountNameBytesMax>(reader.text(kAccountNameBytesMax));
  claim.muted_until = reader.number<std::int64_t>();
  if (!reader.ok() || version != kClaimVersion || !claim.account || !claim.character) {
    return std::nullopt;
  }
  return claim;
}

std::string random_hex(std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, 64> random{};
  TESSERA_ASSERT(count <= random.size(), "random_hex: too many bytes");
  const auto got = getrandom(random.data(), count, 0);
  TESSERA_ASSERT(got == static_cast<ssize_t>(count), "getrandom: the kernel has no random bytes");
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += kDigits[random[i] >> 4];
    text += kDigits[random[i] & 15];
  }
  return text;
}

std::string SessionTickets::issue(const SessionClaim& claim, std::int64_t now_us) {
  std::string ticket = random_hex(16);
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= options_.tickets_max) make_room(now_us);
  entries_.emplace(ticket, Entry{claim, now_us + std::int64_t{options_.valid_s} * 1'000'000});
  return ticket;
}

std::optional<SessionClaim> SessionTickets::redeem(std::string_view ticket, std::int64_t now_us) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(std::string(ticket));
  if (found == entries_.end()) return std::nullopt;
  const Entry entry = found->second;
  entries_.erase(found);
  if (now_us >= entry.until_us) return std::nullopt;
  return entry.claim;
}

std::size_t SessionTickets::size() {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

void SessionTickets::make_room(std::int64_t now_us) {
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.until_us <= now_us; });
  if (entries_.size() < options_.tickets_max) return;
  entries_.erase(std::ranges::min_element(entries_, {},
                                          [](const auto& entry) { return entry.second.until_us; }));
}

}  // namespace tessera::admission
