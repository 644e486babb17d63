// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/crowd/flow_field.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/hash.h"
#include "engine/nav/crowd/flow_raster.h"
#include "engine/nav/mesh/locate.h"

namespace tessera::nav {
namespace {

constexpr float kGoalReach_m = 2;
constexpr float kCellMax_m = 1;
/// More than a step and the slope of 45 degrees across a corner is another floor.
constexpr float kFloorGap_m = 1.5f;
constexpr std::uint32_t kStepsMax = UINT16_MAX;
constexpr std::uint32_t kNone = UINT32_MAX;
/// East, south, west, north.
constexpr std::array<math::Vec2, 4> kSides{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};

}  // namespace

bool FlowField::build(const NavigationMesh& mesh, math::Vec3 goal,
                      const FlowFieldOptions& options) {
  cells_ = 0;
  if (!plausible(goal)) return false;
  goal_ = goal;
  const AgentShape shape = shape_of(mesh.agent());
  cell_m_ = options.cell_m > 0 ? options.cell_m : std::min(2 * shape.radius_m, kCellMax_m);
  cells_per_metre_ = 1 / cell_m_;
  rise_max_m_ = shape.step_m + cell_m_ * 1.5f * kSlopeMax;
  const float wanted = std::ceil(options.window_m / cell_m_);
  cells_ = static_cast<std::uint32_t>(std::clamp(wanted, 3.0f, static_cast<float>(kFlowCellsMax)));
  const float half = static_cast<float>(cells_) * cell_m_ / 2;
  origin_ = flat(goal) - math::Vec2{half, half};
  collect_floors(mesh);
  sort_floors();
  find_neighbours();
  steps_.assign(nodes_.size(), kUnreached);
  // The goal's own cell may have no floor at its middle: take the nearest of those round it.
  std::uint32_t start = kNone;
  float nearest = kGoalReach_m;
  const auto reach = static_cast<int>(kGoalReach_m / cell_m_);
  const auto middle = static_cast<int>(cells_ / 2);
  for (int z = std::max(middle - reach, 0); z <= middle + reach && z < int(cells_); ++z) {
    for (int x = std::max(middle - reach, 0); x <= middle + reach && x < int(cells_); ++x) {
      const auto cell = static_cast<std::uint32_t>(z) * cells_ + static_cast<std::uint32_t>(x);
      const std::uint32_t node = node_near(cell, goal.y, kGoalReach_m);
      if (node == kNone) continue;
      const math::Vec2 place{origin_.x + (static_cast<float>(x) + 0.5f) * cell_m_,
                             origin_.z + (static_cast<float>(z) + 0.5f) * cell_m_};
      const float away = length(place - flat(goal));
      if (away < nearest) {
        nearest = away;
        start = node;
      }
    }
  }
  if (start == kNone) {
    cells_ = 0;
    return false;
  }
  spread(start);
  for (std::uint32_t node = 0; node < nodes_.size(); ++node) point_out(node);
  return true;
}

void FlowField::collect_floors(const NavigationMesh& mesh) {
  floors_.clear();
  const FlowRaster raster{origin_, cell_m_, cells_};
  each_floor(mesh, raster,
             [&](std::uint32_t cell, float height_m) { floors_.push_back({cell, height_m}); });
}

void FlowField::sort_floors() {
  // By cell, stable: floors of a cell stay in the order of polygons.
  first_.assign(std::size_t{cells_} * cells_ + 1, 0);
  for (const Floor& floor : floors_) ++first_[floor.cell + 1];
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  nodes_.resize(floors_.size());
  cell_of_.resize(floors_.size());
  for (const Floor& floor : floors_) {
    const std::uint32_t node = first_[floor.cell]++;
    nodes_[node] = {floor.height_m, 0, 0, 0};
    cell_of_[node] = floor.cell;
  }
  for (std::size_t i = first_.size() - 1; i > 0; --i) first_[i] = first_[i - 1];
  first_[0] = 0;
}

std::uint32_t FlowField::node_near(std::uint32_t cell, float height_m, float reach_m) const {
  std::uint32_t found = kNone;
  float nearest = reach_m;
  for (std::uint32_t node = first_[cell]; node < first_[cell + 1]; ++node) {
    const float apart = std::fabs(nodes_[node].height_m - height_m);
    if (apart < nearest) {
      nearest = apart;
      found = node;
    }
  }
  return found;
}

void FlowField::find_neighbours() {
  beside_.resize(nodes_.size());
  const std::uint32_t last = cells_ - 1;
  for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
    const std::uint32_t cell = cell_of_[node];
    const std::uint32_t column = cell % cells_;
    const std::uint32_t row = cell / cells_;
    const auto at = [&](bool inside, std::uint32_t other) {
      return inside ? node_near(other, nodes_[node].height_m, rise_max_m_) : kNone;
    };
    beside_[node] = {at(column < last, cell + 1), at(row < last, cell + cells_),
                     at(column > 0, cell - 1), at(row > 0, cell - cells_)};
  }
}

/// Across the corner between two sides; only where both cells beside it have a floor.
std::uint32_t FlowField::across(std::uint32_t node, std::size_t side, std::size_t other) const {
  const std::uint32_t first = beside_[node][side];
  return first == kNone || beside_[node][other] == kNone ? kNone : beside_[first][other];
}

void FlowField::spread(std::uint32_t start) {
  rings_.resize(kDiagonal + 1);
  for (auto& ring : rings_) ring.clear();
  steps_[start] = 0;
  rings_[0].push_back(start);
  std::size_t waiting = 1;
  for (std::uint32_t now = 0; waiting > 0; ++now) {
    // All steps are shorter than the number of rings, so a ring never gets its own successors.
    auto& ring = rings_[now % rings_.size()];
    waiting -= ring.size();
    for (const std::uint32_t node : ring) {
      if (steps_[node] != now) continue;  // was reached on a shorter way since
      const auto reach = [&](std::uint32_t other, std::uint32_t steps) {
        if (other == kNone || steps_[other] <= steps) return;
        steps_[other] = steps;
        rings_[steps % rings_.size()].push_back(other);
        ++waiting;
      };
      for (std::size_t side = 0; side < 4; ++side) {
        reach(beside_[node][side], now + kStraight);
        reach(across(node, side, (side + 1) % 4), now + kDiagonal);
      }
    }
    ring.clear();
  }
}

/// Down the slope of distances where all four neighbours tell of it; else to the best neighbour.
void FlowField::point_out(std::uint32_t node) {
  nodes_[node].steps = static_cast<std::uint16_t>(std::min(steps_[node], kStepsMax));
  if (steps_[node] == kUnreached || steps_[node] == 0) return;
  const std::array<std::uint32_t, 4>& beside = beside_[node];
  const bool open = std::ranges::all_of(
      beside, [&](std::uint32_t other) { return other != kNone && steps_[other] != kUnreached; });
  math::Vec2 direction;
  if (open) {
    const auto slope = [&](std::uint32_t ahead, std::uint32_t behind) {
      return static_cast<float>(static_cast<std::int64_t>(steps_[behind]) -
                                static_cast<std::int64_t>(steps_[ahead]));
    };
    direction = {slope(beside[0], beside[2]), slope(beside[1], beside[3])};
  }
  if (direction == math::Vec2{}) {
    std::uint32_t best = steps_[node];
    const auto look = [&](std::uint32_t other, math::Vec2 to) {
      if (other == kNone || steps_[other] >= best) return;
      best = steps_[other];
      direction = to;
    };
    for (std::size_t side = 0; side < 4; ++side) {
      const std::size_t next = (side + 1) % 4;
      look(beside[side], kSides[side]);
      look(across(node, side, next), kSides[side] + kSides[next]);
    }
  }
  const float all = length(direction);
  if (all <= 0) return;
  const auto fixed = [&](float part) {
    return static_cast<std::int8_t>(std::floor(part / all * 127 + 0.5f));
  };
  nodes_[node].x = fixed(direction.x);
  nodes_[node].z = fixed(direction.z);
}

std::optional<FlowField::Sample> FlowField::sample(math::Vec3 place) const {
  const float x = (place.x - origin_.x) * cells_per_metre_;
  const float z = (place.z - origin_.z) * cells_per_metre_;
  const auto edge = static_cast<float>(cells_);
  if (!(x >= 0 && z >= 0 && x < edge && z < edge)) return std::nullopt;  // NaN, too
  const std::uint32_t cell = static_cast<std::uint32_t>(z) * cells_ + static_cast<std::uint32_t>(x);
  const std::uint32_t found = node_near(cell, place.y, kFloorGap_m + rise_max_m_);
  if (found == kNone) return std::nullopt;
  const Node& node = nodes_[found];
  if (node.steps == kStepsMax) return std::nullopt;
  constexpr float kUnit = 1.0f / 127;
  return Sample{{static_cast<float>(node.x) * kUnit, static_cast<float>(node.z) * kUnit},
                static_cast<float>(node.steps) * cell_m_ / kStraight};
}

std::uint64_t FlowField::hash() const {
  static_assert(sizeof(Node) == 8, "hashed as bytes");
  return hash_bytes(std::as_bytes(std::span(nodes_)));
}

}  // namespace tessera::nav
