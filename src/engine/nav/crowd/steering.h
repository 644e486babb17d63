// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How a crowd walks without running into each other. Each agent knows where it would like to go
// (its path or flow field says so) and sees its nearest neighbours; it tries eight velocities round
// the one it wants and takes the one that costs least: far from what it wants costs, and so does
// meeting a neighbour soon. Velocities are tried four at a time.
//
// All agents decide on what was true before this tick, so neither their order nor the number of
// workers matters. It keeps agents from each other, not from walls: whoever moves them does that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/jobs/pool.h"
#include "engine/math/vec.h"

namespace tessera::nav {

struct Walker {
  math::Vec2 position;
  math::Vec2 velocity;  ///< as it walks now, metres a second
  math::Vec2 wish;      ///< as it would walk alone
  float radius_m = 0.4f;
};

struct SteeringOptions {
  float sight_m = 2.5f;    ///< neighbours further away, from middle to middle, do not count
  float horizon_s = 1.2f;  ///< nor do meetings later than this
  /// What a meeting right now costs, where a wish given up altogether costs 1.
  float caution = 2.5f;
};

class CrowdSteering {
 public:
  /// So many neighbours are looked at, the nearest.
  static constexpr std::size_t kNeighboursMax = 6;

  /// Writes the velocities of the first `velocities.size()` walkers; the others are in their way
  /// and decide nothing. Places and velocities must be finite. Work goes to the pool in pieces of
  /// 256. 150 ns a walker. Allocates only when the crowd is larger than ever.
  void steer(jobs::Pool& pool, std::span<const Walker> walkers, std::span<math::Vec2> velocities,
             const SteeringOptions& options = {});

 private:
  struct Cell {
    std::int32_t x;
    std::int32_t z;
  };

  void sort_into_cells(std::span<const Walker> walkers, float cell_m);
  Cell cell_of(math::Vec2 place) const;
  math::Vec2 choose(std::span<const Walker> walkers, std::uint32_t self,
                    const SteeringOptions& options) const;
  std::size_t look_round(std::span<const Walker> walkers, std::uint32_t self, float sight_m,
                         std::span<std::uint32_t, kNeighboursMax> found) const;

  math::Vec2 origin_;
  float cells_per_metre_ = 1;
  std::int32_t columns_ = 0;
  std::int32_t rows_ = 0;
  std::vector<std::uint32_t> first_;  ///< of each cell, in order_
  std::vector<std::uint32_t> order_;  ///< walkers by cell
  std::vector<Walker> sorted_;        ///< in that order: what neighbours need lies together
  std::vector<std::uint32_t> cells_;  ///< of each walker
};

}  // namespace tessera::nav
