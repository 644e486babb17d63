// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Triggers: areas of the world (a town, a safe place, the zone before a door) and who goes in and
// out. Areas never change while the zone runs. Once a tick a rule asks for the areas of each entity
// that moved, keeps them with the entity, and compares them with those of the tick before:
//
//   const AreaSet now = index.areas_at(position);
//   each_crossing(kept, now, [&](std::uint32_t area, Crossing crossing) { ... });
//   kept = now;
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/math/vec.h"

namespace tessera::physics {

/// An upright box that is turned about the vertical. Its borders belong to it.
struct Area {
  math::Vec2 centre{};
  math::Vec2 half{};      ///< extents across (x) and along (z) its heading
  float heading_rad = 0;  ///< clockwise from north
  float low_m = 0;
  float high_m = 0;
};

/// Areas that overlap in one place; content checks for it. Of more, the first by number count.
inline constexpr std::size_t kAreasAtOnceMax = 14;
/// Areas of one zone. Were each as large as the zone, the index would have half a gigabyte.
inline constexpr std::size_t kAreasMax = 4096;

/// The areas that a place lies in, growing. Plain bytes without padding; unused places are zero.
struct AreaSet {
  std::uint16_t count = 0;
  std::uint16_t reserved = 0;
  std::array<std::uint16_t, kAreasAtOnceMax> areas{};

  std::span<const std::uint16_t> all() const { return std::span(areas).first(count); }
  bool operator==(const AreaSet&) const = default;
};

class AreaIndex {
 public:
  AreaIndex() = default;
  /// At most kAreasMax, finite. Areas are numbered as they stand here. Cells grow with the world,
  /// so that there are at most some 65,000.
  explicit AreaIndex(std::vector<Area> areas);

  /// Exactly the areas that hold the place: one cell of a grid is looked at. About 10 ns.
  AreaSet areas_at(math::Vec3 place) const;

  std::span<const Area> areas() const { return areas_; }
  bool holds(std::uint32_t area, math::Vec3 place) const;

 private:
  std::vector<Area> areas_;
  std::vector<math::Vec2> ahead_;  ///< of each, of length 1, along its heading
  math::Vec2 low_{};
  float cells_per_metre_ = 0;
  std::uint32_t columns_ = 0;
  std::uint32_t rows_ = 0;
  std::vector<std::uint32_t> starts_;  ///< first place of each cell in members_, and the end
  std::vector<std::uint16_t> members_;
};

enum class Crossing : std::uint8_t { Left, Entered };

/// Calls visit(area, crossing) for what differs: what was left first, then what was entered, each
/// by growing number.
template <class Visit>
void each_crossing(const AreaSet& before, const AreaSet& now, Visit&& visit) {
  const auto each_only_in = [&](const AreaSet& one, const AreaSet& other, Crossing crossing) {
    std::size_t next = 0;
    for (const std::uint16_t area : one.all()) {
      while (next < other.count && other.areas[next] < area) ++next;
      if (next == other.count || other.areas[next] != area) visit(std::uint32_t{area}, crossing);
    }
  };
  each_only_in(before, now, Crossing::Left);
  each_only_in(now, before, Crossing::Entered);
}

}  // namespace tessera::physics
