// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/rules/rule_source.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/core/hash.h"
#include "engine/platform/files.h"

namespace tessera::content {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kFolders{"abilities", "behaviours", "classes",
                                                   "effects",   "rules",      "talents"};

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

}  // namespace

std::string RuleSource::path_of(std::string_view name) const {
  return (fs::path(folder) / name).string();
}

Checked<RuleSource> read_rule_source(const std::string& folder) {
  RuleSource source;
  source.folder = folder;
  Faults faults;
  StateHash hash;
  std::size_t bytes = 0;
  for (const std::string_view part : kFolders) {
    const auto names = platform::list_files((fs::path(folder) / part).string());
    if (!names) continue;  // content without it
    for (const std::string& name : *names) {
      if (name.starts_with('.') || !name.ends_with(".yaml")) continue;
      RuleFile file{.name = std::string(part) + "/" + name, .text = {}};
      auto text = platform::read_text_file(source.path_of(file.name), kRuleBytesMax);
      if (!text) {
        add_fault(faults, source.path_of(file.name), 1, text.error().message);
        continue;
      }
      bytes += text->size();
      file.text = std::move(*text);
      hash.add(bytes_of(file.name));
      hash.add(bytes_of(file.text));
      source.files.push_back(std::move(file));
    }
  }
  if (bytes > kRuleBytesMax) {
    add_fault(faults, folder, 1,
              "the files of rules, abilities, effects, classes, talents and behaviours are larger "
              "than 8 MiB together: remove what is not used");
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  source.hash = hash.value();
  return source;
}

std::string content_folder_of(const std::string& zone_folder) {
  const fs::path folder = fs::absolute(zone_folder).lexically_normal();
  fs::path above = (folder.has_filename() ? folder : folder.parent_path()).parent_path();
  for (int i = 0; i < 2; ++i, above = above.parent_path()) {
    if (above.filename() != "zones") continue;
    const fs::path content = above.parent_path();
    const bool is_relative = fs::path(zone_folder).is_relative();
    return is_relative ? content.lexically_relative(fs::current_path()).string() : content.string();
  }
  return zone_folder;
}

std::uint64_t fingerprint_of_rules(const std::string& folder) {
  StateHash hash;
  for (const std::string_view part : kFolders) {
    const fs::path path = fs::path(folder) / part;
    const auto names = platform::list_files(path.string());
    if (!names) continue;
    for (const std::string& name : *names) {
      std::error_code error;
      const auto time = fs::last_write_time(path / name, error);
      hash.add(bytes_of(name));
      hash.add(error ? 0 : static_cast<std::uint64_t>(time.time_since_epoch().count()));
      const std::uintmax_t size = fs::file_size(path / name, error);
      hash.add(error ? 0 : std::uint64_t{size});
    }
  }
  return hash.value();
}

std::uint64_t content_hash_of(std::uint64_t compiled_hash, const RuleSource& rules) {
  if (rules.files.empty()) return compiled_hash;
  StateHash hash;
  hash.add(compiled_hash);
  hash.add(rules.hash);
  return hash.value();
}

}  // namespace tessera::content
