// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Sessions without sockets and with a clock of the test's own: everything a gateway decides.
#include "gateway/sessions/detail/session_host.h"

#include <gtest/gtest.h>

#include <set>

#include "gateway/sessions/testing/fake_loader.h"
#include "gateway/sessions/testing/fake_zone.h"
#include "protocol/sections.h"

namespace tessera::gateway::detail {
namespace {

using cluster::CloseReason;
using cluster::UpKind;

constexpr std::int64_t kSecond = 1'000'000;
constexpr auto kInputs = static_cast<std::uint8_t>(protocol::SectionKind::Inputs);

// The other end of the wire: a channel for each slot that reads what is sent to it.
class TestWire : public Wire {
 public:
  struct Peer : channel::Receiver {
    channel::Channel channel{channel::Options::client()};
    std::vector<std::string> messages;
    std::vector<std::string> snapshots;
    void on_section(std::uint8_t, std::span<const std::byte> bytes) override {
      snapshots.push_back(text_of(bytes));
    }
    void on_message(std::uint8_t, std::span<const std::byte> bytes) override {
      messages.push_back(text_of(bytes));
    }
  };
  std::span<std::byte> packet_buffer(std::uint32_t) override { return buffer_; }
  void send_packet(std::uint32_t slot, std::size_t size) override {
    ++packets;
    if (deaf) return;
    EXPECT_TRUE(
        peers[slot].channel.read_packet(now_us, std::span(buffer_).first(size), peers[slot]));
  }
  void hang_up(std::uint32_t slot, CloseReason reason, std::string_view sentence) override {
    hung_up[slot] = {reason, std::string(sentence)};
  }

  std::map<std::uint32_t, Peer> peers;
  std::map<std::uint32_t, std::pair<CloseReason, std::string>> hung_up;
  std::int64_t now_us = kSecond;
  int packets = 0;
  bool deaf = false;

 private:
  std::array<std::byte, channel::kPacketBytesMax> buffer_{};
};

struct NoCloser : SessionCloser {
  std::vector<std::pair<SessionId, CloseReason>> closed;
  void close_session(SessionId session, CloseReason reason) override {
    closed.emplace_back(session, reason);
  }
};

struct HostTest {
  explicit HostTest(const SessionLimits& limits = {}, const cluster::LinkOptions& link_options = {})
      : link(link_options), host(limits, {loader, registry, &admission}, 8, wire, closer, inbox) {}

  std::int64_t& now() { return wire.now_us; }
  void open(std::uint32_t slot, std::uint64_t character) {
    host.open(now(), slot, {{character + 100}, {character}});
    inbox->run_all();
    zone.poll();
  }
  // One packet of the client in `slot`, with an input section unless the text is empty.
  void client_sends(std::uint32_t slot, std::string_view inputs) {
    std::array<std::byte, channel::kPacketBytesMax> packet;
    const channel::Section section{kInputs, 0, bytes_of(inputs)};
    const std::size_t size =
        wire.peers[slot].channel.write_packet(now(), {&section, inputs.empty() ? 0u : 1u}, packet);
    host.receive(now(), slot, std::span(packet).first(size));
    zone.poll();
  }
  void zone_flushes() {
    zone.flush();
    host.take_down(now());
  }
  void pass(std::int64_t us) {
    now() += us;
    host.take_down(now());
    host.sweep(now());
    zone.poll();
  }

  cluster::Link link;
  FakeLoader loader{link};
  SessionRegistry registry;
  admission::Admission admission{{}};
  TestWire wire;
  NoCloser closer;
  std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>();
  SessionHost host;
  FakeZone zone{link};
};

TEST(SessionHost, OpensASessionWhenItsCharacterIsLoaded) {
  HostTest test;
  test.loader.hold();
  test.open(3, 7);
  EXPECT_EQ(test.zone.seen.size(), 0u);
  test.client_sends(3, "too early");
  EXPECT_EQ(test.zone.seen.size(), 0u) << "nothing reaches the zone before SessionOpened";
  test.loader.release();
  test.inbox->run_all();
  test.zone.poll();
  ASSERT_EQ(test.zone.seen.size(), 1u);
  const auto opened = cluster::decode_opened_session(bytes_of(test.zone.seen[0].bytes));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->account, AccountId{107});
  EXPECT_EQ(opened->name.view(), "C7");
  EXPECT_EQ(test.admission.seats_taken(test.now()), 1u);
  EXPECT_EQ(test.host.counters().sessions.value(), 1u);
}

TEST(SessionHost, CarriesInputsMessagesSnapshotsAndDeliveries) {
  HostTest test;
  test.open(0, 7);
  const SessionId session = test.zone.session_of(7);
  test.client_sends(0, "run");
  ASSERT_NE(test.zone.last(UpKind::Inputs), nullptr);
  EXPECT_EQ(test.zone.last(UpKind::Inputs)->bytes, "run");
  ASSERT_TRUE(test.wire.peers[0].channel.send(0, bytes_of("hello")));
  test.client_sends(0, "");
  EXPECT_EQ(test.zone.last(UpKind::Message)->bytes, "hello");

  test.zone.message(session, "welcome");
  test.zone.snapshot(session, 5, "world");
  test.zone_flushes();
  EXPECT_EQ(test.wire.peers[0].messages, std::vector<std::string>{"welcome"});
  EXPECT_EQ(test.wire.peers[0].snapshots, std::vector<std::string>{"world"});
  EXPECT_EQ(test.wire.packets, 1) << "the message rides with the snapshot";
  test.now() += 40'000;
  test.client_sends(0, "ack");
  const auto* delivery = test.zone.last(UpKind::Delivery);
  ASSERT_NE(delivery, nullptr);
  EXPECT_EQ(delivery->header.number, 5u);
  EXPECT_EQ(delivery->header.flag, 1);
  test.pass(kSecond);
  ASSERT_NE(test.zone.last(UpKind::RoundTrip), nullptr);
  EXPECT_LE(test.zone.last(UpKind::RoundTrip)->header.number, 1u)
      << "the time the client held its answer back does not count";
}

TEST(SessionHost, TellsTheZoneOfSnapshotsThatWereLost) {
  HostTest test;
  test.open(0, 7);
  test.wire.deaf = true;
  test.zone.snapshot(test.zone.session_of(7), 9, "lost");
  test.zone_flushes();
  test.wire.deaf = false;
  for (int i = 0; i < 70; ++i) {
    test.zone.snapshot(test.zone.session_of(7), 100, "x");
    test.zone_flushes();
    test.client_sends(0, "x");
    test.pass(60'000);
  }
  bool told = false;
  for (const auto& seen : test.zone.seen) {
    told |=
        seen.header.kind == UpKind::Delivery && seen.header.number == 9 && seen.header.flag == 0;
  }
  EXPECT_TRUE(told);
}

TEST(SessionHost, AcknowledgesWhenThereIsNothingElseToSend) {
  HostTest test;
  test.open(0, 7);
  test.client_sends(0, "x");
  EXPECT_EQ(test.wire.packets, 0);
  test.pass(150'000);
  EXPECT_EQ(test.wire.packets, 1);
}

TEST(SessionHost, ClosesAnOlderSessionOfTheSameCharacterBeforeItOpensTheNewer) {
  HostTest test;
  test.open(0, 7);
  const SessionId older = test.zone.session_of(7);
  test.open(1, 7);
  ASSERT_EQ(test.zone.seen.size(), 3u);
  EXPECT_EQ(test.zone.seen[1].header.kind, UpKind::SessionClosed);
  EXPECT_EQ(test.zone.seen[1].header.session, older);
  EXPECT_EQ(test.zone.seen[1].header.number,
            static_cast<std::uint32_t>(CloseReason::LoggedInElsewhere));
  EXPECT_EQ(test.zone.seen[2].header.kind, UpKind::SessionOpened);
  EXPECT_EQ(disconnecting_in(test.wire.peers[0].messages.at(0)).reason(),
            static_cast<std::uint32_t>(CloseReason::LoggedInElsewhere));
  test.client_sends(0, "");
  test.pass(100'000);
  EXPECT_EQ(test.wire.hung_up[0].first, CloseReason::LoggedInElsewhere);
  EXPECT_EQ(test.host.size(), 1u);
  EXPECT_EQ(test.admission.seats_taken(test.now()), 1u) << "the seat is the newer one's";
  EXPECT_EQ(test.registry.size(), 1u);
}

TEST(SessionHost, AsksAnotherGatewayToCloseItsSessionOfTheSameCharacter) {
  HostTest test;
  NoCloser other;
  test.registry.take({7}, {SessionId{12345}, &other});
  test.open(1, 7);
  ASSERT_EQ(other.closed.size(), 1u);
  EXPECT_EQ(other.closed[0], std::make_pair(SessionId{12345}, CloseReason::LoggedInElsewhere));
  EXPECT_TRUE(test.closer.closed.empty());
}

TEST(SessionHost, EndsASessionOnTheZonesWordAfterItsLastMessagesHaveArrived) {
  HostTest test;
  test.open(0, 7);
  const SessionId session = test.zone.session_of(7);
  test.zone.message(session, "last words");
  test.zone.disconnect(session, CloseReason::Kicked, "Be nice.");
  test.zone_flushes();
  EXPECT_EQ(test.wire.peers[0].messages, std::vector<std::string>{"last words"})
      << "the zone has spoken, the gateway adds nothing";
  EXPECT_TRUE(test.wire.hung_up.empty()) << "not acknowledged yet";
  test.client_sends(0, "");
  test.pass(100'000);
  EXPECT_EQ(test.wire.hung_up[0].second, "Be nice.");
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 0u) << "the zone knows";
  EXPECT_EQ(test.host.size(), 0u);
  EXPECT_EQ(test.registry.size(), 0u);
}

TEST(SessionHost, HangsUpAfterAMomentWhenTheLastWordsDoNotArrive) {
  HostTest test;
  test.open(0, 7);
  test.wire.deaf = true;
  test.host.close(test.now(), test.zone.session_of(7), CloseReason::Kicked, "Bye.");
  test.pass(100'000);
  EXPECT_TRUE(test.wire.hung_up.empty());
  test.pass(250'000);
  EXPECT_EQ(test.wire.hung_up[0].second, "Bye.");
}

TEST(SessionHost, TellsTheZoneWhenAClientIsLost) {
  HostTest test;
  test.open(0, 7);
  test.host.lost(test.now(), 0, CloseReason::TimedOut);
  test.zone.poll();
  EXPECT_EQ(test.zone.last(UpKind::SessionClosed)->header.number,
            static_cast<std::uint32_t>(CloseReason::TimedOut));
  EXPECT_EQ(test.host.size(), 0u);
  EXPECT_EQ(test.admission.seats_taken(test.now()), 1u) << "kept for a reconnect";
  test.host.lost(test.now(), 0, CloseReason::TimedOut);
  test.open(0, 8);
  test.host.lost(test.now(), 0, CloseReason::ClientLeft);
  EXPECT_EQ(test.admission.seats_taken(test.now() + kSecond), 1u) << "not for who left";
}

TEST(SessionHost, ForgetsAClosingSessionWhoseClientIsLost) {
  HostTest test;
  test.open(0, 7);
  test.host.close(test.now(), test.zone.session_of(7), CloseReason::Kicked);
  test.host.lost(test.now(), 0, CloseReason::ClientLeft);
  EXPECT_EQ(test.host.size(), 0u);
  EXPECT_FALSE(test.host.holds(0));
  test.zone.poll();
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 1u);
}

TEST(SessionHost, SaysWhenACharacterCannotBeLoaded) {
  HostTest test;
  test.loader.fail_with({ErrorKind::Unavailable, "the database is away"});
  test.open(0, 7);
  EXPECT_TRUE(test.zone.seen.empty());
  const auto words = disconnecting_in(test.wire.peers[0].messages.at(0));
  EXPECT_NE(words.text().find("could not be loaded"), std::string::npos);
  EXPECT_EQ(words.text().find("database"), std::string::npos) << "not the player's business";
  EXPECT_EQ(test.host.counters().load_failures.value(), 1u);
  test.pass(kSecond);
  EXPECT_EQ(test.host.size(), 0u);
  EXPECT_EQ(test.registry.size(), 0u);
}

TEST(SessionHost, GivesUpOnACharacterThatIsNeverLoaded) {
  HostTest test({.load_s = 10});
  test.loader.hold();
  test.open(0, 7);
  test.pass(9 * kSecond);
  EXPECT_EQ(test.host.counters().load_failures.value(), 0u);
  test.pass(2 * kSecond);
  EXPECT_EQ(test.host.counters().load_failures.value(), 1u);
  test.loader.release();
  test.inbox->run_all();
  test.pass(kSecond);
  EXPECT_EQ(test.zone.count(UpKind::SessionOpened), 0u) << "too late";
  EXPECT_EQ(test.host.size(), 0u);
}

TEST(SessionHost, DropsWhatAClientSendsTooFastAndEndsItWhenItGoesOn) {
  SessionLimits limits;
  limits.packets = {.per_second = 10, .burst = 20};
  limits.dropped_max = 30;
  HostTest test(limits);
  test.open(0, 7);
  for (int i = 0; i < 50; ++i) test.client_sends(0, "x");
  EXPECT_EQ(test.zone.count(UpKind::Inputs), 20u);
  EXPECT_EQ(test.host.counters().dropped_too_fast.value(), 30u);
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 0u);
  test.client_sends(0, "x");
  EXPECT_EQ(test.zone.last(UpKind::SessionClosed)->header.number,
            static_cast<std::uint32_t>(CloseReason::TooFast));
  EXPECT_EQ(disconnecting_in(test.wire.peers[0].messages.at(0)).text(),
            "The client sent too much.");
}

TEST(SessionHost, ForgivesDropsThatAreLongAgo) {
  SessionLimits limits;
  limits.packets = {.per_second = 1, .burst = 1};
  limits.dropped_max = 5;
  HostTest test(limits);
  test.open(0, 7);
  for (int minute = 0; minute < 4; ++minute) {
    for (int i = 0; i < 5; ++i) test.client_sends(0, "x");
    test.now() += 61 * kSecond;
  }
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 0u);
}

TEST(SessionHost, CountsBytesToo) {
  SessionLimits limits;
  limits.bytes = {.per_second = 100, .burst = 2500};
  HostTest test(limits);
  test.open(0, 7);
  for (int i = 0; i < 4; ++i) test.client_sends(0, std::string(1000, 'x'));
  EXPECT_EQ(test.zone.count(UpKind::Inputs), 2u);
  EXPECT_EQ(test.host.counters().dropped_too_fast.value(), 2u);
}

TEST(SessionHost, EndsAClientThatSendsNonsense) {
  HostTest test({.malformed_max = 3});
  test.open(0, 7);
  const std::vector<std::byte> nonsense(60, std::byte{0xff});
  for (int i = 0; i < 2; ++i) test.host.receive(test.now(), 0, nonsense);
  test.zone.poll();
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 0u);
  test.host.receive(test.now(), 0, nonsense);
  test.host.receive(test.now(), 0, nonsense);
  test.zone.poll();
  EXPECT_EQ(test.zone.last(UpKind::SessionClosed)->header.number,
            static_cast<std::uint32_t>(CloseReason::ProtocolError));
  EXPECT_EQ(test.host.counters().malformed.value(), 3u);
}

TEST(SessionHost, CountsSectionsItDoesNotKnowAsNonsense) {
  HostTest test({.malformed_max = 1});
  test.open(0, 7);
  std::array<std::byte, channel::kPacketBytesMax> packet;
  const channel::Section section{50, 0, bytes_of("what?")};
  const std::size_t size =
      test.wire.peers[0].channel.write_packet(test.now(), {&section, 1}, packet);
  test.host.receive(test.now(), 0, std::span(packet).first(size));
  test.zone.poll();
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 1u);
}

TEST(SessionHost, DisconnectsAClientWhoseStreamQueueIsFull) {
  HostTest test;
  test.open(0, 7);
  test.wire.deaf = true;
  const SessionId session = test.zone.session_of(7);
  const std::string message(16 * 1024, 'm');
  for (int i = 0; i < 20; ++i) test.zone.message(session, message);
  test.zone_flushes();
  test.zone.poll();
  EXPECT_EQ(test.zone.last(UpKind::SessionClosed)->header.number,
            static_cast<std::uint32_t>(CloseReason::SlowClient));
  EXPECT_GT(test.host.counters().late_messages.value(), 0u);
  test.pass(kSecond);
  EXPECT_EQ(test.host.size(), 0u);
}

TEST(SessionHost, IgnoresMessagesForSessionsThatAreGone) {
  HostTest test;
  test.open(0, 7);
  const SessionId session = test.zone.session_of(7);
  test.host.lost(test.now(), 0, CloseReason::ClientLeft);
  test.open(0, 8);
  test.zone.snapshot(session, 1, "for somebody else");
  test.zone.snapshot(SessionId{999'999'999}, 1, "nobody");
  test.zone.disconnect(session, CloseReason::Kicked, "");
  test.zone_flushes();
  EXPECT_EQ(test.wire.packets, 0);
  EXPECT_EQ(test.host.counters().late_messages.value(), 3u);
  EXPECT_EQ(test.host.size(), 1u);
  test.host.receive(test.now(), 5, bytes_of("no session"));
  test.host.close(test.now(), session, CloseReason::Kicked);
}

TEST(SessionHost, TellsEveryoneWhenAllAreClosed) {
  HostTest test;
  for (std::uint32_t slot = 0; slot < 5; ++slot) test.open(slot, 10 + slot);
  test.host.close_all(test.now(), CloseReason::ServerStopping, "Back in an hour.");
  for (std::uint32_t slot = 0; slot < 5; ++slot) {
    EXPECT_EQ(disconnecting_in(test.wire.peers[slot].messages.at(0)).text(), "Back in an hour.");
    test.client_sends(slot, "");
  }
  test.pass(100'000);
  EXPECT_EQ(test.host.size(), 0u);
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 5u);
}

TEST(SessionHost, NeverUsesASessionIdTwice) {
  HostTest test;
  std::set<std::uint64_t> ids;
  for (std::uint64_t i = 1; i <= 100; ++i) {
    test.open(0, i);
    ids.insert(test.zone.session_of(i).value);
    test.host.lost(test.now(), 0, CloseReason::ClientLeft);
  }
  EXPECT_EQ(ids.size(), 100u);
}

TEST(SessionHost, KeepsOpeningsClosingsAndMessagesWhenTheZoneIsSlow) {
  HostTest test({}, {.up_bytes = 512, .down_bytes = 4096});
  for (int i = 0; i < 8; ++i) {
    test.host.open(test.now(), static_cast<std::uint32_t>(i),
                   {{1}, {100u + static_cast<unsigned>(i)}});
    test.inbox->run_all();
  }
  for (std::uint32_t slot = 0; slot < 8; ++slot) {
    test.host.lost(test.now(), slot, CloseReason::ClientLeft);
  }
  for (int i = 0; i < 10; ++i) test.pass(1000);
  EXPECT_EQ(test.zone.count(UpKind::SessionOpened), 8u);
  EXPECT_EQ(test.zone.count(UpKind::SessionClosed), 8u);
  EXPECT_GT(test.link.counters().up_refused.load(), 0u);
}

TEST(SessionHost, LetsSessionsIntoTheZonesTheLoaderNames) {
  HostTest test;
  auto dungeon_link = std::make_shared<cluster::Link>();
  FakeZone dungeon(*dungeon_link);
  test.loader.send_to(7, dungeon_link);
  test.open(0, 7);
  test.open(1, 8);
  dungeon.poll();
  EXPECT_FALSE(test.zone.session_of(7));
  ASSERT_TRUE(dungeon.session_of(7));
  ASSERT_TRUE(test.zone.session_of(8));
  dungeon.message(dungeon.session_of(7), "dark");
  dungeon.flush();
  test.zone.message(test.zone.session_of(8), "bright");
  test.zone_flushes();
  EXPECT_EQ(test.wire.peers[0].messages, std::vector<std::string>{"dark"});
  EXPECT_EQ(test.wire.peers[1].messages, std::vector<std::string>{"bright"});
  test.client_sends(0, "below");
  dungeon.poll();
  EXPECT_EQ(dungeon.last(UpKind::Inputs)->bytes, "below");
  EXPECT_EQ(test.zone.count(UpKind::Inputs), 0u);
}

TEST(SessionHost, LetsGoOfAZoneWhenNobodyIsInIt) {
  HostTest test;
  auto dungeon_link = std::make_shared<cluster::Link>();
  FakeZone dungeon(*dungeon_link);
  test.loader.send_to(7, dungeon_link);
  test.loader.send_to(8, dungeon_link);
  test.open(0, 7);
  test.open(1, 8);
  test.loader.send_to(7, nullptr);
  test.loader.send_to(8, nullptr);
  dungeon.poll();
  dungeon.disconnect(dungeon.session_of(7), CloseReason::Moved, "The way leads on.");
  dungeon.flush();
  test.pass(kSecond);
  test.pass(kSecond);
  ASSERT_EQ(test.wire.hung_up[0].first, CloseReason::Moved);
  EXPECT_GT(dungeon_link.use_count(), 1) << "the other one is still in it";
  test.host.lost(test.now(), 1, CloseReason::ClientLeft);
  test.pass(kSecond);
  dungeon.poll();
  EXPECT_EQ(dungeon.count(UpKind::SessionClosed), 1u) << "told before the link is dropped";
  EXPECT_EQ(dungeon_link.use_count(), 1);
  EXPECT_TRUE(test.host.quiet());
}

TEST(Uplink, DropsInputsAndBoundsMessagesWhenTheZoneIsStuck) {
  cluster::Link link({.up_bytes = 4096, .down_bytes = 4096});
  Uplink uplink(link);
  const std::vector<std::byte> bytes(1000);
  std::size_t accepted = 0;
  while (uplink.send({SessionId{1}, 0, UpKind::Message, 0}, bytes)) ++accepted;
  EXPECT_GT(accepted, 900u);
  EXPECT_LT(accepted, 1100u) << "1 MiB waits at most";
  EXPECT_FALSE(uplink.send({SessionId{1}, 0, UpKind::Inputs, 0}, bytes));
  EXPECT_TRUE(uplink.send({SessionId{1}, 0, UpKind::SessionClosed, 0}));
  std::size_t arrived = 0;
  while (uplink.waiting() > 0) {
    arrived += link.drain_up([](const cluster::UpHeader&, std::span<const std::byte>) {});
    uplink.flush();
  }
  arrived += link.drain_up([](const cluster::UpHeader&, std::span<const std::byte>) {});
  EXPECT_EQ(arrived, accepted + 1);
}

}  // namespace
}  // namespace tessera::gateway::detail
