// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Finds the route of a method and a path. A pattern is fixed text with at most one {id}, a decimal
// number: "/api/v1/characters/{id}/enter".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::gateway {

/// Who may call a route.
enum class Access : std::uint8_t {
  Anyone,
  Login,     ///< a password or refresh token is tried: the stricter limits
  Player,    ///< an access token
  Operator,  ///< the admin token
};

struct Route {
  std::string_view method;
  std::string_view pattern;
  Access access = Access::Anyone;
};

struct RouteMatch {
  std::size_t route = 0;  ///< index in the table
  std::uint64_t id = 0;   ///< of {id}
};

struct NoRoute {
  /// Methods that this path does have, comma-separated; empty: there is no such path.
  std::string allowed_methods;
};

class Router {
 public:
  explicit Router(std::span<const Route> routes) : routes_(routes) {}
  /// HEAD is answered as GET. `missing` says what is wrong when there is no match.
  std::optional<RouteMatch> find(std::string_view method, std::string_view path,
                                 NoRoute& missing) const;

 private:
  std::span<const Route> routes_;
};

/// Whether `path` fits `pattern`; `id` gets the number. Numbers above 2^64 - 1 do not fit.
bool match_pattern(std::string_view pattern, std::string_view path, std::uint64_t& id);

}  // namespace tessera::gateway
