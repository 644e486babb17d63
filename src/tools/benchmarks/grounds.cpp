// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/benchmarks/grounds.h"

#include <fmt/format.h>
#include <tiny_obj_loader.h>

#include <filesystem>
#include <span>
#include <string_view>

#include "world/content/zone_loader.h"

namespace tessera::benchmarks {
namespace {

constexpr const char* kDefaultZone = "content/zones/vale";
/// Of the default world: open country, and the town in its middle.
constexpr physics::Rectangle kOpenCountry{{600, 600}, {1700, 1700}};
constexpr physics::Rectangle kTown{{1944, 1944}, {2152, 2152}};
constexpr float kMargin_m = 10;

Result<Ground> load_mesh(const std::string& file) {
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
  auto geometry = std::make_shared<physics::StaticGeometry>();
  geometry->solids = physics::TriangleTree(triangles);
  const physics::Bounds& all = geometry->solids.bounds();
  const physics::Rectangle region{flat(all.low), flat(all.high)};
  geometry->bounds = {region.low - math::Vec2{kMargin_m, kMargin_m},
                      region.high + math::Vec2{kMargin_m, kMargin_m}};
  geometry->terrain = physics::HeightField(
      {.low_m = all.low.y - kMargin_m, .high_m = all.low.y - kMargin_m}, {0, 0, 0, 0});
  return Ground{std::filesystem::path(file).stem().string(), std::move(geometry), region};
}

}  // namespace

Result<std::vector<Ground>> load_grounds(int& argc, char** argv) {
  auto zone = content::load_zone(kDefaultZone);
  if (!zone) return std::unexpected(zone.error());
  auto geometry = std::make_shared<physics::StaticGeometry>(make_collision_world(*zone).geometry());
  std::vector<Ground> grounds{{"terrain", geometry, kOpenCountry}, {"town", geometry, kTown}};
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
    grounds.push_back(std::move(*mesh));
  }
  argc = kept;
  return grounds;
}

math::Vec3 free_place(const Ground& ground, const physics::CollisionWorld& world,
                      RandomStream& random) {
  const physics::Bounds& solids = ground.geometry->solids.bounds();
  const physics::StandingCapsule player;
  for (;;) {
    const math::Vec2 place{random.between(ground.region.low.x, ground.region.high.x),
                           random.between(ground.region.low.z, ground.region.high.z)};
    const float terrain = world.terrain().height_at(place);
    const float from = random.between(terrain, std::max(terrain, solids.high.y) + 1);
    const math::Vec3 foot{place.x, world.floor_at(place, player.radius, from), place.z};
    // Nobody starts on the bottom of the world, below a mesh.
    const bool below = ground.geometry->terrain.options().columns == 2 && foot.y == terrain;
    if (!below && world.is_free(foot, player)) return foot;
  }
}

}  // namespace tessera::benchmarks
