// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The navigation meshes of a zone and the searches on them: a resource, made once from what content
// was compiled to. It has no state of its own: answers depend on the content and the question.
//
// A zone that was made by hand has no meshes. There every way is the straight line, so that tests
// need not build any; collision still stops who walks it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/math/vec.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/shared/components.h"

namespace tessera::navigation {

/// Corners of an answer; longer ways are answered piece by piece.
inline constexpr std::size_t kCornersMax = 8;

enum class PathState : std::uint32_t {
  None,      ///< never asked
  Complete,  ///< the last corner is where it wanted to go, or the nearest place on the mesh to it
  Partway,   ///< the way goes on behind the last corner: ask again there
  NoWay,     ///< nobody can walk from here to there, or one of both is not near the mesh
};

/// The answer to a PathRequest. Written by find_paths.
struct Path {
  std::array<math::Vec3, kCornersMax> corners{};  ///< to walk to, one after the other
  std::uint32_t count = 0;
  PathState state = PathState::None;
  friend constexpr auto describe(ecs::Described<Path>) {
    return ecs::component<Path>("path", {}, ecs::field("corners", &Path::corners),
                                ecs::field("count", &Path::count),
                                ecs::field("state", &Path::state));
  }
};

class Navigation {
 public:
  /// Searches that may run side by side.
  static constexpr std::size_t kSearchers = 8;

  /// Meshes for the sizes of the zone's kinds of creatures, as far as the zone has tiles. For 4 x 4
  /// km 27 ms and some 10 MB for each size. Bytes that are no tile leave a place where nobody
  /// walks; see refused_tiles().
  explicit Navigation(const ZoneDefinition& zone);
  ~Navigation();
  Navigation(const Navigation&) = delete;
  Navigation& operator=(const Navigation&) = delete;

  bool has_mesh(CreatureSize size) const { return ground_of(size) != nullptr; }
  /// Tiles that the zone has and that could not be read; 0 for what a content build made.
  std::size_t refused_tiles() const { return refused_tiles_; }

  /// The nearest place on the mesh within 2 m along each axis; without a mesh the place itself. For
  /// one thread; some microseconds.
  std::optional<math::Vec3> nearest_place(CreatureSize size, math::Vec3 place) const;
  /// Whether there is a way, through whatever doors. For one thread; half a microsecond.
  bool connected(CreatureSize size, math::Vec3 from, math::Vec3 to) const;

  struct Answer {
    Path path;
    std::uint32_t nodes = 1;  ///< looked at; a refusal costs one
  };
  /// Searches a way with the scratch memory of one searcher: each runs on one thread at a time.
  /// 2 us within a tile or to the next one, 30 us across 4 km.
  Answer search(std::size_t searcher, CreatureSize size, math::Vec3 from, math::Vec3 to) const;

  /// Scratch memory of find_paths.
  struct Waiting {
    TickNumber requested_at;
    EntityId entity;
    auto operator<=>(const Waiting&) const = default;
  };
  std::vector<Waiting>& line() { return line_; }

 private:
  struct Ground;

  const Ground* ground_of(CreatureSize size) const {
    const auto number = static_cast<std::size_t>(size);
    return number < grounds_.size() ? grounds_[number].get() : nullptr;
  }
  void build_ground(const ZoneDefinition& zone, CreatureSize size);

  std::array<std::unique_ptr<Ground>, kNavigationAgents> grounds_;
  std::size_t refused_tiles_ = 0;
  std::vector<Waiting> line_;
};

}  // namespace tessera::navigation
