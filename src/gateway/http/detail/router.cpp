// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/http/detail/router.h"

#include <charconv>

namespace tessera::gateway {

bool match_pattern(std::string_view pattern, std::string_view path, std::uint64_t& id) {
  constexpr std::string_view kId = "{id}";
  const std::size_t at = pattern.find(kId);
  if (at == std::string_view::npos) return pattern == path;
  const std::string_view after = pattern.substr(at + kId.size());
  if (path.size() < at + after.size() || !path.starts_with(pattern.substr(0, at)) ||
      !path.ends_with(after)) {
    return false;
  }
  const std::string_view number = path.substr(at, path.size() - at - after.size());
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
  return error == std::errc() && end == number.data() + number.size();
}

std::optional<RouteMatch> Router::find(std::string_view method, std::string_view path,
                                       NoRoute& missing) const {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    RouteMatch match{i, 0};
    if (!match_pattern(routes_[i].pattern, path, match.id)) continue;
    if (routes_[i].method == wanted) return match;
    if (!missing.allowed_methods.empty()) missing.allowed_methods += ", ";
    missing.allowed_methods += routes_[i].method;
  }
  return std::nullopt;
}

}  // namespace tessera::gateway
