// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The grounds that nav_benchmark runs on: the default world, and meshes from OBJ files.
#pragma once

#include <tiny_obj_loader.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/sample_world.h"
#include "engine/nav/ways/portal_graph.h"

namespace tessera::nav::testing {

inline constexpr std::uint64_t kSeed = 20;
inline constexpr std::size_t kQueries = 1 << 16;
inline constexpr std::size_t kCorners = 64;
inline constexpr std::uint32_t kNodes = 4096;

struct Query {
  math::Vec3 from;
  math::Vec3 to;
};

/// Where queries are asked: a mesh and pairs of places with a way between them.
struct Ground {
  std::string name;
  std::shared_ptr<const NavigationMesh> mesh;
  std::vector<Query> queries;
};

/// A random place on the mesh, within the box.
inline math::Vec3 random_place(const PathFinder& finder, const physics::Bounds& box,
                               RandomStream& random) {
  for (;;) {
    const math::Vec3 guess{random.between(box.low.x, box.high.x),
                           random.between(box.low.y, box.high.y),
                           random.between(box.low.z, box.high.z)};
    const auto place = finder.nearest_point(guess, box.high.y - box.low.y + 4);
    if (place) return *place;
  }
}

inline std::vector<Query> connected_pairs(const NavigationMesh& mesh, const physics::Bounds& box,
                                          float distance_max, std::size_t count) {
  PathFinder finder(mesh, {.nodes_max = kNodes});
  RandomStream random(kSeed);
  std::array<math::Vec3, kCorners> corners;
  std::vector<Query> queries;
  while (queries.size() < count) {
    const math::Vec3 from = random_place(finder, box, random);
    physics::Bounds near;
    near.add(from);
    near.grow(distance_max);
    near.low = {std::max(near.low.x, box.low.x), box.low.y, std::max(near.low.z, box.low.z)};
    near.high = {std::min(near.high.x, box.high.x), box.high.y, std::min(near.high.z, box.high.z)};
    const math::Vec3 to = random_place(finder, near, random);
    const Path path = finder.find_path(from, to, corners);
    if (path.outcome == PathOutcome::Complete && !path.truncated) queries.push_back({from, to});
  }
  return queries;
}

/// A town in four by four kilometres of hills and lakes.
struct DefaultWorld {
  SampleWorld world{{}};
  NavigationSource source{world.geometry()};
  std::shared_ptr<const NavigationMesh> mesh =
      std::make_shared<NavigationMesh>(build_mesh(source, AgentSize::Small));
  PortalGraph graph{*mesh};
  physics::Bounds all{{8, 0, 8}, {4088, 60, 4088}};
  physics::Bounds town{{1898, 20, 1898}, {2198, 40, 2198}};
};

inline bool read_obj(const std::string& file, std::vector<physics::Triangle>& triangles) {
  tinyobj::ObjReader reader;
  if (!reader.ParseFromFile(file)) {
    std::fprintf(stderr, "nav_benchmark: cannot read '%s': %s\n", file.c_str(),
                 reader.Error().c_str());
    return false;
  }
  const std::vector<float>& v = reader.GetAttrib().vertices;
  const auto corner = [&](const tinyobj::index_t& index) {
    const auto at = static_cast<std::size_t>(index.vertex_index) * 3;
    return math::Vec3{v[at], v[at + 1], v[at + 2]};
  };
  for (const tinyobj::shape_t& shape : reader.GetShapes()) {
    const auto& indices = shape.mesh.indices;
    for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
      triangles.push_back({corner(indices[i]), corner(indices[i + 1]), corner(indices[i + 2])});
    }
  }
  return !triangles.empty();
}

inline Ground mesh_ground(const std::string& file, std::span<const physics::Triangle> triangles) {
  physics::Bounds box;
  for (const physics::Triangle& triangle : triangles) box.add(triangle);
  NavigationGeometry geometry;
  geometry.bounds = {flat(box.low), flat(box.high)};
  geometry.triangles = triangles;
  const NavigationSource source(geometry);
  Ground ground;
  ground.name = std::filesystem::path(file).stem().string();
  ground.mesh = std::make_shared<NavigationMesh>(build_mesh(source, AgentSize::Small));
  ground.queries = connected_pairs(*ground.mesh, box, physics::Bounds::kFar / 4, kQueries);
  return ground;
}

}  // namespace tessera::nav::testing
