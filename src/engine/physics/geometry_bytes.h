// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Static geometry as bytes: a part of compiled content, and what a client downloads to predict on.
// Little-endian, as it lies in memory, so that reading computes nothing a triangle:
//
//   header   magic u32, version u32, doors u32, reserved u32
//   world    bounds low x z, high x z f32; water level f32 (no water: -inf)
//   terrain  columns u32, rows u32, spacing, origin x z, low, high f32; samples u16
//   doors    each first triangle u32, count u32
//   solids   TriangleTree::to_bytes, to the end
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/physics/static_geometry.h"

namespace tessera::physics {

/// Raise it with every change of the layout.
inline constexpr std::uint32_t kGeometryBytesVersion = 1;

std::vector<std::byte> to_bytes(const StaticGeometry& geometry);

/// Nothing for bytes that no geometry of this version was written to. Never asserts. Some 1 ms a
/// MiB.
std::optional<StaticGeometry> geometry_from_bytes(std::span<const std::byte> bytes);

}  // namespace tessera::physics
