// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From a parsed glTF file to a Model: one walk over its nodes, each with the placement and the
// meaning that it has from those above it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/math/angles.h"
#include "world/content/models/detail/gltf_document.h"
#include "world/content/models/model.h"

namespace tessera::content {
namespace {

using detail::GltfDocument;
using detail::GltfMesh;
using detail::GltfNode;
using detail::GltfPrimitive;
using detail::Matrix;

constexpr std::size_t kNone = SIZE_MAX;
/// Areas lie within areas, and nodes share meshes: bounds the work.
constexpr std::size_t kAreaCornersMax = 10'000'000;

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix result{};
  for (std::size_t column = 0; column < 4; ++column) {
    for (std::size_t row = 0; row < 4; ++row) {
      double sum = 0;
      for (std::size_t i = 0; i < 4; ++i) sum += a[i * 4 + row] * b[column * 4 + i];
      result[column * 4 + row] = sum;
    }
  }
  return result;
}

math::Vec3 transformed(const Matrix& m, math::Vec3 p) {
  const auto part = [&](std::size_t row) {
    return static_cast<float>(m[row] * static_cast<double>(p.x) +
                              m[4 + row] * static_cast<double>(p.y) +
                              m[8 + row] * static_cast<double>(p.z) + m[12 + row]);
  };
  return {part(0), part(1), part(2)};
}

double determinant(const Matrix& m) {
  return m[0] * (m[5] * m[10] - m[9] * m[6]) - m[4] * (m[1] * m[10] - m[9] * m[2]) +
         m[8] * (m[1] * m[6] - m[5] * m[2]);
}

/// The heading of the node's own north, -z.
float heading_of(const Matrix& m) {
  return math::heading_of_direction({static_cast<float>(-m[8]), static_cast<float>(-m[10])});
}

bool is_finite(math::Vec3 v) {
  // Farther out than any zone reaches is as good as infinite.
  const auto near = [](float part) { return std::fabs(part) < 1e6f; };
  return near(v.x) && near(v.y) && near(v.z);
}

/// Thinner than a millionth of its longest edge, or a point.
bool is_degenerate(const physics::Triangle& triangle) {
  const math::Vec3 ab = triangle.b - triangle.a;
  const math::Vec3 bc = triangle.c - triangle.b;
  const math::Vec3 ca = triangle.a - triangle.c;
  const float longest = std::max({dot(ab, ab), dot(bc, bc), dot(ca, ca)});
  return !(length(cross(ab, bc)) > 1e-6f * longest);
}

/// What holds at a node.
struct State {
  Matrix matrix{};
  bool collision = true;
  bool walkable = true;
  std::size_t door = kNone;
  std::vector<std::size_t> areas;
};

/// The bounds of what is below a node with an area, in the frame of that node's heading.
struct OpenArea {
  Area area;
  std::string node;
  physics::Bounds bounds;
};

struct OpenDoor {
  std::string name;
  std::string node;
  std::vector<physics::Triangle> triangles;
  std::vector<std::uint8_t> flags;
};

class Walk {
 public:
  Walk(const GltfDocument& document, const std::string& file, Faults& faults)
      : document_(document), file_(file), faults_(faults), checked_(document.meshes.size()) {}

  Model run() {
    const State top{.matrix = GltfNode().matrix, .areas = {}};
    for (const std::size_t root : document_.roots) visit(root, top, 0);
    if (total_ > kModelTrianglesMax) {
      fail(
          fmt::format("the file has {} solid triangles; at most {} are read: give what is only "
                      "drawn the extra 'collision: false', or make it coarser",
                      total_, kModelTrianglesMax));
    }
    if (area_corners_ > kAreaCornersMax) {
      fail(fmt::format("the meshes of areas have more than {} corners: use boxes for areas",
                       kAreaCornersMax));
    }
    for (OpenDoor& door : doors_) close_door(door);
    for (OpenArea& area : areas_) close_area(area);
    return std::move(model_);
  }

 private:
  void fail(std::string message) { add_fault(faults_, file_, 1, std::move(message)); }

  void visit(std::size_t number, State state, std::size_t depth) {
    const GltfNode& node = document_.nodes[number];
    if (depth >= kModelNodeDepthMax) {
      fail(fmt::format("{} lies deeper than {} nodes: flatten the tree", node.name,
                       kModelNodeDepthMax));
      return;
    }
    state.matrix = product(state.matrix, node.matrix);
    enter(node, state);
    if (node.mesh >= 0) add_mesh(node, static_cast<std::size_t>(node.mesh), state);
    for (const std::size_t child : node.children) visit(child, state, depth + 1);
  }

  void enter(const GltfNode& node, State& state) {
    const detail::NodeExtras& extras = node.extras;
    state.collision = extras.collision.value_or(state.collision);
    state.walkable = extras.walkable.value_or(state.walkable);
    const math::Vec3 origin = transformed(state.matrix, {});
    if ((extras.spawn || extras.arrival) && is_finite(origin)) {
      const float facing = extras.facing_deg * (math::kPi / 180.0f);
      model_.spawns.push_back({origin, math::wrap_angle(heading_of(state.matrix) + facing),
                               node.name, extras.arrival.value_or("")});
    }
    if (extras.spawn && extras.arrival) {
      fail(fmt::format("{}: it is a 'spawn' and an 'arrival' at once: make two nodes of it",
                       node.name));
    }
    if (extras.leads_to && !extras.area) {
      fail(fmt::format("{}: 'leads_to' needs an 'area', which one walks into: add one", node.name));
    }
    if (extras.door) {
      const auto same = [&](const OpenDoor& door) { return door.name == *extras.door; };
      const auto known = std::ranges::find_if(doors_, same);
      state.door = static_cast<std::size_t>(known - doors_.begin());
      if (known == doors_.end()) doors_.push_back({*extras.door, node.name, {}, {}});
    }
    if (extras.area) {
      state.areas.push_back(areas_.size());
      OpenArea& open = areas_.emplace_back();
      open.node = node.name;
      open.area.name = *extras.area;
      open.area.turn = heading_of(state.matrix);
      open.area.properties = extras.area_properties;
      open.area.leads_to = extras.leads_to;
    }
  }

  void add_mesh(const GltfNode& node, std::size_t number, const State& state) {
    const GltfMesh& mesh = document_.meshes[number];
    for (const GltfPrimitive& primitive : mesh.primitives) {
      for (const std::size_t area : state.areas) grow(areas_[area], primitive, state.matrix);
    }
    if (!state.collision) return;
    if (!checked_[number]) check_mesh(node, mesh);
    checked_[number] = true;
    for (const GltfPrimitive& primitive : mesh.primitives) total_ += primitive.indices.size() / 3;
    if (total_ > kModelTrianglesMax) return;  // said once, at the end
    const double volume = determinant(state.matrix);
    if (!(std::fabs(volume) > 1e-12)) {
      fail(node.name + " is scaled to nothing: give it a scale above 0, or remove it");
      return;
    }
    for (const GltfPrimitive& primitive : mesh.primitives) {
      if (!add_triangles(primitive, state, volume < 0)) {
        fail(node.name + " lies, in part, more than 1,000 km away: reset its transform");
        return;
      }
    }
  }

  bool add_triangles(const GltfPrimitive& primitive, const State& state, bool mirrored) {
    const bool is_static = state.door == kNone;
    auto& triangles = is_static ? model_.triangles : doors_[state.door].triangles;
    auto& flags = is_static ? model_.flags : doors_[state.door].flags;
    for (std::size_t i = 0; i + 2 < primitive.indices.size(); i += 3) {
      const auto corner = [&](std::size_t k) {
        return transformed(state.matrix, primitive.corners[primitive.indices[i + k]]);
      };
      physics::Triangle triangle{corner(0), corner(1), corner(2)};
      if (mirrored) std::swap(triangle.b, triangle.c);
      if (!is_finite(triangle.a) || !is_finite(triangle.b) || !is_finite(triangle.c)) return false;
      triangles.push_back(triangle);
      flags.push_back(state.walkable ? 0 : kNotWalkable);
    }
    return true;
  }

  /// What is wrong with a mesh is said once, with the first node that uses it.
  void check_mesh(const GltfNode& node, const GltfMesh& mesh) {
    for (std::size_t p = 0; p < mesh.primitives.size(); ++p) {
      const GltfPrimitive& primitive = mesh.primitives[p];
      std::size_t infinite = 0;
      std::size_t flat = 0;
      std::size_t first = kNone;
      for (std::size_t i = 0; i + 2 < primitive.indices.size(); i += 3) {
        const physics::Triangle triangle{primitive.corners[primitive.indices[i]],
                                         primitive.corners[primitive.indices[i + 1]],
                                         primitive.corners[primitive.indices[i + 2]]};
        const bool finite = is_finite(triangle.a) && is_finite(triangle.b) && is_finite(triangle.c);
        if (finite && !is_degenerate(triangle)) continue;
        ++(finite ? flat : infinite);
        first = std::min(first, i / 3);
      }
      const std::string where =
          fmt::format("{}, mesh {}, primitive {}", node.name, in_quotes(mesh.name), p);
      if (infinite > 0) {
        fail(
            fmt::format("{}: {} triangles, the first is number {}, have corners that are no finite "
                        "numbers: remove them",
                        where, infinite, first));
      }
      if (flat > 0) {
        fail(
            fmt::format("{}: {} triangles, the first is number {}, have no area: remove them "
                        "(Blender: Mesh, Clean Up, Degenerate Dissolve)",
                        where, flat, first));
      }
    }
  }

  void grow(OpenArea& open, const GltfPrimitive& primitive, const Matrix& matrix) {
    area_corners_ += primitive.corners.size();
    if (area_corners_ > kAreaCornersMax) return;  // said once, at the end
    const math::SinCos turn = math::sin_cos(open.area.turn);
    for (const math::Vec3 corner : primitive.corners) {
      const math::Vec3 p = transformed(matrix, corner);
      if (!is_finite(p)) continue;
      open.bounds.add(
          math::Vec3{p.x * turn.cos + p.z * turn.sin, p.y, p.z * turn.cos - p.x * turn.sin});
    }
  }

  void close_area(OpenArea& open) {
    const math::Vec3 size = open.bounds.high - open.bounds.low;
    if (!(size.x > 0 && size.y > 0 && size.z > 0)) {
      fail(fmt::format("{}: the area {} has no room: give the node a mesh that fills it", open.node,
                       in_quotes(open.area.name)));
      return;
    }
    const math::Vec3 middle = (open.bounds.low + open.bounds.high) * 0.5f;
    const math::SinCos turn = math::sin_cos(open.area.turn);
    open.area.centre = {middle.x * turn.cos - middle.z * turn.sin,
                        middle.x * turn.sin + middle.z * turn.cos};
    open.area.half_size = {size.x / 2, size.z / 2};
    open.area.low_m = open.bounds.low.y;
    open.area.high_m = open.bounds.high.y;
    model_.areas.push_back(std::move(open.area));
  }

  void close_door(OpenDoor& door) {
    if (door.triangles.empty()) {
      fail(
          fmt::format("{}: the door {} has no solid triangles: give the node or a child of it a "
                      "mesh with collision",
                      door.node, in_quotes(door.name)));
      return;
    }
    model_.doors.push_back({std::move(door.name),
                            static_cast<std::uint32_t>(model_.triangles.size()),
                            static_cast<std::uint32_t>(door.triangles.size())});
    model_.triangles.insert(model_.triangles.end(), door.triangles.begin(), door.triangles.end());
    model_.flags.insert(model_.flags.end(), door.flags.begin(), door.flags.end());
  }

  const GltfDocument& document_;
  const std::string& file_;
  Faults& faults_;
  Model model_;
  std::vector<bool> checked_;  ///< meshes
  std::vector<OpenDoor> doors_;
  std::vector<OpenArea> areas_;
  std::size_t total_ = 0;         ///< solid triangles
  std::size_t area_corners_ = 0;  ///< looked at for areas
};

}  // namespace

Checked<Model> read_model(std::span<const std::byte> bytes, const std::string& file,
                          const ReadSibling& read_sibling) {
  Faults faults;
  const GltfDocument document = detail::read_gltf(bytes, file, read_sibling, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  Model model = Walk(document, file, faults).run();
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return model;
}

}  // namespace tessera::content
