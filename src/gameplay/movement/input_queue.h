// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How many input frames of a client run in a tick. The rule makes nobody faster than the clock, and
// lets no batch wait:
//   - every tick a client earns one frame of credit; it saves six at most;
//   - frames that have arrived run in order, as far as the credit goes, up to four a tick;
//   - after six ticks without a frame the server runs an empty frame a tick (stand still) in place
//   of
//     the missing one, which is dropped when it comes late.
// A frame's number is a place in the client's time. When the server has run empty frames,
// last_applied has moved on without the client: it must go on counting from there, or its frames
// are late. Numbers that were left out are filled with a copy of the frame after the gap, without
// its jump or roll, so that a lost packet does not stop a runner.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "engine/core/ids.h"
#include "engine/ecs/component.h"
#include "gameplay/movement/input_frame.h"

namespace tessera::movement {

/// Six frames are 100 ms: what a client at 20 datagrams a second needs to lose one of them
/// unnoticed.
inline constexpr std::uint32_t kFrameCreditMax = 6;
inline constexpr std::uint32_t kFramesPerTickMax = 4;
inline constexpr std::uint32_t kEmptyTicksMax = 6;
/// Frames that wait: the saved credit and one batch more. Beyond it the oldest is dropped.
inline constexpr std::uint32_t kQueuedFramesMax = 8;

/// One more than enough for a datagram of new frames at 10 Hz; also what the queue can hold.
inline constexpr std::size_t kInputFramesPerIntentMax = 8;

/// Frames of one client, oldest first, numbered first_frame and up. Frames that have run, or wait
/// already, are ignored, so a client may repeat what it does not know to have arrived.
struct MoveInputs {
  EntityId entity{};
  std::uint32_t first_frame = 0;
  std::uint32_t count = 0;
  std::array<InputFrame, kInputFramesPerIntentMax> frames{};  ///< those beyond count are zero
  friend constexpr auto describe(ecs::Described<MoveInputs>) {
    return ecs::component<MoveInputs>("move_inputs", {}, ecs::field("entity", &MoveInputs::entity),
                                      ecs::field("first_frame", &MoveInputs::first_frame),
                                      ecs::field("count", &MoveInputs::count),
                                      ecs::field("frames", &MoveInputs::frames));
  }
};

/// The frames of a player that wait, and its credit. Written by move_players.
struct InputQueue {
  std::array<InputFrame, kQueuedFramesMax> frames{};  ///< oldest first; unused ones are zero
  std::uint32_t last_applied = 0;  ///< number of the newest frame that has run; 0: none yet
  std::uint8_t count = 0;          ///< frames that wait, numbered last_applied + 1 and up
  std::uint8_t credit = 0;
  std::uint8_t empty_ticks = 0;  ///< ticks in a row without a frame to run, up to kEmptyTicksMax
  std::uint8_t reserved = 0;
  friend constexpr auto describe(ecs::Described<InputQueue>) {
    return ecs::component<InputQueue>("input_queue", {}, ecs::field("frames", &InputQueue::frames),
                                      ecs::field("last_applied", &InputQueue::last_applied),
                                      ecs::field("count", &InputQueue::count),
                                      ecs::field("credit", &InputQueue::credit),
                                      ecs::field("empty_ticks", &InputQueue::empty_ticks),
                                      ecs::field("reserved", &InputQueue::reserved));
  }
};

/// Puts arrived frames into the queue.
void receive_frames(InputQueue& queue, std::uint32_t first_frame,
                    std::span<const InputFrame> frames);

/// The frames to run in this tick; call it once a tick. `empty` stands in for missing ones.
struct FramesToRun {
  std::array<InputFrame, kFramesPerTickMax> frames;
  std::uint32_t count = 0;
};
FramesToRun take_frames(InputQueue& queue, const InputFrame& empty);

}  // namespace tessera::movement
