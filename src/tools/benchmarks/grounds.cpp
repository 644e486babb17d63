// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/benchmarks/grounds.h"

#include <fmt/format.h>
#define TINYOBJLOADER_IMPLEMENTATION
#include <tiny_obj_loader.h>

#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

#include "world/content/zone_loader.h"

namespace tessera::benchmarks {
namespace {

constexpr const char* kDefaultZone = "content/zones/vale";
/// Of the default world: open country, and the town in its middle.
constexpr physics::Bounds kOpenCountry{{600, 0, 600}, {1700, 100, 1700}};
constexpr physics::Bounds kTown{{1944, 19, 1944}, {2152, 40, 2152}};
constexpr float kMargin_m = 10;

Result<std::vector<physics::Triangle>> read_mesh(const std::string& file) {
  tinyobj::ObjReader reader;
  if (!reader.ParseFromFile(file)) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("--mesh {}: not a readable Wavefront OBJ file: {}", file,
                               reader.Error().empty() ? "cannot open it" : reader.Error()));
  }
  const std::vector<float>& vertices = reader.GetAttrib().vertices;
  const auto vertex = [&](const tinyobj::index_t& index) {
    const auto first = static_cast<std::size_t>(index.vertex_index) * 3;
    return math::Vec3{vertices[first], vertices[first + 1], vertices[first + 2]};
  };
  std::vector<physics::Triangle> triangles;
  for (const tinyobj::shape_t& shape : reader.GetShapes()) {
    const auto& corners = shape.mesh.indices;  // the reader makes triangles of all faces
    for (std::size_t i = 0; i + 2 < corners.size(); i += 3) {
      triangles.push_back({vertex(corners[i]), vertex(corners[i + 1]), vertex(corners[i + 2])});
    }
  }
  if (triangles.empty()) {
    return failure(ErrorKind::InvalidArgument, fmt::format("--mesh {}: it has no faces", file));
  }
  return triangles;
}

Ground ground_of(std::string name, std::shared_ptr<const physics::StaticGeometry> geometry,
                 const physics::Bounds& region) {
  auto blocks = std::make_shared<physics::HeightBlocks>(geometry->terrain);
  return {std::move(name), std::move(geometry), std::move(blocks), region};
}

Result<Ground> load_mesh(const std::string& file) {
  const auto triangles = read_mesh(file);
  if (!triangles) return std::unexpected(triangles.error());
  auto geometry = std::make_shared<physics::StaticGeometry>();
  geometry->solids = physics::TriangleTree(*triangles);
  const physics::Bounds all = geometry->solids.bounds();
  const math::Vec2 margin{kMargin_m, kMargin_m};
  geometry->bounds = {flat(all.low) - margin, flat(all.high) + margin};
  const float bottom = all.low.y - kMargin_m;
  geometry->terrain = physics::HeightField({.low_m = bottom, .high_m = bottom}, {0, 0, 0, 0});
  Ground ground = ground_of(std::filesystem::path(file).stem().string(), std::move(geometry), all);
  ground.has_terrain = false;
  return ground;
}

}  // namespace

std::vector<const Ground*> Grounds::all() const {
  std::vector<const Ground*> every{&terrain, &town};
  for (const Ground& mesh : meshes) every.push_back(&mesh);
  return every;
}

Result<Grounds> load_grounds(int& argc, char** argv) {
  auto zone = content::load_zone(kDefaultZone);
  if (!zone) return std::unexpected(zone.error());
  Grounds grounds;
  grounds.vale = std::make_shared<ZoneDefinition>(std::move(*zone));
  grounds.terrain = ground_of("terrain", grounds.vale->geometry, kOpenCountry);
  grounds.town = ground_of("town", grounds.vale->geometry, kTown);
  int kept = 1;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--mesh") {
      argv[kept++] = argv[i];
      continue;
    }
    if (++i == argc) {
      return failure(ErrorKind::InvalidArgument, "--mesh: expected the name of an OBJ file");
    }
    auto mesh = load_mesh(argv[i]);
    if (!mesh) return std::unexpected(mesh.error());
    grounds.meshes.push_back(std::move(*mesh));
  }
  argc = kept;
  return grounds;
}

std::vector<math::Vec3> free_places(const Ground& ground, std::size_t count, RandomStream& random) {
  const physics::CollisionWorld world(ground.geometry);
  const physics::StandingCapsule player;
  std::vector<math::Vec3> places;
  while (places.size() < count) {
    const math::Vec2 place{random.between(ground.region.low.x, ground.region.high.x),
                           random.between(ground.region.low.z, ground.region.high.z)};
    const float from = random.between(ground.region.low.y, ground.region.high.y + 1);
    const math::Vec3 foot{place.x, world.floor_at(place, player.radius, from), place.z};
    // Nobody starts on the bottom of the world, below a mesh.
    const bool below = !ground.has_terrain && foot.y == world.terrain().height_at(place);
    if (!below && world.is_free(foot, player)) places.push_back(foot);
  }
  return places;
}

}  // namespace tessera::benchmarks
