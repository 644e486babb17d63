// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Workers that help the simulation thread through loops whose iterations are independent.
//
// A loop is cut into pieces by its caller, never by the number of workers; which thread runs which
// piece is unknown and must not matter. The calling thread always works too, so a pool with 0
// workers runs everything inline, and a loop inside a loop cannot deadlock: its caller can finish
// it alone. Idle workers spin for some microseconds, then sleep. Nothing allocates after the start.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <type_traits>
#include <vector>

#include "engine/core/assert.h"

namespace tessera::jobs {

/// More threads than this gain nothing for one zone.
inline constexpr unsigned kWorkersMax = 64;

class Pool {
 public:
  /// `workers` threads besides the caller's, at most kWorkersMax.
  explicit Pool(unsigned workers = 0);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  unsigned workers() const { return static_cast<unsigned>(threads_.size()); }

  /// Calls fn(index) once for each index below `count`, in any order and on any thread, and returns
  /// when all are done. May be called from inside a piece. With one piece it runs inline.
  template <class F>
  void parallel_for(std::size_t count, F&& fn) {
    using Function = std::remove_reference_t<F>;
    run(
        count, [](void* context, std::size_t index) { (*static_cast<Function*>(context))(index); },
        const_cast<void*>(static_cast<const void*>(std::addressof(fn))));
  }

  /// combine(...) over map(0..count-1), folded by a fixed binary tree: the same bits for any number
  /// of workers, also for floats. `scratch` holds at least `count` values; count > 0.
  template <class T, class Map, class Combine>
  T reduce(std::size_t count, std::span<T> scratch, Map&& map, Combine&& combine) {
    TESSERA_ASSERT(count > 0 && scratch.size() >= count, "Pool::reduce: scratch too small");
    parallel_for(count, [&](std::size_t index) { scratch[index] = map(index); });
    for (std::size_t stride = 1; stride < count; stride *= 2) {
      for (std::size_t i = 0; i + stride < count; i += 2 * stride) {
        scratch[i] = combine(scratch[i], scratch[i + stride]);
      }
    }
    return scratch[0];
  }

 private:
  using Call = void (*)(void* context, std::size_t index);
  struct Loop;

  void run(std::size_t count, Call call, void* context);
  void publish(Loop& loop);
  void retire(Loop& loop);
  void work();
  void wait_for_news(std::uint64_t seen) const;
  Loop* find_open();
  static void take_pieces(Loop& loop);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable helpers_left_;
  Loop* loops_ = nullptr;  ///< published and not yet retired, newest first; guarded by mutex_
  unsigned sleepers_ = 0;  ///< guarded by mutex_
  bool stopping_ = false;  ///< guarded by mutex_
  std::atomic<std::uint64_t> news_{0};  ///< grows with each publish; what a spinning worker watches
  std::vector<std::thread> threads_;
};

}  // namespace tessera::jobs
