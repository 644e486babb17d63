// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <span>

#include "engine/nav/navigation_source.h"
#include "engine/physics/mesh/triangle.h"

namespace tessera::content {

/// The upright box round a door's triangles, turned so that it is as narrow as can be: what
/// navigation knows of the door. There must be at least one triangle. Same triangles, same bits.
nav::Obstacle door_leaf(std::span<const physics::Triangle> triangles);

}  // namespace tessera::content
