// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Players move as their clients ask. Phase::Move.
#pragma once

#include "engine/physics/collision_world.h"
#include "gameplay/movement/character_motion.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/movement/soft_push.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::movement {

/// Queues the frames that arrived and runs those that are due (input_queue.h has the rule), at the
/// speed that everybody was told of. Intents
/// of entities that are gone are dropped: they left since the client sent it. Then creatures whose
/// bodies a player touches push him aside (soft_push.h).
void move_players(const physics::CollisionWorld& world, const PushingBodies& bodies,
                  In<MoveInputs> intents,
                  Query<InputQueue, Position, Heading, Velocity, Roll, const Condition> players);

}  // namespace tessera::movement
