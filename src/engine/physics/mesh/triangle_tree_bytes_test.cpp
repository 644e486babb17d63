// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <cstring>

#include "engine/core/random.h"
#include "engine/physics/mesh/triangle_tree.h"

namespace tessera::physics {
namespace {

std::vector<Triangle> random_triangles(RandomStream& random, std::size_t count) {
  std::vector<Triangle> triangles;
  const auto corner = [&](math::Vec3 near) {
    return near + math::Vec3{random.unit(), random.unit(), random.unit()};
  };
  for (std::size_t i = 0; i < count; ++i) {
    const math::Vec3 at{random.between(0, 50), random.between(0, 5), random.between(0, 50)};
    triangles.push_back({corner(at), corner(at), corner(at)});
  }
  return triangles;
}

TEST(TriangleTreeBytes, GiveTheSameTreeBack) {
  RandomStream random(5);
  for (const std::size_t count : {0u, 1u, 4u, 5u, 100u, 3000u}) {
    const TriangleTree tree(random_triangles(random, count));
    const std::vector<std::byte> bytes = tree.to_bytes();
    const auto read = TriangleTree::from_bytes(bytes);
    ASSERT_TRUE(read) << count;
    EXPECT_EQ(read->size(), count);
    EXPECT_EQ(read->bounds(), tree.bounds());
    EXPECT_EQ(read->to_bytes(), bytes);
    for (int i = 0; i < 100; ++i) {
      const Ray ray{{random.between(0, 50), 9, random.between(0, 50)}, {0.1f, -1, 0}};
      EXPECT_EQ(read->cast_ray(ray, 20), tree.cast_ray(ray, 20));
    }
  }
}

TEST(TriangleTreeBytes, RefuseToBeCutOrChangedInTheirReferences) {
  RandomStream random(6);
  const std::vector<std::byte> bytes = TriangleTree(random_triangles(random, 40)).to_bytes();
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_FALSE(TriangleTree::from_bytes(std::span(bytes).first(size)));
  }
  constexpr std::size_t kFirstChild = 48 + 192;
  for (const std::int32_t wrong : {0, 1000, -1000, INT32_MAX, INT32_MIN}) {
    auto changed = bytes;
    std::memcpy(changed.data() + kFirstChild, &wrong, sizeof(wrong));
    EXPECT_FALSE(TriangleTree::from_bytes(changed)) << wrong;
  }
}

// Searches end and read nothing beyond the tree, whatever was accepted; sanitizers watch.
TEST(TriangleTreeBytes, SurviveAnyChange) {
  const auto seed = static_cast<std::uint64_t>(testing::UnitTest::GetInstance()->random_seed()) + 1;
  RandomStream random(seed);
  const std::vector<std::byte> bytes = TriangleTree(random_triangles(random, 60)).to_bytes();
  for (int round = 0; round < 3000; ++round) {
    auto changed = bytes;
    for (int i = 0; i < 2; ++i) {
      changed[random.below(static_cast<std::uint32_t>(bytes.size()))] =
          static_cast<std::byte>(random.below(256));
    }
    const auto tree = TriangleTree::from_bytes(changed);
    if (!tree) continue;
    const auto hit = tree->cast_ray({{25, 9, 25}, {0.3f, -1, 0.2f}}, 100);
    EXPECT_TRUE(!hit || hit->triangle < 60) << "seed " << seed;
    tree->each_touching({{0, 0, 0}, {50, 9, 50}},
                        [&](std::uint32_t number, const Triangle&) { EXPECT_LT(number, 60u); });
  }
}

}  // namespace
}  // namespace tessera::physics
