// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How content writes where an area leads: "barrow/entrance", the zone and the arrival there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gameplay/definitions/scenery.h"

namespace tessera::content {

/// A zone's name of at most 32 bytes, the stroke, an arrival's name.
inline constexpr std::size_t kPortalTextBytesMax = 32 + 1 + 48;
inline constexpr std::string_view kPortalForm =
    "ZONE/ARRIVAL, such as barrow/entrance: the other zone, and the name of an arrival there";

/// Nothing when the text has not the form.
inline std::optional<Portal> read_portal(std::string_view text) {
  const std::size_t stroke = text.find('/');
  if (stroke == std::string_view::npos || stroke == 0 || stroke + 1 == text.size() ||
      text.size() > kPortalTextBytesMax || text.find('/', stroke + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return Portal{std::string(text.substr(0, stroke)), std::string(text.substr(stroke + 1))};
}

}  // namespace tessera::content
