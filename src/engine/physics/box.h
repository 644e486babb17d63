// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Upright boxes, turned about the vertical axis only, as triangles: for content that needs no more,
// and for tests.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/math/vec.h"
#include "engine/physics/mesh/triangle.h"
#include "engine/physics/static_geometry.h"

namespace tessera::physics {

struct BoxShape {
  math::Vec3 centre;
  math::Vec3 half_size;  ///< along its own x, y and z axes
  float turn = 0;        ///< radians clockwise seen from above, as headings
};

/// The twelve triangles of each box, turned outwards.
std::vector<Triangle> triangles_of(std::span<const BoxShape> boxes);

/// A world of boxes; each of `leaves` is a door. At most kDoorsMax.
std::shared_ptr<const StaticGeometry> geometry_of_boxes(const Rectangle& bounds,
                                                        HeightField terrain,
                                                        std::span<const BoxShape> walls,
                                                        std::span<const BoxShape> leaves);

}  // namespace tessera::physics
