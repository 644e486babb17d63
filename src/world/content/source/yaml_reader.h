// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Reads YAML strictly: every key is known, every value in its limits, and whatever is not becomes a
// fault that says file and line, what was expected and what to do. Readers yield defaults for what
// is wrong and go on, so that one reading finds everything.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/content/source/fault.h"

namespace tessera::content {

/// One file that is being read: its name, and what is wrong with it.
class YamlSource {
 public:
  explicit YamlSource(std::string file) : file_(std::move(file)) {}

  void fail(int line, std::string message) { add_fault(faults_, file_, line, std::move(message)); }
  const Faults& faults() const { return faults_; }
  const std::string& file() const { return file_; }

  /// The document's root; nothing after an error of syntax.
  std::optional<YAML::Node> parse(std::string_view text);

 private:
  std::string file_;
  Faults faults_;
};

/// The line of a node, counted from 1.
int line_of(const YAML::Node& node);

struct Limits {
  float low = 0;
  float high = 0;
};

/// One mapping. Ask for each key once, then call finish(): keys nobody asked for are faults.
class MapReader {
 public:
  /// `what` names the mapping in faults: "the zone", "a spawn point".
  MapReader(YamlSource& source, const YAML::Node& node, std::string_view what);

  bool is_map() const { return node_.has_value(); }
  /// Whether an optional key is there.
  bool has(std::string_view key) { return find(key, false).has_value(); }
  /// Without a fallback the key must be there.
  float number(std::string_view key, Limits limits, std::optional<float> fallback = {});
  /// Nothing when the key is not there.
  std::optional<float> optional_number(std::string_view key, Limits limits);
  std::uint32_t count(std::string_view key, std::uint32_t low, std::uint32_t high,
                      std::optional<std::uint32_t> fallback = {});
  bool flag(std::string_view key, bool fallback);
  std::string text(std::string_view key, std::size_t size_max);
  /// A list of exactly so many numbers, such as [x, z].
  std::vector<float> numbers(std::string_view key, std::size_t size, Limits limits);
  /// As numbers(); `fallback`, which has the size, when the key is not there.
  std::vector<float> numbers(std::string_view key, const std::vector<float>& fallback,
                             Limits limits);
  /// One of these words, as its place among them; 0 when the key is not there.
  std::size_t choice(std::string_view key, std::span<const std::string_view> words);
  /// A colour as "#rrggbb".
  std::uint32_t colour(std::string_view key, std::uint32_t fallback);
  /// A mapping of its own; for MapReader. Nothing when the key is missing, which is a fault if it
  /// is required.
  std::optional<YAML::Node> map(std::string_view key, bool required);
  /// The elements of a list with at least low and at most high of them; with low 0 it may be left
  /// out.
  std::vector<YAML::Node> list(std::string_view key, std::size_t low, std::size_t high);

  void finish();
  int line() const { return line_; }
  void fail(std::string message) { source_.fail(line_, std::move(message)); }

 private:
  std::optional<YAML::Node> find(std::string_view key, bool required);
  float parse_number(const YAML::Node& node, std::string_view key, Limits limits);
  std::vector<float> parse_numbers(const YAML::Node& node, std::string_view key, std::size_t size,
                                   Limits limits);
  /// The line of a value; of the mapping when the value is empty and has none.
  int line_of_value(const YAML::Node& node) const;

  YamlSource& source_;
  std::optional<YAML::Node> node_;  ///< nothing when it is no mapping
  std::string what_;
  int line_ = 0;
  std::vector<std::string> asked_;
};

}  // namespace tessera::content
