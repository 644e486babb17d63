// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How an entity asks for a way and gets it. Who has both components writes a PathRequest; some
// ticks later find_paths has answered it in Path:
//
//   request.to = place, request.requested_at = step.now      (a rule that decides)
//   ... request.requested_at == 0: path has the answer       (find_paths, Phase::Decide)
//   walk along path.corners; at the last one of a Partway answer ask again
//
// Each tick has a budget of work. The oldest requests come first; what a search took beyond the
// budget is owed, and the next ticks pay for it. All of that is state: requests, debt, answers. A
// checkpoint in mid-queue goes on as if nothing had happened.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/core/tick.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/navigation/navigation.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::navigation {

/// Polygons and portals that the searches of a tick may look at: about 0.4 ms of one core.
inline constexpr std::uint32_t kNodesPerTick = 4096;

/// Where an entity wants to go. Written by who decides that; answered by find_paths.
struct PathRequest {
  math::Vec3 to{};
  CreatureSize size = CreatureSize::Small;
  std::array<std::uint8_t, 3> reserved{};
  TickNumber requested_at = 0;  ///< 0: asks for nothing
  friend constexpr auto describe(ecs::Described<PathRequest>) {
    return ecs::component<PathRequest>("path_request", {}, ecs::field("to", &PathRequest::to),
                                       ecs::field("size", &PathRequest::size),
                                       ecs::field("reserved", &PathRequest::reserved),
                                       ecs::field("requested_at", &PathRequest::requested_at));
  }
};

/// What the searches took beyond the budgets of their ticks. Written by find_paths.
struct PathDebt {
  std::uint32_t nodes = 0;
  friend constexpr auto describe(ecs::Described<PathDebt>) {
    return ecs::component<PathDebt>("path_debt", {}, ecs::field("nodes", &PathDebt::nodes));
  }
};

/// Answers requests, those of the earliest tick first and of one tick by entity, until the budget
/// is spent. Searches run in parallel, always in the same batches, so the outcome is the same for
/// any number of workers. Phase::Decide.
void find_paths(const Step& step, Navigation& navigation, Singleton<PathDebt> debt,
                Query<const PathRequest, With<Path>, With<Position>> requests,
                Query<PathRequest, Path, const Position> askers);

}  // namespace tessera::navigation
