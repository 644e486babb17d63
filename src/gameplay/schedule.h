// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The whole game: what a zone's state is made of, what may enter it, and which rules run on it.
// schedule.cpp is its table of contents.
#pragma once

#include "engine/ecs/queues.h"
#include "engine/ecs/registry.h"
#include "engine/ecs/schedule.h"

namespace tessera::gameplay {

/// All components of the game; a registry that reads a checkpoint must know them.
void register_components(ecs::Registry& registry);

/// All intents: whatever may enter a zone from outside, and stands in its log.
void register_intents(ecs::Queues& intents);

/// All rules, in their phases. They need these resources: ZoneDefinition, physics::CollisionWorld,
/// and what is made of them, physics::StaticWorld, doors::DoorIndex, physics::AreaIndex and
/// navigation::Navigation; and crowd::Crowd and movement::PushingBodies, empty.
void register_rules(ecs::Schedule& schedule);

}  // namespace tessera::gameplay
