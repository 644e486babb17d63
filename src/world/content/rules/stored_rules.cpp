// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/rules/stored_rules.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "engine/platform/files.h"

namespace tessera::content {
namespace {

namespace fs = std::filesystem;

std::string parts_file(const std::string& cache_folder, const std::string& zone,
                       std::uint64_t content_hash) {
  return fmt::format("{}/{}-{:016x}.parts", cache_folder, zone, content_hash);
}

std::string rules_folder(const std::string& cache_folder, std::uint64_t hash) {
  return fmt::format("{}/rules-{:016x}", cache_folder, hash);
}

std::optional<std::uint64_t> parse_hash(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<void> store_parts(const std::string& cache_folder, const std::string& zone,
                         std::uint64_t compiled_hash, const RuleSource& rules) {
  if (rules.files.empty()) return {};
  const std::string parts = parts_file(cache_folder, zone, content_hash_of(compiled_hash, rules));
  if (platform::file_exists(parts)) return {};
  const std::string folder = rules_folder(cache_folder, rules.hash);
  for (const RuleFile& file : rules.files) {
    const fs::path path = fs::path(folder) / file.name;
    if (auto made = platform::create_directories(path.parent_path().string()); !made) return made;
    if (auto done = platform::write_text_file(path.string(), file.text); !done) return done;
  }
  return platform::write_text_file(parts,
                                   fmt::format("{:016x} {:016x}", compiled_hash, rules.hash));
}

std::optional<StoredParts> load_parts(const std::string& cache_folder, const std::string& zone,
                                      std::uint64_t content_hash) {
  const auto text = platform::read_text_file(parts_file(cache_folder, zone, content_hash), 100);
  if (!text || text->size() != 33) return std::nullopt;
  const auto compiled = parse_hash(std::string_view(*text).substr(0, 16));
  const auto hash = parse_hash(std::string_view(*text).substr(17));
  if (!compiled || !hash) return std::nullopt;
  auto rules = read_rule_source(rules_folder(cache_folder, *hash));
  if (!rules || rules->hash != *hash) return std::nullopt;
  return StoredParts{*compiled, std::move(*rules)};
}

}  // namespace tessera::content
