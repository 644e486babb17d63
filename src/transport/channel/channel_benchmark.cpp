// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a packet costs in the channel: as many channels as a full server has, in turn, each packet
// with a tagged snapshot one way and inputs the other.
#include <benchmark/benchmark.h>

#include <vector>

#include "transport/channel/channel.h"

namespace tessera::channel {
namespace {

constexpr std::size_t kChannels = 2'000;

struct Nobody : Receiver {
  void on_section(std::uint8_t, std::span<const std::byte> bytes) override {
    total += bytes.size();
  }
  void on_message(std::uint8_t, std::span<const std::byte> bytes) override {
    total += bytes.size();
  }
  std::size_t total = 0;
};

struct Pairs {
  Pairs() {
    for (std::size_t i = 0; i < kChannels; ++i) {
      servers.emplace_back(Options::server());
      clients.emplace_back(Options::client());
    }
  }
  std::vector<Channel> servers;
  std::vector<Channel> clients;
  std::vector<std::byte> packet = std::vector<std::byte>(kPacketBytesMax);
  std::vector<std::byte> body = std::vector<std::byte>(400);
  Nobody nobody;
};

/// A round trip: write and read a snapshot, write and read an input, and take the delivery.
void exchange(benchmark::State& state) {
  Pairs pairs;
  std::size_t i = 0;
  std::int64_t now = 0;
  for (auto _ : state) {
    Channel& server = pairs.servers[i];
    Channel& client = pairs.clients[i];
    const Section snapshot{2, 1, pairs.body};
    std::size_t size = server.write_packet(now, {&snapshot, 1}, pairs.packet);
    if (!client.read_packet(now, std::span(pairs.packet).first(size), pairs.nobody))
      state.SkipWithError("refused");
    const Section input{1, 0, std::span(pairs.body).first(40)};
    size = client.write_packet(now, {&input, 1}, pairs.packet);
    if (!server.read_packet(now, std::span(pairs.packet).first(size), pairs.nobody))
      state.SkipWithError("refused");
    server.take_deliveries([&](const Delivery& d) { pairs.nobody.total += d.tag; });
    if (++i == kChannels) {
      i = 0;
      now += 50'000;
    }
  }
  state.SetLabel("4 packet operations");
}
BENCHMARK(exchange);

/// 60,000 bytes as one message, to the end and back.
void large_message(benchmark::State& state) {
  Options options = Options::server();
  options.stream_bytes_per_s = 1 << 30;
  Channel server(options);
  Channel client(Options::client());
  std::vector<std::byte> packet(kPacketBytesMax);
  const std::vector<std::byte> message(60'000);
  Nobody nobody;
  std::int64_t now = 0;
  for (auto _ : state) {
    if (!server.send(0, message)) state.SkipWithError("queue full");
    while (server.queued_bytes() > 0) {
      now += 1'000;
      const std::size_t down = server.write_packet(now, {}, packet);
      if (!client.read_packet(now, std::span(packet).first(down), nobody))
        state.SkipWithError("refused");
      const std::size_t up = client.write_packet(now, {}, packet);
      if (!server.read_packet(now, std::span(packet).first(up), nobody))
        state.SkipWithError("refused");
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * 60'000);
}
BENCHMARK(large_message)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::channel
