// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "client/c_interface/tessera_client_udp.h"
#include "client/connection.h"
#include "client/tessera_client.h"
#include "client/testing/shard.h"
#include "engine/math/angles.h"
#include "engine/physics/box.h"
#include "engine/physics/geometry_bytes.h"
#include "gameplay/combat/combat.h"
#include "transport/netcode/test_support.h"

extern "C" int tessera_client_story(void);

namespace tessera::client::testing {
namespace {

constexpr std::array<std::uint16_t, 4> kFlatSamples{};

struct CWorld {
  CWorld() {
    tessera_terrain terrain{};
    terrain.samples = kFlatSamples.data();
    terrain.columns = terrain.rows = 2;
    terrain.spacing_m = 4096;
    world = tessera_world_create(&terrain, nullptr, 0);
  }
  ~CWorld() { tessera_world_destroy(world); }
  tessera_world* world = nullptr;
};

/// Sends a C client what replication makes for a player beside two walkers.
class CStory final : public replication::SnapshotSink {
 public:
  CStory() {
    own_ = registry_.create(Position{{2048, 0, 2048}}, Heading{}, Velocity{},
                            movement::InputQueue{}, movement::Roll{}, look("Me"), Gesture{},
                            PlayerControl{.character = {}, .account = {}, .session = {1}});
    registry_.create(Position{{2050, 0, 2048}}, Heading{1}, Velocity{}, look("Ada"),
                     Gesture{77, 3, 0});
    registry_.create(Position{{2052, 5, 2048}}, Heading{}, Velocity{{}, 0}, look("Bob"), Gesture{});
    replication_.open_view(SessionId{1}, own_);
  }
  void send(SessionId, std::uint32_t number, std::span<const std::byte> bytes, bool) override {
    snapshot_.assign(bytes.begin(), bytes.end());
    number_ = number;
  }
  /// A server packet with a snapshot and, if given, a reliable message.
  std::vector<std::uint8_t> packet(std::int64_t now_us) {
    ++tick_;
    replication_.flush_answers(tick_, *this);
    const bool answered = !snapshot_.empty();
    for (; snapshot_.empty(); ++tick_) replication_.publish(tick_, tick_, registry_, *this);
    static_cast<void>(answered);
    std::vector<std::uint8_t> bytes(channel::kPacketBytesMax);
    const channel::Section section{2, number_, snapshot_};
    bytes.resize(
        channel_.write_packet(now_us, {&section, 1}, std::as_writable_bytes(std::span(bytes))));
    snapshot_.clear();
    return bytes;
  }
  static Appearance look(std::string_view name) {
    Appearance appearance;
    appearance.name = FixedString<kNameBytesMax>(name);
    appearance.look = static_cast<std::uint32_t>(name.size());
    appearance.kind = EntityKind::Player;
    return appearance;
  }

  physics::CollisionWorld world_ = flat_world();
  ecs::Registry registry_{1};
  replication::Replication replication_{{}, world_};
  channel::Channel channel_{channel::Options::server()};
  EntityId own_;

 private:
  std::vector<std::byte> snapshot_;
  std::uint32_t number_ = 0;
  TickNumber tick_ = 600;
};

TEST(CInterface, KeepsDoorsClosedUntilToldOtherwise) {
  tessera_terrain terrain{};
  terrain.samples = kFlatSamples.data();
  terrain.columns = terrain.rows = 2;
  terrain.spacing_m = 4096;
  const std::array<tessera_box, 2> doors{tessera_box{{10, 1, 10}, {1, 1, 0.1f}, 0},
                                         tessera_box{{20, 1, 10}, {1, 1, 0.1f}, 0}};
  tessera_world* world = tessera_world_create_with_doors(&terrain, nullptr, 0, doors.data(), 2);
  ASSERT_NE(world, nullptr);
  tessera_client* client = tessera_client_create(world);
  EXPECT_EQ(tessera_client_set_door(client, 1, 1), 0);
  EXPECT_EQ(tessera_client_set_door(client, 1, 0), 0);
  EXPECT_EQ(tessera_client_set_door(client, 2, 1), -1);
  tessera_client_destroy(client);
  tessera_world_destroy(world);

  const std::array<tessera_box, 1> flat{tessera_box{{10, 1, 10}, {1, 0, 1}, 0}};
  EXPECT_EQ(tessera_world_create_with_doors(&terrain, nullptr, 0, flat.data(), 1), nullptr);
  const std::vector<tessera_box> many(TESSERA_DOORS_MAX + 1, doors[0]);
  EXPECT_EQ(tessera_world_create_with_doors(&terrain, nullptr, 0, many.data(), many.size()),
            nullptr);
}

TEST(CInterface, LoadsTheGeometryThatAServerGives) {
  const auto geometry =
      physics::geometry_of_boxes({{0, 0}, {100, 100}}, physics::HeightField(),
                                 std::array{physics::BoxShape{{50, 1, 50}, {2, 1, 2}, 0}}, {});
  const std::vector<std::byte> bytes = physics::to_bytes(*geometry);
  const auto* const start = reinterpret_cast<const std::uint8_t*>(bytes.data());
  tessera_world* world = tessera_world_load(start, bytes.size());
  ASSERT_NE(world, nullptr);
  tessera_client* client = tessera_client_create(world);
  const float from[3] = {50, 10, 50};
  const float down[3] = {0, -1, 0};
  EXPECT_NEAR(tessera_client_cast_ray(client, from, down, 20), 8, 1e-3f);
  EXPECT_LT(tessera_client_cast_ray(client, from, down, 5), 0);
  EXPECT_LT(tessera_client_cast_ray(client, from, down, std::nanf("")), 0);
  tessera_client_destroy(client);
  tessera_world_destroy(world);
  EXPECT_EQ(tessera_world_load(start, bytes.size() - 1), nullptr);
}

TEST(CInterface, WorksFromC99) { EXPECT_EQ(tessera_client_story(), 0); }

void expect_ada_and_bob(tessera_client* client, std::int64_t now_us) {
  tessera_client_advance(client, now_us);
  tessera_view view;
  tessera_client_view_now(client, now_us, &view);
  ASSERT_EQ(view.count, 2u);
  const bool ada_first = std::string_view(view.names) == "Ada";
  const int ada = ada_first ? 0 : 1;
  const int bob = 1 - ada;
  EXPECT_STREQ(view.names + ada * TESSERA_NAME_BYTES, "Ada");
  EXPECT_STREQ(view.names + bob * TESSERA_NAME_BYTES, "Bob");
  EXPECT_EQ(view.kinds[ada], 1u);
  EXPECT_EQ(view.looks[ada], 3u);
  EXPECT_EQ(view.emotes[ada], 3u);
  EXPECT_GT(view.emote_ages_s[ada], 8.0f);  // it began in tick 77
  EXPECT_NEAR(view.headings[ada], 1, 0.03f);
  EXPECT_EQ(view.positions[3 * ada], 2050);
  EXPECT_NEAR(view.positions[3 * bob + 1], 5, 0.02f);
  EXPECT_NE(view.places[ada], view.places[bob]);
}

TEST(CInterface, TellsOfTheWorldAndOfAnswers) {
  CStory story;
  CWorld world;
  tessera_client* client = tessera_client_create(world.world);
  std::int64_t now_us = 1'000'000;
  const std::array<std::byte, 3> hello{std::byte{1}, std::byte{2}, std::byte{3}};
  ASSERT_TRUE(story.channel_.send(0, hello));
  const auto receive = [&] {
    const auto packet = story.packet(now_us);
    ASSERT_EQ(tessera_client_receive(client, now_us, packet.data(), packet.size()), 0);
  };
  receive();

  tessera_own own;
  tessera_client_own(client, now_us, &own);
  EXPECT_EQ(own.id, story.own_.value);
  EXPECT_EQ(own.position[0], 2048);
  EXPECT_EQ(own.grounded, 1u);

  expect_ada_and_bob(client, now_us);

  tessera_event event;
  ASSERT_EQ(tessera_client_next_event(client, &event), 1);
  EXPECT_EQ(event.kind, static_cast<std::uint32_t>(TESSERA_EVENT_MESSAGE));
  ASSERT_EQ(event.size, 3u);
  EXPECT_EQ(event.bytes[2], 3);

  now_us += 50'000;
  tessera_client_advance(client, now_us);
  const std::uint16_t number = tessera_client_emote(client, now_us, 4);
  ASSERT_NE(number, 0);
  std::array<std::uint8_t, TESSERA_PACKET_BYTES_MAX> out;
  EXPECT_GT(tessera_client_write(client, now_us, out.data()), 0u) << "at once";
  story.replication_.answer(SessionId{1}, {number, protocol::ActionVerdict::OnCooldown, 4});
  receive();
  ASSERT_EQ(tessera_client_next_event(client, &event), 1);
  EXPECT_EQ(event.kind, static_cast<std::uint32_t>(TESSERA_EVENT_ACTION));
  EXPECT_EQ(event.action, number);
  EXPECT_EQ(event.verdict, TESSERA_VERDICT_ON_COOLDOWN);

  EXPECT_EQ(tessera_client_begin_action(client, now_us, 0, 0), 0);
  EXPECT_EQ(tessera_client_begin_action(client, now_us, 99, 0), 0);
  const std::uint16_t shove = tessera_client_begin_action(client, now_us, TESSERA_ACTION_SHOVE, 0);
  ASSERT_NE(shove, 0);
  story.replication_.answer(SessionId{1}, {shove, protocol::ActionVerdict::NobodyThere, 0});
  receive();
  ASSERT_EQ(tessera_client_next_event(client, &event), 1);
  EXPECT_EQ(event.action, shove);
  EXPECT_EQ(event.verdict, TESSERA_VERDICT_NOBODY_THERE);

  // One that nobody answers is given up.
  ASSERT_NE(tessera_client_emote(client, now_us, 5), 0);
  tessera_client_advance(client, now_us + 3'000'000);
  ASSERT_EQ(tessera_client_next_event(client, &event), 1);
  EXPECT_EQ(event.verdict, TESSERA_VERDICT_NO_ANSWER);
  tessera_client_destroy(client);
}

TEST(CInterface, TellsOfFights) {
  CStory story;
  CWorld world;
  tessera_client* client = tessera_client_create(world.world);
  const std::int64_t now_us = 1'000'000;
  const auto receive = [&] {
    const auto packet = story.packet(now_us);
    ASSERT_EQ(tessera_client_receive(client, now_us, packet.data(), packet.size()), 0);
  };
  receive();
  const combat::CombatEvent blow{.actor = story.own_,
                                 .target = story.own_,
                                 .amount = -40,
                                 .absorbed = 6,
                                 .ability = {31},
                                 .effect = {9},
                                 .kind = combat::CombatEventKind::Resource,
                                 .flags = combat::kPeriodic,
                                 .count = 2};
  story.replication_.tell_combat(std::array{blow, blow}, story.registry_);
  receive();
  tessera_event event;
  EXPECT_EQ(tessera_client_next_event(client, &event), 0);
  tessera_combat line;
  ASSERT_EQ(tessera_client_next_combat(client, &line), 1);
  EXPECT_EQ(line.actor, story.own_.value);
  EXPECT_EQ(line.target, story.own_.value);
  EXPECT_EQ(line.amount, -40);
  EXPECT_EQ(line.absorbed, 6);
  EXPECT_EQ(line.ability, 31);
  EXPECT_EQ(line.effect, 9);
  EXPECT_EQ(line.kind, TESSERA_COMBAT_RESOURCE);
  EXPECT_EQ(line.flags, TESSERA_COMBAT_FLAG_PERIODIC);
  EXPECT_EQ(line.count, 2);
  EXPECT_EQ(tessera_client_next_combat(client, &line), 1);
  EXPECT_EQ(tessera_client_next_combat(client, &line), 0);
  tessera_client_destroy(client);
}

TEST(CInterface, TellsOfCastsAndEffects) {
  CStory story;
  CWorld world;
  const EntityId mage = story.registry_.create(
      Position{{2046, 0, 2048}}, Heading{}, Velocity{}, CStory::look("Eve"), Gesture{},
      Cast{.started_at = 600,
           .ticks = 180,
           .ability = 31,
           .heading = math::quantise_angle(1),
           .has_point = 1,
           .point_x = 2040 * 16,
           .point_z = 2050 * 16},
      ShownEffects{.ends_at = {900, 0}, .effects = {7, 300}, .stacks = {1, 3}});
  tessera_client* client = tessera_client_create(world.world);
  std::int64_t now_us = 1'000'000;
  const auto packet = story.packet(now_us);  // of tick 601 to 603
  ASSERT_EQ(tessera_client_receive(client, now_us, packet.data(), packet.size()), 0);
  tessera_client_advance(client, now_us);

  tessera_cast cast;
  ASSERT_EQ(tessera_client_cast(client, now_us, mage.value, &cast), 1);
  EXPECT_EQ(cast.ability, 31);
  EXPECT_EQ(cast.has_point, 1);
  EXPECT_NEAR(cast.since_s, 0.03f, 0.05f);
  EXPECT_EQ(cast.whole_s, 3);
  EXPECT_NEAR(cast.heading, 1, 0.02f);
  EXPECT_NEAR(cast.point[0], 2040, 0.05f);
  EXPECT_NEAR(cast.point[1], 2050, 0.05f);
  EXPECT_EQ(tessera_client_cast(client, now_us, story.own_.value, &cast), 0);

  tessera_view view;
  tessera_client_view_now(client, now_us, &view);
  ASSERT_EQ(view.count, 3u);
  for (std::uint32_t i = 0; i < view.count; ++i) {
    EXPECT_EQ(view.casts[i], view.ids[i] == mage.value ? 31 : 0);
  }

  std::array<tessera_effect, TESSERA_EFFECTS_MAX> effects;
  ASSERT_EQ(tessera_client_effects(client, now_us, mage.value, effects.data()), 2u);
  EXPECT_EQ(effects[0].effect, 7);
  EXPECT_NEAR(effects[0].left_s, 4.97f, 0.1f);
  EXPECT_EQ(effects[1].effect, 300);
  EXPECT_EQ(effects[1].stacks, 3);
  EXPECT_LT(effects[1].left_s, 0) << "until it is taken off";
  EXPECT_EQ(tessera_client_effects(client, now_us, 12345, effects.data()), 0u);

  now_us += 3'100'000;  // nobody says that the cast is over
  tessera_client_advance(client, now_us);
  EXPECT_EQ(tessera_client_cast(client, now_us, mage.value, &cast), 0);
  tessera_client_destroy(client);
}

TEST(CInterface, CutsControlsToTheirLimits) {
  CStory story;
  CWorld world;
  tessera_client* client = tessera_client_create(world.world);
  std::int64_t now_us = 1'000'000;
  const auto packet = story.packet(now_us);
  ASSERT_EQ(tessera_client_receive(client, now_us, packet.data(), packet.size()), 0);
  const auto way = [&](float east, float south) {
    const tessera_controls controls{east, south, 100.0f, 0};
    tessera_client_set_controls(client, &controls);
    tessera_own before;
    tessera_own after;
    tessera_client_own(client, now_us, &before);
    tessera_client_advance(client, now_us += 100'000);
    tessera_client_own(client, now_us, &after);
    return after.predicted[0] - before.predicted[0];
  };
  way(0, 0);  // the first frame
  const float full = way(1, 0);
  EXPECT_GT(full, 0.3f);
  EXPECT_NEAR(way(55, 0), full, 0.1f);
  EXPECT_NEAR(way(-55, 0), -full, 0.1f);
  EXPECT_EQ(way(std::nanf(""), 0), 0);
  EXPECT_NEAR(way(0.5f, 0), full / 2, 0.1f);
  tessera_client_destroy(client);
}

TEST(CInterface, HoldsBackDirectionsThatAreNoNumbers) {
  CStory story;
  CWorld world;
  tessera_client* client = tessera_client_create(world.world);
  std::int64_t now_us = 1'000'000;
  const auto packet = story.packet(now_us);
  ASSERT_EQ(tessera_client_receive(client, now_us, packet.data(), packet.size()), 0);
  tessera_own before;
  tessera_client_own(client, now_us, &before);
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr std::array<tessera_controls, 4> kNonsense{{{kNan, kNan, kNan, 0},
                                                       {kNan, kNan, kInfinity, 0},
                                                       {kNan, kNan, -kInfinity, 0xfffffff6},
                                                       {kNan, kNan, -1e38f, 0}}};
  for (int i = 0; i < 40; ++i) {
    tessera_client_set_controls(client, &kNonsense[static_cast<std::size_t>(i) % kNonsense.size()]);
    tessera_client_advance(client, now_us += 50'000);
    tessera_own after;
    tessera_client_own(client, now_us, &after);
    EXPECT_EQ(after.position[0], before.position[0]);
    EXPECT_EQ(after.position[2], before.position[2]);
    EXPECT_TRUE(std::isfinite(after.position[1]) && std::isfinite(after.heading)) << after.heading;
    std::array<std::uint8_t, TESSERA_PACKET_BYTES_MAX> out;
    while (tessera_client_write(client, now_us, out.data()) > 0) {
    }
  }
  tessera_client_destroy(client);
}

/// A netcode server, and what it hears of a client's packets.
struct Heard final : channel::Receiver {
  void on_section(std::uint8_t kind, std::span<const std::byte>) override { sections += kind == 1; }
  void on_message(std::uint8_t, std::span<const std::byte>) override { ++messages; }
  int sections = 0;
  int messages = 0;
};

TEST(Connection, OpensASessionAndCarriesPacketsBothWays) {
  namespace nt = netcode::testing;
  CStory story;
  CWorld world;
  nt::TestServer server;
  const udp::Address from = nt::client_address(1);
  const auto token = nt::test_token(nt::test_grant(5));
  tessera_udp* udp = tessera_udp_create(world.world);
  tessera_udp_connect(udp, server.now.us, server.now.unix_s,
                      reinterpret_cast<const std::uint8_t*>(token.data()), token.size());
  Heard heard;
  std::array<std::uint8_t, TESSERA_PACKET_BYTES_MAX> out;
  tessera_address to;
  tessera_address server_address{};
  server_address.bytes[10] = server_address.bytes[11] = 0xff;
  std::copy_n(nt::kServerAddress.ip.begin(), 4, server_address.bytes + 12);
  server_address.port = nt::kServerAddress.port;
  const auto deliver = [&](std::span<const std::byte> datagram) {
    std::vector<std::uint8_t> copy(datagram.size());
    std::memcpy(copy.data(), datagram.data(), datagram.size());
    tessera_udp_receive(udp, server.now.us, server.now.unix_s, &server_address, copy.data(),
                        copy.size());
  };
  std::array<std::byte, netcode::kPacketBytesMax> buffer;
  for (int i = 0; i < 60; ++i) {
    server.now.us += 50'000;
    tessera_client_advance(tessera_udp_client(udp), server.now.us);
    while (const std::size_t size =
               tessera_udp_write(udp, server.now.us, server.now.unix_s, out.data(), &to)) {
      EXPECT_EQ(to.port, nt::kServerAddress.port);
      const auto received = server.receive(from, std::as_bytes(std::span(out).first(size)));
      if (!server.answer.empty()) deliver(server.answer);
      if (received.event != netcode::Received::Event::Payload) continue;
      ASSERT_TRUE(story.channel_.read_packet(server.now.us, received.payload, heard).has_value());
    }
    if (tessera_udp_state(udp) != 3) continue;
    const auto packet = story.packet(server.now.us);
    std::memcpy(buffer.data() + netcode::kHeadroom, packet.data(), packet.size());
    deliver(server.server.seal_payload(server.now, 0, buffer, packet.size()));
  }
  EXPECT_EQ(tessera_udp_state(udp), 3);
  EXPECT_GT(heard.sections, 20);
  tessera_own own;
  tessera_client_own(tessera_udp_client(udp), 0, &own);
  EXPECT_EQ(own.id, story.own_.value);
  const std::size_t size = tessera_udp_write_disconnect(udp, out.data(), &to);
  const auto left = server.receive(from, std::as_bytes(std::span(out).first(size)));
  EXPECT_EQ(left.event, netcode::Received::Event::Disconnected);
  tessera_udp_destroy(udp);
}

TEST(Connection, SaysWhenATokenIsOfNoUse) {
  const physics::CollisionWorld world = flat_world();
  Connection connection({}, world);
  connection.connect({0, 0}, {});
  EXPECT_TRUE(connection.ended());
  EXPECT_EQ(connection.state(), netcode::ClientState::InvalidToken);
  connection.close();
  EXPECT_FALSE(connection.connected());
  EXPECT_FALSE(connection.client().in_world());
}

}  // namespace
}  // namespace tessera::client::testing
