// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/schedule.h"

#include <gtest/gtest.h>

#include <atomic>

#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

struct Moved {
  EntityId entity;
  int by = 0;
};
struct Noticed {
  int count = 0;
};
struct Tuning {
  float factor = 2;
};

/// A registry, a schedule and all that a run needs.
struct World {
  Registry registry;
  Schedule schedule;
  jobs::Pool pool;
  Queues intents;
  Queues events;
  TickNumber now = 0;

  explicit World(unsigned workers = 0) : pool(workers) {}
  void step() {
    events.clear();
    schedule.run({.now = ++now, .seed = 1, .jobs = pool}, registry, intents, events);
  }
};

void walk(Query<Spot, const Pace, Without<Asleep>> walkers, Out<Moved> moved) {
  walkers.each([&](EntityId entity, Spot& spot, const Pace& pace) {
    spot.x += pace.x;
    moved.emit({entity, 1});
  });
}

void push(In<Push> pushes, Query<Spot> spots, Out<Moved> moved) {
  for (const Push& push : pushes) {
    if (auto found = spots.get(push.entity)) {
      std::get<Spot&>(*found).x += push.x;
      moved.emit({push.entity, 2});
    }
  }
}

void count_moves(InEvents<Moved> moved, Out<Noticed> noticed) {
  noticed.emit({static_cast<int>(moved.size())});
}

void tire(Query<Life> lives) {
  lives.each([](Life& life) { --life.points; });
}

TEST(Schedule, RunsSystemsOnWhatTheirParametersName) {
  World world;
  const EntityId walker = world.registry.create(Spot{0, 0}, Pace{1, 0});
  const EntityId sleeper = world.registry.create(Spot{0, 0}, Pace{1, 0}, Asleep{});
  world.schedule.add<push>(Phase::Act);
  world.schedule.add<walk>(Phase::Move);
  world.schedule.add<count_moves>(Phase::Progress);
  world.intents.of<Push>().push_back({sleeper, 5, 0});
  world.intents.of<Push>().push_back({EntityId{99}, 5, 0});
  world.step();
  EXPECT_EQ(world.registry.get<Spot>(walker)->x, 1);
  EXPECT_EQ(world.registry.get<Spot>(sleeper)->x, 5);
  ASSERT_EQ(world.events.of<Moved>().size(), 2u);
  EXPECT_EQ(world.events.of<Moved>()[0].entity, sleeper);
  EXPECT_EQ(world.events.of<Noticed>()[0].count, 2);
}

TEST(Schedule, DerivesStagesFromSignatures) {
  Schedule schedule;
  schedule.add<walk>(Phase::Move);
  schedule.add<tire>(Phase::Move);
  schedule.add<push>(Phase::Move);
  schedule.add<count_moves>(Phase::Move);
  schedule.add(Phase::World, [](Commands& commands, const Step&, Singleton<Weather> weather,
                                const Tuning&, Singleton<const Life>) {
    weather->storms += 1;
    commands.spawn(Life{});
  });
  EXPECT_EQ(schedule.describe(),
            "move\n"
            "  stage 1\n"
            "    walk: reads pace; writes spot; emits Moved\n"
            "    tire: writes life\n"
            "  stage 2\n"
            "    push: consumes Push; writes spot; emits Moved\n"
            "  stage 3\n"
            "    count_moves: hears Moved; emits Noticed\n"
            "world\n"
            "  stage 1\n"
            "    world_0: reads Tuning, life; writes weather; commands\n");
  EXPECT_EQ(schedule.names(),
            (std::vector<std::string>{"walk", "tire", "push", "count_moves", "world_0"}));
}

TEST(Schedule, LetsQueriesThatCannotMeetRunSideBySide) {
  Schedule schedule;
  schedule.add(Phase::Move, [](Query<Spot, With<Asleep>>) {}, "sleepers");
  schedule.add(Phase::Move, [](Query<Spot, Without<Asleep>>) {}, "walkers");
  schedule.add(Phase::Move, [](Query<const Spot>) {}, "watchers");
  schedule.add(Phase::Move, [](Query<const Spot>) {}, "others");
  EXPECT_EQ(schedule.describe(),
            "move\n"
            "  stage 1\n"
            "    sleepers: writes spot\n"
            "    walkers: writes spot\n"
            "  stage 2\n"
            "    watchers: reads spot\n"
            "    others: reads spot\n");
}

TEST(Schedule, OrdersResourcesAndSingletonsByWhoWrites) {
  Schedule schedule;
  schedule.add(Phase::Act, [](const Tuning&, Singleton<const Weather>) {}, "a");
  schedule.add(Phase::Act, [](const Tuning&, Singleton<const Weather>) {}, "b");
  schedule.add(Phase::Act, [](Tuning&) {}, "c");
  schedule.add(Phase::Act, [](Singleton<Weather>) {}, "d");
  EXPECT_EQ(schedule.describe(),
            "act\n"
            "  stage 1\n"
            "    a: reads Tuning, weather\n"
            "    b: reads Tuning, weather\n"
            "  stage 2\n"
            "    c: writes Tuning\n"
            "    d: writes weather\n");
}

struct Grow {
  int by;
  void operator()(Query<Life> lives, const Tuning& tuning) const {
    lives.each([&](Life& life) { life.points += by * static_cast<int>(tuning.factor); });
  }
};

TEST(Schedule, MakesSystemsFromArgumentsAndHandsThemResources) {
  World world;
  const Tuning tuning{3};
  const EntityId entity = world.registry.create(Life{0});
  world.schedule.register_system<Grow>(Phase::Progress, 5);
  world.schedule.set_resource(tuning);
  world.step();
  EXPECT_EQ(world.registry.get<Life>(entity)->points, 15);
  EXPECT_EQ(world.schedule.names(), std::vector<std::string>{"Grow"});
}

TEST(Schedule, CarriesCommandsOutBetweenPhases) {
  World world;
  world.schedule.add(Phase::Act, [](Commands& commands, Query<const Life> lives) {
    commands.spawn(Life{1});
    EXPECT_EQ(lives.size(), 0u);
  });
  world.schedule.add(Phase::Act, [](Commands& commands, Query<const Life> lives) {
    commands.spawn(Life{2});
    EXPECT_EQ(lives.size(), 0u);
  });
  std::vector<int> seen;
  world.schedule.add(Phase::Move, [&](Query<const Life> lives) {
    lives.each([&](const Life& life) { seen.push_back(life.points); });
  });
  world.step();
  EXPECT_EQ(seen, (std::vector{1, 2}));
}

TEST(Schedule, KeepsTheOrderOfSystemsForEventsOfConflictingAndFreeEmitters) {
  for (const unsigned workers : {0u, 3u}) {
    World world(workers);
    world.schedule.add(Phase::Act, [](Query<Spot>, Out<Moved> out) { out.emit({{}, 1}); });
    // Conflicts with the first: a later stage than the third, but its events come before.
    world.schedule.add(Phase::Act, [](Query<Spot>, Out<Moved> out) { out.emit({{}, 2}); });
    world.schedule.add(Phase::Act, [](Out<Moved> out) { out.emit({{}, 3}); });
    std::vector<int> heard;
    world.schedule.add(Phase::Act, [&](InEvents<Moved> moved) {
      for (const Moved& event : moved) heard.push_back(event.by);
    });
    world.schedule.add(Phase::Act, [](Out<Moved> out) { out.emit({{}, 4}); });
    world.step();
    EXPECT_EQ(heard, (std::vector{1, 2, 3}));
    std::vector<int> all;
    for (const Moved& event : world.events.of<Moved>()) all.push_back(event.by);
    EXPECT_EQ(all, (std::vector{1, 2, 3, 4}));
  }
}

TEST(Schedule, OrdersEventsOfParallelChunksByChunkAndRow) {
  for (const unsigned workers : {0u, 1u, 4u}) {
    World world(workers);
    for (int i = 0; i < 5000; ++i) world.registry.create(Life{i});
    world.schedule.add(Phase::Act, [](Query<const Life> lives, Out<Moved> out) {
      out.emit({{}, -1});
      lives.par_each([&](EntityId entity, const Life& life) {
        if (life.points % 3 == 0) out.emit({entity, life.points});
      });
      out.emit({{}, -2});
    });
    world.step();
    const auto& moved = world.events.of<Moved>();
    ASSERT_EQ(moved.size(), 1669u);
    EXPECT_EQ(moved.front().by, -1);
    EXPECT_EQ(moved.back().by, -2);
    for (std::size_t i = 1; i + 1 < moved.size(); ++i) {
      ASSERT_EQ(moved[i].by, static_cast<int>(i - 1) * 3);
    }
  }
}

TEST(Schedule, TellsTheProbeWhenSystemsBeginAndEnd) {
  struct Probe : SystemProbe {
    std::atomic<std::size_t> begun{0};
    std::atomic<std::size_t> ended{0};
    void system_begins(std::size_t system) override { begun += system + 1; }
    void system_ends(std::size_t system) override { ended += system + 1; }
  };
  Probe probe;
  World world(2);
  world.schedule.add<walk>(Phase::Move);
  world.schedule.add<tire>(Phase::Move);
  world.schedule.add<count_moves>(Phase::Index);
  world.schedule.set_probe(&probe);
  world.step();
  EXPECT_EQ(probe.begun, 6u);
  EXPECT_EQ(probe.ended, 6u);
}

TEST(ScheduleDeathTest, NamesAMissingResource) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  World world;
  world.schedule.add(Phase::Act, [](const Tuning&) {});
  EXPECT_DEATH(world.step(), "resource that was never set");
  const Tuning tuning;
  World other;
  other.schedule.add(Phase::Act, [](Tuning&) {});
  other.schedule.set_resource(tuning);
  EXPECT_DEATH(other.step(), "set as const");
}

}  // namespace
}  // namespace tessera::ecs::testing
