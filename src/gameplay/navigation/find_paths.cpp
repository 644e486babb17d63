// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The line is built anew each tick from the requests themselves, as a heap: most ticks answer a few
// of few. A batch is read, searched side by side, and written; only the search is parallel.

#include <algorithm>
#include <array>
#include <functional>

#include "gameplay/navigation/paths.h"

namespace tessera::navigation {
namespace {

constexpr std::size_t kBatch = Navigation::kSearchers;

struct Question {
  EntityId entity;
  CreatureSize size;
  math::Vec3 from;
  math::Vec3 to;
};

using Askers = Query<PathRequest, Path, const Position>;

void search_batch(const Step& step, const Navigation& navigation, std::span<const Question> batch,
                  std::span<Navigation::Answer> answers) {
  step.jobs.parallel_for(batch.size(), [&](std::size_t i) {
    answers[i] = navigation.search(i, batch[i].size, batch[i].from, batch[i].to);
  });
}

}  // namespace

void find_paths(const Step& step, Navigation& navigation, Singleton<PathDebt> debt,
                Query<const PathRequest, With<Path>, With<Position>> requests, Askers askers) {
  const std::uint32_t paid = std::min(debt->nodes, kNodesPerTick);
  debt->nodes -= paid;
  std::uint32_t left = kNodesPerTick - paid;

  auto& line = navigation.line();
  line.clear();
  requests.each([&](EntityId entity, const PathRequest& request) {
    if (request.requested_at != 0) line.push_back({request.requested_at, entity});
  });
  std::ranges::make_heap(line, std::greater{});

  std::array<Question, kBatch> batch;
  std::array<Navigation::Answer, kBatch> answers;
  while (left > 0 && !line.empty()) {
    std::size_t count = 0;
    for (; count < kBatch && !line.empty(); ++count) {
      std::ranges::pop_heap(line, std::greater{});
      const EntityId entity = line.back().entity;
      line.pop_back();
      const auto asker = *askers.get(entity);
      const PathRequest& request = std::get<PathRequest&>(asker);
      batch[count] = {entity, request.size, std::get<const Position&>(asker).metres, request.to};
    }
    search_batch(step, navigation, std::span(batch).first(count), answers);
    for (std::size_t i = 0; i < count; ++i) {
      const auto asker = *askers.get(batch[i].entity);
      std::get<PathRequest&>(asker).requested_at = 0;
      std::get<Path&>(asker) = answers[i].path;
      const std::uint32_t cost = std::max(answers[i].nodes, 1u);
      const std::uint32_t now = std::min(cost, left);
      left -= now;
      debt->nodes += cost - now;
    }
  }
}

}  // namespace tessera::navigation
