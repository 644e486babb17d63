// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a packet costs, with as many clients as a full server has, so that sessions come from memory
// and not from the cache. Argument: payload bytes; 40 is a client's input, 400 a usual snapshot.
#include <benchmark/benchmark.h>

#include <vector>

#include "transport/netcode/client.h"
#include "transport/netcode/server.h"

namespace tessera::netcode {
namespace {

constexpr std::uint32_t kClients = 5'000;
constexpr udp::Address kHere = udp::Address::v4(127, 0, 0, 1, 1);
constexpr Time kNow{0, 10};

udp::Address address(std::uint32_t i) {
  return udp::Address::v4(10, 0, static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i),
                          5);
}

ConnectTokenBytes token_for(std::uint64_t client_id) {
  return mint_connect_token({.protocol_id = 1,
                             .client_id = client_id,
                             .create_unix_s = 1,
                             .expire_unix_s = 1000,
                             .timeout_s = -1,
                             .servers = {kHere}},
                            Key{})
      .value();
}

struct Crowd {
  Crowd() : server({.protocol_id = 1, .public_addresses = {kHere}, .clients_max = kClients}) {
    std::vector<std::byte> datagram(kRequestBytes);
    std::vector<std::byte> answer(kControlPacketBytesMax);
    for (std::uint32_t i = 0; i < kClients; ++i) {
      Client& client = clients.emplace_back();
      client.connect(kNow, token_for(i + 1));
      exchange(i, client.update(kNow, datagram), datagram, answer);
      exchange(i, client.update(kNow, datagram), datagram, answer);
      // A payload confirms the connection; until then the server repeats keep-alives at 10 Hz.
      exchange(i, client.seal_payload(kNow, datagram, 1), datagram, answer);
    }
  }
  /// Hands the server what client `i` made, and the client the answer.
  void exchange(std::uint32_t i, std::span<const std::byte> sent, std::span<std::byte> datagram,
                std::span<std::byte> answer) {
    const auto received = server.receive(kNow, address(i), writable(datagram, sent), answer);
    clients[i].receive(kNow, kHere, writable(answer, received.answer));
  }
  /// The part of our own buffer that a span of constant bytes shows.
  static std::span<std::byte> writable(std::span<std::byte> buffer,
                                       std::span<const std::byte> part) {
    if (part.empty()) return {};
    return buffer.subspan(static_cast<std::size_t>(part.data() - buffer.data()), part.size());
  }

  Server server;
  std::vector<Client> clients;
};

void seal_payload(benchmark::State& state) {
  Crowd crowd;
  std::vector<std::byte> buffer(kPacketBytesMax);
  ClientIndex client = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        crowd.server.seal_payload(kNow, client, buffer, static_cast<std::size_t>(state.range(0))));
    client = (client + 1) % kClients;
  }
}
BENCHMARK(seal_payload)->Arg(40)->Arg(400)->Arg(1100);

void receive_payload(benchmark::State& state) {
  Crowd crowd;
  constexpr std::size_t kStride = 1280;
  std::vector<std::byte> datagrams(kStride * kClients);
  std::vector<std::span<std::byte>> sealed(kClients);
  std::vector<std::byte> answer(kControlPacketBytesMax);
  std::uint32_t i = kClients;
  for (auto _ : state) {
    if (i == kClients) {
      state.PauseTiming();
      for (i = 0; i < kClients; ++i) {
        const auto buffer = std::span(datagrams).subspan(i * kStride, kStride);
        const auto packet =
            crowd.clients[i].seal_payload(kNow, buffer, static_cast<std::size_t>(state.range(0)));
        sealed[i] = Crowd::writable(buffer, packet);
      }
      i = 0;
      state.ResumeTiming();
    }
    const Received received = crowd.server.receive(kNow, address(i), sealed[i], answer);
    if (received.event != Received::Event::Payload) state.SkipWithError("not a payload");
    ++i;
  }
}
BENCHMARK(receive_payload)->Arg(40)->Arg(400);

void refuse_forged_request(benchmark::State& state) {
  Crowd crowd;
  Client stranger;
  stranger.connect(kNow, token_for(99'999));
  std::vector<std::byte> request(kRequestBytes);
  stranger.update(kNow, request);
  request[500] ^= std::byte{1};
  std::vector<std::byte> datagram = request;
  std::vector<std::byte> answer(kControlPacketBytesMax);
  for (auto _ : state) {
    std::ranges::copy(request, datagram.begin());
    benchmark::DoNotOptimize(crowd.server.receive(kNow, address(60'000), datagram, answer));
  }
}
BENCHMARK(refuse_forged_request);

struct Silence : ServerOutput {
  void on_send(const udp::Address&, std::span<const std::byte>) override {}
  void on_disconnected(ClientIndex, DisconnectReason) override {}
};

/// All 5,000 clients kept alive and checked for a simulated second, in 60 updates.
void update_a_second(benchmark::State& state) {
  Crowd crowd;
  Silence silence;
  Time now = kNow;
  std::vector<std::byte> buffer(kPacketBytesMax);
  for (auto _ : state) {
    for (int tick = 0; tick < 60; ++tick) {
      now.us += 16'667;
      crowd.server.update(now, silence);
    }
  }
}
BENCHMARK(update_a_second)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::netcode
