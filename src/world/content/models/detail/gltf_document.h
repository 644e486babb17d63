// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A glTF file, parsed: nodes, meshes and where their numbers lie. All that is here has been checked
// to refer to what exists, so that readers of it need not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "world/content/models/model.h"

namespace tessera::content::detail {

/// What a node's extras say; nothing where they are silent.
struct NodeExtras {
  std::optional<bool> collision;
  std::optional<bool> walkable;
  std::optional<std::string> door;
  std::optional<std::string> area;
  std::uint8_t area_properties = 0;
  std::optional<Portal> leads_to;  ///< of the area
  bool spawn = false;
  std::optional<std::string> arrival;
  float facing_deg = 0;
};

/// Column by column, as glTF has it; double, as its numbers are written.
using Matrix = std::array<double, 16>;

struct GltfNode {
  std::string name;
  int mesh = -1;
  Matrix matrix{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
  std::vector<std::size_t> children;
  NodeExtras extras;
};

/// Triangles of one material, in the mesh's own space.
struct GltfPrimitive {
  std::vector<math::Vec3> corners;
  std::vector<std::uint32_t> indices;  ///< three a triangle, each below corners.size()
};

struct GltfMesh {
  std::string name;
  std::vector<GltfPrimitive> primitives;
};

struct GltfDocument {
  std::vector<GltfNode> nodes;
  std::vector<GltfMesh> meshes;
  std::vector<std::size_t> roots;  ///< of the scene
};

/// Adds to `faults` what is wrong; what it returns is whole only when nothing was added.
GltfDocument read_gltf(std::span<const std::byte> bytes, const std::string& file,
                       const ReadSibling& read_sibling, Faults& faults);

}  // namespace tessera::content::detail
