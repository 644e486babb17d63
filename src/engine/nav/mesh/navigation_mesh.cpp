// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/navigation_mesh.h"

#include <recastnavigation/DetourAlloc.h>
#include <recastnavigation/DetourNavMesh.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <tuple>

#include "engine/core/assert.h"
#include "engine/nav/build/tile_build.h"
#include "engine/nav/build/tile_bytes.h"
#include "engine/nav/mesh/locate.h"

namespace tessera::nav {
namespace {

/// Every tile lives under this count of lives, so that a reference is a function of place alone.
constexpr unsigned kSalt = 1;
/// More links than any polygon has: six edges, four links each.
constexpr std::size_t kLinksOfPolygonMax = 24;

void sort_links(const dtNavMesh& detour, dtMeshTile& tile) {
  for (int p = 0; p < tile.header->polyCount; ++p) {
    dtPoly& polygon = tile.polys[p];
    std::array<unsigned, kLinksOfPolygonMax> links;
    std::size_t count = 0;
    for (unsigned i = polygon.firstLink; i != DT_NULL_LINK; i = tile.links[i].next) {
      TESSERA_ASSERT(count < links.size(), "navigation: more links than edges can have");
      links[count++] = i;
    }
    const auto key = [&](unsigned i) {
      const dtLink& link = tile.links[i];
      return std::tuple(link.edge, detour.decodePolyIdTile(link.ref),
                        detour.decodePolyIdPoly(link.ref), link.bmin, link.bmax);
    };
    std::sort(links.begin(), links.begin() + static_cast<std::ptrdiff_t>(count),
              [&](unsigned a, unsigned b) { return key(a) < key(b); });
    unsigned next = DT_NULL_LINK;
    for (std::size_t i = count; i-- > 0;) {
      tile.links[links[i]].next = next;
      next = links[i];
    }
    polygon.firstLink = next;
  }
}

/// Detour lends its tiles for reading only, but they are ours.
dtMeshTile* tile_at(const dtNavMesh& detour, TilePlace tile) {
  return const_cast<dtMeshTile*>(detour.getTileAt(tile.x, tile.z, 0));
}

}  // namespace

NavigationMesh::NavigationMesh(const TileGrid& grid, AgentSize agent)
    : grid_(grid), agent_(agent), detour_(dtAllocNavMesh(), dtFreeNavMesh) {
  TESSERA_ASSERT(grid.count() > 0 && grid.count() <= kTilesMax, "navigation: grid out of limits");
  dtNavMeshParams params{};
  params.orig[0] = grid.origin.x;
  params.orig[2] = grid.origin.z;
  params.tileWidth = kTileSize_m;
  params.tileHeight = kTileSize_m;
  params.maxTiles = static_cast<int>(std::bit_ceil(grid.count()));
  params.maxPolys = static_cast<int>(polygons_max(grid));
  TESSERA_ASSERT(detour_ != nullptr && dtStatusSucceed(detour_->init(&params)),
                 "navigation: no memory for a mesh");
}

NavigationMesh::~NavigationMesh() = default;
NavigationMesh::NavigationMesh(NavigationMesh&&) noexcept = default;
NavigationMesh& NavigationMesh::operator=(NavigationMesh&&) noexcept = default;

Result<void> NavigationMesh::set_tile(TilePlace tile, std::span<const std::byte> bytes) {
  const std::string name = "tile " + std::to_string(tile.x) + "," + std::to_string(tile.z);
  if (!grid_.holds(tile)) {
    return failure(ErrorKind::InvalidArgument,
                   "navigation: " + name + " is outside the world, expected at most " +
                       std::to_string(grid_.columns - 1) + "," + std::to_string(grid_.rows - 1));
  }
  const auto data = decode_tile({agent_, tile, grid_}, bytes);
  if (!data) {
    return failure(ErrorKind::Corrupt,
                   "navigation: the bytes of " + name + " are damaged or of another version, " +
                       "expected format " + std::to_string(kTileFormat) + " for " +
                       std::string(name_of(agent_)) + " agents: build the tile again");
  }
  remove_tile(tile);
  if (data->empty()) return {};
  const std::size_t size = data->size() * sizeof(std::uint32_t);
  auto* const copy = static_cast<unsigned char*>(dtAlloc(size, DT_ALLOC_PERM));
  TESSERA_ASSERT(copy != nullptr, "navigation: no memory for a tile");
  std::memcpy(copy, data->data(), size);
  const dtTileRef slot = detour_->encodePolyId(kSalt, grid_.index(tile), 0);
  const dtStatus status =
      detour_->addTile(copy, static_cast<int>(size), DT_TILE_FREE_DATA, slot, nullptr);
  TESSERA_ASSERT(dtStatusSucceed(status), "navigation: Detour refused a tile that was checked");
  memory_bytes_ += size;
  ++changes_;
  sort_links_round(tile);
  for (const Obstacle& door : closed_doors_) mark_door(tile, door, true);
  return {};
}

void NavigationMesh::remove_tile(TilePlace tile) {
  if (!grid_.holds(tile)) return;
  const dtMeshTile* old = tile_at(*detour_, tile);
  if (old == nullptr) return;
  memory_bytes_ -= static_cast<std::size_t>(old->dataSize);
  ++changes_;
  detour_->removeTile(detour_->getTileRef(old), nullptr, nullptr);
}

void NavigationMesh::sort_links_round(TilePlace tile) {
  constexpr std::array<TilePlace, 5> kRound{{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
  for (const TilePlace offset : kRound) {
    const TilePlace other{tile.x + offset.x, tile.z + offset.z};
    dtMeshTile* const found = grid_.holds(other) ? tile_at(*detour_, other) : nullptr;
    if (found != nullptr) sort_links(*detour_, *found);
  }
}

void NavigationMesh::set_door(const Obstacle& leaf, bool closed) {
  std::erase(closed_doors_, leaf);
  if (closed) closed_doors_.push_back(leaf);
  ++changes_;
  for (const TilePlace tile : tiles_touched(grid_, leaf.bounds())) mark_door(tile, leaf, closed);
}

void NavigationMesh::mark_door(TilePlace place, const Obstacle& leaf, bool closed) {
  dtMeshTile* const tile = grid_.holds(place) ? tile_at(*detour_, place) : nullptr;
  if (tile == nullptr) return;
  const Obstacle door = doorway(leaf, agent_);
  for (int i = 0; i < tile->header->polyCount; ++i) {
    dtPoly& polygon = tile->polys[i];
    if (polygon.getArea() != kDoorway) continue;
    math::Vec3 middle;
    for (unsigned corner = 0; corner < polygon.vertCount; ++corner) {
      const float* at = tile->verts + std::size_t{3} * polygon.verts[corner];
      middle = middle + math::Vec3{at[0], at[1], at[2]} * (1.0f / polygon.vertCount);
    }
    if (door.holds(middle, 0)) polygon.flags = closed ? kClosedFlag : kOpenFlag;
  }
}

std::uint32_t NavigationMesh::polygons(TilePlace tile) const {
  const dtMeshTile* const found = tile_at(*detour_, tile);
  return found == nullptr ? 0 : static_cast<std::uint32_t>(found->header->polyCount);
}

std::uint32_t NavigationMesh::polygons() const {
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; i < grid_.count(); ++i) sum += polygons(grid_.at_index(i));
  return sum;
}

std::vector<TilePlace> tiles_touched(const TileGrid& grid, const physics::Bounds& bounds) {
  const TilePlace first = grid.at({bounds.low.x - kTileBorder_m, bounds.low.z - kTileBorder_m});
  const TilePlace last = grid.at({bounds.high.x + kTileBorder_m, bounds.high.z + kTileBorder_m});
  std::vector<TilePlace> tiles;
  for (TilePlace tile = first; tile.z <= last.z; ++tile.z) {
    for (tile.x = first.x; tile.x <= last.x; ++tile.x) tiles.push_back(tile);
  }
  return tiles;
}

}  // namespace tessera::nav
