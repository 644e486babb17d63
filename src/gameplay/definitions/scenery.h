// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What content says of a zone beside its ground: weather, light, named areas, roads.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/math/vec.h"

namespace tessera {

/// The water level of a zone without water.
inline constexpr float kNoWater = -std::numeric_limits<float>::infinity();

enum class WeatherKind : std::uint8_t { Clear, Rain, Snow, Fog };

struct Weather {
  WeatherKind kind = WeatherKind::Clear;
  math::Vec2 wind_m_per_s;  ///< where it blows to
  bool operator==(const Weather&) const = default;
};

struct Light {
  float time_of_day_h = 14;
  std::uint32_t sun_colour = 0xfff4e0;  ///< red, green, blue from the high byte on
  std::uint32_t ambient_colour = 0x8aa0b8;
  bool operator==(const Light&) const = default;
};

/// What holds in an area, as bits.
enum class AreaProperty : std::uint8_t { Safe = 1, NoBuild = 2, Indoor = 4, Graveyard = 8 };

/// A way out of the zone: who walks into the area goes there.
struct Portal {
  std::string zone;     ///< ZoneDefinition::name of the other zone
  std::string arrival;  ///< Arrival::name there
  bool operator==(const Portal&) const = default;
};

/// An upright box, turned about the vertical, that means something to the rules.
struct Area {
  std::string name;
  math::Vec2 centre;
  math::Vec2 half_size;  ///< along its own east and south
  float turn = 0;        ///< radians clockwise seen from above, as headings
  float low_m = 0;
  float high_m = 0;
  std::uint8_t properties = 0;
  std::optional<Portal> leads_to{};

  bool has(AreaProperty property) const {
    return (properties & static_cast<std::uint8_t>(property)) != 0;
  }
  bool operator==(const Area&) const = default;
};

/// A way that travellers keep to.
struct Road {
  std::string name;
  std::vector<math::Vec2> points;  ///< at least two
  float width_m = 4;
  bool operator==(const Road&) const = default;
};

}  // namespace tessera
