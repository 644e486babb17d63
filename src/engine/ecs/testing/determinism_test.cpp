// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The same random world, stepped with different numbers of workers, has the same hash every tick.
#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "engine/ecs/schedule.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

struct Died {
  EntityId entity;
};
struct Born {
  EntityId entity;
  EntityId parent;
};

void wander(const Step& step, Query<Spot, const Pace> walkers) {
  walkers.par_each([&](EntityId entity, Spot& spot, const Pace& pace) {
    spot.x += pace.x * random_unit(step.seed, entity, step.now, random_purpose("wander"));
    spot.y += pace.y;
  });
}

void age(const Step& step, Query<Life> lives, Out<Died> died, Commands& commands) {
  lives.par_each([&](EntityId entity, Life& life) {
    life.points -=
        static_cast<int>(random_below(6, step.seed, entity, step.now, random_purpose("age")));
    if (life.points > 0) return;
    died.emit({entity});
    commands.destroy(entity);
  });
}

void breed(const Step& step, Query<const Spot, Without<Asleep>> parents, Out<Born> born,
           Commands& commands) {
  parents.par_each([&](EntityId entity, const Spot& spot) {
    if (random_below(12, step.seed, entity, step.now, random_purpose("breed")) != 0) return;
    const EntityId child = commands.spawn(Spot{spot.x, 0}, Pace{1, 2}, Life{});
    born.emit({child, entity});
  });
}

void doze(const Step& step, Query<const Life, Without<Asleep>> awake, Commands& commands) {
  awake.each([&](EntityId entity, const Life&) {
    if (random_below(10, step.seed, entity, step.now, random_purpose("doze")) == 0) {
      commands.add<Asleep>(entity);
    }
  });
}

void wake(const Step& step, Query<const Life, With<Asleep>> sleepers, Commands& commands) {
  sleepers.each([&](EntityId entity, const Life&) {
    if (random_below(5, step.seed, entity, step.now, random_purpose("wake")) == 0) {
      commands.remove<Asleep>(entity);
    }
  });
}

void tell(InEvents<Died> died, InEvents<Born> born, Singleton<Weather> weather) {
  for (const Died& event : died) {
    weather->storms = static_cast<std::uint32_t>(mix64(weather->storms ^ event.entity.value));
  }
  for (const Born& event : born) {
    weather->storms = static_cast<std::uint32_t>(mix64(weather->storms + event.entity.value));
  }
}

std::vector<std::uint64_t> hashes(std::uint64_t seed, unsigned workers) {
  Registry registry;
  for (int i = 0; i < 2500; ++i) registry.create(Spot{1, 1}, Pace{1, 1}, Life{i % 100 + 1});
  for (int i = 0; i < 1000; ++i) registry.create(Spot{1, 1}, Everything{}, Life{i % 50 + 1});
  Schedule schedule;
  schedule.add<wander>(Phase::Move);
  schedule.add<doze>(Phase::Move);
  schedule.add<wake>(Phase::Move);
  schedule.add<age>(Phase::Resolve);
  schedule.add<breed>(Phase::Resolve);
  schedule.add<tell>(Phase::Progress);
  jobs::Pool pool(workers);
  Queues intents;
  Queues events;
  std::vector<std::uint64_t> hashes;
  for (TickNumber now = 1; now <= 25; ++now) {
    events.clear();
    schedule.run({.now = now, .seed = seed, .jobs = pool}, registry, intents, events);
    hashes.push_back(registry.hash());
  }
  EXPECT_GT(registry.size(), 100u) << "the world died out: a test of nothing";
  return hashes;
}

TEST(Determinism, TheNumberOfWorkersLeavesNoTraceInTheState) {
  for (const std::uint64_t seed : {21u, 22u}) {
    SCOPED_TRACE(seed);
    const auto alone = hashes(seed, 0);
    EXPECT_EQ(hashes(seed, 0), alone);
    EXPECT_EQ(hashes(seed, 1), alone);
    EXPECT_EQ(hashes(seed, 2), alone);
    EXPECT_EQ(hashes(seed, 8), alone);
  }
  EXPECT_NE(hashes(21, 0), hashes(22, 0));
}

}  // namespace
}  // namespace tessera::ecs::testing
