// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Both ends over a bad link for simulated minutes: every message arrives once and in order, every
// tagged section is told of once, and the same seed gives the same run.
#include <gtest/gtest.h>

#include <cstdio>

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "transport/channel/test_support.h"
#include "transport/chaos/chaos.h"

namespace tessera::channel {
namespace {

using testing::Bytes;
using testing::pattern;
using testing::Side;

constexpr std::int64_t kMs = 1000;

struct Outcome {
  std::uint64_t hash = 0;
  float loss = 0;
  float rtt_ms = 0;
};

/// Sends numbered messages of changing length on some streams and checks them at the other end.
class Traffic {
 public:
  Traffic(Side& from, Side& to, std::size_t size_max, std::uint64_t seed)
      : from_(from), to_(to), size_max_(size_max), random_(seed) {}

  void send_some() {
    if (!random_.chance(0.3f)) return;
    const auto stream = static_cast<std::uint8_t>(random_.below(4));
    const std::size_t size = random_.chance(0.02f)
                                 ? random_.below(static_cast<std::uint32_t>(size_max_))
                                 : random_.below(120);
    if (from_.channel.send(stream, pattern(size, sent_[stream]))) {
      sizes_[stream].push_back(size);
      ++sent_[stream];
    }
  }
  void check_arrivals() {
    for (auto& [stream, messages] : to_.received.messages) {
      for (const Bytes& message : messages) {
        const std::uint32_t number = arrived_[stream]++;
        ASSERT_LT(number, sent_[stream]);
        ASSERT_EQ(message, pattern(sizes_[stream][number], number)) << "message " << number;
        hash_.add(message);
      }
      messages.clear();
    }
  }
  bool all_arrived() const { return arrived_ == sent_; }
  std::uint32_t count() const { return sent_[0] + sent_[1] + sent_[2] + sent_[3]; }
  std::uint64_t hash() const { return hash_.value(); }

 private:
  Side& from_;
  Side& to_;
  std::size_t size_max_;
  RandomStream random_;
  std::array<std::uint32_t, 4> sent_{};
  std::array<std::uint32_t, 4> arrived_{};
  std::array<std::vector<std::size_t>, 4> sizes_;
  StateHash hash_;
};

void drain(chaos::Link& link, std::int64_t now, Side& to) {
  while (const auto datagram = link.pop(now)) {
    ASSERT_TRUE(to.read(now, datagram->bytes).has_value());
  }
}

/// 20 Hz of tagged sections each way, and packets between when the channel wants them.
void write_due(Side& side, chaos::Link& link, std::int64_t now, std::uint32_t& tag) {
  if (now % (50 * kMs) == 0) link.push(now, side.write_tagged(now, ++tag), {});
  for (int i = 0; i < 4 && side.channel.wants_to_send(now); ++i)
    link.push(now, side.write(now), {});
}

void run(const char* chaos_text, std::uint64_t seed, Outcome& outcome) {
  std::printf("chaos %s seed %llu\n", chaos_text, static_cast<unsigned long long>(seed));
  auto options = chaos::parse_options(chaos_text).value();
  options.seed = seed;
  chaos::Link down(options);
  options.seed = seed + 1;
  chaos::Link up(options);
  Side server(Options::server());
  Side client(Options::client());
  Traffic down_traffic(server, client, kClientBoundMessageBytesMax, seed + 2);
  Traffic up_traffic(client, server, kServerBoundMessageBytesMax, seed + 3);
  std::uint32_t server_tags = 0;
  std::uint32_t client_tags = 0;
  std::vector<int> told(100'000);
  std::int64_t now = 0;
  const auto step = [&] {
    now += 10 * kMs;
    drain(down, now, client);
    drain(up, now, server);
    write_due(server, down, now, server_tags);
    write_due(client, up, now, client_tags);
    down_traffic.check_arrivals();
    up_traffic.check_arrivals();
    for (const auto& [tag, arrived] : server.deliveries()) ++told[tag];
    client.deliveries();
  };
  while (now < 120'000 * kMs) {
    down_traffic.send_some();
    up_traffic.send_some();
    step();
    ASSERT_FALSE(::testing::Test::HasFatalFailure());
  }
  const std::uint32_t last_tag = server_tags;
  while (!(down_traffic.all_arrived() && up_traffic.all_arrived()) && now < 400'000 * kMs) step();
  for (int i = 0; i < 1000; ++i) step();
  EXPECT_TRUE(down_traffic.all_arrived());
  EXPECT_TRUE(up_traffic.all_arrived());
  EXPECT_GT(down_traffic.count(), 3'000u);
  EXPECT_EQ(server.channel.queued_bytes(), 0u);
  for (std::uint32_t tag = 1; tag <= last_tag; ++tag) ASSERT_EQ(told[tag], 1) << "tag " << tag;
  outcome = {mix64(down_traffic.hash()) ^ up_traffic.hash(), server.channel.loss(),
             server.channel.rtt_ms()};
}

TEST(ChannelSoak, DeliversEverythingInOrderOverACleanLink) {
  Outcome outcome;
  run("delay=20", 11, outcome);
  EXPECT_EQ(outcome.loss, 0.0f);
  EXPECT_NEAR(outcome.rtt_ms, 40.0f, 12.0f);
}

TEST(ChannelSoak, DeliversEverythingInOrderOverAUsualBadLink) {
  Outcome outcome;
  run("loss=2,delay=40,jitter=10,duplicate=1,reorder=1", 12, outcome);
  EXPECT_LT(outcome.loss, 0.12f);
  EXPECT_NEAR(outcome.rtt_ms, 95.0f, 20.0f);
}

TEST(ChannelSoak, DeliversEverythingInOrderOverATerribleLink) {
  Outcome outcome;
  run("loss=25,delay=120,jitter=90,duplicate=10,reorder=10", 13, outcome);
  EXPECT_GT(outcome.loss, 0.1f);
}

TEST(ChannelSoak, RunsTheSameWayAgainWithTheSameSeed) {
  Outcome first;
  Outcome second;
  run("loss=5,delay=30,jitter=20,duplicate=2,reorder=2", 14, first);
  run("loss=5,delay=30,jitter=20,duplicate=2,reorder=2", 14, second);
  EXPECT_EQ(first.hash, second.hash);
  EXPECT_EQ(first.rtt_ms, second.rtt_ms);
}

}  // namespace
}  // namespace tessera::channel
