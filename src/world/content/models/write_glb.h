// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Writes small glTF files: the model of a new zone, and those of tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/math/vec.h"

namespace tessera::content {

struct GlbMesh {
  std::string name{};
  std::vector<math::Vec3> corners{};
  std::vector<std::uint32_t> indices{};  ///< three a triangle
};

struct GlbNode {
  std::string name{};
  int mesh = -1;
  math::Vec3 at{};
  std::string extras{};  ///< a JSON object; empty: none
  std::vector<int> children{};
  std::string more{};  ///< further members of the node, such as "scale":[1,2,3]
};

struct GlbScene {
  std::vector<GlbMesh> meshes{};
  std::vector<GlbNode> nodes{};
};

/// A closed box; its triangles turn anticlockwise seen from outside.
GlbMesh box_mesh(std::string name, math::Vec3 low, math::Vec3 high);

/// Names must need no escapes in JSON.
std::vector<std::byte> encode_glb(const GlbScene& scene);
/// A .glb of this JSON and these bytes, whether they make sense or not.
std::vector<std::byte> encode_glb(std::string_view json, std::vector<std::byte> binary);

}  // namespace tessera::content
