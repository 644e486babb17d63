// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Settings of the process: described once, then read from a YAML file, the environment and flags,
// the later over the earlier.
//
//   ConfigSchema schema;
//   schema.add({.key = "udp.port", .help = "Port for game clients", .min = 1, .max = 65535}, port);
//   schema.load_file("tessera.yaml");                 // udp: {port: 7777}
//   schema.load_environment(environ);                 // TESSERA_UDP_PORT=7777
//   schema.set("udp.port", "7777", "--udp-port");     // a flag
//
// The value that a target holds when it is added is the default. A source is applied as a whole or
// not at all: its errors are reported together, one a line, each with where it stands, what was
// expected and, for an unknown key, the nearest known one. Only server/ sees configuration.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"

namespace tessera::platform {

struct ConfigOption {
  std::string key;   ///< words of [a-z0-9_] joined by dots, e.g. "udp.receive_buffer_bytes"
  std::string help;  ///< one sentence
  double min = -std::numeric_limits<double>::infinity();  ///< of numbers, inclusive
  double max = std::numeric_limits<double>::infinity();
  std::vector<std::string> choices{};  ///< of texts; empty: any text
};

class ConfigSchema {
 public:
  /// Targets must outlive the schema. Keys must be new.
  void add(ConfigOption option, bool& target);
  void add(ConfigOption option, double& target);
  void add(ConfigOption option, std::string& target);
  template <std::integral T>
  void add(ConfigOption option, T& target) {
    add_integer(std::move(option),
                {.min = integer_limit<T>(std::numeric_limits<T>::min()),
                 .max = integer_limit<T>(std::numeric_limits<T>::max()),
                 .read = [&target] { return static_cast<std::int64_t>(target); },
                 .write = [&target](std::int64_t value) { target = static_cast<T>(value); }});
  }

  /// Applies a YAML file. NotFound when there is none.
  Result<void> load_file(const std::string& path);
  /// Applies YAML text; `name` stands for the file in messages.
  Result<void> load_text(std::string_view yaml, const std::string& name);
  /// Applies variables TESSERA_<KEY WITH UNDERSCORES>. Unknown TESSERA_ variables are errors unless
  /// listed in `ignored`. `environment` is a null-terminated array, as in main's `environ`.
  Result<void> load_environment(const char* const* environment,
                                const std::vector<std::string>& ignored = {});
  /// Applies one value; `where` (a flag, say) opens the message of an error.
  Result<void> set(const std::string& key, const std::string& value, const std::string& where);

  /// All options with their present values as a commented YAML file that load_text() accepts.
  std::string reference() const;

 private:
  struct Integer {
    std::int64_t min;
    std::int64_t max;
    std::function<std::int64_t()> read;
    std::function<void(std::int64_t)> write;
  };
  struct Entry {
    ConfigOption option;
    /// Judges a text: the assignment to do, or what was expected instead.
    std::function<std::expected<std::function<void()>, std::string>(const std::string&)> parse;
    std::function<std::string()> show;
  };
  class Batch;

  template <std::integral T>
  static constexpr std::int64_t integer_limit(T limit) {
    return std::in_range<std::int64_t>(limit) ? static_cast<std::int64_t>(limit)
                                              : std::numeric_limits<std::int64_t>::max();
  }
  void add_integer(ConfigOption option, Integer integer);
  void add_entry(ConfigOption option, Entry entry);

  std::map<std::string, Entry> entries_;
};

}  // namespace tessera::platform
