// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where bots can walk: the zone's navigation mesh for persons, shared by all of them and never
// changed, and the Guide, who answers questions about it. Doors of the mesh are always open: those
// of the zone open by themselves for who comes near.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/math/vec.h"
#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/ways/portal_graph.h"
#include "engine/physics/collision_world.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::bots {

/// A zone without a mesh, made by hand, is walked in straight lines.
class Ground {
 public:
  /// The collision world must outlive it. 0.1 s and 7 MB for 4 x 4 km. Tiles whose bytes are no
  /// tile are left out.
  Ground(const ZoneDefinition& zone, const physics::CollisionWorld& world);
  Ground(const Ground&) = delete;  // guides refer to it
  Ground& operator=(const Ground&) = delete;

  const physics::CollisionWorld& world() const { return world_; }
  bool has_mesh() const { return mesh_.polygons() > 0; }
  const nav::NavigationMesh& mesh() const { return mesh_; }
  const nav::PortalGraph& portals() const { return portals_; }
  /// Where characters enter: what cannot be reached from there is no place to go to.
  std::optional<math::Vec3> entrance() const { return entrance_; }

 private:
  const physics::CollisionWorld& world_;
  nav::NavigationMesh mesh_;
  nav::PortalGraph portals_;
  std::optional<math::Vec3> entrance_;
};

/// The scratch memory of searches: one for each thread that has bots. Searches for ways have a
/// budget, so that a fleet whose bots all want to know theirs at once still keeps its time.
class Guide {
 public:
  /// Of one step of the fleet, which takes about a millisecond; a search takes 2 to 30 us.
  static constexpr std::uint32_t kSearchesPerStep = 4;

  /// The ground must outlive the guide.
  explicit Guide(const Ground& ground);

  /// A new step begins, with a new budget.
  void begin_step() { searches_left_ = kSearchesPerStep; }

  enum class Answer : std::uint8_t {
    Way,
    NoWay,  ///< or one of both ends is not near the mesh
    Later,  ///< the budget of this step is spent
  };
  struct Way {
    Answer answer = Answer::NoWay;
    std::uint32_t corners = 0;  ///< to walk to, the start not included; at least 1 of a Way
    bool whole = false;         ///< the last corner is the goal; else ask again from there
  };
  Way find_way(math::Vec3 from, math::Vec3 to, std::span<math::Vec3> corners);

  /// How far one can walk straight from a place towards another; without a mesh, and from a place
  /// that is not on it, to the other. 0.2 us.
  math::Vec3 straight_on(math::Vec3 from, math::Vec3 to) const;

  /// Where somebody can stand at or near a place of the map: on dry walkable ground or a floor, in
  /// nothing solid, and not cut off from the entrance. Looks at the place itself and then in rings
  /// up to `reach_m` round it. A microsecond in the open, a millisecond in the middle of a lake.
  std::optional<math::Vec3> standing_place(math::Vec2 wanted, float reach_m) const;
  /// The same for one place, whose height is known to 2 m.
  std::optional<math::Vec3> standing_at(math::Vec3 place) const;

 private:
  const Ground& ground_;
  nav::PathFinder near_;
  nav::LongPathFinder far_;
  std::vector<math::Vec3> found_;  ///< corners, and the start before them
  std::uint32_t searches_left_ = kSearchesPerStep;
};

}  // namespace tessera::bots
