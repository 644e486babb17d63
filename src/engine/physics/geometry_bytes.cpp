// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/geometry_bytes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "engine/core/bytes.h"

namespace tessera::physics {
namespace {

constexpr std::uint32_t kMagic = 0x4f454754;  // "TGEO"
constexpr std::size_t kFixedBytes = 16 + 20 + 28;
/// Finer or coarser grids are nobody's ground.
constexpr float kSpacingMin_m = 0.001f;
constexpr float kSpacingMax_m = 1e5f;

bool read_world(ByteReader& in, StaticGeometry& geometry) {
  for (math::Vec2* const corner : {&geometry.bounds.low, &geometry.bounds.high}) {
    corner->x = in.number<float>();
    corner->z = in.number<float>();
  }
  geometry.water_level_m = in.number<float>();
  const auto& [low, high] = geometry.bounds;
  const std::array numbers{low.x, low.z, high.x, high.z};
  const auto is_finite = [](float number) { return std::isfinite(number); };
  return in.ok() && std::ranges::all_of(numbers, is_finite) && low.x < high.x && low.z < high.z &&
         !std::isnan(geometry.water_level_m);
}

bool read_terrain(ByteReader& in, HeightField& terrain) {
  HeightFieldOptions options;
  options.columns = in.number<std::uint32_t>();
  options.rows = in.number<std::uint32_t>();
  for (float* const number : {&options.spacing_m, &options.origin.x, &options.origin.z,
                              &options.low_m, &options.high_m}) {
    *number = in.number<float>();
    if (!std::isfinite(*number)) return false;
  }
  const auto is_side = [](std::uint32_t samples) {
    return samples >= kHeightSamplesMin && samples <= kHeightSamplesMax;
  };
  if (!in.ok() || !is_side(options.columns) || !is_side(options.rows)) return false;
  if (!(options.spacing_m >= kSpacingMin_m && options.spacing_m <= kSpacingMax_m)) return false;
  const std::size_t count = std::size_t{options.columns} * options.rows;
  const std::span<const std::byte> bytes = in.bytes(count * sizeof(std::uint16_t));
  if (!in.ok()) return false;
  std::vector<std::uint16_t> samples(count);
  std::memcpy(samples.data(), bytes.data(), bytes.size());
  terrain = HeightField(options, std::move(samples));
  return true;
}

/// Doors are the last of the triangles, one after the other.
bool read_doors(ByteReader& in, std::size_t count, std::vector<Door>& doors) {
  if (count > kDoorsMax) return false;
  const std::span<const std::byte> bytes = in.bytes(count * sizeof(Door));
  if (!in.ok()) return false;
  doors.resize(count);
  if (!bytes.empty()) std::memcpy(doors.data(), bytes.data(), bytes.size());
  return true;
}

bool doors_end_the_tree(const StaticGeometry& geometry) {
  if (geometry.doors.empty()) return true;
  std::uint64_t end = geometry.doors.front().first_triangle;
  for (const Door& door : geometry.doors) {
    if (door.first_triangle != end) return false;
    end += door.triangle_count;
  }
  return end == geometry.solids.size();
}

}  // namespace

std::vector<std::byte> to_bytes(const StaticGeometry& geometry) {
  const HeightFieldOptions& terrain = geometry.terrain.options();
  const std::span samples = std::as_bytes(geometry.terrain.samples());
  const std::span doors = std::as_bytes(std::span(geometry.doors));
  const std::vector<std::byte> solids = geometry.solids.to_bytes();
  std::vector<std::byte> bytes(kFixedBytes + samples.size() + doors.size() + solids.size());
  ByteWriter out(bytes);
  out.number(kMagic);
  out.number(kGeometryBytesVersion);
  out.number(static_cast<std::uint32_t>(geometry.doors.size()));
  out.number(std::uint32_t{0});
  for (const math::Vec2& corner : {geometry.bounds.low, geometry.bounds.high}) {
    out.number(corner.x);
    out.number(corner.z);
  }
  out.number(geometry.water_level_m);
  out.number(terrain.columns);
  out.number(terrain.rows);
  for (const float number :
       {terrain.spacing_m, terrain.origin.x, terrain.origin.z, terrain.low_m, terrain.high_m}) {
    out.number(number);
  }
  out.bytes(samples);
  out.bytes(doors);
  out.bytes(solids);
  return bytes;
}

std::optional<StaticGeometry> geometry_from_bytes(std::span<const std::byte> bytes) {
  ByteReader in(bytes);
  if (in.number<std::uint32_t>() != kMagic) return std::nullopt;
  if (in.number<std::uint32_t>() != kGeometryBytesVersion) return std::nullopt;
  const auto door_count = in.number<std::uint32_t>();
  (void)in.number<std::uint32_t>();
  StaticGeometry geometry;
  if (!read_world(in, geometry) || !read_terrain(in, geometry.terrain) ||
      !read_doors(in, door_count, geometry.doors)) {
    return std::nullopt;
  }
  auto solids = TriangleTree::from_bytes(in.bytes(in.left()));
  if (!solids) return std::nullopt;
  geometry.solids = std::move(*solids);
  if (!doors_end_the_tree(geometry)) return std::nullopt;
  return geometry;
}

}  // namespace tessera::physics
