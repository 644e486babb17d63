// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <functional>
#include <span>

#include "engine/math/vec.h"
#include "engine/nav/mesh/navigation_mesh.h"

namespace tessera::nav {

/// Calls `visit` with the corners of each polygon of a tile, by number: for those who show a mesh.
/// The corners are valid during the call.
void each_polygon(const NavigationMesh& mesh, TilePlace tile,
                  const std::function<void(std::span<const math::Vec3>)>& visit);

}  // namespace tessera::nav
