// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A glTF 2.0 file as the world needs it: solid triangles, doors, areas, spawn points. What is only
// drawn (materials, images, animations, skins) is left alone. glTF's axes are ours: +x east, +y up,
// -z north; metres.
//
// What a node means stands in its extras (content/schema/gltf_extras.schema.json). `collision`,
// `walkable` and `door` hold for its children too, unless a child says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "gameplay/definitions/scenery.h"
#include "gameplay/definitions/zone_definition.h"
#include "world/content/source/fault.h"

namespace tessera::content {

// Limits of one file. A zone of 4 km by 4 km has some 150,000 solid triangles.
inline constexpr std::size_t kModelBytesMax = 64u << 20;
inline constexpr std::size_t kModelNodesMax = 100'000;
inline constexpr std::size_t kModelNodeDepthMax = 64;
inline constexpr std::size_t kModelTrianglesMax = 2'000'000;

/// Triangles that are solid while the door is closed.
struct ModelDoor {
  std::string name;
  std::uint32_t first = 0;  ///< of Model::triangles
  std::uint32_t count = 0;
  bool operator==(const ModelDoor&) const = default;
};

/// Where characters enter, in the model's own space.
struct ModelSpawn {
  math::Vec3 position;
  float heading = 0;    ///< radians
  std::string node;     ///< "node 'Gate'", for messages
  std::string arrival;  ///< not empty: only for those who come from another zone
};

struct Model {
  /// In the model's own space. First what never moves, then each door's, one after the other.
  std::vector<physics::Triangle> triangles;
  std::vector<std::uint8_t> flags;  ///< kNotWalkable
  std::vector<ModelDoor> doors;     ///< names differ
  std::vector<Area> areas;          ///< heights and places in the model's own space
  std::vector<ModelSpawn> spawns;
};

/// Reads another file of the model's folder: buffers of .gltf files. The name has no folder in it.
using ReadSibling = std::function<Result<std::vector<std::byte>>(const std::string& name)>;

/// `file` names the model in faults; for a .glb their line is 1, and they name node, mesh and
/// primitive. Never asserts, whatever the bytes. Some 10 MB a second.
Checked<Model> read_model(std::span<const std::byte> bytes, const std::string& file,
                          const ReadSibling& read_sibling);

}  // namespace tessera::content
