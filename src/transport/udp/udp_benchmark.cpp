// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The kernel's part of a datagram on loopback: what no code of ours can go below.
#include <benchmark/benchmark.h>

#include <vector>

#include "transport/udp/client_sockets.h"
#include "transport/udp/socket.h"

namespace tessera::udp {
namespace {

/// 400 bytes to another socket and 40 back, 64 at a time: four operations of a datagram.
void mmsg_exchange(benchmark::State& state) {
  Socket a = Socket::open({.bind = Address::loopback(0)}).value();
  Socket b = Socket::open({.bind = Address::loopback(0)}).value();
  const std::vector<std::byte> down(400);
  const std::vector<std::byte> up(40);
  for (auto _ : state) {
    for (std::size_t i = 0; i < kBatch; ++i) a.queue_copy(b.local_address(), down);
    a.flush();
    for (const Datagram& datagram : b.receive()) b.queue_copy(datagram.from, up);
    b.flush();
    benchmark::DoNotOptimize(a.receive().size());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 2 *
                          static_cast<std::int64_t>(kBatch));
}
BENCHMARK(mmsg_exchange);

/// A round of 1,000 client sockets: 40 bytes up from each, 400 down to each.
void client_sockets(benchmark::State& state) {
  Socket server = Socket::open({.bind = Address::loopback(0)}).value();
  auto clients =
      ClientSockets::open({.count_max = 1000, .use_io_uring = state.range(0) != 0}).value();
  for (int i = 0; i < 1000; ++i) {
    if (!clients.add(server.local_address())) state.SkipWithError("too few descriptors");
  }
  const std::vector<std::byte> down(400);
  const std::vector<std::byte> up(40);
  for (auto _ : state) {
    for (std::uint32_t i = 0; i < 1000; ++i) clients.queue(i, up);
    clients.flush();
    for (auto datagrams = server.receive(); !datagrams.empty(); datagrams = server.receive()) {
      for (const Datagram& datagram : datagrams) server.queue_copy(datagram.from, down);
    }
    server.flush();
    while (!clients.receive(0).empty()) {
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 2000);
  state.SetLabel(clients.uses_io_uring() ? "io_uring" : "epoll");
}
BENCHMARK(client_sockets)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::udp
