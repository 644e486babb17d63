// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/ways/portal_graph.h"

#include <algorithm>
#include <cmath>

#include "engine/core/assert.h"
#include "engine/core/hash.h"
#include "engine/nav/ways/portal_build.h"

namespace tessera::nav {
namespace {

constexpr std::uint32_t kMagic = 0x504e5354;  // "TSNP"
constexpr std::uint32_t kFormat = 1;

}  // namespace

PortalGraph::PortalGraph(const NavigationMesh& mesh) {
  std::vector<PortalTile> tiles(mesh.grid().count());
  std::vector<TilePlace> all;
  for (std::uint32_t i = 0; i < mesh.grid().count(); ++i) all.push_back(mesh.grid().at_index(i));
  build_portals(mesh, all, tiles);
  assemble(tiles);
}

void PortalGraph::update(const NavigationMesh& mesh, std::span<const TilePlace> changed) {
  TESSERA_ASSERT(first_exit_.size() == mesh.grid().count() + 1, "portal graph: another mesh");
  std::vector<PortalTile> tiles = take_apart();
  build_portals(mesh, changed, tiles);
  assemble(tiles);
}

void PortalGraph::assemble(std::span<const PortalTile> tiles) {
  first_exit_.assign(1, 0);
  first_polygon_.assign(1, 0);
  first_cost_.assign(1, 0);
  regions_.clear();
  exits_.clear();
  costs_.clear();
  for (const PortalTile& tile : tiles) {
    first_exit_.push_back(first_exit_.back() + static_cast<std::uint32_t>(tile.exits.size()));
    regions_.insert(regions_.end(), tile.regions.begin(), tile.regions.end());
    costs_.insert(costs_.end(), tile.costs.begin(), tile.costs.end());
    first_polygon_.push_back(static_cast<std::uint32_t>(regions_.size()));
    first_cost_.push_back(static_cast<std::uint32_t>(costs_.size()));
  }
  for (std::uint32_t i = 0; i < tiles.size(); ++i) {
    for (const PortalTile::Exit& exit : tiles[i].exits) {
      exits_.push_back(
          {exit.point, first_exit_[exit.other_tile] + exit.other_number, i, exit.region});
    }
  }
  TESSERA_ASSERT(find_islands(), "portal graph: an exit without a polygon");
}

/// Joins the polygons of a region, and regions at exits. False when an exit is of a region that no
/// polygon has.
bool PortalGraph::find_islands() {
  islands_.resize(regions_.size());
  const auto root = [&](std::uint32_t polygon) {
    while (islands_[polygon] != polygon) {
      polygon = islands_[polygon] = islands_[islands_[polygon]];
    }
    return polygon;
  };
  std::vector<std::uint32_t> exit_polygons(exits_.size(), UINT32_MAX);
  std::vector<std::uint32_t> first_of_region;
  for (std::uint32_t tile = 0; tile + 1 < first_polygon_.size(); ++tile) {
    const std::uint32_t begin = first_polygon_[tile];
    first_of_region.assign(first_polygon_[tile + 1] - begin, UINT32_MAX);
    for (std::uint32_t p = begin; p < first_polygon_[tile + 1]; ++p) {
      if (regions_[p] >= first_of_region.size()) return false;
      std::uint32_t& first = first_of_region[regions_[p]];
      first = std::min(first, p);
      islands_[p] = first;
    }
    for (std::uint32_t e = first_exit_[tile]; e < first_exit_[tile + 1]; ++e) {
      if (exits_[e].region >= first_of_region.size()) return false;
      exit_polygons[e] = first_of_region[exits_[e].region];
      if (exit_polygons[e] == UINT32_MAX) return false;
    }
  }
  for (std::uint32_t e = 0; e < exits_.size(); ++e) {
    const std::uint32_t here = root(exit_polygons[e]);
    const std::uint32_t there = root(exit_polygons[exits_[e].other]);
    islands_[std::max(here, there)] = std::min(here, there);
  }
  for (std::uint32_t p = 0; p < islands_.size(); ++p) islands_[p] = root(p);
  return true;
}

std::vector<PortalTile> PortalGraph::take_apart() const {
  std::vector<PortalTile> tiles(first_exit_.size() - 1);
  const auto part = [](const auto& all, std::uint32_t from, std::uint32_t to) {
    return std::vector(all.begin() + from, all.begin() + to);
  };
  for (std::uint32_t i = 0; i < tiles.size(); ++i) {
    tiles[i].regions = part(regions_, first_polygon_[i], first_polygon_[i + 1]);
    tiles[i].costs = part(costs_, first_cost_[i], first_cost_[i + 1]);
    for (std::uint32_t e = first_exit_[i]; e < first_exit_[i + 1]; ++e) {
      const std::uint32_t other_tile = exits_[exits_[e].other].tile;
      tiles[i].exits.push_back({exits_[e].point, other_tile,
                                exits_[e].other - first_exit_[other_tile], exits_[e].region});
    }
  }
  return tiles;
}

float PortalGraph::cost(std::uint32_t from, std::uint32_t to) const {
  const std::uint32_t tile = exits_[from].tile;
  const std::uint32_t begin = first_exit_[tile];
  return costs_[first_cost_[tile] + (from - begin) * (first_exit_[tile + 1] - begin) + to - begin];
}

std::size_t PortalGraph::memory_bytes() const {
  return (first_exit_.size() + first_polygon_.size() + first_cost_.size()) * sizeof(std::uint32_t) +
         exits_.size() * sizeof(PortalExit) +
         regions_.size() * (sizeof(Region) + sizeof(std::uint32_t)) + costs_.size() * sizeof(float);
}

// magic u32, format u32, checksum u64 of the rest, tiles u32; then of each tile: polygons u32,
// exits u32, a region u16 for each polygon; exits of 18 bytes; and costs f32, a square.
std::vector<std::byte> PortalGraph::encode() const {
  constexpr std::size_t kHead = 20;
  constexpr std::size_t kTile = 8;
  constexpr std::size_t kExit = 18;
  const std::size_t tiles = first_exit_.empty() ? 0 : first_exit_.size() - 1;
  std::vector<std::byte> bytes(kHead + tiles * kTile + regions_.size() * sizeof(Region) +
                               exits_.size() * kExit + costs_.size() * sizeof(float));
  ByteWriter writer(bytes);
  writer.number(kMagic);
  writer.number(kFormat);
  writer.number(std::uint64_t{0});
  const std::size_t head = writer.size();
  writer.number(static_cast<std::uint32_t>(tiles));
  for (std::uint32_t i = 0; i < tiles; ++i) {
    writer.number(first_polygon_[i + 1] - first_polygon_[i]);
    writer.number(first_exit_[i + 1] - first_exit_[i]);
    for (std::uint32_t p = first_polygon_[i]; p < first_polygon_[i + 1]; ++p) {
      writer.number(regions_[p]);
    }
    for (std::uint32_t e = first_exit_[i]; e < first_exit_[i + 1]; ++e) {
      writer.number(exits_[e].point.x);
      writer.number(exits_[e].point.y);
      writer.number(exits_[e].point.z);
      writer.number(exits_[e].other);
      writer.number(exits_[e].region);
    }
    for (std::uint32_t c = first_cost_[i]; c < first_cost_[i + 1]; ++c) writer.number(costs_[c]);
  }
  writer.patch(head - sizeof(std::uint64_t), hash_bytes(writer.written().subspan(head)));
  return bytes;
}

namespace {

bool sane(float value) { return std::fabs(value) <= 1.0e6f; }

}  // namespace

std::expected<PortalGraph, DecodeError> PortalGraph::decode(const NavigationMesh& mesh,
                                                            std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  const bool known =
      reader.number<std::uint32_t>() == kMagic && reader.number<std::uint32_t>() == kFormat;
  const auto checksum = reader.number<std::uint64_t>();
  if (!reader.ok()) return std::unexpected(DecodeError::Truncated);
  if (!known || checksum != hash_bytes(bytes.subspan(reader.position()))) {
    return std::unexpected(DecodeError::Malformed);
  }
  const std::uint32_t tiles = mesh.grid().count();
  if (reader.number<std::uint32_t>() != tiles) return std::unexpected(DecodeError::Malformed);
  PortalGraph graph;
  graph.first_exit_.assign(1, 0);
  graph.first_polygon_.assign(1, 0);
  graph.first_cost_.assign(1, 0);
  for (std::uint32_t tile = 0; tile < tiles && reader.ok(); ++tile) {
    const auto polygons = reader.number<std::uint32_t>();
    const auto exits = reader.number<std::uint32_t>();
    if (polygons != mesh.polygons(mesh.grid().at_index(tile)) || exits > kExitsOfTileMax) {
      return std::unexpected(DecodeError::Malformed);
    }
    for (std::uint32_t i = 0; i < polygons; ++i) {
      graph.regions_.push_back(reader.number<Region>());
    }
    for (std::uint32_t i = 0; i < exits; ++i) {
      PortalExit exit{{}, 0, tile, 0};
      exit.point.x = reader.number<float>();
      exit.point.y = reader.number<float>();
      exit.point.z = reader.number<float>();
      exit.other = reader.number<std::uint32_t>();
      exit.region = reader.number<Region>();
      if (!sane(exit.point.x) || !sane(exit.point.y) || !sane(exit.point.z)) reader.fail();
      graph.exits_.push_back(exit);
    }
    for (std::uint32_t i = 0; i < exits * exits; ++i) {
      graph.costs_.push_back(reader.number<float>());
      if (!sane(graph.costs_.back())) reader.fail();
    }
    graph.first_exit_.push_back(static_cast<std::uint32_t>(graph.exits_.size()));
    graph.first_polygon_.push_back(static_cast<std::uint32_t>(graph.regions_.size()));
    graph.first_cost_.push_back(static_cast<std::uint32_t>(graph.costs_.size()));
  }
  if (!reader.ok()) return std::unexpected(DecodeError::OutOfRange);
  if (!reader.done()) return std::unexpected(DecodeError::TrailingBytes);
  for (std::uint32_t i = 0; i < graph.exits_.size(); ++i) {
    const std::uint32_t other = graph.exits_[i].other;
    if (other >= graph.exits_.size() || graph.exits_[other].other != i) {
      return std::unexpected(DecodeError::OutOfRange);
    }
  }
  if (!graph.find_islands()) return std::unexpected(DecodeError::OutOfRange);
  return graph;
}

}  // namespace tessera::nav
