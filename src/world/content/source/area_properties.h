// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gameplay/definitions/scenery.h"

namespace tessera::content {

struct AreaPropertyName {
  std::string_view name;
  AreaProperty property;
};

/// As designers write them, in zone.yaml and in the extras of glTF nodes.
inline constexpr std::array<AreaPropertyName, 4> kAreaProperties{{
    {"safe", AreaProperty::Safe},
    {"no_build", AreaProperty::NoBuild},
    {"graveyard", AreaProperty::Graveyard},
    {"indoor", AreaProperty::Indoor},
}};

constexpr std::optional<AreaProperty> find_area_property(std::string_view name) {
  for (const AreaPropertyName& known : kAreaProperties) {
    if (known.name == name) return known.property;
  }
  return std::nullopt;
}

}  // namespace tessera::content
