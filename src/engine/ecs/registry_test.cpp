// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/registry.h"

#include <gtest/gtest.h>

#include "engine/ecs/schedule.h"

namespace tessera::ecs {
namespace {

struct Spot {
  float x = 0;
  float y = 0;
  friend constexpr auto describe(Described<Spot>) {
    return component<Spot>("spot", {}, field("x", &Spot::x), field("y", &Spot::y));
  }
};
struct Pace {
  float x = 0;
  float y = 0;
  friend constexpr auto describe(Described<Pace>) {
    return component<Pace>("pace", {}, field("x", &Pace::x), field("y", &Pace::y));
  }
};
struct Asleep {
  friend constexpr auto describe(Described<Asleep>) { return component<Asleep>("asleep", {}); }
};
struct Moved {
  EntityId entity;
};

void walk(const Step&, Query<Spot, const Pace, Without<Asleep>> walkers, Out<Moved> moved) {
  walkers.par_each([&](EntityId e, Spot& spot, const Pace& pace) {
    spot.x += pace.x;
    moved.emit({e});
  });
}

TEST(Registry, GivesBackWhatWasPutIn) {
  Registry registry(3);
  const EntityId e = registry.create(Spot{1, 2}, Pace{3, 4});
  EXPECT_TRUE(registry.alive(e));
  EXPECT_EQ(e.zone(), 3);
  ASSERT_NE(registry.get<Spot>(e), nullptr);
  EXPECT_EQ(registry.get<Spot>(e)->y, 2);
  EXPECT_EQ(registry.get<Asleep>(e), nullptr);
  registry.add_component<Asleep>(e);
  EXPECT_NE(registry.get<Asleep>(e), nullptr);
  EXPECT_EQ(registry.get<Pace>(e)->y, 4);
}

TEST(Registry, RunsASchedule) {
  Registry registry;
  for (int i = 0; i < 10; ++i) registry.create(Spot{0, 0}, Pace{1, 0});
  Schedule schedule;
  schedule.add<walk>(Phase::Move);
  jobs::Pool pool;
  Queues intents;
  Queues events;
  schedule.run({.now = 1, .seed = 2, .jobs = pool}, registry, intents, events);
  EXPECT_EQ(events.of<Moved>().size(), 10u);
  EXPECT_EQ(schedule.describe(),
            "move\n  stage 1\n    walk: reads pace; writes spot; emits Moved\n");
}

}  // namespace
}  // namespace tessera::ecs
