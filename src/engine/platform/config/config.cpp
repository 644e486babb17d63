// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/config/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include "engine/core/assert.h"
#include "engine/platform/config/nearest_name.h"
#include "engine/platform/files.h"

namespace tessera::platform {
namespace {

constexpr std::string_view kPrefix = "TESSERA_";
constexpr std::size_t kConfigBytesMax = std::size_t{1} << 20;  // a thousand times what is usual
constexpr std::size_t kErrorsMax = 10;                         // of one source: more are no help

using Assignment = std::function<void()>;
using Parsed = std::expected<Assignment, std::string>;

std::string environment_name(std::string_view key) {
  std::string name(kPrefix);
  for (const char c : key) {
    name.push_back(c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return name;
}

/// "a whole number from 1 to 65535" and the like.
std::string expected_number(std::string_view kind, double min, double max) {
  constexpr double kExactMax = 9007199254740992.0;  // 2^53: larger limits tell nobody anything
  if (min <= -kExactMax) min = -std::numeric_limits<double>::infinity();
  if (max >= kExactMax) max = std::numeric_limits<double>::infinity();
  if (std::isfinite(min) && std::isfinite(max))
    return fmt::format("{} from {} to {}", kind, min, max);
  if (std::isfinite(min)) return fmt::format("{} of at least {}", kind, min);
  if (std::isfinite(max)) return fmt::format("{} of at most {}", kind, max);
  return std::string(kind);
}

template <class T>
std::optional<T> parse_number(const std::string& text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

bool is_key(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

}  // namespace

/// The assignments and errors of one source.
class ConfigSchema::Batch {
 public:
  explicit Batch(const ConfigSchema& schema) : schema_(schema) {}

  void unknown(const std::string& where, std::string_view kind, std::string_view name,
               const std::vector<std::string_view>& known, const std::string& otherwise = {}) {
    const std::string_view nearest = nearest_name(name, known);
    const std::string advice =
        nearest.empty() ? otherwise : fmt::format("; did you mean '{}'?", nearest);
    error(fmt::format("{}: unknown {} '{}'{}", where, kind, name, advice));
  }
  void unknown_key(const std::string& where, std::string_view key) {
    std::vector<std::string_view> known;
    for (const auto& [name, entry] : schema_.entries_) known.push_back(name);
    unknown(where, "key", key, known, siblings(key));
  }
  /// What stands where the key was looked for: "; there are udp.port, udp.listen".
  std::string siblings(std::string_view key) const {
    const auto dot = key.rfind('.');
    const std::string_view section = dot == key.npos ? "" : key.substr(0, dot + 1);
    std::set<std::string> names;
    for (const auto& [name, entry] : schema_.entries_) {
      if (name.starts_with(section)) names.insert(name.substr(0, name.find('.', section.size())));
    }
    return names.empty() ? std::string() : fmt::format("; there are {}", fmt::join(names, ", "));
  }
  void value(const std::string& where, const std::string& key, const std::string& text) {
    const auto entry = schema_.entries_.find(key);
    if (entry == schema_.entries_.end()) return unknown_key(where, key);
    Parsed parsed = entry->second.parse(text);
    if (parsed) {
      assignments_.push_back(std::move(*parsed));
    } else {
      error(fmt::format("{}: '{}' is '{}', expected {}", where, key, text, parsed.error()));
    }
  }
  void error(std::string message) { errors_.push_back(std::move(message)); }

  /// Walks a YAML mapping; `prefix` is the key of the mapping itself and a dot.
  void mapping(const YAML::Node& node, const std::string& prefix, const std::string& file);
  bool is_section(const std::string& key) const {
    const auto entry = schema_.entries_.lower_bound(key + ".");
    return entry != schema_.entries_.end() && entry->first.starts_with(key + ".");
  }

  Result<void> finish() {
    if (errors_.empty()) {
      for (const Assignment& assign : assignments_) assign();
      return {};
    }
    if (errors_.size() > kErrorsMax) {
      const std::size_t more = errors_.size() - kErrorsMax;
      errors_.resize(kErrorsMax);
      errors_.push_back(fmt::format("and {} more", more));
    }
    return failure(ErrorKind::InvalidArgument, fmt::format("{}", fmt::join(errors_, "\n")));
  }

 private:
  const ConfigSchema& schema_;
  std::vector<Assignment> assignments_;
  std::vector<std::string> errors_;
};

void ConfigSchema::Batch::mapping(const YAML::Node& node, const std::string& prefix,
                                  const std::string& file) {
  std::map<std::string, int> lines;
  for (const auto& pair : node) {
    const int line = pair.first.Mark().line + 1;
    const std::string where = fmt::format("{}:{}", file, line);
    if (!pair.first.IsScalar()) {
      error(fmt::format("{}: expected a key", where));
      continue;
    }
    const std::string key = prefix + pair.first.Scalar();
    const auto [first, is_new] = lines.emplace(key, line);
    if (!is_new) {
      error(fmt::format("{}: '{}' is there already, in line {}", where, key, first->second));
    } else if (is_section(key)) {
      if (pair.second.IsMap()) {
        mapping(pair.second, key + ".", file);
      } else if (!pair.second.IsNull()) {
        error(fmt::format("{}: '{}' is a section, expected keys below it", where, key));
      }
    } else if (!schema_.entries_.contains(key)) {
      unknown_key(where, key);
    } else if (!pair.second.IsScalar()) {
      error(fmt::format("{}: '{}' needs one value", where, key));
    } else {
      value(where, key, pair.second.Scalar());
    }
  }
}

void ConfigSchema::add_entry(ConfigOption option, Entry entry) {
  TESSERA_ASSERT(is_key(option.key), "ConfigSchema: a key is words of a-z, 0-9, _ and dots");
  entry.option = std::move(option);
  const bool is_new = entries_.emplace(entry.option.key, std::move(entry)).second;
  TESSERA_ASSERT(is_new, "ConfigSchema: a key was added twice");
}

void ConfigSchema::add(ConfigOption option, bool& target) {
  auto parse = [&target](const std::string& text) -> Parsed {
    const bool yes = text == "true" || text == "yes" || text == "on" || text == "1";
    const bool no = text == "false" || text == "no" || text == "off" || text == "0";
    if (!yes && !no) return std::unexpected("true or false");
    return [&target, yes] { target = yes; };
  };
  add_entry(std::move(option),
            {{}, parse, [&target] { return std::string(target ? "true" : "false"); }});
}

void ConfigSchema::add(ConfigOption option, double& target) {
  auto parse = [&target, min = option.min, max = option.max](const std::string& text) -> Parsed {
    const auto value = parse_number<double>(text);
    if (!value || !std::isfinite(*value) || *value < min || *value > max) {
      return std::unexpected(expected_number("a number", min, max));
    }
    return [&target, value] { target = *value; };
  };
  add_entry(std::move(option), {{}, parse, [&target] { return fmt::format("{}", target); }});
}

void ConfigSchema::add(ConfigOption option, std::string& target) {
  auto parse = [&target, choices = option.choices](const std::string& text) -> Parsed {
    if (!choices.empty() && std::ranges::find(choices, text) == choices.end()) {
      return std::unexpected(fmt::format("one of {}", fmt::join(choices, ", ")));
    }
    return [&target, text] { target = text; };
  };
  auto show = [&target] {
    YAML::Emitter out;
    out << YAML::DoubleQuoted << target;
    return std::string(out.c_str());
  };
  add_entry(std::move(option), {{}, parse, show});
}

void ConfigSchema::add_integer(ConfigOption option, Integer integer) {
  auto parse = [integer, min = option.min, max = option.max](const std::string& text) -> Parsed {
    const auto value = parse_number<std::int64_t>(text);
    if (!value || *value < integer.min || *value > integer.max ||
        static_cast<double>(*value) < min || static_cast<double>(*value) > max) {
      const double low = std::max(min, static_cast<double>(integer.min));
      const double high = std::min(max, static_cast<double>(integer.max));
      return std::unexpected(expected_number("a whole number", low, high));
    }
    return [write = integer.write, value] { write(*value); };
  };
  add_entry(std::move(option),
            {{}, parse, [read = std::move(integer.read)] { return std::to_string(read()); }});
}

Result<void> ConfigSchema::load_file(const std::string& path) {
  auto text = read_text_file(path, kConfigBytesMax);
  if (!text) return std::unexpected(text.error());
  return load_text(*text, path);
}

Result<void> ConfigSchema::load_text(std::string_view yaml, const std::string& name) {
  Batch batch(*this);
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (root.IsMap()) {
      batch.mapping(root, "", name);
    } else if (!root.IsNull()) {
      batch.error(fmt::format("{}:1: expected keys and values, as in 'udp: {{port: 7777}}'", name));
    }
  } catch (const YAML::Exception& error) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("{}:{}: not YAML: {}", name, error.mark.line + 1, error.msg));
  }
  return batch.finish();
}

Result<void> ConfigSchema::load_environment(const char* const* environment,
                                            const std::vector<std::string>& ignored) {
  std::map<std::string, std::string> keys;  // by variable
  std::vector<std::string_view> known;
  for (const auto& [key, entry] : entries_) {
    known.push_back(keys.emplace(environment_name(key), key).first->first);
  }
  Batch batch(*this);
  for (; *environment != nullptr; ++environment) {
    const std::string_view variable = *environment;
    const std::size_t equals = variable.find('=');
    if (!variable.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    const std::string name(variable.substr(0, equals));
    if (std::ranges::find(ignored, name) != ignored.end()) continue;
    if (const auto key = keys.find(name); key != keys.end()) {
      batch.value(name, key->second, std::string(variable.substr(equals + 1)));
    } else {
      batch.unknown("environment", "variable", name, known);
    }
  }
  return batch.finish();
}

Result<void> ConfigSchema::set(const std::string& key, const std::string& value,
                               const std::string& where) {
  Batch batch(*this);
  batch.value(where, key, value);
  return batch.finish();
}

std::string ConfigSchema::reference() const {
  std::string out;
  std::vector<std::string> open;  // the sections the last key stood in
  for (const auto& [key, entry] : entries_) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= key.size();) {
      const std::size_t end = std::min(key.find('.', begin), key.size());
      words.push_back(key.substr(begin, end - begin));
      begin = end + 1;
    }
    std::size_t same = 0;
    while (same < open.size() && same + 1 < words.size() && open[same] == words[same]) ++same;
    open.resize(same);
    for (; same + 1 < words.size(); ++same) {
      out += fmt::format("{:{}}{}:\n", "", same * 2, words[same]);
      open.push_back(words[same]);
    }
    const ConfigOption& option = entry.option;
    std::string note = option.help;
    if (!option.choices.empty()) note += fmt::format(" ({})", fmt::join(option.choices, ", "));
    if (std::isfinite(option.min) || std::isfinite(option.max)) {
      note += fmt::format(" ({})", expected_number("number", option.min, option.max));
    }
    out += fmt::format("{:{}}# {}\n{:{}}{}: {}\n", "", same * 2, note, "", same * 2, words.back(),
                       entry.show());
  }
  return out;
}

}  // namespace tessera::platform
