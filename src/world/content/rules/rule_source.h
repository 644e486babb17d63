// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The files that the rules of fighting are made from: content/{rules,abilities,effects,classes,
// talents,behaviours}, each *.yaml. Read once, so that what is used is what was hashed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "world/content/source/fault.h"

namespace tessera::content {

/// Of all files together; some 1,000 abilities.
inline constexpr std::size_t kRuleBytesMax = 8u << 20;

struct RuleFile {
  std::string name;  ///< from the content folder: abilities/mage.yaml
  std::string text;
};

struct RuleSource {
  std::string folder;
  std::vector<RuleFile> files;  ///< by name
  std::uint64_t hash = 0;       ///< of names and texts

  std::string path_of(std::string_view name) const;
};

/// `folder`: the content folder. Without any of the files: an empty source, which is no fault.
Checked<RuleSource> read_rule_source(const std::string& folder);

/// The content folder that a zone's folder belongs to: content of content/zones/vale.
std::string content_folder_of(const std::string& zone_folder);

/// Size and time of every file of the rules as one number.
std::uint64_t fingerprint_of_rules(const std::string& folder);

/// Of a zone with these rules; without any it is the zone's own.
std::uint64_t content_hash_of(std::uint64_t compiled_hash, const RuleSource& rules);

}  // namespace tessera::content
