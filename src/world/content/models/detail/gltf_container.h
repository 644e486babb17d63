// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What stands before tinygltf, which trusts its input: it recurses as deep as extras are nested,
// copies the binary chunk once for each buffer that claims it, and looks at images and materials
// that collision does not need. So the container is taken apart here, the JSON is parsed with a
// bounded depth, and only what is read later is written out again for it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "world/content/source/fault.h"

namespace tessera::content::detail {

/// The name under which a cleaned document refers to the binary chunk of its .glb.
inline constexpr std::string_view kBinaryChunkName = "binary-chunk";

struct GltfContainer {
  std::string json;  ///< asset, scenes, nodes, meshes, accessors, buffers: known keys only
  std::span<const std::byte> binary;  ///< what buffer 0 of a .glb holds; in the input
};

/// Nothing when it added to `faults`.
std::optional<GltfContainer> open_gltf(std::span<const std::byte> bytes, const std::string& file,
                                       Faults& faults);

}  // namespace tessera::content::detail
