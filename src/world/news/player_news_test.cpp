// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/news/player_news.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "gameplay/experience/experience.h"
#include "gameplay/pvp/pvp.h"
#include "protocol/messages/control.pb.h"
#include "world/zone/testing/test_world.h"

namespace tessera::news {
namespace {

using protocol::ServerControl;

/// Ann and Bob in a world without creatures; events are put there by hand where fights would.
class PlayerNewsTest : public ::testing::Test {
 protected:
  PlayerNewsTest() {
    rules.experience.next_base = 100;
    ann = enter("Ann", {100, 100});
    bob = enter("Bob", {100, 104});
  }
  EntityId enter(std::string_view name, math::Vec2 place) {
    const EntityId entity = world.enter(name, place);
    intake::Session session;
    session.id = world.session_of(entity);
    session.link = &link;
    session.entity = entity;
    sessions.add(session);
    tell();
    return entity;
  }
  void tell() { tell(world.zone().now()); }
  void tell(TickNumber durable) { tell(world.zone().events(), durable); }
  /// Hands on what happened in the last step, and collects what was said.
  void tell(const ecs::Queues& events, TickNumber durable) {
    news.tell({.now = world.zone().now(),
               .registry = world.zone().registry(),
               .events = events,
               .rules = rules,
               .sessions = sessions},
              durable);
    link.flush_down();
    link.drain_down([&](const cluster::DownHeader& header, std::span<const std::byte> bytes) {
      ServerControl message;
      EXPECT_TRUE(message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
      said[header.session].push_back(message);
    });
  }
  std::vector<ServerControl> heard_by(EntityId entity) {
    return std::exchange(said[world.session_of(entity)], {});
  }
  void wish(EntityId who, pvp::DuelWish what, EntityId target = {}) {
    world.intend(pvp::WishDuel{.entity = who, .target = target, .action = 9, .wish = what});
    world.step();
    tell();
  }

  zone::TestWorld world;
  cluster::Link link;
  intake::SessionTable sessions;
  Rulebook rules;
  PlayerNews news;
  std::map<SessionId, std::vector<ServerControl>> said;
  EntityId ann;
  EntityId bob;
};

TEST_F(PlayerNewsTest, WhoEntersIsToldHowFarHeHasGrown) {
  const auto heard = heard_by(ann);
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].progress().level(), 1u);
  EXPECT_EQ(heard[0].progress().experience(), 0u);
  EXPECT_EQ(heard[0].progress().experience_next(), 100u);
  EXPECT_EQ(heard[0].progress().gained(), 0u);
}

TEST_F(PlayerNewsTest, AGainIsToldWhenTheLogHasItsTickAndToWhomItIs) {
  heard_by(ann);
  heard_by(bob);
  ecs::Queues events;
  events.of<experience::ExperienceGained>().push_back({ann, {}, 42});
  const TickNumber now = world.zone().now();
  tell(events, now - 1);
  EXPECT_TRUE(heard_by(ann).empty());
  world.step();
  tell(now);
  const auto heard = heard_by(ann);
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].progress().gained(), 42u);
  EXPECT_TRUE(heard_by(bob).empty());
}

TEST_F(PlayerNewsTest, AGainOfOneWhoHasLeftMeanwhileIsToldToNobody) {
  heard_by(ann);
  ecs::Queues events;
  events.of<experience::ExperienceGained>().push_back({ann, {}, 42});
  tell(events, world.zone().now() - 1);
  sessions.remove(world.session_of(ann));
  tell();
  EXPECT_TRUE(heard_by(ann).empty());
}

TEST_F(PlayerNewsTest, BothHearOfAChallengeAndOfTheCircleWhenItIsAccepted) {
  heard_by(ann);
  heard_by(bob);
  wish(ann, pvp::DuelWish::Challenge, bob);
  auto to_ann = heard_by(ann);
  auto to_bob = heard_by(bob);
  ASSERT_EQ(to_ann.size(), 1u);
  ASSERT_EQ(to_bob.size(), 1u);
  EXPECT_EQ(to_bob[0].duel_changed().opponent(), ann.value);
  EXPECT_EQ(to_bob[0].duel_changed().state(), static_cast<std::uint32_t>(pvp::DuelState::IsAsked));
  EXPECT_GT(to_bob[0].duel_changed().until_tick(), world.zone().now());
  EXPECT_EQ(to_bob[0].duel_changed().radius_m(), 0);
  wish(bob, pvp::DuelWish::Accept);
  to_ann = heard_by(ann);
  ASSERT_EQ(to_ann.size(), 1u);
  const auto& countdown = to_ann[0].duel_changed();
  EXPECT_EQ(countdown.opponent(), bob.value);
  EXPECT_EQ(countdown.state(), static_cast<std::uint32_t>(pvp::DuelState::Countdown));
  EXPECT_FLOAT_EQ(countdown.x(), 100);
  EXPECT_FLOAT_EQ(countdown.z(), 102);
  EXPECT_EQ(countdown.radius_m(), rules.pvp.duel_radius_m);
  heard_by(bob);
  wish(bob, pvp::DuelWish::GiveUp);
  to_ann = heard_by(ann);
  ASSERT_EQ(to_ann.size(), 1u);
  EXPECT_EQ(to_ann[0].duel_ended().winner(), ann.value);
  EXPECT_EQ(to_ann[0].duel_ended().loser(), bob.value);
  EXPECT_EQ(to_ann[0].duel_ended().end(), static_cast<std::uint32_t>(pvp::DuelEnd::GaveUp));
}

TEST_F(PlayerNewsTest, ARefusalNamesItsActionAndGoesToWhoWishedOnly) {
  heard_by(ann);
  heard_by(bob);
  wish(ann, pvp::DuelWish::Accept);
  const auto heard = heard_by(ann);
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].pvp_refused().action(), 9u);
  EXPECT_EQ(heard[0].pvp_refused().reason(), static_cast<std::uint32_t>(pvp::PvpRefusal::NotAsked));
  EXPECT_TRUE(heard_by(bob).empty());
}

TEST_F(PlayerNewsTest, AFlagIsToldAndWhenItFalls) {
  heard_by(ann);
  world.intend(pvp::SetFlag{.entity = ann, .action = 1, .is_up = 1});
  world.step();
  tell();
  world.intend(pvp::SetFlag{.entity = ann, .action = 2, .is_up = 0});
  world.step();
  tell();
  const auto heard = heard_by(ann);
  ASSERT_EQ(heard.size(), 2u);
  EXPECT_TRUE(heard[0].flag_set().is_up());
  EXPECT_EQ(heard[0].flag_set().falls_at_tick(), 0u);
  EXPECT_TRUE(heard[1].flag_set().is_up()) << "it falls later";
  EXPECT_GT(heard[1].flag_set().falls_at_tick(), world.zone().now());
}

}  // namespace
}  // namespace tessera::news
