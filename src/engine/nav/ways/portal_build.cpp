// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/ways/portal_build.h"

#include <recastnavigation/DetourNavMesh.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "engine/nav/mesh/path_finder.h"

namespace tessera::nav {
namespace {

/// As Detour numbers them, halved: east, south, west, north.
constexpr std::array<TilePlace, 4> kSides{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
/// Crossings nearer to each other are one.
constexpr float kGap_m = 0.1f;
/// A way between two exits that takes more is left out: there is a shorter one through a neighbour.
constexpr std::uint32_t kSearchNodes = 1024;

const dtMeshTile* tile_at(const NavigationMesh& mesh, TilePlace tile) {
  return mesh.grid().holds(tile) ? mesh.detour().getTileAt(tile.x, tile.z, 0) : nullptr;
}

std::vector<Region> regions_of(const NavigationMesh& mesh, const dtMeshTile& tile) {
  constexpr Region kNone = UINT16_MAX;
  const auto count = static_cast<std::size_t>(tile.header->polyCount);
  std::vector<Region> regions(count, kNone);
  std::vector<std::uint32_t> open;
  Region next = 0;
  for (std::uint32_t first = 0; first < count; ++first) {
    if (regions[first] != kNone) continue;
    regions[first] = next;
    open.push_back(first);
    while (!open.empty()) {
      const std::uint32_t polygon = open.back();
      open.pop_back();
      for (unsigned i = tile.polys[polygon].firstLink; i != DT_NULL_LINK; i = tile.links[i].next) {
        if (tile.links[i].side != 0xff) continue;  // leads out of the tile
        const unsigned other = mesh.detour().decodePolyIdPoly(tile.links[i].ref);
        if (regions[other] != kNone) continue;
        regions[other] = next;
        open.push_back(other);
      }
    }
    ++next;
  }
  return regions;
}

/// A piece of a tile's side where one can cross from one region into another.
struct Crossing {
  Region here = 0;
  Region there = 0;
  float from = 0;  ///< along the side, metres of the world
  float to = 0;
  math::Vec3 a;  ///< its ends
  math::Vec3 b;

  math::Vec3 at(float place) const {
    const float part = to > from ? (place - from) / (to - from) : 0;
    return a + (b - a) * part;
  }
};

std::vector<Crossing> crossings(const NavigationMesh& mesh, const dtMeshTile& tile, unsigned side,
                                const PortalTile& here, const PortalTile& there) {
  std::vector<Crossing> found;
  for (std::uint32_t p = 0; p < here.regions.size(); ++p) {
    const dtPoly& polygon = tile.polys[p];
    for (unsigned i = polygon.firstLink; i != DT_NULL_LINK; i = tile.links[i].next) {
      const dtLink& link = tile.links[i];
      if (link.side != 2 * side) continue;
      const unsigned edge = link.edge;
      const float* v0 = tile.verts + std::size_t{3} * polygon.verts[edge];
      const float* v1 = tile.verts + std::size_t{3} * polygon.verts[(edge + 1) % polygon.vertCount];
      const math::Vec3 begin{v0[0], v0[1], v0[2]};
      const math::Vec3 end{v1[0], v1[1], v1[2]};
      Crossing crossing;
      crossing.here = here.regions[p];
      crossing.there = there.regions[mesh.detour().decodePolyIdPoly(link.ref)];
      crossing.a = begin + (end - begin) * (static_cast<float>(link.bmin) / 255.0f);
      crossing.b = begin + (end - begin) * (static_cast<float>(link.bmax) / 255.0f);
      const bool along_z = side % 2 == 0;
      crossing.from = along_z ? crossing.a.z : crossing.a.x;
      crossing.to = along_z ? crossing.b.z : crossing.b.x;
      if (crossing.from > crossing.to) {
        std::swap(crossing.from, crossing.to);
        std::swap(crossing.a, crossing.b);
      }
      found.push_back(crossing);
    }
  }
  std::ranges::sort(found, {},
                    [](const Crossing& c) { return std::tuple(c.here, c.there, c.from, c.to); });
  return found;
}

struct Opening {
  Region here;
  Region there;
  float width;
  math::Vec3 middle;
};

/// Joins crossings that lie side by side, and takes the widest.
std::vector<Opening> openings(std::span<const Crossing> crossings) {
  std::vector<Opening> found;
  for (std::size_t i = 0; i < crossings.size();) {
    const std::size_t first = i;
    float to = crossings[i].to;
    for (++i; i < crossings.size() && crossings[i].here == crossings[first].here &&
              crossings[i].there == crossings[first].there && crossings[i].from <= to + kGap_m;
         ++i) {
      to = std::max(to, crossings[i].to);
    }
    const float middle = (crossings[first].from + to) / 2;
    const auto apart = [&](const Crossing& c) {
      return std::max({c.from - middle, middle - c.to, 0.0f});
    };
    const auto nearest = std::ranges::min_element(crossings.subspan(first, i - first), {}, apart);
    found.push_back({crossings[first].here, crossings[first].there, to - crossings[first].from,
                     nearest->at(std::clamp(middle, nearest->from, nearest->to))});
  }
  std::ranges::sort(found, {}, [](const Opening& o) {
    return std::tuple(-o.width, o.here, o.there, o.middle.x, o.middle.z);
  });
  if (found.size() > kExitsOfSideMax) found.resize(kExitsOfSideMax);
  return found;
}

class Builder {
 public:
  Builder(const NavigationMesh& mesh, std::span<PortalTile> tiles)
      : mesh_(mesh), tiles_(tiles), finder_(mesh, {.nodes_max = kSearchNodes, .snap_m = 1}) {}

  void find_regions(TilePlace place) {
    const dtMeshTile* const tile = tile_at(mesh_, place);
    PortalTile& portals = tiles_[mesh_.grid().index(place)];
    portals.regions = tile == nullptr ? std::vector<Region>{} : regions_of(mesh_, *tile);
  }

  /// Eastern and southern sides are looked at from here, the others from the tile beyond them, so
  /// that both tiles tell of the same openings.
  std::vector<Opening> openings_of(TilePlace place, unsigned side) const {
    const TilePlace beyond{place.x + kSides[side].x, place.z + kSides[side].z};
    const bool turned = side >= 2;
    const TilePlace here = turned ? beyond : place;
    const TilePlace there = turned ? place : beyond;
    const dtMeshTile* const tile = tile_at(mesh_, here);
    if (tile == nullptr || tile_at(mesh_, there) == nullptr) return {};
    const PortalTile& a = tiles_[mesh_.grid().index(here)];
    const PortalTile& b = tiles_[mesh_.grid().index(there)];
    std::vector<Opening> found = openings(crossings(mesh_, *tile, side % 2, a, b));
    for (Opening& opening : found) {
      if (turned) std::swap(opening.here, opening.there);
    }
    return found;
  }

  void find_exits(TilePlace place) {
    PortalTile& portals = tiles_[mesh_.grid().index(place)];
    portals.exits.clear();
    for (unsigned side = 0; side < kSides.size(); ++side) {
      const TilePlace beyond{place.x + kSides[side].x, place.z + kSides[side].z};
      if (!mesh_.grid().holds(beyond)) continue;
      // The other tile's exits of the same side come after those of its sides before.
      std::uint32_t number = 0;
      const unsigned opposite = (side + 2) % 4;
      for (unsigned before = 0; before < opposite; ++before) {
        number += static_cast<std::uint32_t>(openings_of(beyond, before).size());
      }
      for (const Opening& opening : openings_of(place, side)) {
        portals.exits.push_back(
            {opening.middle, mesh_.grid().index(beyond), number++, opening.here});
      }
    }
  }

  void find_costs(TilePlace place) {
    PortalTile& portals = tiles_[mesh_.grid().index(place)];
    const std::size_t count = portals.exits.size();
    portals.costs.assign(count * count, -1);
    for (std::size_t i = 0; i < count; ++i) {
      portals.costs[i * count + i] = 0;
      for (std::size_t j = i + 1; j < count; ++j) {
        if (portals.exits[i].region != portals.exits[j].region) continue;
        const float metres = walk_m(portals.exits[i].point, portals.exits[j].point);
        portals.costs[i * count + j] = metres;
        portals.costs[j * count + i] = metres;
      }
    }
  }

 private:
  float walk_m(math::Vec3 from, math::Vec3 to) {
    std::array<math::Vec3, 64> corners;
    const Path path = finder_.find_path(from, to, corners);
    if (path.outcome != PathOutcome::Complete || path.truncated) return -1;
    float metres = 0;
    for (std::uint32_t i = 1; i < path.corners; ++i) metres += distance(corners[i - 1], corners[i]);
    return metres;
  }

  const NavigationMesh& mesh_;
  std::span<PortalTile> tiles_;
  PathFinder finder_;
};

/// The tiles and those beside them, each once, in order.
std::vector<TilePlace> with_neighbours(const TileGrid& grid, std::span<const TilePlace> tiles) {
  std::vector<TilePlace> all;
  for (const TilePlace tile : tiles) {
    if (grid.holds(tile)) all.push_back(tile);
    for (const TilePlace side : kSides) {
      const TilePlace other{tile.x + side.x, tile.z + side.z};
      if (grid.holds(other)) all.push_back(other);
    }
  }
  std::ranges::sort(all);
  const auto [first, last] = std::ranges::unique(all);
  all.erase(first, last);
  return all;
}

}  // namespace

void build_portals(const NavigationMesh& mesh, std::span<const TilePlace> changed,
                   std::span<PortalTile> tiles) {
  Builder builder(mesh, tiles);
  // Exits beside a changed tile are new, and so are the numbers of exits beyond those.
  const std::vector<TilePlace> beside = with_neighbours(mesh.grid(), changed);
  const std::vector<TilePlace> beyond = with_neighbours(mesh.grid(), beside);
  for (const TilePlace tile : changed) {
    if (mesh.grid().holds(tile)) builder.find_regions(tile);
  }
  for (const TilePlace tile : beyond) builder.find_exits(tile);
  for (const TilePlace tile : beyond) builder.find_costs(tile);
}

}  // namespace tessera::nav
