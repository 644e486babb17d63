// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where to draw others: a little in the past, on a smooth way between places that the server told.
#pragma once

#include <cstdint>
#include <optional>

#include "client/replica.h"
#include "engine/physics/height_field.h"

namespace tessera::client {

struct Pose {
  math::Vec3 position;
  math::Vec3 velocity_m_per_s;
  float heading = 0;
};

/// An entity's way is continued at most this long beyond the last place told: 100 ms.
inline constexpr double kExtrapolateTicksMax = 6;

/// The pose at a tick; fractions are between ticks. Before the oldest place known it is that one.
/// None when nothing was told. Heights that were not told are the terrain's.
std::optional<Pose> pose_at(const History& history, double tick,
                            const physics::HeightField& terrain);

/// The place of one sample.
Pose pose_of(const Sample& sample, const physics::HeightField& terrain);

}  // namespace tessera::client
