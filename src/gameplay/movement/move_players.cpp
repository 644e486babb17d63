// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs in Phase::Move, in parallel by chunk: each character reads the world, which never changes,
// and writes only itself.

#include <algorithm>
#include <span>

#include "gameplay/movement/movement.h"

namespace tessera::movement {
namespace {

void queue_frames(const MoveInputs& intent, InputQueue& queue) {
  const std::size_t count = std::min<std::size_t>(intent.count, intent.frames.size());
  receive_frames(queue, intent.first_frame, std::span(intent.frames).first(count));
}

void run_due_frames(const physics::CollisionWorld& world, InputQueue& queue, Position& position,
                    Heading& heading, Velocity& velocity) {
  const FramesToRun due = take_frames(queue, standing_frame(heading.radians));
  if (due.count == 0) return;
  MotionState state{position.metres, velocity.metres_per_s, heading.radians,
                    velocity.grounded != 0};
  for (std::uint32_t i = 0; i < due.count; ++i) step_character(world, state, due.frames[i]);
  position.metres = state.position;
  heading.radians = state.heading;
  velocity = {state.velocity_m_per_s, state.grounded ? 1u : 0u};
}

}  // namespace

void move_players(const physics::CollisionWorld& world, In<MoveInputs> intents,
                  Query<InputQueue, Position, Heading, Velocity> players) {
  for (const MoveInputs& intent : intents) {
    if (auto player = players.get(intent.entity)) {
      queue_frames(intent, std::get<InputQueue&>(*player));
    }
  }
  players.par_each(
      [&](InputQueue& queue, Position& position, Heading& heading, Velocity& velocity) {
        run_due_frames(world, queue, position, heading, velocity);
      });
}

}  // namespace tessera::movement
