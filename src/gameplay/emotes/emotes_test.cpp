// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/emotes/emotes.h"

#include <gtest/gtest.h>

#include "gameplay/testing/test_world.h"

namespace tessera::emotes {
namespace {

TEST(PerformEmotes, ShowsTheGestureAndAnswersInTheSameTick) {
  TestWorld world;
  const EntityId ann = world.enter(1);
  world.intend(PerformEmote{ann, 3, 77});
  world.step();
  ASSERT_EQ(world.events<EmotePerformed>().size(), 1u);
  const EmotePerformed& performed = world.events<EmotePerformed>()[0];
  EXPECT_EQ(performed.entity, ann);
  EXPECT_EQ(performed.emote, 3u);
  EXPECT_EQ(performed.action, 77u);
  EXPECT_EQ(world.get<Gesture>(ann).emote, 3u);
  EXPECT_EQ(world.get<Gesture>(ann).started_at, world.now);
}

TEST(PerformEmotes, RefusesAnUnknownEmote) {
  TestWorld world;
  const EntityId ann = world.enter(1);
  for (const std::uint32_t emote : {0u, 9u, 0xffffffffu}) {
    world.intend(PerformEmote{ann, emote, 5});
    world.step();
    ASSERT_EQ(world.events<EmoteRefused>().size(), 1u);
    EXPECT_EQ(world.events<EmoteRefused>()[0].reason, EmoteRefusal::UnknownEmote);
    EXPECT_EQ(world.events<EmoteRefused>()[0].action, 5u);
  }
  EXPECT_EQ(world.get<Gesture>(ann).emote, 0u);
}

TEST(PerformEmotes, RefusesUntilTheCooldownIsOver) {
  TestWorld world;
  const EntityId ann = world.enter(1);
  world.intend(PerformEmote{ann, 1});
  world.intend(PerformEmote{ann, 2});  // in the same tick
  world.step();
  EXPECT_EQ(world.events<EmotePerformed>().size(), 1u);
  ASSERT_EQ(world.events<EmoteRefused>().size(), 1u);
  EXPECT_EQ(world.events<EmoteRefused>()[0].reason, EmoteRefusal::OnCooldown);
  world.step(kEmoteCooldownTicks - 2);
  world.intend(PerformEmote{ann, 2});
  world.step();
  EXPECT_EQ(world.events<EmoteRefused>().size(), 1u);
  world.intend(PerformEmote{ann, 2});
  world.step();
  EXPECT_EQ(world.events<EmotePerformed>().size(), 1u);
  EXPECT_EQ(world.get<Gesture>(ann).emote, 2u);
}

TEST(PerformEmotes, IgnoresWhoIsGone) {
  TestWorld world;
  const EntityId ann = world.enter(1);
  world.intend(presence::LeaveWorld{.session = {1}});
  world.step();
  world.intend(PerformEmote{ann, 1});
  world.step();
  EXPECT_TRUE(world.events<EmotePerformed>().empty());
  EXPECT_TRUE(world.events<EmoteRefused>().empty());
}

TEST(EmoteTable, FindsEveryEmoteByItsNumber) {
  for (const EmoteDefinition& emote : kEmotes) {
    ASSERT_NE(find_emote(emote.id), nullptr);
    EXPECT_EQ(find_emote(emote.id)->name, emote.name);
  }
}

}  // namespace
}  // namespace tessera::emotes
