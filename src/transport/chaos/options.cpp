// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <charconv>
#include <cmath>
#include <string>

#include "transport/chaos/chaos.h"

namespace tessera::chaos {
namespace {

constexpr std::string_view kExample =
    "write for example loss=2,delay=40,jitter=10,duplicate=1,reorder=1,bandwidth=2000,seed=7";

std::unexpected<Error> bad(std::string what) {
  return failure(ErrorKind::InvalidArgument, "chaos: " + std::move(what));
}

Result<double> number(std::string_view key, std::string_view text, double highest) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return bad("'" + std::string(key) + "' needs a number, not '" + std::string(text) + "'");
  }
  if (value < 0 || value > highest) {
    return bad("'" + std::string(key) + "' must be 0 to " +
               std::to_string(static_cast<std::int64_t>(highest)) + ", not " + std::string(text));
  }
  return value;
}

Result<void> set(Options& options, std::string_view key, std::string_view text) {
  constexpr double kPercent = 100;
  constexpr double kMilliseconds = 60'000;
  constexpr double kKilobits = 10'000'000;
  constexpr double kSeed = 9'007'199'254'740'992;  // 2^53: every whole number below is exact
  const auto store = [&](auto& field, double highest) -> Result<void> {
    const auto value = number(key, text, highest);
    if (!value) return std::unexpected(value.error());
    field = static_cast<std::remove_reference_t<decltype(field)>>(*value);
    return {};
  };
  if (key == "loss") return store(options.loss_percent, kPercent);
  if (key == "duplicate") return store(options.duplicate_percent, kPercent);
  if (key == "reorder") return store(options.reorder_percent, kPercent);
  if (key == "delay") return store(options.delay_ms, kMilliseconds);
  if (key == "jitter") return store(options.jitter_ms, kMilliseconds);
  if (key == "bandwidth") return store(options.bandwidth_kbit, kKilobits);
  if (key == "seed") return store(options.seed, kSeed);
  return bad("unknown key '" + std::string(key) +
             "'; there are loss, duplicate, reorder (percent), delay, jitter (ms), bandwidth "
             "(kbit/s) and seed");
}

}  // namespace

Result<Options> parse_options(std::string_view text) {
  Options options;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) {
      return bad("'" + std::string(part) + "' is not key=value; " + std::string(kExample));
    }
    const auto done = set(options, part.substr(0, equals), part.substr(equals + 1));
    if (!done) return std::unexpected(done.error());
  }
  return options;
}

}  // namespace tessera::chaos
