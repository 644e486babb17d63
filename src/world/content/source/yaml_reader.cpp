// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/source/yaml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "engine/platform/config/nearest_name.h"

namespace tessera::content {
namespace {

std::string shown(const YAML::Node& node) {
  if (node.IsScalar()) return in_quotes(node.Scalar());
  return node.IsNull() ? "empty" : node.IsMap() ? "a mapping" : "a list";
}

template <class T>
std::optional<T> parse_whole(const YAML::Node& node, int base = 10) {
  if (!node.IsScalar()) return std::nullopt;
  const std::string& text = node.Scalar();
  const char* const end = text.data() + text.size();
  T value{};
  std::from_chars_result result{};
  if constexpr (std::is_floating_point_v<T>) {
    result = std::from_chars(text.data(), end, value);
  } else {
    result = std::from_chars(text.data(), end, value, base);
  }
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<YAML::Node> YamlSource::parse(std::string_view text) {
  try {
    return YAML::Load(std::string(text));
  } catch (const YAML::Exception& exception) {
    fail(exception.mark.line + 1, fmt::format("this is no valid YAML: {}; mind indentation, quotes "
                                              "and brackets before this place",
                                              exception.msg));
    return std::nullopt;
  }
}

int line_of(const YAML::Node& node) { return node.Mark().line + 1; }

MapReader::MapReader(YamlSource& source, const YAML::Node& node, std::string_view what)
    : source_(source), what_(what), line_(std::max(line_of(node), 1)) {
  if (node.IsMap()) {
    node_ = node;
  } else {
    source_.fail(line_, fmt::format("expected is {} as 'key: value' lines, found is {}", what_,
                                    shown(node)));
  }
}

int MapReader::line_of_value(const YAML::Node& node) const {
  return node.IsNull() ? line_ : line_of(node);
}

std::optional<YAML::Node> MapReader::find(std::string_view key, bool required) {
  asked_.emplace_back(key);
  if (!node_) return std::nullopt;
  for (const auto& entry : *node_) {
    if (entry.first.IsScalar() && entry.first.Scalar() == key) return entry.second;
  }
  if (required) source_.fail(line_, fmt::format("{} needs the key '{}': add it", what_, key));
  return std::nullopt;
}

float MapReader::parse_number(const YAML::Node& node, std::string_view key, Limits limits) {
  const auto value = parse_whole<float>(node);
  if (value && *value >= limits.low && *value <= limits.high) return *value;
  source_.fail(line_of_value(node),
               fmt::format("'{}' of {} is {}; expected is a number from {} to {}", key, what_,
                           shown(node), limits.low, limits.high));
  return limits.low;
}

float MapReader::number(std::string_view key, Limits limits, std::optional<float> fallback) {
  const auto node = find(key, !fallback);
  return node ? parse_number(*node, key, limits) : fallback.value_or(limits.low);
}

std::optional<float> MapReader::optional_number(std::string_view key, Limits limits) {
  const auto node = find(key, false);
  if (!node) return std::nullopt;
  return parse_number(*node, key, limits);
}

std::uint32_t MapReader::count(std::string_view key, std::uint32_t low, std::uint32_t high,
                               std::optional<std::uint32_t> fallback) {
  const auto node = find(key, !fallback);
  if (!node) return fallback.value_or(low);
  const auto value = parse_whole<std::uint32_t>(*node);
  if (value && *value >= low && *value <= high) return *value;
  source_.fail(line_of_value(*node),
               fmt::format("'{}' of {} is {}; expected is a whole number from {} to {}", key, what_,
                           shown(*node), low, high));
  return low;
}

bool MapReader::flag(std::string_view key, bool fallback) {
  const auto node = find(key, false);
  if (!node) return fallback;
  if (node->IsScalar() && node->Scalar() == "true") return true;
  if (node->IsScalar() && node->Scalar() == "false") return false;
  source_.fail(line_of_value(*node), fmt::format("'{}' of {} is {}; expected is true or false", key,
                                                 what_, shown(*node)));
  return fallback;
}

std::string MapReader::text(std::string_view key, std::size_t size_max) {
  const auto node = find(key, true);
  if (!node) return {};
  if (node->IsScalar() && !node->Scalar().empty() && node->Scalar().size() <= size_max) {
    return node->Scalar();
  }
  source_.fail(line_of_value(*node),
               fmt::format("'{}' of {} must be a text of 1 to {} bytes", key, what_, size_max));
  return {};
}

std::vector<float> MapReader::parse_numbers(const YAML::Node& node, std::string_view key,
                                            std::size_t size, Limits limits) {
  std::vector<float> values;
  if (node.IsSequence() && node.size() == size) {
    for (const YAML::Node& element : node) values.push_back(parse_number(element, key, limits));
  } else {
    source_.fail(line_of_value(node),
                 fmt::format("'{}' of {} must be a list of {} numbers, such as [{}]", key, what_,
                             size, fmt::join(std::vector<int>(size, 10), ", ")));
  }
  values.resize(size, limits.low);
  return values;
}

std::vector<float> MapReader::numbers(std::string_view key, std::size_t size, Limits limits) {
  const auto node = find(key, true);
  if (!node) return std::vector<float>(size, limits.low);
  return parse_numbers(*node, key, size, limits);
}

std::vector<float> MapReader::numbers(std::string_view key, const std::vector<float>& fallback,
                                      Limits limits) {
  const auto node = find(key, false);
  return node ? parse_numbers(*node, key, fallback.size(), limits) : fallback;
}

std::size_t MapReader::choice(std::string_view key, std::span<const std::string_view> words) {
  const auto node = find(key, false);
  if (!node) return 0;
  const auto found = std::ranges::find(words, node->IsScalar() ? node->Scalar() : "");
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  source_.fail(line_of_value(*node), fmt::format("'{}' of {} is {}; expected is one of: {}", key,
                                                 what_, shown(*node), fmt::join(words, ", ")));
  return 0;
}

std::uint32_t MapReader::colour(std::string_view key, std::uint32_t fallback) {
  const auto node = find(key, false);
  if (!node) return fallback;
  if (node->IsScalar() && node->Scalar().size() == 7 && node->Scalar()[0] == '#') {
    if (const auto value = parse_whole<std::uint32_t>(YAML::Node(node->Scalar().substr(1)), 16)) {
      return *value;
    }
  }
  source_.fail(line_of_value(*node),
               fmt::format("'{}' of {} is {}; expected is a colour in quotes, such as \"#ffcc88\"",
                           key, what_, shown(*node)));
  return fallback;
}

std::optional<YAML::Node> MapReader::map(std::string_view key, bool required) {
  return find(key, required);
}

std::vector<YAML::Node> MapReader::list(std::string_view key, std::size_t low, std::size_t high) {
  const auto node = find(key, low > 0);
  if (!node) return {};
  if (!node->IsSequence() || node->size() < low || node->size() > high) {
    source_.fail(line_of_value(*node),
                 fmt::format("'{}' of {} must be a list of {} to {} elements, each on a line that "
                             "begins with '- '",
                             key, what_, low, high));
    return {};
  }
  return {node->begin(), node->end()};
}

void MapReader::finish() {
  if (!node_) return;
  std::vector<std::string> seen;
  for (const auto& entry : *node_) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const int line = line_of(entry.first);
    if (std::ranges::find(asked_, key) == asked_.end()) {
      const std::vector<std::string_view> known(asked_.begin(), asked_.end());
      const std::string_view nearest = platform::nearest_name(key, known);
      source_.fail(
          line, fmt::format("{} has no key {}; {}", what_, in_quotes(key),
                            nearest.empty() ? fmt::format("known are: {}", fmt::join(asked_, ", "))
                                            : fmt::format("is '{}' meant?", nearest)));
    }
    if (std::ranges::find(seen, key) != seen.end()) {
      source_.fail(line, fmt::format("{} has the key {} twice: remove one", what_, in_quotes(key)));
    }
    seen.push_back(key);
  }
}

}  // namespace tessera::content
