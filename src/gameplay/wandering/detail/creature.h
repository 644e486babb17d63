// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What strolling and marching have in common: one creature in its tick, and its legs.
#pragma once

#include "gameplay/wandering/orders.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::wandering::detail {

struct Creature {
  EntityId id;
  const CreatureDefinition& kind;
  Wander& wander;
  Position& position;
  Heading& heading;
  Velocity& velocity;
  navigation::PathRequest& request;
  crowd::Member& member;
  const navigation::Path& path;
  float speed_share = 1;  ///< of its own speed: what slows and hastens it

  math::Vec2 place() const { return flat(position.metres); }
};

struct World {
  const Step& step;
  const physics::CollisionWorld& ground;
  const crowd::Crowd& crowd;
};

/// Who has got hardly anywhere for half a second is blocked.
inline constexpr std::uint32_t kBlockedTicksMax = 30;

void stand(const Creature& creature);

/// Asks for a way; the answer comes some ticks later.
void ask(const Step& step, const Creature& creature, math::Vec3 to);

/// Whether it moves in this tick: far from players only every sixth, six times as far.
bool moves_now(const World& world, const Creature& creature);

/// The offset to the next corner of its path that is not reached; false at the end of the path.
bool find_corner(const World& world, const Creature& creature, float speed_m_per_s,
                 math::Vec2& offset);

/// A stride; counts how long it has been blocked.
void stride(const World& world, const Creature& creature, math::Vec2 offset, float speed_m_per_s,
            bool turns);

/// In the air it keeps its way: off a ledge, or thrown. It lands standing.
void fall(const physics::CollisionWorld& world, const Creature& creature);

/// Does what its orders say.
void march(const World& world, const Creature& creature, const Orders& orders);

}  // namespace tessera::wandering::detail
