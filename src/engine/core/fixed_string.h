// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Text of a bounded length inside a component: no allocation, no padding, unused bytes zero, so
// that equal texts are equal bytes.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <string_view>

namespace tessera {

template <std::size_t Capacity>
struct FixedString {
  std::array<char, Capacity> characters{};

  constexpr FixedString() = default;
  /// Longer text is cut at a UTF-8 character boundary.
  constexpr explicit FixedString(std::string_view text) {
    std::size_t size = std::min(text.size(), Capacity);
    while (size < text.size() && size > 0 && (text[size] & 0xc0) == 0x80) --size;
    std::copy_n(text.begin(), size, characters.begin());
  }
  constexpr std::string_view view() const {
    const auto end = std::find(characters.begin(), characters.end(), '\0');
    return {characters.data(), static_cast<std::size_t>(end - characters.begin())};
  }
  constexpr auto operator<=>(const FixedString&) const = default;
};

}  // namespace tessera
