// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A built tile as bytes: little-endian,
//
//   magic u32, format u32, agent u8, 3 bytes 0, column i32, row i32, size u32, checksum u64
//   then `size` bytes: Detour's tile without its links, which it makes itself; none when nothing
//   in the tile is walkable.
//
// Detour trusts a tile's data entirely, so everything in it that is an index, a count or a
// coordinate is checked here before Detour sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/error.h"
#include "engine/nav/navigation_source.h"

namespace tessera::nav {

inline constexpr std::uint32_t kTileMagic = 0x564e5354;  // "TSNV"
inline constexpr std::size_t kTileHeaderBytes = 32;

/// Detour's area of polygons in a doorway; all others have 0.
inline constexpr std::uint8_t kDoorway = 1;

/// Which tile the bytes must be of.
struct TileIdentity {
  AgentSize agent;
  TilePlace tile;
  TileGrid grid;
};

/// So many polygons fit a tile: 22 bits are for tile and polygon together.
std::uint32_t polygons_max(const TileGrid& grid);

/// From Detour's data, as dtCreateNavMeshData() makes it; empty: nothing is walkable.
std::vector<std::byte> encode_tile(const TileIdentity& identity, std::span<const std::byte> detour);

/// Detour's data with room for all links, aligned as it must be; empty when nothing is walkable.
/// Linear in the bytes. Any bytes are safe to give.
std::expected<std::vector<std::uint32_t>, DecodeError> decode_tile(
    const TileIdentity& identity, std::span<const std::byte> bytes);

}  // namespace tessera::nav
