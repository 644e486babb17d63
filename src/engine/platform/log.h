// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What an operator reads: one line per event, a short message and named values.
//
//   log_info("listening", {{"address", address}, {"port", port}});
//   2026-01-31T12:00:00.000Z info listening address=0.0.0.0 port=7777
//
// Once start_logging() ran, lines go through a bounded queue to a thread that writes them, so that
// a slow disk or terminal stops nobody; when the queue is full the oldest lines give way. Before
// that, and after stop_logging(), they go to stderr at once. All functions may be called from any
// thread.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "engine/core/error.h"

namespace tessera::platform {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error, Off };
enum class LogFormat : std::uint8_t { Text, Json };

struct LogOptions {
  LogLevel level = LogLevel::Info;
  LogFormat format = LogFormat::Text;
  std::string file{};  ///< besides or instead of stderr; empty: none
  bool to_stderr = true;
  std::size_t file_bytes_max = std::size_t{64} << 20;  ///< then it is rotated
  std::size_t files_max = 8;                           ///< rotated files that are kept
};

/// Replaces what was started before. Fails when the file cannot be opened.
Result<void> start_logging(const LogOptions& options);
/// Writes out what is queued and goes back to plain stderr.
void stop_logging();
/// Asks for the queued lines to be written; returns before they are.
void flush_log();
void set_log_level(LogLevel level);
/// True when a line of this level would be written: guards costly arguments.
bool log_enabled(LogLevel level);

/// A named value of a line. It only refers to text: use it within the call.
struct LogField {
  using Value = std::variant<std::int64_t, std::uint64_t, double, bool, std::string_view>;
  template <class T>
  LogField(std::string_view field_key, const T& field_value)  // NOLINT: {"port", 7777}
      : key(field_key), value(convert(field_value)) {}

  std::string_view key;
  Value value;

 private:
  template <class T>
  static Value convert(const T& value) {
    if constexpr (std::same_as<T, bool>) {
      return value;
    } else if constexpr (std::signed_integral<T>) {
      return static_cast<std::int64_t>(value);
    } else if constexpr (std::unsigned_integral<T>) {
      return static_cast<std::uint64_t>(value);
    } else if constexpr (std::floating_point<T>) {
      return static_cast<double>(value);
    } else {
      return std::string_view(value);
    }
  }
};
using LogFields = std::initializer_list<LogField>;

void log(LogLevel level, std::string_view message, LogFields fields = {});
inline void log_debug(std::string_view message, LogFields fields = {}) {
  log(LogLevel::Debug, message, fields);
}
inline void log_info(std::string_view message, LogFields fields = {}) {
  log(LogLevel::Info, message, fields);
}
inline void log_warning(std::string_view message, LogFields fields = {}) {
  log(LogLevel::Warning, message, fields);
}
inline void log_error(std::string_view message, LogFields fields = {}) {
  log(LogLevel::Error, message, fields);
}

/// Lets one line pass per interval, so that a hostile peer cannot fill the disk. The next line that
/// passes says how many were `suppressed`. Give each place in the code its own, with static
/// lifetime.
class LogLimit {
 public:
  explicit constexpr LogLimit(std::int64_t interval_ns = 1'000'000'000)
      : interval_ns_(interval_ns) {}

  void log(LogLevel level, std::string_view message, LogFields fields = {});
  /// The decision itself, at a time of the caller's clock. True: write it, `suppressed` lines were
  /// held back before.
  bool allow(std::int64_t now_ns, std::uint64_t& suppressed);

 private:
  std::int64_t interval_ns_;
  std::atomic<std::int64_t> next_ns_{0};
  std::atomic<std::uint64_t> suppressed_{0};
};

}  // namespace tessera::platform
