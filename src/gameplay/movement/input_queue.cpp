// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/input_queue.h"

#include <algorithm>

namespace tessera::movement {
namespace {

void drop_oldest(InputQueue& queue, std::uint32_t count) {
  std::move(queue.frames.begin() + count, queue.frames.begin() + queue.count, queue.frames.begin());
  std::fill(queue.frames.begin() + (queue.count - count), queue.frames.begin() + queue.count,
            InputFrame{});
  queue.count = static_cast<std::uint8_t>(queue.count - count);
  queue.last_applied += count;
}

void append(InputQueue& queue, const InputFrame& frame) {
  if (queue.count == kQueuedFramesMax) drop_oldest(queue, 1);
  queue.frames[queue.count++] = frame;
}

}  // namespace

void receive_frames(InputQueue& queue, std::uint32_t first_frame,
                    std::span<const InputFrame> frames) {
  for (std::uint32_t i = 0; i < frames.size(); ++i) {
    const std::uint64_t number = std::uint64_t{first_frame} + i;
    const std::uint64_t expected = std::uint64_t{queue.last_applied} + queue.count + 1;
    if (number < expected || number > 0xffffffffu) continue;  // late, repeated, or beyond counting
    if (number - expected >= kQueuedFramesMax) {
      // A new start, or a gap too long to bridge: the frames before it are history.
      queue.frames = {};
      queue.count = 0;
      queue.last_applied = static_cast<std::uint32_t>(number - 1);
    } else {
      InputFrame filler = frames[i];
      filler.buttons &= static_cast<std::uint8_t>(~kButtonsPressed);
      for (std::uint64_t gap = expected; gap < number; ++gap) append(queue, filler);
    }
    append(queue, frames[i]);
  }
}

FramesToRun take_frames(InputQueue& queue, const InputFrame& empty) {
  queue.credit = static_cast<std::uint8_t>(std::min(queue.credit + 1u, kFrameCreditMax));
  FramesToRun run;
  if (queue.count > 0) {
    run.count =
        std::min({std::uint32_t{queue.count}, std::uint32_t{queue.credit}, kFramesPerTickMax});
    std::copy_n(queue.frames.begin(), run.count, run.frames.begin());
    drop_oldest(queue, run.count);
    queue.empty_ticks = 0;
  } else if (queue.empty_ticks < kEmptyTicksMax) {
    ++queue.empty_ticks;
  } else {
    run.frames[0] = empty;
    run.count = 1;
    if (queue.last_applied != 0) ++queue.last_applied;  // a client that has begun counts on
  }
  queue.credit = static_cast<std::uint8_t>(queue.credit - run.count);
  return run;
}

}  // namespace tessera::movement
