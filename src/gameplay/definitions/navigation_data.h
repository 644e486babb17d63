// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The navigation meshes of a zone, as content was compiled to them. What the bytes mean only
// engine/nav knows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace tessera {

/// One tile of the navigation mesh of one size of agents.
struct NavigationTile {
  std::uint32_t agent = 0;
  std::int32_t x = 0;
  std::int32_t z = 0;
  std::uint64_t input_hash = 0;  ///< of what it was built from; equal input, equal bytes
  std::span<const std::byte> bytes;
};

/// As many as engine/nav has sizes of agents.
inline constexpr std::size_t kNavigationAgents = 3;

struct NavigationData {
  std::vector<NavigationTile> tiles;  ///< by agent, then z, then x
  /// The graph of each size of agents for long ways.
  std::array<std::span<const std::byte>, kNavigationAgents> portals;
  /// Owns what the bytes of tiles and portals refer to.
  std::shared_ptr<const std::vector<std::byte>> storage;
};

}  // namespace tessera
