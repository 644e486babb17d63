// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs in Phase::Move, in parallel by chunk: each character reads the world and the bodies of
// creatures as they stood after the last tick, and writes only itself.
#include <algorithm>
#include <span>

#include "gameplay/movement/movement.h"

namespace tessera::movement {
namespace {

constexpr MotionRules kRules;

void queue_frames(const MoveInputs& intent, InputQueue& queue) {
  const std::size_t count = std::min<std::size_t>(intent.count, intent.frames.size());
  receive_frames(queue, intent.first_frame, std::span(intent.frames).first(count));
}

void run_due_frames(const physics::CollisionWorld& world, std::uint8_t speed_percent,
                    InputQueue& queue, Position& position, Heading& heading, Velocity& velocity,
                    Roll& roll) {
  const FramesToRun due = take_frames(queue, standing_frame(heading.radians));
  if (due.count == 0) return;
  MotionState state{position.metres, velocity.metres_per_s, heading.radians, velocity.grounded != 0,
                    roll};
  for (std::uint32_t i = 0; i < due.count; ++i) {
    step_character(world, state, due.frames[i], kRules, speed_percent);
  }
  position.metres = state.position;
  heading.radians = state.heading;
  velocity = {state.velocity_m_per_s, state.grounded ? 1u : 0u};
  roll = state.roll;
}

/// Lets creatures push him aside. His own velocity stays as it is: what he does himself.
void give_way(const physics::CollisionWorld& world, const PushingBodies& bodies, Position& position,
              Velocity& velocity) {
  const math::Vec2 push = bodies.push_at(position.metres);
  if (push == math::Vec2{} || velocity.grounded == 0) return;
  physics::Body body{position.metres, true};
  if (!push_softly(world, kRules, push, flat(velocity.metres_per_s), body)) return;
  position.metres = body.position;
  velocity.grounded = body.grounded ? 1u : 0u;
}

}  // namespace

void move_players(const physics::CollisionWorld& world, const PushingBodies& bodies,
                  In<MoveInputs> intents,
                  Query<InputQueue, Position, Heading, Velocity, Roll, const Condition> players) {
  for (const MoveInputs& intent : intents) {
    if (auto player = players.get(intent.entity)) {
      queue_frames(intent, std::get<InputQueue&>(*player));
    }
  }
  players.par_each([&](InputQueue& queue, Position& position, Heading& heading, Velocity& velocity,
                       Roll& roll, const Condition& condition) {
    run_due_frames(world, condition.speed, queue, position, heading, velocity, roll);
    give_way(world, bodies, position, velocity);
  });
}

}  // namespace tessera::movement
