// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/areas_of_effect.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/math/trigonometry.h"

namespace tessera::physics {
namespace {

using math::Vec3;
using Touched = std::vector<std::uint32_t>;

/// What two ways of computing may disagree by.
constexpr double kRounding = 1e-4;

Vec3 random_point(RandomStream& random, float size) {
  return {random.between(-size, size), random.between(-size, size), random.between(-size, size)};
}

CharacterColumns random_crowd(RandomStream& random, std::size_t count) {
  CharacterColumns crowd;
  while (crowd.size() < count) {
    crowd.add({random_point(random, 8), random.between(0.2f, 1), random.between(0.3f, 3)});
  }
  return crowd;
}

/// The overlap must name all that are surely touched and none that surely is not; `gap(character)`
/// is how far it is from being touched.
template <class Shape, class Gap>
std::size_t compare(const CharacterColumns& crowd, const Shape& shape, Gap&& gap) {
  Touched touched{99};
  overlap(crowd, shape, touched);
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < crowd.size(); ++i) {
    const bool found = next < touched.size() && touched[next] == i;
    next += found ? 1 : 0;
    const double distance = gap(crowd[i]);
    if (std::fabs(distance) > kRounding) {
      EXPECT_EQ(found, distance < 0) << i << ": " << distance;
    }
  }
  EXPECT_EQ(next, touched.size()) << "out of order, doubled, or nobody's";
  return touched.size();
}

/// The lowest of f over [0, 1], which falls and then grows.
template <class F>
double lowest(F&& f) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < 60; ++i) {
    const double a = low + (high - low) / 3;
    const double b = high - (high - low) / 3;
    (f(a) < f(b) ? high : low) = f(a) < f(b) ? b : a;
  }
  return f(low);
}

double distance_to_box(const OrientedBox& box, Vec3 place) {
  const Vec3 offset = place - box.centre;
  const double x = std::max(std::fabs(dot(offset, box.axes[0])) - box.half.x, 0.0f);
  const double y = std::max(std::fabs(dot(offset, box.axes[1])) - box.half.y, 0.0f);
  const double z = std::max(std::fabs(dot(offset, box.axes[2])) - box.half.z, 0.0f);
  return std::sqrt(x * x + y * y + z * z);
}

double distance_to_box(const OrientedBox& box, const Segment& segment) {
  return lowest([&](double share) {
    return distance_to_box(box,
                           segment.from + (segment.to - segment.from) * static_cast<float>(share));
  });
}

/// The distance from something convex is convex over a triangle too: the lowest of the lowest.
double distance_to_box(const OrientedBox& box, const Triangle& triangle) {
  return lowest([&](double share) {
    const auto across = static_cast<float>(share);
    return distance_to_box(box, Segment{triangle.a + (triangle.b - triangle.a) * across,
                                        triangle.a + (triangle.c - triangle.a) * across});
  });
}

OrientedBox random_box(RandomStream& random) {
  const Vec3 half{random.between(0.1f, 3), random.between(0.1f, 3), random.between(0.1f, 3)};
  const Vec3 at = random_point(random, 6);
  if (random.chance(0.5f)) return upright_box(at, half, random.between(-4, 4));
  if (random.chance(0.1f)) return beam(at, at + Vec3{0, half.z, 0}, half.x, half.y);
  return beam(at, random_point(random, 6), half.x, half.y);
}

TEST(OverlapSphere, TouchesWhoIsInReach) {
  SCOPED_TRACE("seed 1");
  RandomStream random(1);
  std::size_t touched = 0;
  for (int i = 0; i < 300; ++i) {
    const CharacterColumns crowd = random_crowd(random, random.below(40));
    const Sphere sphere{random_point(random, 6), random.between(0, 5)};
    touched += compare(crowd, sphere, [&](const UprightCapsule& character) {
      const Segment axis = character.segment();
      const Vec3 nearest{axis.from.x, std::clamp(sphere.centre.y, axis.from.y, axis.to.y),
                         axis.from.z};
      return double{distance(nearest, sphere.centre)} - character.radius - sphere.radius;
    });
  }
  EXPECT_GT(touched, 150u);
}

TEST(OverlapCone, TouchesWhoStandsInTheSector) {
  CharacterColumns crowd;
  crowd.add({{0, 0, -5}, 0.4f, 1.8f});     // straight ahead, to the north
  crowd.add({{4, 0, -4}, 0.4f, 1.8f});     // at 45 degrees
  crowd.add({{0, 0, 5}, 0.4f, 1.8f});      // behind
  crowd.add({{0, 0, -6.3f}, 0.4f, 1.8f});  // with a shoulder in reach
  crowd.add({{0, 2.5f, -5}, 0.4f, 1.8f});  // on a roof
  crowd.add({{0, 0, 0.3f}, 0.4f, 1.8f});   // on the apex
  Touched touched;
  overlap(crowd, make_cone({}, {.half_angle_rad = 0.5f, .range_m = 6}), touched);
  EXPECT_EQ(touched, (Touched{0, 3, 5}));
  overlap(crowd, make_cone({}, {.half_angle_rad = 0.8f, .range_m = 6, .above_m = 3}), touched);
  EXPECT_EQ(touched, (Touched{0, 1, 3, 4, 5}));
  overlap(crowd, make_cone({}, {.half_angle_rad = math::kPi, .range_m = 6}), touched);
  EXPECT_EQ(touched, (Touched{0, 1, 2, 3, 5}));
}

TEST(OverlapCone, AgreesWithTheDistanceFromTheSector) {
  SCOPED_TRACE("seed 2");
  RandomStream random(2);
  std::size_t touched = 0;
  for (int i = 0; i < 300; ++i) {
    const CharacterColumns crowd = random_crowd(random, 1 + random.below(40));
    const Vec3 apex = random_point(random, 5);
    const ConeOptions options{.heading_rad = random.between(-3, 3),
                              .half_angle_rad = random.between(0, math::kPi),
                              .range_m = random.between(0.5f, 9)};
    touched += compare(crowd, make_cone(apex, options), [&](const UprightCapsule& character) {
      const double top = double{character.segment().to.y} + character.radius;
      const double height = std::max(double{character.feet.y} - (apex.y + options.above_m),
                                     apex.y - options.below_m - top);
      const double x = double{character.feet.x} - apex.x;
      const double z = double{character.feet.z} - apex.z;
      const double angle =
          std::fabs(std::remainder(std::atan2(x, -z) - options.heading_rad, 2 * 3.14159265358979));
      const double away = std::hypot(x, z);
      double flat_gap = away - options.range_m;
      if (angle > options.half_angle_rad) {  // the nearest place on the edge
        const double turn = angle - options.half_angle_rad;
        flat_gap = lowest([&](double share) {
          const double along = away * std::cos(turn) - share * options.range_m;
          return std::hypot(along, away * std::sin(turn));
        });
      }
      return std::max(height, flat_gap - character.radius);
    });
  }
  EXPECT_GT(touched, 150u);
}

TEST(OverlapBox, AgreesWithTheDistanceFromTheBox) {
  SCOPED_TRACE("seed 3");
  RandomStream random(3);
  std::size_t touched = 0;
  for (int i = 0; i < 300; ++i) {
    const CharacterColumns crowd = random_crowd(random, random.below(40));
    const OrientedBox box = random_box(random);
    touched += compare(crowd, box, [&](const UprightCapsule& character) {
      return distance_to_box(box, character.segment()) - character.radius;
    });
  }
  EXPECT_GT(touched, 150u);
}

TEST(DistanceFromBox, IsTheLowestAlongAnySegment) {
  SCOPED_TRACE("seed 4");
  RandomStream random(4);
  for (int i = 0; i < 1'000; ++i) {
    const OrientedBox box = random_box(random);
    const Segment segment{random_point(random, 8), random_point(random, 8)};
    ASSERT_NEAR(std::sqrt(distance_squared(box, segment)), distance_to_box(box, segment), 1e-3)
        << i;
  }
}

TEST(OverlapsBox, WithTrianglesThatReachIn) {
  const HeightField terrain({.columns = 2, .rows = 2, .spacing_m = 40, .origin = {-20, -20}},
                            {0, 0, 0, 0});
  const HeightBlocks blocks(terrain);
  const Triangle wall{{5, -1, -10}, {5, -1, 10}, {5, 9, 0}};
  const TriangleTree mesh({&wall, 1});
  const StaticWorld world{&terrain, &blocks, &mesh};
  EXPECT_FALSE(overlaps(world, upright_box({0, 1.1f, 0}, {1, 1, 1}, 0.3f)));
  EXPECT_TRUE(overlaps(world, upright_box({0, 0.9f, 0}, {1, 1, 1}, 0.3f))) << "in the ground";
  EXPECT_TRUE(overlaps(world, upright_box({0, -5, 0}, {1, 1, 1}, 0))) << "under it";
  EXPECT_FALSE(overlaps(world, upright_box({3.9f, 1.1f, 0}, {1, 1, 1}, 0)));
  EXPECT_TRUE(overlaps(world, upright_box({3.9f, 1.1f, 0}, {1, 1, 1}, 0.7f))) << "with a corner";
  EXPECT_TRUE(overlaps(world, beam({0, 1, 0}, {9, 3, 0}, 0.1f, 0.1f)));
  EXPECT_FALSE(overlaps(world, beam({0, 1, 0}, {4.8f, 3, 0}, 0.1f, 0.1f)));
}

TEST(OverlapsBox, AgreesWithTheDistanceOfEveryTriangle) {
  SCOPED_TRACE("seed 5");
  RandomStream random(5);
  const HeightField terrain;  // flat, and only a metre of it
  const HeightBlocks blocks(terrain);
  int inside = 0;
  for (int i = 0; i < 1'000; ++i) {
    const Vec3 at = Vec3{20, 20, 20} + random_point(random, 5);
    const Triangle triangle{at, at + random_point(random, 3), at + random_point(random, 3)};
    const TriangleTree mesh({&triangle, 1});
    OrientedBox box = random_box(random);
    box.centre = box.centre + Vec3{20, 20, 20};
    const bool found = overlaps({&terrain, &blocks, &mesh}, box);
    inside += found ? 1 : 0;
    if (found) {
      ASSERT_LT(distance_to_box(box, triangle), kRounding) << i;
    } else {
      box.half = box.half - Vec3{1e-3f, 1e-3f, 1e-3f};
      ASSERT_GT(distance_to_box(box, triangle), 0) << i;
    }
  }
  EXPECT_GT(inside, 70);
}

}  // namespace
}  // namespace tessera::physics
