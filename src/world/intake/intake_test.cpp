// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/intake/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/math/angles.h"
#include "protocol/cells.h"
#include "protocol/messages/control.pb.h"
#include "world/intake/control_messages.h"
#include "world/intake/testing/intake_fixture.h"

namespace tessera::intake {
namespace {

TEST_F(IntakeTest, LetsAnOpenedSessionIntoTheWorldAndLearnsItsEntity) {
  open(1, 7);
  tick();
  const Session* session = intake.sessions().find({1});
  ASSERT_NE(session, nullptr);
  EXPECT_TRUE(world.alive(session->entity));
  EXPECT_EQ(world.get<PlayerControl>(session->entity).account.value, 107u);
  EXPECT_EQ(session->play_seconds_before, 50u);
  EXPECT_FLOAT_EQ(world.get<Position>(session->entity).metres.x, 100);
}

TEST_F(IntakeTest, TurnsFreshFramesIntoIntentsAndLeavesOutRepeatedOnes) {
  open(1, 7);
  tick();
  send(1, frames(3, 3));
  tick();
  ASSERT_EQ(moves.moves.size(), 1u);
  EXPECT_EQ(moves.moves[0].first_frame, 1u);
  EXPECT_EQ(moves.moves[0].count, 3u);
  send(1, frames(5, 5));
  send(1, frames(5, 5));
  send(1, frames(4, 4));
  tick();
  ASSERT_EQ(moves.moves.size(), 1u);
  EXPECT_EQ(moves.moves[0].first_frame, 4u);
  EXPECT_EQ(moves.moves[0].count, 2u);
  EXPECT_EQ(moves.moves[0].frames[1].aim, 5);
  EXPECT_EQ(moves.moves[0].frames[2], movement::InputFrame{});
}

TEST_F(IntakeTest, PassesEachActionOnOnceAlthoughClientsRepeatThem) {
  open(1, 7);
  tick();
  protocol::Inputs inputs = frames(3, 3);
  inputs.action_count = 2;
  inputs.actions[0] = {65'535, protocol::ActionKind::Emote, 2, 3};
  inputs.actions[1] = {0, protocol::ActionKind::Emote, 3, 3};  // numbers wrap
  send(1, inputs);
  send(1, inputs);
  tick();
  ASSERT_EQ(moves.emotes.size(), 2u);
  EXPECT_EQ(moves.emotes[0].emote, 2u);
  EXPECT_EQ(moves.emotes[0].action, 65'535u);
  EXPECT_EQ(moves.emotes[1].action, 0u);
  send(1, inputs);
  tick();
  EXPECT_TRUE(moves.emotes.empty());
}

TEST_F(IntakeTest, AimsAShoveAndAThrowAsTheirFramesDid) {
  open(1, 7);
  tick();
  protocol::Inputs inputs = frames(9, 3);
  inputs.action_count = 3;
  inputs.actions[0] = {.number = 1, .kind = protocol::ActionKind::Shove, .frame = 8};
  inputs.actions[1] = {
      .number = 2, .kind = protocol::ActionKind::Throw, .value = 0x1234, .frame = 9};
  inputs.actions[2] = {.number = 3, .kind = protocol::ActionKind::Throw, .frame = 1};
  send(1, inputs);
  tick();
  ASSERT_EQ(moves.shoves.size(), 1u);
  EXPECT_EQ(moves.shoves[0].aim, 8u);
  EXPECT_EQ(moves.shoves[0].action, 1u);
  ASSERT_EQ(moves.throws.size(), 2u);
  EXPECT_EQ(moves.throws[0].aim, 9u);
  EXPECT_EQ(moves.throws[0].pitch, 0x1234u);
  EXPECT_EQ(moves.throws[1].aim, 7u) << "its frame was confirmed before: the oldest that came";
  tick(10);  // all frames have run
  protocol::Inputs bare = frames(9, 0);
  bare.action_count = 1;
  bare.actions[0] = {.number = 4, .kind = protocol::ActionKind::Throw, .frame = 9};
  send(1, bare);
  tick();
  ASSERT_EQ(moves.throws.size(), 1u);
  EXPECT_EQ(moves.throws[0].aim, 9u);
}

TEST_F(IntakeTest, AimsAnAbilityAsItsActionSays) {
  open(1, 7);
  tick();
  protocol::Inputs inputs = frames(9, 3);
  inputs.action_count = 2;
  inputs.actions[0] = {
      .number = 1, .kind = protocol::ActionKind::Ability, .value = 301, .frame = 8};
  inputs.actions[0].pitch = 0x4000;
  inputs.actions[0].target = {77};
  inputs.actions[1] = {.number = 2, .kind = protocol::ActionKind::Ability, .value = 9, .frame = 9};
  inputs.actions[1].has_place = true;
  inputs.actions[1].place = {protocol::steps_from_metres(20), protocol::steps_from_metres(30)};
  inputs.actions[1].height = protocol::height_steps(4);
  send(1, inputs);
  tick();
  ASSERT_EQ(moves.abilities.size(), 2u);
  const abilities::UseAbility& bolt = moves.abilities[0];
  EXPECT_EQ(bolt.ability, AbilityId{301});
  EXPECT_EQ(bolt.action, 1u);
  EXPECT_EQ(bolt.aim.target, EntityId{77});
  EXPECT_EQ(bolt.aim.has_point, 0u);
  EXPECT_FLOAT_EQ(bolt.aim.pitch, math::kPi / 2);
  EXPECT_EQ(bolt.aim.heading, math::angle_from_quantised(8));
  const abilities::UseAbility& rain = moves.abilities[1];
  EXPECT_FALSE(rain.aim.target);
  EXPECT_EQ(rain.aim.has_point, 1u);
  EXPECT_EQ(rain.aim.point, (math::Vec3{20, 4, 30}));
}

TEST_F(IntakeTest, GrantsTheRewindThatAClientNamesUpToWhatItsLineExplains) {
  using lag_compensation::kPartsPerTick;
  open(1, 7);
  tick(5000);
  std::uint16_t number = 0;
  const auto rewind_of = [&](int ticks_back) {
    const TickNumber next = world.zone().now() + 1;
    protocol::Inputs inputs = frames(1, 1);
    inputs.action_count = 1;
    inputs.actions[0] = {
        .number = ++number,
        .kind = protocol::ActionKind::Shove,
        .frame = 1,
        .shown = static_cast<std::uint16_t>((next - static_cast<TickNumber>(ticks_back)) *
                                            protocol::kShownPartsPerTick)};
    send(1, inputs);
    tick();
    return moves.shoves.at(0).rewind.parts;
  };
  EXPECT_EQ(rewind_of(7), 7 * kPartsPerTick);
  EXPECT_EQ(rewind_of(-5), 0u) << "a time to come";
  EXPECT_EQ(rewind_of(16), 10 * kPartsPerTick) << "not measured yet: interpolation and tolerance";
  link.push_up({.session = {1}, .number = 100, .kind = UpKind::RoundTrip});
  EXPECT_EQ(rewind_of(16), 16 * kPartsPerTick);
  EXPECT_EQ(rewind_of(17), 16 * kPartsPerTick) << "100 ms are six ticks more";
  intake.set_pace({.clock_permille = 500});
  EXPECT_EQ(rewind_of(17), 13 * kPartsPerTick) << "of game time they are three";
  link.push_up({.session = {1}, .number = 60'000, .kind = UpKind::RoundTrip});
  EXPECT_EQ(rewind_of(2000), lag_compensation::kRewindMax.parts);
}

TEST_F(IntakeTest, BoundsTheActionsOfATickOfAllKindsTogether) {
  open(1, 7);
  tick();
  protocol::Inputs inputs = frames(1, 1);
  inputs.action_count = 3;
  inputs.actions[0] = {.number = 1, .kind = protocol::ActionKind::Shove, .frame = 1};
  inputs.actions[1] = {.number = 2, .kind = protocol::ActionKind::Throw, .frame = 1};
  inputs.actions[2] = {.number = 3, .kind = protocol::ActionKind::Emote, .value = 1, .frame = 1};
  Intake strict({.limits = {.actions_per_tick = 2}, .find_unsaved = {}}, links, mailbox,
                world.zone().registry(), *this);
  open(2, 8);
  const auto run = [&] {
    const TickNumber now = world.zone().now() + 1;
    strict.collect(now, world.zone().intents());
    moves.assign_range_of(world.zone().intents());
    world.zone().step(now);
    strict.learn(world.zone().events());
  };
  run();
  send(2, inputs);
  run();
  EXPECT_EQ(moves.shoves.size() + moves.throws.size() + moves.emotes.size(), 2u);
  EXPECT_TRUE(moves.emotes.empty());
}

TEST_F(IntakeTest, HandsWhatClientsSayAboutSnapshotsToReplication) {
  open(1, 7);
  tick();
  link.push_up({.session = {1}, .number = 9, .kind = UpKind::Delivery, .flag = 1});
  link.push_up({.session = {1}, .number = 10, .kind = UpKind::Delivery, .flag = 0});
  link.push_up({.session = {1}, .number = 30, .kind = UpKind::RoundTrip});
  protocol::Inputs inputs = frames(1, 1);
  inputs.wants_own_state = inputs.wants_new_view = true;
  send(1, inputs);
  tick();
  EXPECT_EQ(feedback, (std::vector<std::string>{"1 got 9", "1 lost 10", "1 wants its state",
                                                "1 wants a new view"}));
  EXPECT_EQ(intake.sessions().find({1})->round_trip_ms, 30u);
}

TEST_F(IntakeTest, HandsTheTargetOverWhenItIsAnotherAndNotOutOfDate) {
  open(1, 7);
  tick();
  const auto choose = [&](std::uint32_t newest, std::uint64_t target) {
    protocol::Inputs inputs = frames(newest, 1);
    inputs.target = {target};
    send(1, inputs);
    tick();
  };
  choose(1, 0);
  choose(2, 9);
  choose(3, 9);
  choose(5, 12);
  choose(4, 9);  // overtaken
  choose(6, 0);
  EXPECT_EQ(feedback, (std::vector<std::string>{"1 chooses 9", "1 chooses 12", "1 chooses 0"}));
}

TEST_F(IntakeTest, DropsMalformedSectionsAndThenTheirSender) {
  open(1, 7);
  open(2, 8);
  tick();
  const std::array<std::byte, 3> rubbish{std::byte{0xff}, std::byte{0xff}, std::byte{0xff}};
  for (int i = 0; i < 8; ++i) link.push_up({.session = {1}, .kind = UpKind::Inputs}, rubbish);
  tick();
  EXPECT_TRUE(closed.empty());
  EXPECT_EQ(intake.counters().malformed, 8u);
  const EntityId entity = intake.sessions().find({1})->entity;
  link.push_up({.session = {1}, .kind = UpKind::Inputs}, rubbish);
  tick();
  EXPECT_EQ(closed, (std::map<std::uint64_t, CloseReason>{{1, CloseReason::ProtocolError}}));
  EXPECT_FALSE(world.alive(entity));
  EXPECT_EQ(intake.sessions().size(), 1u) << "others are not touched";
}

TEST_F(IntakeTest, CountsMessagesOfUnknownTopicsAndBrokenOnesAsMalformed) {
  open(1, 7);
  tick();
  link.push_up({.session = {1}, .number = 99, .kind = UpKind::Message});
  const std::array<std::byte, 2> rubbish{std::byte{0xff}, std::byte{0xff}};
  link.push_up({.session = {1}, .number = 0, .kind = UpKind::Message}, rubbish);
  link.push_up({.session = {1}, .number = 0, .kind = UpKind::Message});  // says nothing
  tick();
  EXPECT_EQ(intake.counters().malformed, 3u);
}

TEST_F(IntakeTest, DropsWhatComesTooFastAndThenItsSender) {
  open(1, 7);
  tick();
  std::uint32_t frame = 0;
  int ticks = 0;
  while (closed.empty() && ++ticks < 600) {
    for (int i = 0; i < 100; ++i) send(1, frames(frame / 100 + 1, 1)), ++frame;
    tick();
  }
  EXPECT_EQ(closed[1], CloseReason::TooFast);
  EXPECT_LT(ticks, 20);
  EXPECT_GT(intake.counters().too_fast, 600u);
}

TEST_F(IntakeTest, ForgetsAfterAMinuteThatAClientWasTooFast) {
  open(1, 7);
  tick();
  for (const std::uint64_t so_many : {400u, 800u}) {
    while (intake.counters().too_fast < so_many) {
      for (int i = 0; i < 100; ++i) send(1, frames(1, 1));
      tick();
    }
    tick(61 * static_cast<int>(kTicksPerSecond));
  }
  EXPECT_TRUE(closed.empty()) << "more than 600, but not within a minute";
}

TEST_F(IntakeTest, DoesNotMindAClientThatSendsEveryFrameOrSleepsForAWhile) {
  open(1, 7);
  tick();
  std::uint32_t frame = 0;
  for (int i = 0; i < 1200; ++i) {
    send(1, frames(++frame, 1));
    tick();
  }
  tick(600);
  frame += 600;
  for (int i = 0; i < 20; ++i) send(1, frames(++frame, 1));
  tick();
  EXPECT_EQ(intake.counters().too_fast, 0u);
  EXPECT_EQ(intake.sessions().find({1})->newest_frame, frame);
}

TEST_F(IntakeTest, IgnoresFramesFromTheFuture) {
  open(1, 7);
  tick();
  send(1, frames(1'000'000, 3));
  tick();
  EXPECT_TRUE(moves.moves.empty());
  EXPECT_EQ(intake.counters().too_fast, 1u);
}

TEST_F(IntakeTest, BoundsWhatAFloodOfAllSessionsPutsIntoOneTick) {
  IntakeOptions options;
  options.limits.moves_per_tick = 1;
  options.limits.actions_per_tick = 2;
  Intake narrow{options, links, mailbox, world.zone().registry(), *this};
  open(1, 7);
  narrow.collect(1, world.zone().intents());
  world.step();
  narrow.learn(world.zone().events());
  protocol::Inputs inputs = frames(3, 3);
  inputs.action_count = 3;
  for (std::uint16_t i = 0; i < 3; ++i) {
    inputs.actions[i] = {static_cast<std::uint16_t>(i + 1), protocol::ActionKind::Emote, 1, 3};
  }
  send(1, inputs);
  send(1, frames(4, 1));
  narrow.collect(2, world.zone().intents());
  EXPECT_EQ(world.zone().intents().of<movement::MoveInputs>().size(), 1u);
  EXPECT_EQ(world.zone().intents().of<emotes::PerformEmote>().size(), 2u);
  EXPECT_EQ(narrow.counters().too_fast, 2u);
}

TEST_F(IntakeTest, RemovesTheCharacterWhenTheGatewayClosesItsSession) {
  open(1, 7);
  tick();
  const EntityId entity = intake.sessions().find({1})->entity;
  link.push_up({.session = {1},
                .number = static_cast<std::uint32_t>(CloseReason::TimedOut),
                .kind = UpKind::SessionClosed});
  send(1, frames(1, 1));
  tick();
  EXPECT_FALSE(world.alive(entity));
  EXPECT_TRUE(closed.empty()) << "the gateway knows already";
  EXPECT_EQ(intake.counters().unknown_session, 1u);
}

TEST_F(IntakeTest, RemovesTheCharacterWhenItsPlayerLeaves) {
  open(1, 7);
  tick();
  protocol::ClientControl control;
  control.mutable_leave();
  const std::string bytes = control.SerializeAsString();
  link.push_up({.session = {1}, .number = 0, .kind = UpKind::Message},
               std::as_bytes(std::span(bytes)));
  tick();
  EXPECT_EQ(closed[1], CloseReason::ClientLeft);
  EXPECT_EQ(world.events<presence::LeftWorld>().size(), 1u);
}

TEST_F(IntakeTest, LetsALaterLoginTakeOverWhereTheCharacterStandsNow) {
  open(1, 7);
  tick();
  const EntityId first = intake.sessions().find({1})->entity;
  protocol::Inputs run;
  for (std::uint32_t frame = 1; frame <= 120; ++frame) {
    run.newest_frame = frame;
    run.frame_count = 1;
    run.frames[0].move_x = 127;
    send(1, run);
    tick();
  }
  const math::Vec3 place = world.get<Position>(first).metres;
  ASSERT_GT(place.x, 105);
  open(2, 7);  // the database still has the old place
  tick();
  EXPECT_EQ(closed[1], CloseReason::LoggedInElsewhere);
  const Session* session = intake.sessions().find({2});
  ASSERT_TRUE(session != nullptr && session->entity);
  EXPECT_NEAR(world.get<Position>(session->entity).metres.x, place.x, 0.1f);
  EXPECT_EQ(session->play_seconds_before, 52u);
  EXPECT_EQ(intake.sessions().find_character({7}), session);
}

TEST_F(IntakeTest, GoesOnFromAStateThatIsNotSavedYet) {
  unsaved = LastPlace{{140, 0, 120}, 1, 99, {}};
  open(1, 7);
  tick();
  const Session* session = intake.sessions().find({1});
  EXPECT_FLOAT_EQ(world.get<Position>(session->entity).metres.x, 140);
  EXPECT_EQ(session->play_seconds_before, 99u);
}

TEST_F(IntakeTest, ClosesASessionThatTheGatewayOpenedWrongly) {
  link.push_up({.session = {1}, .kind = UpKind::SessionOpened});
  tick();
  EXPECT_EQ(closed[1], CloseReason::ProtocolError);
  open(2, 7);
  tick();
  open(2, 8);
  tick();
  EXPECT_EQ(closed[2], CloseReason::ProtocolError);
}

TEST_F(IntakeTest, ClosesASessionThatTheWorldRefused) {
  zone::TestWorld small({.players_max = 1});
  Intake other{{}, links, mailbox, small.zone().registry(), *this};
  open(1, 7);
  open(2, 8);
  other.collect(1, small.zone().intents());
  small.step();
  other.learn(small.zone().events());
  tick();
  EXPECT_EQ(closed, (std::map<std::uint64_t, CloseReason>{{2, CloseReason::Kicked}}));
  EXPECT_EQ(sentences[2], "The world is full. Try again in a moment.");
  EXPECT_EQ(other.sessions().size(), 1u);
}

TEST_F(IntakeTest, SaysThatACharacterIsInTheWorldAlready) {
  open(1, 7);
  tick();
  Intake other{{}, links, mailbox, world.zone().registry(), *this};  // knows nothing of session 1
  open(2, 7);
  other.collect(world.zone().now() + 1, world.zone().intents());
  world.step();
  other.learn(world.zone().events());
  tick();
  EXPECT_EQ(closed, (std::map<std::uint64_t, CloseReason>{{2, CloseReason::Kicked}}));
  EXPECT_EQ(sentences[2], "This character is in the world already. Try again in a moment.");
}

TEST_F(IntakeTest, CarriesOutWhatOperatorsOrder) {
  open(1, 7);
  open(2, 8);
  tick();
  EXPECT_TRUE(mailbox.post(Announce{"Dinner is served"}));
  std::uint32_t ended = 99;
  EXPECT_TRUE(mailbox.post(DisconnectAccount{
      {108}, CloseReason::Banned, "Not again", [&](std::uint32_t sessions) { ended = sessions; }}));
  tick();
  EXPECT_EQ(ended, 1u);
  EXPECT_EQ(closed, (std::map<std::uint64_t, CloseReason>{{2, CloseReason::Banned}}));
  ASSERT_EQ(messages[1].size(), 1u);
  protocol::ServerControl control;
  ASSERT_TRUE(
      control.ParseFromArray(messages[1][0].data(), static_cast<int>(messages[1][0].size())));
  EXPECT_EQ(control.announcement().text(), "Dinner is served");
  ASSERT_EQ(messages[2].size(), 2u);
  ASSERT_TRUE(
      control.ParseFromArray(messages[2][1].data(), static_cast<int>(messages[2][1].size())));
  EXPECT_EQ(control.disconnecting().text(), "Not again");
}

TEST_F(IntakeTest, EndsEverySessionWhenTheZoneStopsAndLetsNobodyInAnyMore) {
  open(1, 7);
  open(2, 8);
  tick();
  intake.close_all(CloseReason::ServerStopping, "Maintenance");
  tick();
  EXPECT_EQ(closed.size(), 2u);
  EXPECT_EQ(world.events<presence::LeftWorld>().size(), 2u);
  open(3, 9);
  tick();
  EXPECT_EQ(closed[3], CloseReason::ServerStopping);
  EXPECT_EQ(intake.sessions().size(), 0u);
}

TEST(Mailbox, RefusesMoreThanItHolds) {
  Mailbox mailbox;
  for (std::size_t i = 0; i < Mailbox::kCommandsMax; ++i) {
    EXPECT_TRUE(mailbox.post(Announce{}));
  }
  EXPECT_FALSE(mailbox.post(Announce{}));
}

TEST(ControlMessages, CutLongSentencesAtACharacter) {
  cluster::Link link;
  std::string sentence(protocol::kSentenceBytesMax - 1, 'a');
  sentence += "\u00e4\u00e4";
  send_announcement(link, {1}, sentence);
  send_time_dilation(link, {1}, 900, 77);
  send_welcome(link, {1},
               {.entity = {5}, .tick = 3, .zone = 1, .zone_name = "x", .content_hash = 9});
  std::vector<protocol::ServerControl> sent;
  link.drain_down([&](const cluster::DownHeader&, std::span<const std::byte> bytes) {
    ASSERT_TRUE(sent.emplace_back().ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
  });
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(sent[0].announcement().text().size(), protocol::kSentenceBytesMax - 1);
  EXPECT_EQ(sent[1].time_dilation().permille(), 900u);
  EXPECT_EQ(sent[2].welcome().entity(), 5u);
  EXPECT_EQ(sent[2].welcome().ticks_per_second(), 60u);
}

TEST(ControlMessages, AreTheBytesOfTheDocument) {
  cluster::Link link;
  send_doors_changed(link, {1},
                     std::array{ChangedDoors{.opened = 0b101, .closed = std::uint64_t{1} << 63}});
  link.drain_down([&](const cluster::DownHeader&, std::span<const std::byte> bytes) {
    const std::array<unsigned char, 9> expected{0x2a, 7, 0x0a, 2, 0, 2, 0x12, 1, 63};
    EXPECT_TRUE(std::ranges::equal(bytes, std::as_bytes(std::span(expected))));
  });
}

TEST(ControlMessages, TellOfDoorsAndAreas) {
  cluster::Link link;
  const std::array<ChangedDoors, 2> changed{
      ChangedDoors{.word = 0, .opened = 0b101, .closed = std::uint64_t{1} << 63},
      ChangedDoors{.word = 15, .opened = std::uint64_t{1} << 63, .closed = 0}};
  send_doors_changed(link, {1}, changed);
  send_doors_changed(link, {1}, std::array{ChangedDoors{.word = 2, .closed = 1}});
  send_area_changed(link, {1}, std::string(100, 'm'), 5, true);
  std::vector<protocol::ServerControl> sent;
  link.drain_down([&](const cluster::DownHeader&, std::span<const std::byte> bytes) {
    protocol::ServerControl& control = sent.emplace_back();
    ASSERT_TRUE(control.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    EXPECT_EQ(control.ByteSizeLong(), bytes.size()) << "as protobuf would write it";
  });
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_THAT(sent[0].doors_changed().opened(), testing::ElementsAre(0, 2, 1023));
  EXPECT_THAT(sent[0].doors_changed().closed(), testing::ElementsAre(63));
  EXPECT_EQ(sent[1].doors_changed().opened_size(), 0);
  EXPECT_THAT(sent[1].doors_changed().closed(), testing::ElementsAre(128));
  EXPECT_EQ(sent[2].area_changed().name(), std::string(protocol::kAreaNameBytesMax, 'm'));
  EXPECT_EQ(sent[2].area_changed().properties(), 5u);
  EXPECT_TRUE(sent[2].area_changed().entered());
}

}  // namespace
}  // namespace tessera::intake
