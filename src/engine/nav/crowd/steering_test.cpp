// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/crowd/steering.h"

#include <algorithm>

#include "engine/core/hash.h"
#include "engine/core/random.h"

namespace tessera::nav {
namespace {

constexpr float kTick_s = 1.0f / 20;

/// Walkers with a goal each, who step until all have arrived.
struct Crowd {
  std::vector<Walker> walkers;
  std::vector<math::Vec2> goals;
  std::vector<math::Vec2> velocities;
  float speed = 2;

  void add(math::Vec2 from, math::Vec2 to) {
    walkers.push_back({from, {}, {}, 0.4f});
    goals.push_back(to);
    velocities.emplace_back();
  }
  void step(CrowdSteering& steering, jobs::Pool& pool) {
    for (std::size_t i = 0; i < walkers.size(); ++i) {
      const math::Vec2 left = goals[i] - walkers[i].position;
      const float metres = length(left);
      walkers[i].wish =
          metres > 0.1f ? left * (std::min(speed, metres * 4) / metres) : math::Vec2{};
    }
    steering.steer(pool, walkers, velocities);
    for (std::size_t i = 0; i < walkers.size(); ++i) {
      walkers[i].velocity = velocities[i];
      walkers[i].position = walkers[i].position + velocities[i] * kTick_s;
    }
  }
  float nearest_pair() const {
    float nearest = 1.0e9f;
    for (std::size_t i = 0; i < walkers.size(); ++i) {
      for (std::size_t j = i + 1; j < walkers.size(); ++j) {
        nearest = std::min(nearest, length(walkers[i].position - walkers[j].position));
      }
    }
    return nearest;
  }
  bool arrived() const {
    for (std::size_t i = 0; i < walkers.size(); ++i) {
      if (length(walkers[i].position - goals[i]) > 1) return false;
    }
    return true;
  }
  std::uint64_t hash() const { return hash_bytes(std::as_bytes(std::span(walkers))); }
};

Crowd random_crowd(std::uint64_t seed, int count, float size) {
  RandomStream random(seed);
  Crowd crowd;
  for (int i = 0; i < count; ++i) {
    const math::Vec2 from{random.between(0, size), random.between(0, size)};
    crowd.add(from, {random.between(0, size), random.between(0, size)});
  }
  return crowd;
}

TEST(SteerCrowd, LetsWhoIsAloneWalkAsItWishes) {
  jobs::Pool pool;
  CrowdSteering steering;
  const std::array<Walker, 2> walkers{Walker{{0, 0}, {1, 1}, {2, -1}, 0.4f},
                                      Walker{{50, 0}, {}, {0, 0}, 0.4f}};
  std::array<math::Vec2, 2> velocities;
  steering.steer(pool, walkers, velocities);
  EXPECT_EQ(velocities[0], (math::Vec2{2, -1}));
  EXPECT_EQ(velocities[1], (math::Vec2{0, 0}));
  steering.steer(pool, {}, {});
}

TEST(SteerCrowd, DecidesForTheFirstAndLetsTheOthersBeInTheirWay) {
  jobs::Pool pool;
  CrowdSteering steering;
  const std::array<Walker, 3> walkers{Walker{{0, 0}, {1, 0}, {1, 0}, 0.4f},
                                      Walker{{50, 0}, {}, {1, 0}, 0.4f},
                                      Walker{{0.6f, 0.1f}, {}, {}, 0.4f}};
  std::array<math::Vec2, 3> all;
  steering.steer(pool, walkers, all);
  std::array<math::Vec2, 2> first;
  steering.steer(pool, walkers, first);
  EXPECT_EQ(first[0], all[0]);
  EXPECT_EQ(first[1], all[1]);
  EXPECT_NE(first[0], walkers[0].wish) << "somebody stands in its way";
}

TEST(SteerCrowd, LetsTwoPassWhoMeetHeadOn) {
  jobs::Pool pool;
  CrowdSteering steering;
  for (const float offset : {0.0f, 0.1f, -0.3f}) {
    Crowd crowd;
    crowd.add({0, 0}, {20, 0});
    crowd.add({20, offset}, {0, offset});
    float nearest = 100;
    int ticks = 0;
    for (; ticks < 600 && !crowd.arrived(); ++ticks) {
      crowd.step(steering, pool);
      nearest = std::min(nearest, crowd.nearest_pair());
    }
    EXPECT_TRUE(crowd.arrived()) << offset;
    EXPECT_GT(nearest, 0.6f) << offset;
  }
}

TEST(SteerCrowd, KeepsACrossingCrowdApartAndMoving) {
  constexpr std::uint64_t kSeed = 41;
  jobs::Pool pool;
  CrowdSteering steering;
  Crowd crowd = random_crowd(kSeed, 60, 40);
  float deepest = 0;
  for (int ticks = 0; ticks < 1200; ++ticks) {
    crowd.step(steering, pool);
    if (ticks > 100) deepest = std::max(deepest, 0.8f - crowd.nearest_pair());
  }
  int arrived = 0;
  for (std::size_t i = 0; i < crowd.walkers.size(); ++i) {
    arrived += length(crowd.walkers[i].position - crowd.goals[i]) < 2 ? 1 : 0;
  }
  EXPECT_GT(arrived, 54) << "seed " << kSeed;
  EXPECT_LT(deepest, 0.5f) << "seed " << kSeed;
}

TEST(SteerCrowd, GivesTheSameWithAnyNumberOfWorkers) {
  const auto run = [](unsigned workers) {
    jobs::Pool pool(workers);
    CrowdSteering steering;
    Crowd crowd = random_crowd(5, 1500, 60);
    for (int ticks = 0; ticks < 20; ++ticks) crowd.step(steering, pool);
    return crowd.hash();
  };
  const std::uint64_t alone = run(0);
  EXPECT_EQ(run(1), alone);
  EXPECT_EQ(run(2), alone);
  EXPECT_EQ(run(8), alone);
  EXPECT_EQ(alone, 16202712685014628459u) << "with every compiler";
}

TEST(SteerCrowd, TurnsForWhoIsInTheWayAndForNobodyElse) {
  RandomStream random(6);
  jobs::Pool pool;
  CrowdSteering steering;
  for (int round = 0; round < 200; ++round) {
    std::vector<Walker> walkers{{{0, 0}, {2, 0}, {2, 0}, 0.4f}};
    const math::Vec2 other{random.between(-4, 4), random.between(-4, 4)};
    walkers.push_back({other, {}, {}, 0.4f});
    std::vector<math::Vec2> velocities(2);
    steering.steer(pool, walkers, velocities);
    const bool in_the_way = other.x > 0 && other.x < 2.2f && std::fabs(other.z) < 0.5f &&
                            length(other) < 2.4f && length(other) > 0.8f;
    const bool far = length(other) > 2.5f || std::fabs(other.z) > 0.8f;
    const bool turned = velocities[0] != math::Vec2{2, 0};
    EXPECT_TRUE(turned || !in_the_way) << other.x << "," << other.z;
    EXPECT_TRUE(!turned || !far) << other.x << "," << other.z;
  }
}

TEST(SteerCrowd, PartsTwoWhoStandInOnePlace) {
  jobs::Pool pool;
  CrowdSteering steering;
  std::vector<Walker> walkers(2);
  std::vector<math::Vec2> velocities(2);
  for (int ticks = 0; ticks < 40; ++ticks) {
    steering.steer(pool, walkers, velocities);
    for (std::size_t i = 0; i < 2; ++i) {
      walkers[i].velocity = velocities[i];
      walkers[i].position = walkers[i].position + velocities[i] * kTick_s;
    }
  }
  EXPECT_GT(length(walkers[0].position - walkers[1].position), 0.6f);
}

TEST(SteerCrowd, TakesACrowdOverAllTheWorld) {
  jobs::Pool pool;
  CrowdSteering steering;
  Crowd crowd = random_crowd(7, 3000, 4096);
  crowd.step(steering, pool);
  for (const math::Vec2 velocity : crowd.velocities) EXPECT_LT(length(velocity), 4);
}

}  // namespace
}  // namespace tessera::nav
