// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>

#include <charconv>

#include "server/commands/usage/usage.h"

namespace tessera::server {
namespace {

template <class T>
ValueCheck from_to(const char* kind, T min, T max) {
  return [kind, min, max](const std::string& text) -> std::string {
    T value{};
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    // Written so that what is not a number (NaN) is refused too.
    if (error == std::errc{} && rest == end && value >= min && value <= max) return {};
    return fmt::format("expected {} from {} to {}, not '{}'", kind, min, max, text);
  };
}

}  // namespace

ValueCheck whole_number(std::int64_t min, std::int64_t max) {
  return from_to("a whole number", min, max);
}

ValueCheck number(double min, double max) { return from_to("a number", min, max); }

}  // namespace tessera::server
