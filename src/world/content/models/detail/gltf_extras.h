// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the extras of a glTF node say: content/schema/gltf_extras.schema.json.
#pragma once

#include <string>
#include <vector>

#include "world/content/models/detail/gltf_document.h"

namespace tinygltf {
class Value;
}

namespace tessera::content::detail {

/// Returns what is wrong with them. Keys that are not ours are left alone.
std::vector<std::string> read_extras(const tinygltf::Value& given, NodeExtras& extras);

}  // namespace tessera::content::detail
