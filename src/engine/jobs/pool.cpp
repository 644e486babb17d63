// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/jobs/pool.h"

#include <algorithm>

namespace tessera::jobs {
namespace {

/// About 20 to 50 us of pauses: longer than the gap between two loops of one tick, far shorter than
/// the gap between two ticks.
constexpr int kSpinsBeforeSleep = 1000;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

/// One parallel_for. It lives on its caller's stack until no helper is inside.
struct Pool::Loop {
  Call call;
  void* context;
  std::size_t count;
  std::atomic<std::size_t> next{0};
  std::atomic<unsigned> helpers{0};  ///< changed under the pool's mutex, watched without it
  Loop* older = nullptr;
};

Pool::Pool(unsigned workers) {
  TESSERA_ASSERT(workers <= kWorkersMax, "Pool: too many workers");
  threads_.reserve(workers);
  for (unsigned i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    news_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Pool::run(std::size_t count, Call call, void* context) {
  if (threads_.empty() || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) call(context, i);
    return;
  }
  Loop loop{.call = call, .context = context, .count = count};
  publish(loop);
  take_pieces(loop);
  retire(loop);
}

void Pool::publish(Loop& loop) {
  std::size_t to_wake = 0;
  {
    const std::lock_guard lock(mutex_);
    loop.older = loops_;
    loops_ = &loop;
    news_.fetch_add(1, std::memory_order_release);
    to_wake = std::min<std::size_t>(sleepers_, loop.count - 1);
  }
  for (; to_wake > 0; --to_wake) wake_.notify_one();
}

void Pool::retire(Loop& loop) {
  std::unique_lock lock(mutex_);
  Loop** link = &loops_;
  while (*link != &loop) link = &(*link)->older;
  *link = loop.older;
  if (loop.helpers.load(std::memory_order_relaxed) == 0) return;
  lock.unlock();
  for (int i = 0; i < kSpinsBeforeSleep && loop.helpers.load(std::memory_order_relaxed) > 0; ++i) {
    pause();
  }
  lock.lock();  // also when the spin saw 0: the last helper must have let go of the mutex
  helpers_left_.wait(lock, [&] { return loop.helpers.load(std::memory_order_relaxed) == 0; });
}

void Pool::take_pieces(Loop& loop) {
  for (;;) {
    const std::size_t index = loop.next.fetch_add(1, std::memory_order_relaxed);
    if (index >= loop.count) return;
    loop.call(loop.context, index);
  }
}

Pool::Loop* Pool::find_open() {
  for (Loop* loop = loops_; loop != nullptr; loop = loop->older) {
    if (loop->next.load(std::memory_order_relaxed) < loop->count) return loop;
  }
  return nullptr;
}

void Pool::wait_for_news(std::uint64_t seen) const {
  for (int i = 0; i < kSpinsBeforeSleep && news_.load(std::memory_order_acquire) == seen; ++i) {
    pause();
  }
}

void Pool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (Loop* loop = find_open()) {
      loop->helpers.fetch_add(1, std::memory_order_relaxed);
      lock.unlock();
      take_pieces(*loop);
      lock.lock();
      if (loop->helpers.fetch_sub(1, std::memory_order_relaxed) == 1) helpers_left_.notify_all();
      continue;
    }
    if (stopping_) return;
    const std::uint64_t seen = news_.load(std::memory_order_relaxed);
    lock.unlock();
    wait_for_news(seen);
    lock.lock();
    if (news_.load(std::memory_order_relaxed) != seen) continue;
    ++sleepers_;
    wake_.wait(lock);
    --sleepers_;
  }
}

}  // namespace tessera::jobs
