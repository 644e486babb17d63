// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The files of a zone, read once: what is compiled is what was hashed, even while an editor writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/content/rules/rule_source.h"
#include "world/content/source/fault.h"

namespace tessera::content {

/// Of one file; a height map of 8 km by 8 km with a sample a metre stays below.
inline constexpr std::size_t kSourceBytesMax = 128u << 20;

struct SourceFile {
  std::string name;  ///< without folder
  std::vector<std::byte> bytes;
};

struct ZoneSource {
  std::string folder;             ///< as it was asked for
  std::string folder_name;        ///< its last part
  std::vector<SourceFile> files;  ///< by name: .yaml, .png, .glb, .gltf and .bin
  RuleSource rules{};             ///< those of the content folder it lies in
  /// Of the names and bytes of its own files, and the version of the compiled form: what is
  /// compiled depends on nothing else.
  std::uint64_t compiled_hash = 0;
  /// Of those and the rules.
  std::uint64_t content_hash = 0;

  /// Null when there is none of this name.
  const SourceFile* find(std::string_view name) const;
  /// As faults name it.
  std::string path_of(std::string_view name) const;
};

/// `path`: the folder of the zone, or its zone.yaml. Reads some GB a second once the system has the
/// files in memory.
Checked<ZoneSource> read_zone_source(const std::string& path);

/// Size and time of every file of a zone and of its rules as one number: changes when one of them
/// was written.
std::uint64_t fingerprint_of(const std::string& path);

}  // namespace tessera::content
