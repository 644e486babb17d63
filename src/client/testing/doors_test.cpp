// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who walks to a door finds it open, as early as the server does, behind any link one can play on.
#include "gameplay/doors/doors.h"

#include <gtest/gtest.h>

#include "client/testing/shard.h"
#include "engine/ecs/schedule.h"
#include "engine/physics/testing/wall_with_doors.h"

namespace tessera::client::testing {
namespace {

/// A shard whose doors work; its message of a door is two bytes, its number and 1 for open.
class Doorway {
 public:
  explicit Doorway(const chaos::Options& chaos, std::uint64_t seed = 1)
      : shard_({.seed = seed,
                .chaos = chaos,
                .geometry = physics::wall_with_doors({{0, 0}, {4096, 4096}})}),
        index_(shard_.world().geometry()),
        player_(shard_.add_player({100, 0, 112})) {
    schedule_.add<doors::operate_doors>(ecs::Phase::World);
    schedule_.set_resource(std::as_const(index_));
    shard_.control = [this](Player& player) { play(player); };
  }

  void run(int ticks, std::int8_t south, bool tell = true) {
    south_ = south;
    for (int i = 0; i < ticks; ++i) {
      doors::take_over(shard_.registry().singleton<doors::Doors>(), shard_.world());
      shard_.step();
      events_.clear();
      schedule_.run_phase(ecs::Phase::World, {shard_.tick(), 1, pool_}, shard_.registry(), intents_,
                          events_);
      if (!tell) continue;
      for (const auto& event : events_.read<doors::DoorOpened>()) say(event.door, 1);
      for (const auto& event : events_.read<doors::DoorClosed>()) say(event.door, 0);
    }
  }

  math::Vec3 server_place() {
    return std::as_const(shard_.registry()).get<Position>(player_.entity)->metres;
  }
  Client& client() { return player_.core; }

 private:
  void say(std::uint32_t door, unsigned open) {
    const std::array<std::byte, 2> message{static_cast<std::byte>(door),
                                           static_cast<std::byte>(open)};
    ASSERT_TRUE(player_.server_channel.send(0, message));
  }
  void play(Player& player) {
    for (const MessageEvent& event : player.core.message_events()) {
      EXPECT_TRUE(player.core.set_door(std::to_integer<std::uint32_t>(event.bytes[0]),
                                       event.bytes[1] != std::byte{0}));
    }
    player.core.clear_events();
    player.core.set_controls({.move_z = south_});
  }

  Shard shard_;
  doors::DoorIndex index_;
  Player& player_;
  ecs::Schedule schedule_;
  ecs::Queues intents_;
  ecs::Queues events_;
  jobs::Pool pool_{0};
  std::int8_t south_ = 0;
};

TEST(Doors, LetAPlayerThroughAt150MillisecondsWithoutACorrection) {
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u}) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Doorway doorway({.delay_ms = 75, .jitter_ms = 5}, seed);
    doorway.run(60, 0);
    for (int crossing = 0; crossing < 6; ++crossing) {
      const std::int8_t way = crossing % 2 == 0 ? -127 : 127;
      doorway.run(250, way);
      doorway.run(60, 0);
      EXPECT_EQ(doorway.server_place().z < 100, crossing % 2 == 0);
    }
    EXPECT_EQ(doorway.client().prediction().corrections(), 0u);
    EXPECT_EQ(doorway.client().own_pose().position, doorway.server_place());
    EXPECT_FALSE(doorway.client().world().is_open(1)) << "he was told that it closed behind him";
  }
}

TEST(Doors, HoldUpWhoIsNotToldOfThemUntilHeIsCorrected) {
  Doorway doorway({.delay_ms = 75});
  doorway.run(60, 0);
  doorway.run(250, -127, false);
  EXPECT_LT(doorway.server_place().z, 100);
  EXPECT_GT(doorway.client().prediction().corrections(), 0u);
}

TEST(Doors, AreEachClientsOwn) {
  const physics::CollisionWorld world(physics::wall_with_doors());
  Client ann({}, world);
  Client bert({}, world);
  EXPECT_TRUE(ann.set_door(2, true));
  EXPECT_TRUE(ann.world().is_open(2));
  EXPECT_FALSE(bert.world().is_open(2));
  EXPECT_FALSE(world.is_open(2));
  EXPECT_TRUE(ann.set_door(2, false));
  EXPECT_FALSE(ann.world().is_open(2));
}

TEST(Doors, ThatTheContentHasNotAreRefused) {
  const physics::CollisionWorld world(physics::wall_with_doors());
  Client ann({}, world);
  EXPECT_FALSE(ann.set_door(3, true));
  EXPECT_FALSE(ann.set_door(0xffffffff, true));
}

}  // namespace
}  // namespace tessera::client::testing
