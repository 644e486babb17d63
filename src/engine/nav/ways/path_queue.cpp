// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/ways/path_queue.h"

#include <algorithm>

#include "engine/core/assert.h"

namespace tessera::nav {

PathQueue::PathQueue(const NavigationMesh& mesh, const PathQueueOptions& options)
    : options_(options), line_(options.requests_max) {
  TESSERA_ASSERT(options.requests_max > 0 && options.corners_max >= 2 && options.nodes_per_tick > 0,
                 "path queue: options out of limits");
  // Every search costs a node at least, so a tick answers no more than this.
  const std::size_t answers_max =
      std::min<std::size_t>(options.requests_max, options.nodes_per_tick + kBatch);
  answers_.reserve(answers_max);
  corners_.resize(answers_max * options.corners_max);
  finders_.reserve(kBatch);
  for (std::size_t i = 0; i < kBatch; ++i) finders_.emplace_back(mesh, options.search);
}

std::optional<PathRequestId> PathQueue::request(math::Vec3 from, math::Vec3 to) {
  if (size_ == line_.size()) return std::nullopt;
  const PathRequestId id{++last_id_};
  at(size_++) = {id, from, to};
  return id;
}

void PathQueue::cancel(PathRequestId id) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    if (at(i).id != id) at(kept++) = at(i);
  }
  size_ = kept;
}

std::span<const PathAnswer> PathQueue::run(jobs::Pool& pool) {
  answers_.clear();
  const std::uint32_t paid = std::min(owed_nodes_, options_.nodes_per_tick);
  owed_nodes_ -= paid;
  std::uint32_t left = options_.nodes_per_tick - paid;
  while (left > 0 && size_ > 0) {
    const std::size_t count = std::min(size_, kBatch);
    const std::size_t begin = answers_.size();
    answers_.resize(begin + count);
    pool.parallel_for(count, [&](std::size_t i) {
      const PathRequest& request = at(i);
      const auto corners =
          std::span(corners_).subspan((begin + i) * options_.corners_max, options_.corners_max);
      const Path path = finders_[i].find_path(request.from, request.to, corners);
      answers_[begin + i] = {request.id, path, corners.first(path.corners)};
    });
    first_ = (first_ + count) % line_.size();
    size_ -= count;
    for (std::size_t i = begin; i < answers_.size(); ++i) {
      // A refusal costs the look at the mesh.
      const std::uint32_t cost = std::max(answers_[i].path.nodes, 1u);
      const std::uint32_t now = std::min(cost, left);
      left -= now;
      owed_nodes_ += cost - now;
    }
  }
  return answers_;
}

PathQueue::State PathQueue::state() const {
  State state{last_id_, owed_nodes_, {}};
  state.waiting.reserve(size_);
  for (std::size_t i = 0; i < size_; ++i) state.waiting.push_back(at(i));
  return state;
}

bool PathQueue::restore(const State& state) {
  const auto later = [](const PathRequest& a, const PathRequest& b) { return a.id >= b.id; };
  if (state.waiting.size() > line_.size() ||
      std::ranges::adjacent_find(state.waiting, later) != state.waiting.end()) {
    return false;
  }
  if (!state.waiting.empty() &&
      (state.waiting.front().id.value == 0 || state.waiting.back().id.value > state.last_id)) {
    return false;
  }
  last_id_ = state.last_id;
  owed_nodes_ = state.owed_nodes;
  first_ = 0;
  size_ = state.waiting.size();
  std::ranges::copy(state.waiting, line_.begin());
  return true;
}

}  // namespace tessera::nav
