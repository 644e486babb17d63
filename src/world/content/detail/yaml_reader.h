// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Reads YAML strictly: every key is known, every value in its limits, and whatever is not says file
// and line, what was expected and what to do. As with bytes.h a reader stays failed after the first
// error and yields defaults, so that a parser reads to its end and looks once.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"

namespace tessera::content::detail {

/// One file that is being read: its name, and the first thing that was wrong with it.
class YamlSource {
 public:
  explicit YamlSource(std::string file) : file_(std::move(file)) {}

  void fail(int line, std::string_view message);
  bool ok() const { return !error_; }
  const Error& error() const { return *error_; }
  const std::string& file() const { return file_; }

  /// The document's root; undefined after an error of syntax.
  YAML::Node parse(std::string_view text);

 private:
  std::string file_;
  std::optional<Error> error_;
};

/// The line of a node, counted from 1.
int line_of(const YAML::Node& node);

struct Limits {
  float low = 0;
  float high = 0;
};

/// One mapping. Ask for each key once, then call finish(): keys nobody asked for are errors.
class MapReader {
 public:
  /// `what` names the mapping in errors: "the zone", "a spawn point".
  MapReader(YamlSource& source, const YAML::Node& node, std::string_view what);

  /// Without a fallback the key must be there.
  float number(std::string_view key, Limits limits, std::optional<float> fallback = {});
  std::uint32_t count(std::string_view key, std::uint32_t low, std::uint32_t high,
                      std::optional<std::uint32_t> fallback = {});
  std::string text(std::string_view key, std::size_t size_max);
  /// A list of exactly so many numbers, such as [x, z].
  std::vector<float> numbers(std::string_view key, std::size_t size, Limits limits);
  /// A mapping of its own; for MapReader.
  YAML::Node map(std::string_view key);
  /// The elements of a list with at least low and at most high of them.
  std::vector<YAML::Node> list(std::string_view key, std::size_t low, std::size_t high);

  void finish();
  int line() const { return line_; }
  void fail(std::string_view message) { source_.fail(line_, message); }

 private:
  YAML::Node find(std::string_view key, bool required);
  float parse_number(const YAML::Node& node, std::string_view key, Limits limits);

  YamlSource& source_;
  YAML::Node node_;
  std::string what_;
  int line_ = 0;
  std::vector<std::string> asked_;
};

}  // namespace tessera::content::detail
