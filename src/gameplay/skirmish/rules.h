// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The rules of skirmish.h. Two of them are objects, for the memory they keep from tick to tick;
// nothing in it outlives a tick otherwise, so it is no part of the world's state. All cost next to
// nothing in a tick in which nobody acts and nothing flies.
#pragma once

#include <vector>

#include "gameplay/definitions/zone_definition.h"
#include "gameplay/shared/rule.h"
#include "gameplay/skirmish/nearby.h"
#include "gameplay/skirmish/safe_areas.h"
#include "gameplay/skirmish/skirmish.h"

namespace tessera::skirmish {

/// Phase::Act. Judges a shove by where the actor is now and where he saw the others; whom he
/// touches and sees is thrown back, whoever it is. Of several shoves at one target the last counts.
/// Intents of those who are gone have nobody to answer. About 1 us a shove, and 8 ns for every
/// character in the world if there is any.
class ShoveAhead {
 public:
  void operator()(const Step& step, const ZoneDefinition& zone, const physics::StaticWorld& world,
                  const physics::AreaIndex& areas, In<Shove> intents,
                  Query<Readiness, const Position> actors, Characters characters,
                  Query<Velocity> bodies, Out<Shoved> shoved, Out<ActionDone> done,
                  Out<ActionRefused> refused);

 private:
  struct Candidate {
    EntityId entity;
    math::Vec3 then;  ///< where he was seen
  };
  void gather(const Step& step, const SafeAreas& safe, const Shove& intent, math::Vec3 place,
              const Characters& characters);

  Nearby nearby_;
  std::vector<Candidate> candidates_;
  physics::CharacterColumns columns_;
  std::vector<std::uint32_t> touched_;
};

/// Phase::Act. The stone flies from the phase's end on.
void throw_stones(const Step& step, const ZoneDefinition& zone, const physics::AreaIndex& areas,
                  In<ThrowStone> intents, Query<Readiness, const Position> actors,
                  Commands& commands, Out<ActionDone> done, Out<ActionRefused> refused);

/// Phase::Move, after all who move. A stone ends at the first thing or character that it touches
/// (never its thrower), at the edge of the world, or after kStoneTicks. About 0.5 us a stone, and
/// 8 ns for every character in the world if there is any.
class FlyStones {
 public:
  void operator()(const Step& step, const ZoneDefinition& zone, const physics::StaticWorld& world,
                  const physics::AreaIndex& areas, Query<Stone, Position, Velocity> stones,
                  Characters characters, Query<Velocity> bodies, Query<Readiness> throwers,
                  Commands& commands, Out<StoneHit> hits);

 private:
  void gather(const Step& step, const Stone& stone, const physics::Projectile& flight,
              const Characters& characters);

  Nearby nearby_;
  std::vector<EntityId> ids_;
  std::vector<physics::MovingCharacter> moving_;
};

}  // namespace tessera::skirmish
