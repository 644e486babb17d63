// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/compile/compile_navigation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "engine/nav/build/tile_build.h"
#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/ways/portal_graph.h"
#include "world/content/compile/door_leaf.h"

namespace tessera::content {
namespace {

/// The zone's triangles as navigation wants them: those of doors apart.
struct Geometry {
  std::vector<physics::Triangle> triangles;
  std::vector<nav::Obstacle> doors;
  nav::NavigationGeometry view;

  explicit Geometry(const ZoneDefinition& zone) {
    const physics::StaticGeometry& given = *zone.geometry;
    const physics::TriangleTree& solids = given.solids;
    const std::size_t count =
        given.doors.empty() ? solids.size() : std::size_t{given.doors.front().first_triangle};
    for (std::uint32_t i = 0; i < count; ++i) triangles.push_back(solids.triangle(i));
    for (const physics::Door& door : given.doors) {
      std::vector<physics::Triangle> leaf;
      for (std::uint32_t i = 0; i < door.triangle_count; ++i) {
        leaf.push_back(solids.triangle(door.first_triangle + i));
      }
      if (!leaf.empty()) doors.push_back(door_leaf(leaf));
    }
    view.bounds = {zone.bounds.low, zone.bounds.high};
    view.ground = zone.has_terrain ? &zone.terrain : nullptr;
    view.triangles = triangles;
    view.flags = std::span(zone.triangle_flags).first(count);
    view.doors = doors;
    view.has_water = zone.water_level_m > kNoWater;
    view.water_level_m = view.has_water ? zone.water_level_m : 0;
  }
};

using TileKey = std::tuple<std::uint32_t, std::int32_t, std::int32_t, std::uint64_t>;

TileKey key_of(const NavigationTile& tile) { return {tile.agent, tile.x, tile.z, tile.input_hash}; }

/// A tile while it is made: taken over, or built.
struct Made {
  NavigationTile tile;
  std::vector<std::byte> built;
  std::string problem;
};

class Builder {
 public:
  Builder(const nav::NavigationSource& source, const NavigationData& previous, jobs::Pool& pool,
          const ReportProgress& report, const ZoneDefinition& zone)
      : source_(source), pool_(pool), report_(report), zone_(zone) {
    for (const NavigationTile& tile : previous.tiles) known_.emplace(key_of(tile), tile.bytes);
  }

  std::vector<Made> run() {
    const nav::TileGrid& grid = source_.grid();
    std::vector<Made> made(grid.count() * nav::kAgentSizes.size());
    total_ = made.size();
    if (report_) report_({zone_.name, "navigation", 0, total_});
    pool_.parallel_for(made.size(), [&](std::size_t i) {
      const auto agent = nav::kAgentSizes[i / grid.count()];
      const nav::TilePlace place = grid.at_index(static_cast<std::uint32_t>(i % grid.count()));
      make(agent, place, made[i]);
      tell();
    });
    return made;
  }

 private:
  void make(nav::AgentSize agent, nav::TilePlace place, Made& made) const {
    made.tile = {static_cast<std::uint32_t>(agent),
                 place.x,
                 place.z,
                 nav::input_hash(source_, agent, place),
                 {}};
    if (const auto known = known_.find(key_of(made.tile)); known != known_.end()) {
      made.tile.bytes = known->second;
      return;
    }
    auto built = nav::build_tile(source_, agent, place);
    if (built) {
      made.built = std::move(*built);
      made.tile.bytes = made.built;
    } else {
      made.problem = built.error().message;
    }
  }

  void tell() {
    if (!report_) return;
    const std::lock_guard lock(mutex_);
    // A line for every hundredth part is enough for any eye.
    ++done_;
    if (done_ % std::max<std::size_t>(total_ / 100, 1) == 0 || done_ == total_) {
      report_({zone_.name, "navigation", done_, total_});
    }
  }

  const nav::NavigationSource& source_;
  jobs::Pool& pool_;
  const ReportProgress& report_;
  const ZoneDefinition& zone_;
  std::map<TileKey, std::span<const std::byte>> known_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::size_t total_ = 0;
};

/// All tiles of one size, as a mesh.
Result<nav::NavigationMesh> mesh_of(const ZoneDefinition& zone, nav::AgentSize agent) {
  nav::NavigationMesh mesh(nav::tile_grid({zone.bounds.low, zone.bounds.high}), agent);
  for (const NavigationTile& tile : zone.navigation.tiles) {
    if (tile.agent != static_cast<std::uint32_t>(agent)) continue;
    if (auto set = mesh.set_tile({tile.x, tile.z}, tile.bytes); !set) {
      return std::unexpected(set.error());
    }
  }
  return mesh;
}

/// Puts the bytes of all tiles and portals into one block that the zone owns.
void store(std::vector<Made>& made, const std::vector<std::vector<std::byte>>& portals,
           NavigationData& navigation) {
  std::size_t size = 0;
  for (const Made& each : made) size += each.tile.bytes.size();
  for (const std::vector<std::byte>& each : portals) size += each.size();
  auto storage = std::make_shared<std::vector<std::byte>>();
  storage->reserve(size);
  const auto keep = [&](std::span<const std::byte> bytes) {
    const std::size_t start = storage->size();
    storage->insert(storage->end(), bytes.begin(), bytes.end());
    return std::span<const std::byte>(storage->data() + start, bytes.size());
  };
  NavigationData stored;
  for (Made& each : made) {
    each.tile.bytes = keep(each.tile.bytes);
    stored.tiles.push_back(each.tile);
  }
  for (std::size_t i = 0; i < portals.size(); ++i) stored.portals[i] = keep(portals[i]);
  stored.storage = std::move(storage);
  navigation = std::move(stored);
}

}  // namespace

void compile_navigation(const NavigationData& previous, jobs::Pool& pool,
                        const ReportProgress& report, const std::string& file, ZoneDefinition& zone,
                        Faults& faults) {
  const Geometry geometry(zone);
  const nav::NavigationSource source(geometry.view);
  std::vector<Made> made = Builder(source, previous, pool, report, zone).run();
  for (const Made& each : made) {
    if (!each.problem.empty()) add_fault(faults, file, 1, each.problem);
    zone.navigation.tiles.push_back(each.tile);  // their bytes are in `made` or in `previous`
  }
  if (!faults.empty()) return;
  std::vector<std::vector<std::byte>> portals(nav::kAgentSizes.size());
  std::vector<std::string> problems(portals.size());
  pool.parallel_for(portals.size(), [&](std::size_t i) {
    const auto mesh = mesh_of(zone, nav::kAgentSizes[i]);
    if (mesh) portals[i] = nav::PortalGraph(*mesh).encode();
    if (!mesh) problems[i] = mesh.error().message;
  });
  for (std::string& problem : problems) {
    if (!problem.empty()) add_fault(faults, file, 1, std::move(problem));
  }
  store(made, portals, zone.navigation);
}

void check_reachability(const std::vector<SpawnCandidate>& spawns, const ZoneDefinition& zone,
                        Faults& faults) {
  if (spawns.size() < 2) return;
  const auto mesh = mesh_of(zone, nav::AgentSize::Small);
  if (!mesh) return;  // was a fault before
  const auto graph = nav::PortalGraph::decode(
      *mesh, zone.navigation.portals[static_cast<std::size_t>(nav::AgentSize::Small)]);
  if (!graph) return;
  nav::LongPathFinder finder(*mesh, *graph);
  std::vector<math::Vec3> way(4096);
  std::vector<math::Vec3> corners(nav::kPathCornersMax);
  for (std::size_t i = 1; i < spawns.size(); ++i) {
    const nav::LongPath path = finder.find_path(spawns[0].feet, spawns[i].feet, way, corners);
    if (path.outcome == nav::PathOutcome::Complete) continue;
    add_fault(faults, spawns[i].file, spawns[i].line,
              fmt::format("{} cannot be reached on foot from {}: open a way between them, or move "
                          "one",
                          spawns[i].what, spawns[0].what));
  }
}

}  // namespace tessera::content
