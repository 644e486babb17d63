// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/crowd/steering.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/assert.h"
#include "engine/math/float4.h"

namespace tessera::nav {
namespace {

using math::Float4;
using math::splat;

constexpr std::size_t kPiece = 256;
/// Cells along an edge; walkers beyond share the last ones.
constexpr std::int32_t kCellsMax = 256;
/// Walkers that overlap push each other apart at this speed at most.
constexpr float kPush_m_s = 1.5f;

/// Cosine and sine of the turns that are tried: 0, 25, -25, 55, -55, 90, -90 degrees, and to stand.
constexpr std::array<Float4, 2> kCos{Float4{1, 0.90630779f, 0.90630779f, 0.57357644f},
                                     Float4{0.57357644f, 0, 0, 0}};
constexpr std::array<Float4, 2> kSin{Float4{0, 0.42261826f, -0.42261826f, 0.81915204f},
                                     Float4{-0.81915204f, 1, -1, 0}};

struct Tries {
  std::array<Float4, 2> x;
  std::array<Float4, 2> z;
  std::array<Float4, 2> cost;
};

Tries velocities_round(math::Vec2 wish) {
  Tries tries;
  const float speed_squared = dot(wish, wish);
  const Float4 scale = splat(speed_squared > 0 ? 1 / speed_squared : 0);
  for (std::size_t i = 0; i < 2; ++i) {
    tries.x[i] = splat(wish.x) * kCos[i] - splat(wish.z) * kSin[i];
    tries.z[i] = splat(wish.z) * kCos[i] + splat(wish.x) * kSin[i];
    const Float4 x = tries.x[i] - splat(wish.x);
    const Float4 z = tries.z[i] - splat(wish.z);
    // A quarter turn costs 1, and so does standing (1 / 2 of the squared difference, doubled).
    tries.cost[i] = splat(0.5f) * (x * x + z * z) * scale;
  }
  // To stand gives up as much as a quarter turn.
  tries.cost[1][3] = 1;
  return tries;
}

/// Adds what it costs to meet one neighbour: the nearer and the sooner, the more.
void add_meeting(Tries& tries, math::Vec2 from, math::Vec2 velocity, float room,
                 const SteeringOptions& options) {
  const Float4 horizon = splat(options.horizon_s);
  const Float4 zero = splat(0);
  const Float4 room_squared = splat(room * room);
  for (std::size_t i = 0; i < 2; ++i) {
    const Float4 x = tries.x[i] - splat(velocity.x);
    const Float4 z = tries.z[i] - splat(velocity.z);
    const Float4 speed = x * x + z * z + splat(1.0e-6f);
    const Float4 along = splat(from.x) * x + splat(from.z) * z;
    const Float4 time = math::min(math::max(along / speed, zero), horizon);
    const Float4 near_x = splat(from.x) - x * time;
    const Float4 near_z = splat(from.z) - z * time;
    const Float4 apart = near_x * near_x + near_z * near_z;
    const Float4 depth = math::max(splat(1) - apart / room_squared, zero);
    const Float4 soon = splat(1) - time / horizon;
    // Who already parts from the neighbour meets nobody.
    const Float4 approaching = along > zero ? splat(1) : zero;
    tries.cost[i] += splat(options.caution) * depth * soon * approaching;
  }
}

}  // namespace

CrowdSteering::Cell CrowdSteering::cell_of(math::Vec2 place) const {
  const auto along = [&](float distance, std::int32_t count) {
    const float cell = distance * cells_per_metre_;
    return cell > 0 ? std::min(static_cast<std::int32_t>(cell), count - 1) : 0;
  };
  return {along(place.x - origin_.x, columns_), along(place.z - origin_.z, rows_)};
}

void CrowdSteering::sort_into_cells(std::span<const Walker> walkers, float cell_m) {
  math::Vec2 low = walkers[0].position;
  math::Vec2 high = low;
  for (const Walker& walker : walkers) {
    low = {std::min(low.x, walker.position.x), std::min(low.z, walker.position.z)};
    high = {std::max(high.x, walker.position.x), std::max(high.z, walker.position.z)};
  }
  origin_ = low;
  // A crowd over all the world gets larger cells; neighbours are then sought among more.
  const float extent = std::max(high.x - low.x, high.z - low.z);
  cells_per_metre_ = 1 / std::max(cell_m, extent / static_cast<float>(kCellsMax - 1));
  columns_ = static_cast<std::int32_t>((high.x - low.x) * cells_per_metre_) + 1;
  rows_ = static_cast<std::int32_t>((high.z - low.z) * cells_per_metre_) + 1;
  first_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
  cells_.resize(walkers.size());
  order_.resize(walkers.size());
  sorted_.resize(walkers.size());
  for (std::size_t i = 0; i < walkers.size(); ++i) {
    const Cell cell = cell_of(walkers[i].position);
    cells_[i] = static_cast<std::uint32_t>(cell.z * columns_ + cell.x);
    ++first_[cells_[i] + 1];
  }
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  for (std::uint32_t i = 0; i < walkers.size(); ++i) {
    const std::uint32_t place = first_[cells_[i]]++;
    order_[place] = i;
    sorted_[place] = walkers[i];
  }
  for (std::size_t i = first_.size() - 1; i > 0; --i) first_[i] = first_[i - 1];
  first_[0] = 0;
}

/// The nearest within sight, as places in sorted_; equally near ones by their place.
std::size_t CrowdSteering::look_round(std::span<const Walker> walkers, std::uint32_t self,
                                      float sight_m,
                                      std::span<std::uint32_t, kNeighboursMax> found) const {
  std::array<float, kNeighboursMax> away;
  std::size_t count = 0;
  const math::Vec2 here = walkers[self].position;
  const Cell cell = cell_of(here);
  const std::int32_t west = std::max(cell.x - 1, 0);
  const std::int32_t east = std::min(cell.x + 1, columns_ - 1);
  for (std::int32_t z = std::max(cell.z - 1, 0); z <= std::min(cell.z + 1, rows_ - 1); ++z) {
    // Cells of a row lie side by side.
    const std::size_t row = static_cast<std::size_t>(z) * static_cast<std::size_t>(columns_);
    const std::uint32_t begin = first_[row + static_cast<std::size_t>(west)];
    const std::uint32_t end = first_[row + static_cast<std::size_t>(east) + 1];
    for (std::uint32_t i = begin; i < end; ++i) {
      const math::Vec2 apart = sorted_[i].position - here;
      const float squared = dot(apart, apart);
      const float limit = count < kNeighboursMax ? sight_m * sight_m : away[count - 1];
      if (squared >= limit || order_[i] == self) continue;
      std::size_t at = count < kNeighboursMax ? count++ : count - 1;
      for (; at > 0 && away[at - 1] > squared; --at) {
        away[at] = away[at - 1];
        found[at] = found[at - 1];
      }
      away[at] = squared;
      found[at] = i;
    }
  }
  return count;
}

math::Vec2 CrowdSteering::choose(std::span<const Walker> walkers, std::uint32_t self,
                                 const SteeringOptions& options) const {
  const Walker& walker = walkers[self];
  std::array<std::uint32_t, kNeighboursMax> neighbours;
  const std::size_t count = look_round(walkers, self, options.sight_m, neighbours);
  if (count == 0) return walker.wish;
  Tries tries = velocities_round(walker.wish);
  math::Vec2 push;
  for (std::size_t i = 0; i < count; ++i) {
    const Walker& other = sorted_[neighbours[i]];
    const math::Vec2 from = other.position - walker.position;
    const float room = walker.radius_m + other.radius_m;
    add_meeting(tries, from, other.velocity, room, options);
    const float apart = length(from);
    if (apart >= room) continue;
    // Two in one place part along x, the one of the smaller number westwards.
    const bool first = self < order_[neighbours[i]];
    const math::Vec2 away = apart > 0 ? from * (-1 / apart) : math::Vec2{first ? -1.0f : 1.0f, 0};
    push = push + away * (kPush_m_s * (1 - apart / room));
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < 8; ++i) {
    if (tries.cost[i / 4][i % 4] < tries.cost[best / 4][best % 4]) best = i;
  }
  return math::Vec2{tries.x[best / 4][best % 4], tries.z[best / 4][best % 4]} + push;
}

void CrowdSteering::steer(jobs::Pool& pool, std::span<const Walker> walkers,
                          std::span<math::Vec2> velocities, const SteeringOptions& options) {
  TESSERA_ASSERT(velocities.size() <= walkers.size(), "steering: more velocities than walkers");
  if (velocities.empty()) return;
  sort_into_cells(walkers, options.sight_m);
  pool.parallel_for((walkers.size() + kPiece - 1) / kPiece, [&](std::size_t piece) {
    const std::size_t end = std::min(walkers.size(), (piece + 1) * kPiece);
    for (std::size_t place = piece * kPiece; place < end; ++place) {
      const std::uint32_t self = order_[place];
      if (self < velocities.size()) velocities[self] = choose(walkers, self, options);
    }
  });
}

}  // namespace tessera::nav
