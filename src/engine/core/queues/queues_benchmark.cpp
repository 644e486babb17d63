// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What passing a message costs: on one thread (the instructions) and between two (the cache lines).
#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <thread>

#include "engine/core/queues/byte_ring.h"
#include "engine/core/queues/mpsc_queue.h"
#include "engine/core/queues/spsc_queue.h"

namespace tessera {
namespace {

struct Message {
  std::uint64_t session = 0;
  std::uint64_t number = 0;
};

template <class Queue>
void push_pop(benchmark::State& state) {
  Queue queue(1024);
  Message message{1, 2};
  for (auto _ : state) {
    benchmark::DoNotOptimize(queue.try_push(message));
    benchmark::DoNotOptimize(queue.try_pop(message));
  }
  state.SetItemsProcessed(state.iterations());
}

template <class Queue>
void between_threads(benchmark::State& state) {
  Queue queue(4096);
  std::atomic<bool> stop{false};
  std::jthread writer([&] {
    Message message{1, 0};
    while (!stop.load(std::memory_order_relaxed)) {
      if (queue.try_push(message)) {
        ++message.number;
      } else {
        std::this_thread::yield();
      }
    }
  });
  Message message;
  for (auto _ : state) {
    while (!queue.try_pop(message)) std::this_thread::yield();
    benchmark::DoNotOptimize(message);
  }
  stop.store(true);
  state.SetItemsProcessed(state.iterations());
}

void byte_ring_push_pop(benchmark::State& state) {
  ByteRing ring(64 * 1024);
  const std::array<std::byte, 400> body{};
  const std::span bytes(body.data(), static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(ring.try_push(Message{1, 2}, bytes));
    const auto record = ring.front();
    benchmark::DoNotOptimize(record.data());
    ring.pop(record.size());
    ring.release();
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(push_pop<SpscQueue<Message>>)->Name("spsc_push_pop");
BENCHMARK(push_pop<MpscQueue<Message>>)->Name("mpsc_push_pop");
BENCHMARK(byte_ring_push_pop)->Arg(40)->Arg(400);
BENCHMARK(between_threads<SpscQueue<Message>>)->Name("spsc_between_threads")->UseRealTime();
BENCHMARK(between_threads<MpscQueue<Message>>)->Name("mpsc_between_threads")->UseRealTime();

}  // namespace
}  // namespace tessera
