// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/chaos/chaos.h"

#include <gtest/gtest.h>

namespace tessera::chaos {
namespace {

constexpr std::int64_t kMs = 1000;

std::array<std::byte, 2> numbered(int number) {
  return {static_cast<std::byte>(number & 0xff), static_cast<std::byte>(number >> 8)};
}
int number_of(const Datagram& datagram) {
  return std::to_integer<int>(datagram.bytes[0]) | std::to_integer<int>(datagram.bytes[1]) << 8;
}

/// Pushes one datagram a millisecond, and tells which came out and when.
std::vector<std::pair<int, std::int64_t>> run(const Options& options, int count) {
  Link link(options);
  std::vector<std::pair<int, std::int64_t>> out;
  for (int i = 0; i < count + 1000; ++i) {
    const std::int64_t now = i * kMs;
    if (i < count) link.push(now, numbered(i), udp::Address::loopback(5));
    while (const auto datagram = link.pop(now)) {
      EXPECT_EQ(datagram->address, udp::Address::loopback(5));
      out.emplace_back(number_of(*datagram), i);
    }
  }
  EXPECT_FALSE(link.next_at_us().has_value());
  return out;
}

TEST(Chaos, LeavesAllAsItIsWithoutOptions) {
  const auto out = run({}, 100);
  ASSERT_EQ(out.size(), 100u);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(out[static_cast<std::size_t>(i)], std::pair(i, std::int64_t{i}));
  EXPECT_FALSE(Options{}.any());
}

TEST(Chaos, DelaysByTheGivenTime) {
  const auto out = run(parse_options("delay=40").value(), 100);
  ASSERT_EQ(out.size(), 100u);
  for (const auto& [number, at] : out) EXPECT_EQ(at, number + 40);
}

TEST(Chaos, KeepsJitterWithinItsBound) {
  const auto out = run(parse_options("delay=40,jitter=10").value(), 1000);
  ASSERT_EQ(out.size(), 1000u);
  bool varies = false;
  for (const auto& [number, at] : out) {
    EXPECT_GE(at - number, 40);
    EXPECT_LE(at - number, 51);
    varies = varies || at - number > 45;
  }
  EXPECT_TRUE(varies);
}

TEST(Chaos, LosesAndDuplicatesAboutTheGivenShare) {
  const auto lost = run(parse_options("loss=10").value(), 10'000);
  EXPECT_NEAR(static_cast<double>(lost.size()), 9'000, 150);
  const auto twice = run(parse_options("duplicate=10").value(), 10'000);
  EXPECT_NEAR(static_cast<double>(twice.size()), 11'000, 150);
}

TEST(Chaos, LetsLaterOnesOvertakeTheReordered) {
  const auto out = run(parse_options("reorder=5").value(), 1000);
  ASSERT_EQ(out.size(), 1000u);
  EXPECT_FALSE(std::ranges::is_sorted(out, {}, &std::pair<int, std::int64_t>::first));
}

TEST(Chaos, SendsNoFasterThanTheBandwidth) {
  Options options = parse_options("bandwidth=80").value();  // 10 bytes a millisecond
  Link link(options);
  const std::array<std::byte, 100> bytes{};
  for (int i = 0; i < 5; ++i) link.push(0, bytes, {});
  std::vector<std::int64_t> at;
  for (std::int64_t now = 0; now <= 100 * kMs; now += kMs) {
    while (link.pop(now)) at.push_back(now / kMs);
  }
  EXPECT_EQ(at, (std::vector<std::int64_t>{10, 20, 30, 40, 50}));
}

TEST(Chaos, DropsWhatItsQueueCannotHold) {
  Options options;
  options.delay_ms = 100;
  options.queue_bytes_max = 250;
  Link link(options);
  const std::array<std::byte, 100> bytes{};
  for (int i = 0; i < 5; ++i) link.push(0, bytes, {});
  EXPECT_EQ(link.counters().overflowed, 3u);
  EXPECT_EQ(link.counters().pushed, 5u);
  EXPECT_TRUE(link.pop(100 * kMs).has_value());
  link.push(100 * kMs, bytes, {});
  EXPECT_EQ(link.counters().overflowed, 3u);
}

TEST(Chaos, TellsWhenTheNextComesOut) {
  Options options;
  options.delay_ms = 7;
  Link link(options);
  link.push(1000, {}, {});
  EXPECT_EQ(link.next_at_us(), 8000);
}

TEST(Chaos, DealsTheSameFateForTheSameSeed) {
  Options options = parse_options("loss=5,delay=20,jitter=20,duplicate=5,reorder=5,seed=9").value();
  EXPECT_EQ(run(options, 2000), run(options, 2000));
  Options other = options;
  other.seed = 10;
  EXPECT_NE(run(options, 2000), run(other, 2000));
}

TEST(ChaosOptions, AreReadFromText) {
  const auto options =
      parse_options("loss=2,delay=40,jitter=10,duplicate=1,reorder=1.5,bandwidth=2000,seed=7");
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->loss_percent, 2.0f);
  EXPECT_EQ(options->delay_ms, 40);
  EXPECT_EQ(options->jitter_ms, 10);
  EXPECT_EQ(options->duplicate_percent, 1.0f);
  EXPECT_EQ(options->reorder_percent, 1.5f);
  EXPECT_EQ(options->bandwidth_kbit, 2000);
  EXPECT_EQ(options->seed, 7u);
  EXPECT_TRUE(options->any());
  EXPECT_FALSE(parse_options("").value().any());
}

TEST(ChaosOptions, AreRefusedWithAReason) {
  const auto reason = [](const char* text) { return parse_options(text).error().message; };
  EXPECT_NE(reason("lost=2").find("unknown key 'lost'"), std::string::npos);
  EXPECT_NE(reason("loss").find("'loss' is not key=value"), std::string::npos);
  EXPECT_NE(reason("loss=two").find("needs a number, not 'two'"), std::string::npos);
  EXPECT_NE(reason("loss=").find("needs a number"), std::string::npos);
  EXPECT_NE(reason("loss=101").find("must be 0 to 100, not 101"), std::string::npos);
  EXPECT_NE(reason("delay=-1").find("must be 0 to 60000"), std::string::npos);
  EXPECT_NE(reason("delay=nan").find("needs a number"), std::string::npos);
  EXPECT_NE(reason("delay=40,,loss=2").find("'' is not key=value"), std::string::npos);
}

}  // namespace
}  // namespace tessera::chaos
