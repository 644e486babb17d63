// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Identifiers are small values, never pointers. Zero is none, for every kind.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace tessera {

/// A number that cannot be mixed up with another kind of number. `Tag` is any (incomplete) type.
template <class Tag, class Rep>
struct StrongId {
  using Representation = Rep;
  Rep value = 0;

  constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const StrongId&) const = default;
};

/// Names an entity for ever, in every zone: zone in the top 16 bits, then 24 bits of generation and
/// 24 bits of index. The generation starts at 1, so no valid id is zero.
struct EntityId {
  static constexpr unsigned kIndexBits = 24;
  static constexpr unsigned kGenerationBits = 24;
  static constexpr std::uint32_t kIndexMax = (1u << kIndexBits) - 1;
  static constexpr std::uint32_t kGenerationMax = (1u << kGenerationBits) - 1;

  std::uint64_t value = 0;

  static constexpr EntityId make(std::uint16_t zone, std::uint32_t generation,
                                 std::uint32_t index) {
    return {std::uint64_t{zone} << (kIndexBits + kGenerationBits) |
            std::uint64_t{generation & kGenerationMax} << kIndexBits | (index & kIndexMax)};
  }
  constexpr std::uint32_t index() const { return static_cast<std::uint32_t>(value) & kIndexMax; }
  constexpr std::uint32_t generation() const {
    return static_cast<std::uint32_t>(value >> kIndexBits) & kGenerationMax;
  }
  constexpr std::uint16_t zone() const {
    return static_cast<std::uint16_t>(value >> (kIndexBits + kGenerationBits));
  }
  constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const EntityId&) const = default;
};

using AccountId = StrongId<struct AccountTag, std::uint64_t>;
using CharacterId = StrongId<struct CharacterTag, std::uint64_t>;
/// One connection of one character to one zone. Chosen by the gateway; never used twice in a run.
using SessionId = StrongId<struct SessionTag, std::uint64_t>;

}  // namespace tessera

template <class Tag, class Rep>
struct std::hash<tessera::StrongId<Tag, Rep>> {
  std::size_t operator()(tessera::StrongId<Tag, Rep> id) const noexcept {
    return std::hash<Rep>{}(id.value);
  }
};

template <>
struct std::hash<tessera::EntityId> {
  std::size_t operator()(tessera::EntityId id) const noexcept {
    return std::hash<std::uint64_t>{}(id.value);
  }
};
