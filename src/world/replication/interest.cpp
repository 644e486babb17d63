// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/interest.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace tessera::replication {
namespace {

/// Four metres: what near_m and leave_m leave room for.
constexpr std::int32_t kRefreshSteps = 4 * protocol::kStepsPerMetre;

float squared(float a) { return a * a; }

}  // namespace

Interest::Interest(const Options& options)
    : enter_squared_(squared(options.enter_m)),
      leave_squared_(squared(options.leave_m)),
      near_squared_(squared(options.near_m)),
      middle_squared_(squared(options.middle_m)) {
  // Farther cells could not be named relative to the anchor: five cells, less half a cell and the
  // way between two looks.
  TESSERA_ASSERT(options.enter_m <= options.leave_m && options.leave_m <= 128,
                 "replication: leave_m must be enter_m to 128 m");
}

void Interest::update(Viewer& viewer, const Mirror& mirror) {
  const RowIndex row = mirror.find(viewer.entity);
  if (row != kNoRow) {
    viewer.at = mirror.ground_of(row);
    viewer.anchor = protocol::cell_of(viewer.at);
    viewer.placed = true;
  }
  if (!viewer.placed) return;
  const bool far_from_last = std::abs(viewer.anchor.x - viewer.refresh_anchor.x) > 1 ||
                             std::abs(viewer.anchor.z - viewer.refresh_anchor.z) > 1;
  if (far_from_last && !viewer.subscriptions.empty()) viewer.begin_anew();  // it was teleported
  const bool moved = std::abs(viewer.at.x - viewer.refreshed_at.x) > kRefreshSteps ||
                     std::abs(viewer.at.z - viewer.refreshed_at.z) > kRefreshSteps;
  if (moved || viewer.refresh_due || viewer.pages_seen != mirror.page_count()) {
    refresh(viewer, mirror);
  }
}

void Interest::refresh(Viewer& viewer, const Mirror& mirror) {
  viewer.refresh_due = false;
  viewer.refreshed_at = viewer.at;
  viewer.refresh_anchor = viewer.anchor;
  viewer.pages_seen = mirror.page_count();
  marks_.resize(mirror.page_count());
  const std::size_t before = viewer.subscriptions.size();
  for (std::size_t i = 0; i < before; ++i) {
    marks_[viewer.subscriptions[i].page] = static_cast<std::uint16_t>(i + 1);
  }
  const float x = protocol::metres_from_steps(viewer.at.x);
  const float z = protocol::metres_from_steps(viewer.at.z);
  const int first_x = std::max(viewer.anchor.x - protocol::kAnchorReach, 0);
  const int first_z = std::max(viewer.anchor.z - protocol::kAnchorReach, 0);
  const int last_x =
      std::min(viewer.anchor.x + protocol::kAnchorReach, protocol::kCellsPerSide - 1);
  const int last_z =
      std::min(viewer.anchor.z + protocol::kAnchorReach, protocol::kCellsPerSide - 1);
  for (int cell_z = first_z; cell_z <= last_z; ++cell_z) {
    for (int cell_x = first_x; cell_x <= last_x; ++cell_x) {
      look_at(viewer, mirror,
              {static_cast<std::uint8_t>(cell_x), static_cast<std::uint8_t>(cell_z)}, x, z);
    }
  }
  for (std::size_t i = 0; i < before; ++i) marks_[viewer.subscriptions[i].page] = 0;
  // Those that are due together stand together, in the order of their cells: page heads are short
  // then.
  std::ranges::sort(viewer.subscriptions, {}, [&](const Subscription& sub) {
    const PageHead& head = mirror.head(sub.page);
    return std::uint32_t{static_cast<std::uint8_t>(sub.tier)} << 24 |
           std::uint32_t{head.cell.index()} << 8 | head.number;
  });
}

void Interest::look_at(Viewer& viewer, const Mirror& mirror, protocol::Cell cell, float x,
                       float z) {
  const float distance_squared = squared(cell.centre_x() - x) + squared(cell.centre_z() - z);
  const bool had = viewer.cells.has(cell);
  const bool sees = distance_squared <= (had ? leave_squared_ : enter_squared_);
  if (!had && !sees) return;
  viewer.cells.set(cell, sees);
  const Tier tier = tier_of(cell, x, z);
  PageIndex page = mirror.first_page(cell);
  for (; page != kNoPage; page = mirror.head(page).next) {
    if (marks_[page] != 0) {
      Subscription& sub = viewer.subscriptions[marks_[page] - 1u];
      sub.tier = tier;
      // A page that is closing is opened again when the client has confirmed that it is closed.
      if (sees || sub.closing) continue;
      sub.closing = true;
      sub.served = 0;
      sub.merged = mirror.tick();
    } else if (sees) {
      viewer.subscriptions.push_back({.merged = mirror.tick(),
                                      .pending = mirror.head(page).occupied,
                                      .page = page,
                                      .tier = tier});
    }
  }
}

Tier Interest::tier_of(protocol::Cell cell, float x, float z) const {
  constexpr float kHalf = protocol::kCellMetres / 2;
  const float dx = std::max(std::abs(cell.centre_x() - x) - kHalf, 0.0f);
  const float dz = std::max(std::abs(cell.centre_z() - z) - kHalf, 0.0f);
  const float distance_squared = squared(dx) + squared(dz);
  if (distance_squared <= near_squared_) return Tier::Near;
  return distance_squared <= middle_squared_ ? Tier::Middle : Tier::Far;
}

}  // namespace tessera::replication
