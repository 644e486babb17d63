// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "cluster/link/link.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <thread>

#include "engine/core/random.h"

namespace tessera::cluster {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool readable(int fd) {
  pollfd waiting{fd, POLLIN, 0};
  return poll(&waiting, 1, 0) == 1;
}

TEST(Link, HandsMessagesUpInOrderWithHeaderAndBytes) {
  Link link;
  EXPECT_TRUE(link.push_up({SessionId{7}, 3, UpKind::Message, 0}, bytes_of("hello")));
  EXPECT_TRUE(link.push_up({SessionId{8}, 9, UpKind::Delivery, 1}));
  std::vector<std::string> seen;
  const auto taken = link.drain_up([&](const UpHeader& header, std::span<const std::byte> bytes) {
    seen.push_back(std::to_string(header.session.value) + ":" + std::to_string(header.number) +
                   ":" + std::to_string(static_cast<int>(header.kind)) + ":" +
                   std::to_string(header.flag) + ":" + text_of(bytes));
  });
  EXPECT_EQ(taken, 2u);
  EXPECT_EQ(seen, (std::vector<std::string>{"7:3:3:0:hello", "8:9:4:1:"}));
}

TEST(Link, TakesNoMoreThanAskedFor) {
  Link link;
  for (int i = 0; i < 5; ++i) link.push_up({SessionId{1}, 0, UpKind::RoundTrip, 0});
  const auto ignore = [](const UpHeader&, std::span<const std::byte>) {};
  EXPECT_EQ(link.drain_up(ignore, 2), 2u);
  EXPECT_EQ(link.drain_up(ignore), 3u);
  EXPECT_EQ(link.drain_up(ignore), 0u);
}

TEST(Link, DropsInputsBeforeTheRingIsFullSoThatSessionsStillPass) {
  Link link({.up_bytes = 4096, .down_bytes = 4096});
  const std::vector<std::byte> input(100);
  while (link.push_up({SessionId{1}, 0, UpKind::Inputs, 0}, input)) {
  }
  EXPECT_EQ(link.counters().up_dropped.load(), 1u);
  EXPECT_TRUE(link.push_up({SessionId{1}, 0, UpKind::SessionClosed, 0}));
  EXPECT_EQ(link.counters().up_refused.load(), 0u);
}

TEST(Link, RefusesAndCountsWhatMustNotBeDroppedWhenTheRingIsFull) {
  Link link({.up_bytes = 4096, .down_bytes = 4096});
  const std::vector<std::byte> message(500);
  while (link.push_up({SessionId{1}, 0, UpKind::Message, 0}, message)) {
  }
  EXPECT_EQ(link.counters().up_refused.load(), 1u);
  link.drain_up([](const UpHeader&, std::span<const std::byte>) {});
  EXPECT_TRUE(link.push_up({SessionId{1}, 0, UpKind::Message, 0}, message));
}

TEST(Link, ShedsSnapshotsWhenTheGatewayIsSlow) {
  Link link({.up_bytes = 4096, .down_bytes = 4096});
  const std::vector<std::byte> snapshot(400);
  int accepted = 0;
  while (link.push_down({SessionId{1}, 0, DownKind::Snapshot}, snapshot)) ++accepted;
  EXPECT_GT(accepted, 4);
  EXPECT_EQ(link.counters().down_dropped.load(), 1u);
  EXPECT_TRUE(link.push_down({SessionId{1}, 0, DownKind::Message}, bytes_of("still passes")));
}

TEST(Link, DisconnectsASessionOnceWhenItsMessageDidNotFit) {
  Link link({.up_bytes = 4096, .down_bytes = 4096});
  const std::vector<std::byte> message(1000);
  while (link.push_down({SessionId{5}, 0, DownKind::Message}, message)) {
  }
  link.push_down({SessionId{5}, 0, DownKind::Message}, message);
  EXPECT_EQ(link.counters().down_refused.load(), 2u);
  link.drain_down([](const DownHeader&, std::span<const std::byte>) {});
  link.flush_down();
  int disconnects = 0;
  link.drain_down([&](const DownHeader& header, std::span<const std::byte>) {
    EXPECT_EQ(header.session, SessionId{5});
    EXPECT_EQ(header.kind, DownKind::Disconnect);
    EXPECT_EQ(header.number, static_cast<std::uint32_t>(CloseReason::SlowClient));
    ++disconnects;
  });
  EXPECT_EQ(disconnects, 1);
}

TEST(Link, KeepsADisconnectWithItsSentenceUntilThereIsRoom) {
  Link link({.up_bytes = 4096, .down_bytes = 4096});
  const std::vector<std::byte> message(100);
  while (link.push_down({SessionId{5}, 0, DownKind::Message}, message)) {
  }
  const std::vector<std::byte> padding(8);
  while (link.push_down({SessionId{5}, 0, DownKind::Message}, padding)) {
  }
  const auto kicked = static_cast<std::uint32_t>(CloseReason::Kicked);
  EXPECT_TRUE(link.push_down({SessionId{6}, kicked, DownKind::Disconnect}, bytes_of("Be nice.")));
  link.drain_down([](const DownHeader&, std::span<const std::byte>) {});
  link.flush_down();
  std::string sentence;
  link.drain_down([&](const DownHeader& header, std::span<const std::byte> bytes) {
    if (header.session == SessionId{6}) sentence = text_of(bytes);
  });
  EXPECT_EQ(sentence, "Be nice.");
}

TEST(Link, RingsTheBellOfASleeperAtTheEndOfTheTickAndAtOnceForAnswers) {
  Link link;
  Doorbell bell;
  link.use_bell(bell);
  link.flush_down();
  bell.about_to_sleep();
  link.push_down({SessionId{1}, 0, DownKind::Snapshot}, bytes_of("later"));
  EXPECT_FALSE(readable(bell.fd()));
  link.flush_down();
  EXPECT_TRUE(readable(bell.fd()));
  bell.awake();
  EXPECT_FALSE(readable(bell.fd()));

  bell.about_to_sleep();
  link.push_down({SessionId{1}, 0, DownKind::Snapshot, 1}, bytes_of("now"));
  EXPECT_TRUE(readable(bell.fd()));
  bell.awake();

  link.push_down({SessionId{1}, 0, DownKind::Snapshot, 1}, bytes_of("nobody sleeps"));
  link.flush_down();
  EXPECT_FALSE(readable(bell.fd()));
  EXPECT_FALSE(link.down_empty());
  EXPECT_EQ(&link.bell(), &bell);
}

// The whole way with two threads: nothing is lost, doubled or reordered, whatever the sizes, and
// the sleeping side is always woken.
TEST(Link, CarriesEveryMessageAcrossThreadsWhileOneSideSleeps) {
  constexpr std::uint64_t kSeed = 20261;
  constexpr std::uint32_t kCount = 60'000;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Link link({.up_bytes = 1 << 14, .down_bytes = 1 << 14});
  std::thread zone([&] {
    RandomStream random(kSeed);
    std::vector<std::byte> bytes(700);
    for (std::uint32_t i = 0; i < kCount; ++i) {
      const std::size_t size = random.below(600);
      bytes[0] = static_cast<std::byte>(i);
      while (!link.push_down({SessionId{1}, i, DownKind::Snapshot}, std::span(bytes).first(size))) {
        link.flush_down();
        std::this_thread::yield();
      }
      if (random.below(50) == 0) link.flush_down();
    }
    link.flush_down();
  });
  RandomStream random(kSeed);
  std::uint32_t next = 0;
  bool same = true;
  while (next < kCount) {
    link.drain_down([&](const DownHeader& header, std::span<const std::byte> bytes) {
      same = same && header.number == next && bytes.size() == random.below(600) &&
             (bytes.empty() || bytes[0] == static_cast<std::byte>(next));
      random.below(50);
      ++next;
    });
    link.bell().about_to_sleep();
    if (link.down_empty() && next < kCount) {
      pollfd waiting{link.bell().fd(), POLLIN, 0};
      ASSERT_EQ(poll(&waiting, 1, 20'000), 1) << "a wake-up was lost";
    }
    link.bell().awake();
  }
  zone.join();
  EXPECT_TRUE(same);
}

}  // namespace
}  // namespace tessera::cluster
