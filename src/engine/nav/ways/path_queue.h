// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Path requests with a budget of work for each tick. Requests wait in a line, by id. A tick takes
// them from the front in batches of kBatch, searches a batch in parallel, and stops when the budget
// of nodes is spent; what the last batch took beyond it is owed, and the next ticks pay first. So
// which request is answered in which tick depends on the requests and the mesh alone: not on time,
// nor on the number of workers.
//
// A search never outlives its tick, so the state between ticks is what was asked and what is owed:
// state() and restore() are all that a checkpoint needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/jobs/pool.h"
#include "engine/nav/mesh/path_finder.h"

namespace tessera::nav {

/// Rising from 1; 0 is none.
struct PathRequestId {
  std::uint64_t value = 0;
  auto operator<=>(const PathRequestId&) const = default;
};

struct PathRequest {
  PathRequestId id;
  math::Vec3 from;
  math::Vec3 to;
  bool operator==(const PathRequest&) const = default;
};

struct PathQueueOptions {
  std::size_t requests_max = 4096;      ///< one for every second creature of a full zone
  std::uint32_t nodes_per_tick = 8192;  ///< about 0.8 ms of one core
  std::uint32_t corners_max = 32;       ///< of a path; who walks them asks again
  SearchLimits search{};
};

struct PathAnswer {
  PathRequestId id;
  Path path;
  std::span<const math::Vec3> corners;
};

class PathQueue {
 public:
  /// Searches of one batch, and so the most that can be at work at once.
  static constexpr std::size_t kBatch = 8;

  /// The mesh must outlive the queue and stay where it is. Allocates all it needs.
  explicit PathQueue(const NavigationMesh& mesh, const PathQueueOptions& options = {});

  /// None when the line is full: ask again in a later tick.
  std::optional<PathRequestId> request(math::Vec3 from, math::Vec3 to);
  /// Takes a request that still waits out of the line. O(waiting).
  void cancel(PathRequestId id);

  /// A tick's work: answers in the order of ids, valid until the next run(). The mesh must not
  /// change meanwhile.
  std::span<const PathAnswer> run(jobs::Pool& pool);

  std::size_t waiting() const { return size_; }

  struct State {
    std::uint64_t last_id = 0;
    std::uint32_t owed_nodes = 0;
    std::vector<PathRequest> waiting;
    bool operator==(const State&) const = default;
  };
  State state() const;
  /// Requests beyond requests_max, or not in the order of ids, are refused: false, and nothing
  /// changes.
  bool restore(const State& state);

 private:
  PathRequest& at(std::size_t i) { return line_[(first_ + i) % line_.size()]; }
  const PathRequest& at(std::size_t i) const { return line_[(first_ + i) % line_.size()]; }

  PathQueueOptions options_;
  std::vector<PathFinder> finders_;
  std::vector<PathRequest> line_;  ///< a ring: `size_` requests from `first_` on
  std::size_t first_ = 0;
  std::size_t size_ = 0;
  std::uint64_t last_id_ = 0;
  std::uint32_t owed_nodes_ = 0;
  std::vector<PathAnswer> answers_;
  std::vector<math::Vec3> corners_;
};

}  // namespace tessera::nav
