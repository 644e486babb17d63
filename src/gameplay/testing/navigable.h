// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Navigation meshes for zones that tests and benchmarks make by hand, as a content build makes them
// for those of designers.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/assert.h"
#include "engine/nav/build/tile_build.h"
#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/ways/portal_graph.h"
#include "engine/physics/box.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera {

/// Builds the meshes of these sizes from the zone's terrain and boxes: 0.3 ms for 64 m of terrain,
/// some 20 ms where boxes are.
inline void add_navigation(ZoneDefinition& zone,
                           std::initializer_list<CreatureSize> sizes = {CreatureSize::Small}) {
  const std::vector<physics::Triangle> triangles = physics::triangles_of(zone.boxes);
  nav::NavigationGeometry geometry{.bounds = {zone.bounds.low, zone.bounds.high},
                                   .ground = &zone.terrain,
                                   .triangles = triangles};
  geometry.has_water = zone.water_level_m > kNoWater;
  if (geometry.has_water) geometry.water_level_m = zone.water_level_m;
  const nav::NavigationSource source(geometry);

  auto storage = std::make_shared<std::vector<std::byte>>();
  std::vector<std::size_t> ends;  // of tiles, and behind those of each size its portals
  NavigationData navigation;
  const auto keep = [&](std::span<const std::byte> bytes) {
    storage->insert(storage->end(), bytes.begin(), bytes.end());
    ends.push_back(storage->size());
  };
  for (const CreatureSize size : sizes) {
    nav::NavigationMesh mesh(source.grid(), static_cast<nav::AgentSize>(size));
    for (std::uint32_t i = 0; i < source.grid().count(); ++i) {
      const nav::TilePlace place = source.grid().at_index(i);
      const auto bytes = nav::build_tile(source, mesh.agent(), place);
      TESSERA_ASSERT(bytes && mesh.set_tile(place, *bytes), "a test's zone cannot be navigated");
      navigation.tiles.push_back({.agent = static_cast<std::uint32_t>(size),
                                  .x = place.x,
                                  .z = place.z,
                                  .input_hash = 0,
                                  .bytes = {}});
      keep(*bytes);
    }
    keep(nav::PortalGraph(mesh).encode());
  }
  std::size_t start = 0;
  std::size_t next = 0;
  const auto take = [&] {
    const std::size_t from = start;
    start = ends[next++];
    return std::span<const std::byte>(*storage).subspan(from, start - from);
  };
  for (std::size_t i = 0; i < navigation.tiles.size(); ++i) {
    NavigationTile& tile = navigation.tiles[i];
    tile.bytes = take();
    if ((i + 1) % source.grid().count() == 0) navigation.portals[tile.agent] = take();
  }
  navigation.storage = std::move(storage);
  zone.navigation = std::move(navigation);
}

}  // namespace tessera
