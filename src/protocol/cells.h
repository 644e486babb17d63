// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where entities are, on the wire. The ground is a square of 128 x 128 cells of 32 m. A position is
// first rounded to steps of 1/64 m from the zone's corner; inside a cell it takes 12 + 12 bits,
// counted from 16 m before the cell's corner to 16 m behind its far side. An entity keeps its cell
// until it leaves that square of 64 m, so one that walks along a border does not change cells all
// the time.
//
// Steps are powers of two, so client and server compute the same float from the same bits, and an
// entity that changes its cell does not change its place.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <numbers>

namespace tessera::protocol {

inline constexpr int kCellsPerSide = 128;
inline constexpr int kCellMetres = 32;
inline constexpr int kCellMarginMetres = 16;
inline constexpr int kStepsPerMetre = 64;
inline constexpr int kCellSteps = kCellMetres * kStepsPerMetre;
inline constexpr int kMarginSteps = kCellMarginMetres * kStepsPerMetre;
inline constexpr int kZoneSteps = kCellsPerSide * kCellSteps;
/// What a position on the wire is off at most, on each axis: half a step.
inline constexpr float kPositionErrorMax = 0.5f / kStepsPerMetre;

struct Cell {
  std::uint8_t x = 0;
  std::uint8_t z = 0;
  constexpr auto operator<=>(const Cell&) const = default;
  constexpr std::uint16_t index() const {
    return static_cast<std::uint16_t>(z * kCellsPerSide + x);
  }
  constexpr bool valid() const { return x < kCellsPerSide && z < kCellsPerSide; }
  constexpr float centre_x() const { return static_cast<float>(x * kCellMetres) + kCellMetres / 2; }
  constexpr float centre_z() const { return static_cast<float>(z * kCellMetres) + kCellMetres / 2; }
};

/// A place on the ground in steps from the zone's north-west corner, each in [0, kZoneSteps).
struct GroundSteps {
  std::int32_t x = 0;
  std::int32_t z = 0;
  constexpr bool operator==(const GroundSteps&) const = default;
};

/// To the nearest step; what lies outside the zone or is no number goes to the nearest border.
inline std::int32_t steps_from_metres(float metres) {
  const float steps = metres * kStepsPerMetre + 0.5f;
  if (!(steps > 0)) return 0;
  if (steps >= static_cast<float>(kZoneSteps)) return kZoneSteps - 1;
  return static_cast<std::int32_t>(steps);
}
constexpr float metres_from_steps(std::int32_t steps) {
  return static_cast<float>(steps) / kStepsPerMetre;
}

constexpr Cell cell_of(GroundSteps at) {
  return {static_cast<std::uint8_t>(at.x / kCellSteps),
          static_cast<std::uint8_t>(at.z / kCellSteps)};
}
/// Steps from the corner of the cell's square of 64 m; in [0, 4096) while the cell holds the place.
constexpr std::int32_t offset_in_cell(std::uint8_t cell, std::int32_t steps) {
  return steps - cell * kCellSteps + kMarginSteps;
}
constexpr std::int32_t steps_from_offset(std::uint8_t cell, std::uint32_t offset) {
  return static_cast<std::int32_t>(offset) + cell * kCellSteps - kMarginSteps;
}
constexpr bool cell_holds(Cell cell, GroundSteps at) {
  const auto inside = [](std::int32_t offset) { return offset >= 0 && offset < 4096; };
  return inside(offset_in_cell(cell.x, at.x)) && inside(offset_in_cell(cell.z, at.z));
}

/// A heading in 128 steps, growing clockwise from north; any number of turns is accepted.
inline std::uint32_t heading_steps(float radians) {
  constexpr float kStepsPerRadian = 64.0f / std::numbers::pi_v<float>;
  const float steps = std::floor(radians * kStepsPerRadian + 0.5f);
  if (!(std::abs(steps) < 1e6f)) return 0;
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(steps)) & 127u;
}
/// In [-pi, pi).
constexpr float radians_from_heading(std::uint32_t steps) {
  const auto turned = static_cast<std::int32_t>((steps + 64) & 127u) - 64;
  return static_cast<float>(turned) * (std::numbers::pi_v<float> / 64.0f);
}

/// A height in steps of 1/32 m above -512 m, which 16 bits carry up to 1,535 m.
inline std::uint16_t height_steps(float metres) {
  const float steps = (metres + 512.0f) * 32.0f + 0.5f;
  if (!(steps > 0)) return 0;
  if (steps >= 65535.0f) return 65535;
  return static_cast<std::uint16_t>(steps);
}
constexpr float metres_from_height(std::uint16_t steps) {
  return static_cast<float>(steps) / 32.0f - 512.0f;
}

/// An entity's state on the wire, as a number: bits 0..11 x, 12..23 z (offsets in its cell), 24..30
/// heading, 31 set when a height follows, 32..47 that height.
struct EntityState {
  std::uint64_t bits = 0;

  static constexpr EntityState make(std::uint32_t x, std::uint32_t z, std::uint32_t heading) {
    return {std::uint64_t{x} | std::uint64_t{z} << 12 | std::uint64_t{heading} << 24};
  }
  constexpr EntityState with_height(std::uint16_t height) const {
    return {(bits & 0x7fffffffu) | 0x80000000u | std::uint64_t{height} << 32};
  }
  constexpr std::uint32_t x() const { return static_cast<std::uint32_t>(bits) & 0xfffu; }
  constexpr std::uint32_t z() const { return static_cast<std::uint32_t>(bits >> 12) & 0xfffu; }
  constexpr std::uint32_t heading() const { return static_cast<std::uint32_t>(bits >> 24) & 127u; }
  constexpr bool has_height() const { return (bits & 0x80000000u) != 0; }
  constexpr std::uint16_t height() const { return static_cast<std::uint16_t>(bits >> 32); }
  constexpr bool operator==(const EntityState&) const = default;
};

/// The state of an entity that `cell` holds.
inline EntityState entity_state(Cell cell, GroundSteps at, float heading_radians) {
  return EntityState::make(static_cast<std::uint32_t>(offset_in_cell(cell.x, at.x)),
                           static_cast<std::uint32_t>(offset_in_cell(cell.z, at.z)),
                           heading_steps(heading_radians));
}

// A page is named relative to the viewer's own cell (the anchor): 11 x 11 cells, row by row.
inline constexpr int kAnchorReach = 5;
inline constexpr std::uint8_t kCellCodes = 121;

constexpr bool within_reach(Cell anchor, Cell cell) {
  const int dx = cell.x - anchor.x;
  const int dz = cell.z - anchor.z;
  return dx >= -kAnchorReach && dx <= kAnchorReach && dz >= -kAnchorReach && dz <= kAnchorReach;
}
/// In [0, kCellCodes); the cell must be within reach.
constexpr std::uint8_t cell_code(Cell anchor, Cell cell) {
  return static_cast<std::uint8_t>((cell.z - anchor.z + kAnchorReach) * 11 + cell.x - anchor.x +
                                   kAnchorReach);
}
/// The inverse; false when that cell does not exist.
constexpr bool cell_from_code(Cell anchor, std::uint8_t code, Cell& cell) {
  const int x = anchor.x + code % 11 - kAnchorReach;
  const int z = anchor.z + code / 11 - kAnchorReach;
  if (code >= kCellCodes || x < 0 || z < 0 || x >= kCellsPerSide || z >= kCellsPerSide)
    return false;
  cell = {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(z)};
  return true;
}

}  // namespace tessera::protocol
