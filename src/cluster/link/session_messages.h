// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The bytes of UpKind::SessionOpened: who comes into the zone, as the characters service knows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>

#include "engine/core/bytes.h"
#include "engine/core/fixed_string.h"
#include "engine/core/ids.h"
#include "engine/math/vec.h"

namespace tessera::cluster {

/// As gameplay's kNameBytesMax.
inline constexpr std::size_t kOpenedNameBytesMax = 24;
/// As content's limit for names.
inline constexpr std::size_t kArrivalNameBytesMax = 48;

/// As gameplay's limit for the text of a character's talents.
inline constexpr std::size_t kTalentsTextBytesMax = 192;

/// Where somebody stands, and how.
struct Place {
  math::Vec3 position_m;
  float heading_rad = 0;
  bool operator==(const Place&) const = default;
};

struct OpenedSession {
  AccountId account;
  CharacterId character;
  FixedString<kOpenedNameBytesMax> name;
  std::uint32_t look = 0;  ///< packed choices of the character screen
  math::Vec3 position_m;   ///< where it was last saved; only if has_position
  float heading_rad = 0;
  bool has_position = false;       ///< false: never played; the zone chooses a spawn point
  std::uint64_t play_seconds = 0;  ///< play time so far
  std::uint64_t epoch = 0;         ///< the owner's epoch; later saves carry it
  std::uint32_t muted_s = 0;       ///< so long nobody hears what it says
  std::uint16_t class_id = 1;
  std::uint16_t level = 1;
  std::uint64_t experience = 0;
  FixedString<kTalentsTextBytesMax> talents{};  ///< as gameplay/combat/talents.h writes them
  /// Not empty: it comes from another zone, to this Arrival, wherever it was saved.
  FixedString<kArrivalNameBytesMax> arrival{};
  /// In an instance: where it left the zone that lasts. It is saved there, for it could not come
  /// back here.
  std::optional<Place> return_place{};
};

/// Every encoding fits.
inline constexpr std::size_t kOpenedSessionBytesMax = 176 + 1 + kTalentsTextBytesMax;

/// Returns the part of `out` that was written.
std::span<const std::byte> encode(const OpenedSession& session,
                                  std::span<std::byte, kOpenedSessionBytesMax> out);

/// Fails on a missing account or character, on numbers that are not finite, on left-over bytes.
std::expected<OpenedSession, DecodeError> decode_opened_session(std::span<const std::byte> bytes);

}  // namespace tessera::cluster
