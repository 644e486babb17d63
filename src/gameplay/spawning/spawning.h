// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where creatures come from. The zone's creation puts them at their homes, in the rings and shares
// of their kinds. From then on KeepPopulation keeps them where players are:
//
//   - those that died lie where they fell for kCorpseTicks and come back, well and rested: near a
//     player who has too few creatures round him, or else at their home;
//   - those whom nobody sees and who have nothing to do move to where players have too few.
//
// So a lonely wood is empty and a hunted meadow full, and their number stays the zone's.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/spatial/grid_index.h"
#include "gameplay/ai/mind.h"
#include "gameplay/combat/combat.h"
#include "gameplay/navigation/navigation.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::spawning::detail {
struct Land;
}

namespace tessera::spawning {

/// 20 s: long enough to look, short enough that a meadow is not empty.
inline constexpr TickNumber kCorpseTicks = 20 * kTicksPerSecond;

/// Within this distance of a player there shall be kWanted creatures, and one more for each further
/// player there.
inline constexpr float kRound_m = 80;
inline constexpr std::size_t kWanted = 4;
/// A creature with no player within this distance is seen by nobody.
inline constexpr float kUnseen_m = 200;

using Creatures =
    Query<combat::Fighter, combat::Vitals, combat::Stats, effects::RunningEffects,
          combat::Cooldowns, combat::Casting, Position, Velocity, wandering::Wander, ai::Mind>;
using Living =
    Query<const combat::Fighter, const Position, const wandering::Wander, const ai::Mind>;
using Players = Query<const Position, const combat::Fighter, With<PlayerControl>>;

/// Phase::World. A comparison in most ticks; in those in which somebody comes back, and once a
/// second, 8 ns for every creature and player, and 20 us for each that looks for a home.
class KeepPopulation {
 public:
  void operator()(const Step& step, const ZoneDefinition& zone, const Rulebook& rules,
                  const physics::CollisionWorld& world, const navigation::Navigation& navigation,
                  const combat::WorldGeneration& generation, InEvents<combat::Died> died,
                  Creatures creatures, Living living, Players players);

 private:
  void look_around(Living living, Players players);
  std::size_t creatures_round(math::Vec2 place) const;
  /// Where a player lacks creatures; nothing when those who are asked have enough, or no room.
  std::optional<math::Vec3> home_near_players(const Step& step, const detail::Land& land,
                                              EntityId entity,
                                              const CreatureDefinition& kind) const;
  void revive(const Step& step, const detail::Land& land, const Rulebook& rules,
              Creatures creatures, EntityId entity);
  void move_the_unseen(const Step& step, const detail::Land& land, Living living,
                       Creatures creatures);

  combat::TickWheel wheel_;
  std::uint64_t generation_ = ~std::uint64_t{0};
  std::vector<EntityId> returning_;
  std::vector<EntityId> due_;
  spatial::GridIndex players_{{.margin_m = 0}};
  spatial::GridIndex creatures_{{.margin_m = 0}};  ///< by their homes
  std::vector<math::Vec3> asked_;                  ///< places of players
  std::vector<math::Vec2> settled_;                ///< homes found in this tick
};

/// A creature of a kind that stands at its home. It is a fighter if its kind says as what, and the
/// rules have that.
EntityId spawn_creature(ecs::Registry& registry, const Rulebook& rules,
                        const CreatureDefinition& kind, math::Vec3 home, float heading,
                        std::uint32_t level = 1);

/// Puts the zone's creatures into an empty world, each pausing for a random while, at homes in
/// their rings: free and dry places on the navigation mesh, from which there is a way to the first
/// spawn point. The same seed gives the same creatures. For the zone's creation, before its first
/// tick. Returns how many found a place: all, unless content leaves no room.
std::uint32_t populate(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world,
                       const navigation::Navigation& navigation, std::uint64_t seed);

}  // namespace tessera::spawning
