// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a system puts out (events, commands) while its chunks run side by side. Each piece of a
// par_each writes to its own lane; afterwards the lanes are joined in the order of the pieces. So
// the order of the output is (system, chunk, index), whoever ran which piece when. Lane 0 is the
// system itself, outside par_each, and what has been joined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/assert.h"
#include "engine/jobs/pool.h"

namespace tessera::ecs::detail {

class Staged {
 public:
  virtual ~Staged() = default;
  /// Makes lanes 1..count.
  virtual void begin_lanes(std::size_t count) = 0;
  /// Appends lanes 1..count to lane 0 and empties them.
  virtual void end_lanes(std::size_t count) = 0;
};

inline thread_local constinit std::size_t t_lane = 0;

/// The lane of the piece that this thread runs.
inline std::size_t current_lane() { return t_lane; }

/// Runs the pieces of one system, with lanes for everything it puts out.
class LaneRunner {
 public:
  LaneRunner(jobs::Pool& pool, std::span<Staged* const> outputs)
      : pool_(&pool), outputs_(outputs) {}

  template <class F>
  void run(std::size_t pieces, F&& piece) const {
    TESSERA_ASSERT(t_lane == 0, "par_each inside par_each");
    for (Staged* output : outputs_) output->begin_lanes(pieces);
    pool_->parallel_for(pieces, [&](std::size_t index) {
      t_lane = index + 1;
      piece(index);
      t_lane = 0;
    });
    for (Staged* output : outputs_) output->end_lanes(pieces);
  }

 private:
  jobs::Pool* pool_;
  std::span<Staged* const> outputs_;
};

}  // namespace tessera::ecs::detail
