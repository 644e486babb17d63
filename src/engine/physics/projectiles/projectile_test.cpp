// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/projectiles/projectile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/random.h"
#include "engine/core/tick.h"

namespace tessera::physics {
namespace {

using math::Vec3;

/// Flat ground of half a kilometre in the far corner of a world of four, and a wall of 1 cm across
/// it.
struct Range {
  static constexpr float kSize = 512;
  static constexpr float kCorner = 3584;
  static constexpr float kWall = kCorner + 200;
  static constexpr float kWallTop = 300;

  static std::vector<Triangle> wall() {
    std::vector<Triangle> triangles;
    for (const float x : {kWall, kWall + 0.01f}) {
      for (float z = kCorner; z < kCorner + kSize; z += 64) {
        triangles.push_back({{x, -50, z}, {x, -50, z + 64}, {x, kWallTop, z}});
        triangles.push_back({{x, -50, z + 64}, {x, kWallTop, z + 64}, {x, kWallTop, z}});
      }
    }
    return triangles;
  }
  static bool holds(Vec3 place) {
    return place.z > kCorner && place.z < kCorner + kSize && place.x > kCorner &&
           place.x < kCorner + kSize && place.y < kWallTop;
  }
  StaticWorld world() const { return {&terrain, &blocks, &mesh}; }

  HeightField terrain{
      {.columns = 65, .rows = 65, .spacing_m = kSize / 64, .origin = {kCorner, kCorner}},
      std::vector<std::uint16_t>(65 * 65)};
  HeightBlocks blocks{terrain};
  TriangleTree mesh{wall()};
};

Vec3 random_direction(RandomStream& random) {
  for (;;) {
    const Vec3 v{random.between(-1, 1), random.between(-1, 1), random.between(-1, 1)};
    if (length(v) > 0.1f && length(v) <= 1) return v * (1 / length(v));
  }
}

TEST(StepProjectile, FallsAlongItsParabola) {
  const Range range;
  Projectile arrow{{100, 50, 100}, {30, 20, 0}, 1000};
  for (int tick = 1; tick <= 60; ++tick) {
    const auto step = step_projectile(range.world(), {.gravity_m_per_s2 = 9.81f}, arrow, {}, {});
    ASSERT_EQ(step.fate, ProjectileFate::Flies);
    const float t = static_cast<float>(tick) * kTickSeconds;
    ASSERT_NEAR(arrow.position.x, 100 + 30 * t, 1e-2f);
    ASSERT_NEAR(arrow.position.y, 50 + 20 * t - 9.81f * t * t / 2, 1e-2f);
  }
  EXPECT_EQ(arrow.ticks_left, 940u);
}

TEST(StepProjectile, TellsWhatItStruckAndWhen) {
  const Range range;
  Projectile arrow{{Range::kWall - 1, 5, 3700}, {240, 0, 0}, 1000};  // 4 m a tick
  const auto step = step_projectile(range.world(), {.radius_m = 0.2f}, arrow, {}, {});
  EXPECT_EQ(step.fate, ProjectileFate::StruckStatic);
  EXPECT_EQ(step.surface, Surface::Mesh);
  EXPECT_NEAR(step.share, 0.2f, 1e-3f);
  EXPECT_NEAR(step.point.x, Range::kWall, 1e-3f);
  EXPECT_NEAR(step.normal.x, -1, 1e-4f);
  EXPECT_NEAR(arrow.position.x, Range::kWall - 0.2f, 1e-3f);
  EXPECT_EQ(arrow.ticks_left, 0u);
  EXPECT_EQ(step_projectile(range.world(), {}, arrow, {}, {}).fate, ProjectileFate::Expired);
}

TEST(StepProjectile, StrikesTheFirstOfThoseInItsWay) {
  const Range range;
  const MovingCharacter far{{{109, 0, 100}}, {}};
  const MovingCharacter near{{{105, 0, 100}}, {}};
  const MovingCharacter beside{{{103, 0, 102}}, {}};
  const MovingCharacter all[]{far, beside, near, near};
  Projectile bolt{{100, 1, 100}, {1200, 0, 0}, 10};
  const auto step = step_projectile(range.world(), {}, bolt, {}, all);
  EXPECT_EQ(step.fate, ProjectileFate::StruckCharacter);
  EXPECT_EQ(step.what, 2u);
  EXPECT_NEAR(step.point.x, 104.6f, 1e-4f);
  EXPECT_NEAR(step.share, 4.55f / 20, 1e-4f);
}

TEST(StepProjectile, StrikesWhoRunsIntoItAndNotWhoRanAway) {
  const Range range;
  const MovingCharacter runs_in[]{{{{105, 0, 98}}, {0, 0, 4}}};  // crosses its way in mid-tick
  Projectile bolt{{100, 1, 100}, {600, 0, 0}, 10};
  EXPECT_EQ(step_projectile(range.world(), {}, bolt, {}, runs_in).fate,
            ProjectileFate::StruckCharacter);
  const MovingCharacter runs_on[]{{{{109, 0, 100}}, {0, 0, 6}}};  // is off when it comes there
  bolt = {{100, 1, 100}, {600, 0, 0}, 10};
  EXPECT_EQ(step_projectile(range.world(), {}, bolt, {}, runs_on).fate, ProjectileFate::Flies);
}

TEST(StepProjectile, ExpiresAfterItsTicksAndWhenItIsBroken) {
  const Range range;
  Projectile bolt{{100, 9, 100}, {1, 0, 0}, 2};
  EXPECT_EQ(step_projectile(range.world(), {}, bolt, {}, {}).fate, ProjectileFate::Flies);
  EXPECT_EQ(step_projectile(range.world(), {}, bolt, {}, {}).fate, ProjectileFate::Expired);
  Projectile broken{{100, 9, 100}, {std::numeric_limits<float>::quiet_NaN(), 0, 0}, 2};
  EXPECT_EQ(step_projectile(range.world(), {}, broken, {}, {}).fate, ProjectileFate::Expired);
}

TEST(StepProjectile, SeeksItsGoalNoFasterThanItCanTurn) {
  const Range range;
  RandomStream random(1);
  SCOPED_TRACE("seed 1");
  const ProjectileKind seeker{.radius_m = 0.1f, .turn_rate_rad_per_s = 3};
  int struck = 0;
  for (int i = 0; i < 200; ++i) {
    Projectile bolt{{500, 100, 500}, random_direction(random) * 25.0f, 600};
    MovingCharacter target{{bolt.position + random_direction(random) * 60.0f}, {}};
    const Vec3 stroll = random_direction(random) * (5.5f * kTickSeconds);
    if (i == 0) target.shape.feet = bolt.position - bolt.velocity_m_per_s - Vec3{0, 1, 0};
    target.way = {stroll.x, 0, stroll.z};
    ProjectileStep step;
    while (step.fate == ProjectileFate::Flies) {
      const Vec3 before = bolt.velocity_m_per_s;
      const Vec3 goal = target.shape.feet + Vec3{0, 1, 0};
      step = step_projectile(range.world(), seeker, bolt, goal, {&target, 1});
      const float cosine = dot(before, bolt.velocity_m_per_s) / (25 * 25);
      ASSERT_GE(cosine, std::cos(3 * kTickSeconds) - 1e-4f) << i;
      ASSERT_NEAR(length(bolt.velocity_m_per_s), 25, 0.01f) << i;
      target.shape.feet = target.shape.feet + target.way;
    }
    struck += step.fate == ProjectileFate::StruckCharacter ? 1 : 0;
  }
  EXPECT_GT(struck, 190);
}

TEST(StepProjectile, TunnelsThroughNoWallAtAnySpeed) {
  const Range range;
  for (const std::uint64_t seed : {1u, 1'000'000u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    int struck = 0;
    for (int i = 0; i < 5'000; ++i) {
      const bool from_east = random.chance(0.5f);
      const float aside = random.between(0.06f, 60) * (from_east ? 1.0f : -1.0f);
      const Vec3 start{Range::kWall + aside + (from_east ? 0.01f : 0), random.between(1, 90),
                       random.between(3600, 4000)};
      Projectile arrow{start, random_direction(random) * random.between(0.1f, 2000), 40};
      const ProjectileKind kind{.radius_m = random.chance(0.5f) ? 0 : 0.05f,
                                .gravity_m_per_s2 = random.chance(0.5f) ? 0 : 9.81f};
      while (arrow.ticks_left > 0 && Range::holds(arrow.position)) {
        const auto step = step_projectile(range.world(), kind, arrow, {}, {});
        struck += step.fate == ProjectileFate::StruckStatic && step.surface == Surface::Mesh;
        if (!Range::holds(arrow.position)) break;
        ASSERT_GT(arrow.position.y, 0) << i;
        const bool is_east = arrow.position.x > Range::kWall + 0.005f;
        ASSERT_EQ(is_east, from_east) << i << ": at x = " << arrow.position.x;
      }
    }
    EXPECT_GT(struck, 1'000);
  }
}

TEST(StepProjectile, MissesNoMovingTargetAtAnySpeed) {
  const Range range;
  for (const std::uint64_t seed : {1u, 1'000'000u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    int struck = 0;
    for (int i = 0; i < 3'000; ++i) {
      const MovingCharacter target{{{1000, 500, 1000}, random.between(0.1f, 1), 1.8f},
                                   random_direction(random) * random.between(0, 3)};
      const Vec3 start = target.shape.feet + random_direction(random) * random.between(1, 40);
      const Vec3 goal = target.shape.feet + random_direction(random);
      const Vec3 way = (goal - start) * random.between(0.5f, 4);
      Projectile arrow{start, way * kTicksPerSecond, 2};
      const auto step = step_projectile(range.world(), {}, arrow, {}, {&target, 1});
      const bool hit = step.fate == ProjectileFate::StruckCharacter;
      struck += hit ? 1 : 0;
      for (int part = 0; part <= 300; ++part) {
        const float share = static_cast<float>(part) / 300;
        if (hit && share >= step.share) break;
        const Segment axis = target.shape.segment();
        const Vec3 at = start + way * share - target.way * share;
        const Vec3 nearest{axis.from.x, std::clamp(at.y, axis.from.y, axis.to.y), axis.from.z};
        ASSERT_GT(distance(at, nearest), target.shape.radius + 0.05f - 2e-3f) << i;
      }
      if (hit && step.share > 0) {
        ASSERT_LE(length(arrow.position - step.point), 0.05f + 2e-3f) << i;
      }
      ASSERT_LE(length(arrow.position - start), reach_m({}, {start, way * kTicksPerSecond, 2}));
    }
    EXPECT_GT(struck, 400);
  }
}

}  // namespace
}  // namespace tessera::physics
