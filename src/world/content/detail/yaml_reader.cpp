// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/detail/yaml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/platform/config/nearest_name.h"

namespace tessera::content::detail {
namespace {

/// Text from a file as it may stand in a message: short, and on one line.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text.substr(0, 40)) result += static_cast<unsigned char>(c) < 32 ? ' ' : c;
  return result + (text.size() > 40 ? "...'" : "'");
}

}  // namespace

void YamlSource::fail(int line, std::string_view message) {
  if (!error_)
    error_ = {ErrorKind::InvalidArgument, fmt::format("{}:{}: {}", file_, line, message)};
}

YAML::Node YamlSource::parse(std::string_view text) {
  try {
    return YAML::Load(std::string(text));
  } catch (const YAML::Exception& exception) {
    fail(exception.mark.line + 1, fmt::format("this is no valid YAML: {}; mind indentation, quotes "
                                              "and brackets before this place",
                                              exception.msg));
    return {};
  }
}

int line_of(const YAML::Node& node) { return node.Mark().line + 1; }

MapReader::MapReader(YamlSource& source, const YAML::Node& node, std::string_view what)
    : source_(source), what_(what) {
  if (!source_.ok()) return;
  line_ = line_of(node);
  if (node.IsMap()) {
    node_.reset(node);
  } else {
    source_.fail(line_, fmt::format("expected is {} as 'key: value' lines", what_));
  }
}

YAML::Node MapReader::find(std::string_view key, bool required) {
  asked_.emplace_back(key);
  if (!source_.ok()) return {};
  for (const auto& entry : node_) {
    if (entry.first.IsScalar() && entry.first.Scalar() == key) {
      YAML::Node found;
      found.reset(entry.second);
      return found;
    }
  }
  if (required) source_.fail(line_, fmt::format("{} needs the key '{}': add it", what_, key));
  return {};
}

float MapReader::parse_number(const YAML::Node& node, std::string_view key, Limits limits) {
  float value = 0;
  if (node.IsScalar()) {
    const std::string& text = node.Scalar();
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = code == std::errc{} && end == text.data() + text.size();
    if (whole && value >= limits.low && value <= limits.high) return value;
  }
  source_.fail(
      line_of(node),
      fmt::format("'{}' of {} is {}; expected is a number from {} to {}", key, what_,
                  node.IsScalar() ? quoted(node.Scalar()) : "a list", limits.low, limits.high));
  return limits.low;
}

float MapReader::number(std::string_view key, Limits limits, std::optional<float> fallback) {
  const YAML::Node node = find(key, !fallback);
  if (!source_.ok() || node.IsNull()) return fallback.value_or(limits.low);
  return parse_number(node, key, limits);
}

std::uint32_t MapReader::count(std::string_view key, std::uint32_t low, std::uint32_t high,
                               std::optional<std::uint32_t> fallback) {
  const YAML::Node node = find(key, !fallback);
  if (!source_.ok() || node.IsNull()) return fallback.value_or(low);
  std::uint32_t value = 0;
  if (node.IsScalar()) {
    const std::string& text = node.Scalar();
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = code == std::errc{} && end == text.data() + text.size();
    if (whole && value >= low && value <= high) return value;
  }
  source_.fail(line_of(node),
               fmt::format("'{}' of {} is {}; expected is a whole number from {} to {}", key, what_,
                           node.IsScalar() ? quoted(node.Scalar()) : "a list", low, high));
  return low;
}

std::string MapReader::text(std::string_view key, std::size_t size_max) {
  const YAML::Node node = find(key, true);
  if (!source_.ok()) return {};
  if (node.IsScalar() && !node.Scalar().empty() && node.Scalar().size() <= size_max) {
    return node.Scalar();
  }
  source_.fail(node.IsNull() ? line_ : line_of(node),
               fmt::format("'{}' of {} must be a text of 1 to {} bytes", key, what_, size_max));
  return {};
}

std::vector<float> MapReader::numbers(std::string_view key, std::size_t size, Limits limits) {
  std::vector<float> values;
  const YAML::Node node = find(key, true);
  if (source_.ok() && (!node.IsSequence() || node.size() != size)) {
    source_.fail(node.IsNull() ? line_ : line_of(node),
                 fmt::format("'{}' of {} must be a list of {} numbers, such as [{}]", key, what_,
                             size, fmt::join(std::vector<int>(size, 10), ", ")));
  }
  if (source_.ok()) {
    for (const YAML::Node& element : node) values.push_back(parse_number(element, key, limits));
  }
  values.resize(size, limits.low);
  return values;
}

YAML::Node MapReader::map(std::string_view key) { return find(key, true); }

std::vector<YAML::Node> MapReader::list(std::string_view key, std::size_t low, std::size_t high) {
  const YAML::Node node = find(key, low > 0);
  if (!source_.ok() || (node.IsNull() && low == 0)) return {};
  if (!node.IsSequence() || node.size() < low || node.size() > high) {
    source_.fail(node.IsNull() ? line_ : line_of(node),
                 fmt::format("'{}' of {} must be a list of {} to {} elements, each on a line that "
                             "begins with '- '",
                             key, what_, low, high));
    return {};
  }
  return {node.begin(), node.end()};
}

void MapReader::finish() {
  if (!source_.ok()) return;
  std::vector<std::string> seen;
  for (const auto& entry : node_) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const int line = line_of(entry.first);
    if (std::ranges::find(asked_, key) == asked_.end()) {
      const std::vector<std::string_view> known(asked_.begin(), asked_.end());
      const std::string_view nearest = platform::nearest_name(key, known);
      source_.fail(
          line, fmt::format("{} has no key {}; {}", what_, quoted(key),
                            nearest.empty() ? fmt::format("known are: {}", fmt::join(asked_, ", "))
                                            : fmt::format("is '{}' meant?", nearest)));
    }
    if (std::ranges::find(seen, key) != seen.end()) {
      source_.fail(line, fmt::format("{} has the key {} twice: remove one", what_, quoted(key)));
    }
    seen.push_back(key);
  }
}

}  // namespace tessera::content::detail
