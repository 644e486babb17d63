// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/channel/channel.h"

#include <gmock/gmock.h>

#include "transport/channel/test_support.h"

namespace tessera::channel {
namespace {

using testing::Bytes;
using testing::bytes_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::pattern;
using testing::Side;

constexpr std::int64_t kMs = 1000;

struct Pairing {
  Side server{Options::server()};
  Side client{Options::client()};
};

TEST(Channel, CarriesSectionsAndMessagesInOnePacket) {
  Pairing p;
  ASSERT_TRUE(p.server.channel.send(0, bytes_of("welcome")));
  ASSERT_TRUE(p.server.channel.send(3, bytes_of("")));
  const Bytes body = pattern(300, 1);
  const std::array sections{Section{2, 0, body}, Section{5, 0, {}}};
  ASSERT_TRUE(p.client.read(0, p.server.write(0, sections)).has_value());
  EXPECT_THAT(p.client.received.sections, ElementsAre(Pair(2, body), Pair(5, Bytes{})));
  EXPECT_THAT(p.client.received.messages[0], ElementsAre(bytes_of("welcome")));
  EXPECT_THAT(p.client.received.messages[3], ElementsAre(Bytes{}));
}

TEST(Channel, TellsThatATaggedSectionArrived) {
  Pairing p;
  ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, 77)).has_value());
  EXPECT_THAT(p.server.deliveries(), IsEmpty());
  ASSERT_TRUE(p.server.read(0, p.client.write(0)).has_value());
  EXPECT_THAT(p.server.deliveries(), ElementsAre(Pair(77, true)));
  EXPECT_THAT(p.server.deliveries(), IsEmpty());
}

TEST(Channel, TellsOfEveryTaggedSectionOfAPacket) {
  Pairing p;
  const Bytes body = pattern(10, 1);
  const std::array sections{Section{2, 1, body}, Section{2, 2, body}, Section{2, 3, body},
                            Section{2, 4, body}};
  ASSERT_TRUE(p.client.read(0, p.server.write(0, sections)).has_value());
  ASSERT_TRUE(p.server.read(0, p.client.write(0)).has_value());
  EXPECT_EQ(p.server.deliveries().size(), 4u);
}

TEST(Channel, TellsALossAsSoonAsALaterPacketIsAcknowledged) {
  Pairing p;
  p.server.write_tagged(0, 1);  // lost
  ASSERT_TRUE(p.client.read(50 * kMs, p.server.write_tagged(50 * kMs, 2)).has_value());
  ASSERT_TRUE(p.server.read(60 * kMs, p.client.write(60 * kMs)).has_value());
  EXPECT_THAT(p.server.deliveries(), ElementsAre(Pair(1, false), Pair(2, true)));
  EXPECT_GT(p.server.channel.loss(), 0.0f);
}

TEST(Channel, WaitsForThreePacketsWhenTheyFollowCloseUpon) {
  Pairing p;
  p.server.write_tagged(0, 1);  // late, or lost
  for (std::uint32_t tag = 2; tag <= 3; ++tag) {
    ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, tag)).has_value());
  }
  ASSERT_TRUE(p.server.read(0, p.client.write(0)).has_value());
  EXPECT_THAT(p.server.deliveries(), ElementsAre(Pair(2, true), Pair(3, true)));
  ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, 4)).has_value());
  ASSERT_TRUE(p.server.read(0, p.client.write(0)).has_value());
  EXPECT_THAT(p.server.deliveries(), ElementsAre(Pair(1, false), Pair(4, true)));
}

TEST(Channel, DoesNotTellALossWhenTheOrderOnlyChanged) {
  Pairing p;
  const Bytes first = p.server.write_tagged(0, 1);
  ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, 2)).has_value());
  ASSERT_TRUE(p.client.read(0, first).has_value());
  ASSERT_TRUE(p.server.read(0, p.client.write(0)).has_value());
  EXPECT_THAT(p.server.deliveries(), ElementsAre(Pair(1, true), Pair(2, true)));
}

TEST(Channel, TellsALossWhenNothingIsHeardForTheTimeout) {
  Pairing p;
  p.server.write_tagged(0, 9);
  EXPECT_FALSE(p.server.channel.wants_to_send(400 * kMs));
  EXPECT_THAT(p.server.deliveries(), IsEmpty());
  EXPECT_FALSE(p.server.channel.wants_to_send(500 * kMs));
  EXPECT_THAT(p.server.deliveries(), ElementsAre(Pair(9, false)));
}

TEST(Channel, TellsALossWhenSixtyFourPacketsWentUnanswered) {
  Pairing p;
  for (std::uint32_t tag = 1; tag <= 65; ++tag) p.server.write_tagged(0, tag);
  EXPECT_THAT(p.server.deliveries(), ElementsAre(Pair(1, false)));
}

TEST(Channel, IgnoresADuplicateAndAPacketThatIsTooOld) {
  Pairing p;
  const Bytes old_packet = p.server.write_tagged(0, 1);
  const Bytes packet = p.server.write_tagged(0, 2);
  ASSERT_TRUE(p.client.read(0, packet).has_value());
  ASSERT_TRUE(p.client.read(0, packet).has_value());
  for (std::uint32_t tag = 3; tag < 70; ++tag) {
    ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, tag)).has_value());
  }
  const std::size_t count = p.client.received.sections.size();
  ASSERT_TRUE(p.client.read(0, old_packet).has_value());
  EXPECT_EQ(p.client.received.sections.size(), count);
  EXPECT_EQ(count, 68u);
  EXPECT_EQ(p.client.channel.statistics().packets_stale, 2u);
}

TEST(Channel, MeasuresTheRoundTripWithoutThePeersDelay) {
  Pairing p;
  for (int i = 0; i < 50; ++i) {
    const std::int64_t at = i * 100 * kMs;
    ASSERT_TRUE(p.client.read(at + 30 * kMs, p.server.write_tagged(at, 1)).has_value());
    // The client answers 40 ms later; that is not the network's fault.
    ASSERT_TRUE(p.server.read(at + 90 * kMs, p.client.write(at + 70 * kMs)).has_value());
  }
  EXPECT_NEAR(p.server.channel.rtt_ms(), 50.0f, 1.5f);
}

TEST(Channel, LeavesAnUnknownDelayOutOfTheRoundTrip) {
  Pairing p;
  ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, 1)).has_value());
  ASSERT_TRUE(p.server.read(400 * kMs, p.client.write(400 * kMs)).has_value());
  EXPECT_EQ(p.server.channel.rtt_ms(), 0.0f);
}

TEST(Channel, WantsToSendAnAcknowledgementAfterTheDelay) {
  Pairing p;
  EXPECT_FALSE(p.client.channel.wants_to_send(0));
  ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, 1)).has_value());
  EXPECT_FALSE(p.client.channel.wants_to_send(99 * kMs));
  EXPECT_TRUE(p.client.channel.wants_to_send(100 * kMs));
  const Bytes acknowledgement = p.client.write(100 * kMs);
  EXPECT_EQ(acknowledgement.size(), 6u);
  EXPECT_FALSE(p.client.channel.wants_to_send(300 * kMs));
  // An acknowledgement alone is not acknowledged: two silent sides stay silent.
  ASSERT_TRUE(p.server.read(100 * kMs, acknowledgement).has_value());
  EXPECT_FALSE(p.server.channel.wants_to_send(10'000 * kMs));
}

TEST(Channel, WantsToSendAtOnceWhenManyPacketsAreUnacknowledged) {
  Pairing p;
  for (std::uint32_t tag = 1; tag <= 16; ++tag) {
    EXPECT_FALSE(p.client.channel.wants_to_send(0));
    ASSERT_TRUE(p.client.read(0, p.server.write_tagged(0, tag)).has_value());
  }
  EXPECT_TRUE(p.client.channel.wants_to_send(0));
}

TEST(Channel, RefusesMessagesBeyondTheSendQueueAndTakesThemAgainLater) {
  Options options = Options::server();
  options.send_queue_bytes_max = 100'000;
  Side server(options);
  Side client(Options::client());
  const Bytes message = pattern(60'000, 1);
  EXPECT_TRUE(server.channel.send(0, message));
  EXPECT_FALSE(server.channel.send(1, message));
  EXPECT_EQ(server.channel.queued_bytes(), 60'003u);
  std::int64_t now = 0;
  while (client.received.messages[0].empty() && now < 10'000 * kMs) {
    now += 10 * kMs;
    if (server.channel.wants_to_send(now)) {
      ASSERT_TRUE(client.read(now, server.write(now)));
    }
    if (client.channel.wants_to_send(now)) {
      ASSERT_TRUE(server.read(now, client.write(now)));
    }
  }
  ASSERT_TRUE(server.read(now, client.write(now)));
  EXPECT_THAT(client.received.messages[0], ElementsAre(message));
  EXPECT_EQ(server.channel.queued_bytes(), 0u);
  EXPECT_TRUE(server.channel.send(1, message));
}

TEST(Channel, SendsALostMessageAgain) {
  Pairing p;
  ASSERT_TRUE(p.server.channel.send(0, bytes_of("one")));
  p.server.write(0);  // lost
  EXPECT_FALSE(p.server.channel.wants_to_send(10 * kMs));
  EXPECT_TRUE(p.server.channel.wants_to_send(500 * kMs));
  ASSERT_TRUE(p.client.read(500 * kMs, p.server.write(500 * kMs)).has_value());
  EXPECT_THAT(p.client.received.messages[0], ElementsAre(bytes_of("one")));
  EXPECT_EQ(p.server.channel.statistics().stream_bytes_resent, 4u);
}

TEST(Channel, DeliversAStreamInOrderWhileAnotherIsNotHeldUp) {
  Pairing p;
  ASSERT_TRUE(p.server.channel.send(0, bytes_of("first")));
  const Bytes first = p.server.write(0);
  ASSERT_TRUE(p.server.channel.send(0, bytes_of("second")));
  ASSERT_TRUE(p.server.channel.send(1, bytes_of("other")));
  ASSERT_TRUE(p.client.read(0, p.server.write(0)).has_value());
  EXPECT_THAT(p.client.received.messages[0], IsEmpty());
  EXPECT_THAT(p.client.received.messages[1], ElementsAre(bytes_of("other")));
  ASSERT_TRUE(p.client.read(0, first).has_value());
  EXPECT_THAT(p.client.received.messages[0], ElementsAre(bytes_of("first"), bytes_of("second")));
}

TEST(Channel, GivesEachStreamItsTurnWhenThereIsMuchToSend) {
  Pairing p;
  ASSERT_TRUE(p.server.channel.send(0, pattern(50'000, 1)));
  ASSERT_TRUE(p.server.channel.send(1, bytes_of("short")));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(p.client.read(0, p.server.write(0)).has_value());
  EXPECT_THAT(p.client.received.messages[1], ElementsAre(bytes_of("short")));
}

TEST(Channel, PacesStreamsToTheirRate) {
  Pairing p;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(p.server.channel.send(0, pattern(65'000, 1)));
  std::size_t sent = 0;
  for (std::int64_t now = 0; now < 1000 * kMs; now += 5 * kMs) {
    if (!p.server.channel.wants_to_send(now)) continue;
    const Bytes packet = p.server.write(now);
    sent += packet.size();
    ASSERT_TRUE(p.client.read(now, packet).has_value());
    ASSERT_TRUE(p.server.read(now, p.client.write(now)).has_value());
  }
  EXPECT_NEAR(static_cast<double>(sent), 128 * 1024 + 16 * 1024, 4000);
}

TEST(Channel, StopsAtTheWindowUntilThePeerAcknowledges) {
  Options options = Options::client();
  options.stream_bytes_per_s = 10 << 20;
  Side client(options);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(client.channel.send(0, pattern(4'000, 1)));
  std::size_t sent = 0;
  while (client.channel.wants_to_send(0)) sent += client.write(0).size();
  EXPECT_GE(sent, kServerBoundWindowBytes);
  EXPECT_LT(sent, kServerBoundWindowBytes + 200);
}

TEST(Channel, TakesLittleMemoryWhenIdle) {
  Pairing p;
  for (std::int64_t now = 0; now < 2000 * kMs; now += 50 * kMs) {
    ASSERT_TRUE(p.server.channel.send(0, bytes_of("chat line of usual length")));
    ASSERT_TRUE(p.client.read(now, p.server.write_tagged(now, 1)).has_value());
    ASSERT_TRUE(p.server.read(now, p.client.write(now)).has_value());
    p.server.deliveries();
  }
  EXPECT_LT(p.server.channel.memory_bytes(), 4096u);
  EXPECT_LT(p.client.channel.memory_bytes(), 4096u);
}

TEST(Channel, GoesOnWhenSequenceNumbersWrap) {
  Pairing p;
  for (std::uint32_t i = 1; i <= 70'000; ++i) {
    const std::int64_t now = i * 50 * kMs;
    if (i % 7 == 0) {
      ASSERT_TRUE(p.server.channel.send(0, bytes_of("x")));
    }
    ASSERT_TRUE(p.client.read(now, p.server.write_tagged(now, i)).has_value());
    ASSERT_TRUE(p.server.read(now, p.client.write(now)).has_value());
    ASSERT_THAT(p.server.deliveries(), ElementsAre(Pair(i, true)));
    p.client.received.sections.clear();
  }
  EXPECT_EQ(p.client.received.messages[0].size(), 10'000u);
}

TEST(Channel, CanBeMoved) {
  Pairing p;
  ASSERT_TRUE(p.server.channel.send(0, bytes_of("kept")));
  Channel moved = std::move(p.server.channel);
  p.server.channel = std::move(moved);
  ASSERT_TRUE(p.client.read(0, p.server.write(0)).has_value());
  EXPECT_THAT(p.client.received.messages[0], ElementsAre(bytes_of("kept")));
}

TEST(ChannelDeathTest, AssertsWhenOurOwnSideBreaksALimit) {
  Side server(Options::server());
  EXPECT_DEATH((void)server.channel.send(8, {}), "no such stream");
  EXPECT_DEATH((void)server.channel.send(0, pattern(65'537, 1)), "message too large");
  const Section bad_kind{0, 0, {}};
  EXPECT_DEATH(server.write(0, {&bad_kind, 1}), "bad section kind");
  const Bytes large = pattern(1'300, 1);
  const Section too_large{1, 0, large};
  EXPECT_DEATH(server.write(0, {&too_large, 1}), "buffer too small");
  Options options;
  EXPECT_DEATH(Channel{options}, "options beyond");
}

}  // namespace
}  // namespace tessera::channel
