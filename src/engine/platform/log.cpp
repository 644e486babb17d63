// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/log.h"

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <iterator>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/platform/clock.h"
#include "engine/platform/process.h"

namespace tessera::platform {
namespace {

using Buffer = fmt::memory_buffer;

/// Lines that wait for the writing thread: at 200 bytes a line 1.6 MB, some seconds of a storm.
constexpr std::size_t kQueueLinesMax = 8192;
constexpr std::size_t kTextBytesMax = 2048;  // of one message or value; the rest is cut

constexpr const char* kTextPattern = "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
constexpr const char* kJsonPattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

struct Logging {
  std::mutex mutex;  // guards the two below; held only to copy a pointer
  std::shared_ptr<spdlog::logger> logger;
  std::shared_ptr<spdlog::details::thread_pool> thread;
  std::atomic<LogLevel> level{LogLevel::Info};
  std::atomic<LogFormat> format{LogFormat::Text};
};

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return spdlog::level::debug;
    case LogLevel::Info:
      return spdlog::level::info;
    case LogLevel::Warning:
      return spdlog::level::warn;
    case LogLevel::Error:
      return spdlog::level::err;
    case LogLevel::Off:
      break;
  }
  return spdlog::level::off;
}

void prepare(spdlog::logger& logger, LogFormat format) {
  logger.set_level(spdlog::level::trace);  // levels are judged before, in log_enabled()
  logger.set_pattern(format == LogFormat::Json ? kJsonPattern : kTextPattern,
                     spdlog::pattern_time_type::utc);
  logger.flush_on(spdlog::level::err);
}

std::shared_ptr<spdlog::logger> make_stderr_logger() {
  auto logger = std::make_shared<spdlog::logger>("tessera",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  prepare(*logger, LogFormat::Text);
  return logger;
}

/// Never destroyed: threads may log until the process is gone.
Logging& logging() {
  static auto* const instance = [] {
    auto* made = new Logging;
    made->logger = make_stderr_logger();
    return made;
  }();
  return *instance;
}

std::shared_ptr<spdlog::logger> current_logger() {
  Logging& state = logging();
  const std::lock_guard lock(state.mutex);
  return state.logger;
}

void append_escaped(Buffer& out, std::string_view text) {
  const bool cut = text.size() > kTextBytesMax;
  for (const char c : text.substr(0, kTextBytesMax)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out.append(std::string_view("\\n"));
    } else if (byte < 0x20 || byte == 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else {
      out.push_back(c);
    }
  }
  if (cut) out.append(std::string_view("..."));
}

void append_quoted(Buffer& out, std::string_view text) {
  out.push_back('"');
  append_escaped(out, text);
  out.push_back('"');
}

bool is_plain_word(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f) return false;
  }
  return true;
}

struct AppendValue {
  Buffer& out;
  LogFormat format;
  void operator()(std::string_view text) const {
    if (format == LogFormat::Text && is_plain_word(text) && text.size() <= kTextBytesMax) {
      out.append(text);
    } else {
      append_quoted(out, text);
    }
  }
  void operator()(double number) const {
    if (std::isfinite(number)) {
      fmt::format_to(std::back_inserter(out), "{}", number);
    } else {  // JSON has no word for them
      append_quoted(out, fmt::format("{}", number));
    }
  }
  void operator()(auto number) const { fmt::format_to(std::back_inserter(out), "{}", number); }
};

void append_field(Buffer& out, LogFormat format, std::string_view key,
                  const LogField::Value& value) {
  if (format == LogFormat::Json) {
    out.push_back(',');
    append_quoted(out, key);
    out.push_back(':');
  } else {
    out.push_back(' ');
    out.append(key);
    out.push_back('=');
  }
  std::visit(AppendValue{out, format}, value);
}

void write_line(LogLevel level, std::string_view message, LogFields fields,
                std::uint64_t suppressed) {
  if (!log_enabled(level)) return;
  const LogFormat format = logging().format.load(std::memory_order_relaxed);
  Buffer out;
  if (format == LogFormat::Json) {
    out.append(std::string_view("\"message\":"));
    append_quoted(out, message);
  } else {
    append_escaped(out, message);
  }
  for (const LogField& field : fields) append_field(out, format, field.key, field.value);
  if (suppressed > 0) append_field(out, format, "suppressed", suppressed);
  current_logger()->log(to_spdlog(level), spdlog::string_view_t(out.data(), out.size()));
}

}  // namespace

Result<void> start_logging(const LogOptions& options) {
  std::vector<spdlog::sink_ptr> sinks;
  if (options.to_stderr) sinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
  if (!options.file.empty()) {
    try {
      sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
          options.file, options.file_bytes_max, options.files_max));
    } catch (const spdlog::spdlog_ex& error) {
      return failure(ErrorKind::Unavailable,
                     fmt::format("cannot log to '{}': {}", options.file, error.what()));
    }
  }
  stop_logging();
  auto thread = std::make_shared<spdlog::details::thread_pool>(kQueueLinesMax, 1,
                                                               [] { name_thread("logger"); });
  auto logger = std::make_shared<spdlog::async_logger>(
      "tessera", sinks.begin(), sinks.end(), thread, spdlog::async_overflow_policy::overrun_oldest);
  prepare(*logger, options.format);
  Logging& state = logging();
  const std::lock_guard lock(state.mutex);
  state.logger = std::move(logger);
  state.thread = std::move(thread);
  state.level = options.level;
  state.format = options.format;
  return {};
}

void stop_logging() {
  std::shared_ptr<spdlog::logger> logger = make_stderr_logger();
  std::shared_ptr<spdlog::details::thread_pool> thread;
  Logging& state = logging();
  {
    const std::lock_guard lock(state.mutex);
    state.logger.swap(logger);
    state.thread.swap(thread);
    state.format = LogFormat::Text;
  }
  if (thread) logger->flush();
}  // the last owner of the thread waits for its queue

void flush_log() { current_logger()->flush(); }

void set_log_level(LogLevel level) { logging().level.store(level, std::memory_order_relaxed); }

bool log_enabled(LogLevel level) {
  return level != LogLevel::Off && level >= logging().level.load(std::memory_order_relaxed);
}

void log(LogLevel level, std::string_view message, LogFields fields) {
  write_line(level, message, fields, 0);
}

void LogLimit::log(LogLevel level, std::string_view message, LogFields fields) {
  std::uint64_t suppressed = 0;
  if (log_enabled(level) && allow(monotonic_ns(), suppressed)) {
    write_line(level, message, fields, suppressed);
  }
}

bool LogLimit::allow(std::int64_t now_ns, std::uint64_t& suppressed) {
  std::int64_t next = next_ns_.load(std::memory_order_relaxed);
  if (now_ns < next ||
      !next_ns_.compare_exchange_strong(next, now_ns + interval_ns_, std::memory_order_relaxed)) {
    suppressed_.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  suppressed = suppressed_.exchange(0, std::memory_order_relaxed);
  return true;
}

}  // namespace tessera::platform
