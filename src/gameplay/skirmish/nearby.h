// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who may be touched: all players and creatures, by place. Made anew in each tick that needs it;
// the order of its answers depends on nothing but the characters' rows and places.
#pragma once

#include "engine/spatial/grid_index.h"
#include "gameplay/lag_compensation/position_history.h"
#include "gameplay/movement/character_motion.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::skirmish {

/// Only what moves by itself has a history: stones are not among them.
using Characters = Query<const Position, const lag_compensation::PositionHistory>;

class Nearby {
 public:
  /// No margin: cells must not depend on the past.
  Nearby() : grid_({.margin_m = 0}) {}

  void rebuild(const Characters& characters) {
    grid_.begin();
    characters.each(
        [&](EntityId entity, const Position& position, const lag_compensation::PositionHistory&) {
          grid_.add(entity, flat(position.metres));
        });
    grid_.finish();
  }

  /// visit(EntityId) for all whose feet are within the radius, seen from above.
  template <class Visit>
  void for_each_within(math::Vec2 centre, float radius, Visit visit) const {
    grid_.for_each_within(centre, radius,
                          [&](EntityId entity, math::Vec2, float) { visit(entity); });
  }

 private:
  spatial::GridIndex grid_;
};

/// Lets a body fly: as movement::throw_character, for what stands in the registry.
inline void throw_body(Velocity& velocity, math::Vec3 metres_per_s) {
  movement::MotionState state;
  movement::throw_character(state, metres_per_s);
  velocity = {state.velocity_m_per_s, state.grounded ? 1u : 0u};
}

}  // namespace tessera::skirmish
