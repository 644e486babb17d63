// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour/ground.h"

#include <array>
#include <limits>

#include "engine/core/random.h"
#include "tools/bots/behaviour/testing/small_zone.h"

namespace tessera::bots {
namespace {

constexpr math::Vec2 kCrate{40, 40};  // of the meadow; turned, 2 m by 4 m
constexpr math::Vec3 kInHouse{30, 5.2f, 80};
constexpr math::Vec3 kBehindHouse{30, 5, 70};

class GuideInMeadow : public testing::Test {
 protected:
  void SetUp() override { guide().begin_step(); }
  static Guide& guide() { return meadow().guide; }
  std::array<math::Vec3, 16> corners{};
};

TEST_F(GuideInMeadow, LetsNobodyStandInSomethingSolid) {
  constexpr std::uint64_t kSeed = 20;
  RandomStream random(kSeed);
  for (int i = 0; i < 2000; ++i) {
    const math::Vec2 wanted{random.between(0, 64), random.between(0, 128)};
    const auto place = guide().standing_place(wanted, 10);
    ASSERT_TRUE(place) << "seed " << kSeed << ": " << wanted.x << ", " << wanted.z;
    EXPECT_TRUE(meadow().world.is_free(*place, {}));
    EXPECT_LE(length(flat(*place) - wanted), 10 + 2 * 1.5f) << "and as near as the mesh is";
  }
}

TEST_F(GuideInMeadow, LooksForAnotherPlaceWhereACrateIs) {
  const auto beside = guide().standing_place(kCrate, 6);
  ASSERT_TRUE(beside);
  EXPECT_GT(length(flat(*beside) - kCrate), 1);
  EXPECT_NEAR(beside->y, 5, 0.01f) << "on the meadow, not on the crate";
}

TEST_F(GuideInMeadow, LeadsIntoTheHouseThroughItsDoor) {
  const Guide::Way way = guide().find_way(kBehindHouse, kInHouse, corners);
  ASSERT_EQ(way.answer, Guide::Answer::Way);
  EXPECT_TRUE(way.whole);
  EXPECT_GE(way.corners, 4u) << "round two corners of the house and through the door";
  EXPECT_LT(distance(corners[way.corners - 1], kInHouse), 0.5f);
  for (std::uint32_t i = 0; i + 1 < way.corners; ++i) {
    EXPECT_LT(distance(guide().straight_on(corners[i], corners[i + 1]), corners[i + 1]), 0.5f)
        << "each corner sees the next";
  }
}

TEST_F(GuideInMeadow, LeadsOnFromWhereItHadNoRoomForMoreCorners) {
  const std::span<math::Vec3> two = std::span(corners).first(2);
  math::Vec3 here = kBehindHouse;
  int pieces = 0;
  for (bool whole = false; !whole && pieces < 4; ++pieces) {
    const Guide::Way way = guide().find_way(here, kInHouse, two);
    ASSERT_EQ(way.answer, Guide::Answer::Way);
    ASSERT_LE(way.corners, 2u);
    here = two[way.corners - 1];
    whole = way.whole;
  }
  EXPECT_GT(pieces, 1);
  EXPECT_LT(distance(here, kInHouse), 0.5f);
}

TEST_F(GuideInMeadow, StopsAtAWallStraightOn) {
  const math::Vec3 end = guide().straight_on(kBehindHouse, kInHouse);
  EXPECT_LT(end.z, 75) << "the wall is at 75";
  EXPECT_GT(end.z, 74);
}

TEST_F(GuideInMeadow, HasABudgetForEachStep) {
  for (std::uint32_t i = 0; i < Guide::kSearchesPerStep; ++i) {
    EXPECT_EQ(guide().find_way(kBehindHouse, kInHouse, corners).answer, Guide::Answer::Way);
  }
  EXPECT_EQ(guide().find_way(kBehindHouse, kInHouse, corners).answer, Guide::Answer::Later);
  guide().begin_step();
  EXPECT_EQ(guide().find_way(kBehindHouse, kInHouse, corners).answer, Guide::Answer::Way);
}

TEST_F(GuideInMeadow, KnowsNoWayToWhereNobodyCanBe) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(guide().find_way(kBehindHouse, {500, 5, 500}, corners).answer, Guide::Answer::NoWay);
  EXPECT_EQ(guide().find_way({30, 50, 80}, kInHouse, corners).answer, Guide::Answer::NoWay);
  EXPECT_EQ(guide().find_way(kBehindHouse, {kNaN, 5, 80}, corners).answer, Guide::Answer::NoWay);
}

TEST_F(GuideInMeadow, StaysWhereItIsWhenItIsThere) {
  const Guide::Way way = guide().find_way(kInHouse, kInHouse, corners);
  ASSERT_EQ(way.answer, Guide::Answer::Way);
  EXPECT_EQ(way.corners, 1u);
  EXPECT_LT(distance(corners[0], kInHouse), 0.5f);
}

TEST(GuideWithoutAMesh, GoesStraightOn) {
  KnownZone known(plain());
  std::array<math::Vec3, 4> corners{};
  const Guide::Way way = known.guide.find_way({1, 0, 1}, {900, 0, 900}, corners);
  EXPECT_EQ(way.answer, Guide::Answer::Way);
  EXPECT_EQ(way.corners, 1u);
  EXPECT_TRUE(way.whole);
  EXPECT_EQ(corners[0], (math::Vec3{900, 0, 900}));
  EXPECT_EQ(known.guide.straight_on({1, 0, 1}, {9, 0, 9}), (math::Vec3{9, 0, 9}));
}

TEST(GuideWithoutAMesh, KeepsEverybodyWithinTheBounds) {
  const KnownZone known(plain());
  EXPECT_EQ(known.guide.standing_place({100, 100}, 0), (math::Vec3{100, 0, 100}));
  const auto place = known.guide.standing_place({-5, 2000}, 0);
  ASSERT_TRUE(place);
  EXPECT_GT(place->x, 0);
  EXPECT_LT(place->z, 1024);
}

TEST(Ground, LeavesOutTilesThatAreNone) {
  ZoneDefinition zone = plain();
  const auto noise = std::make_shared<std::vector<std::byte>>(100, std::byte{7});
  zone.navigation.tiles = {{.agent = 0, .x = 0, .z = 0, .input_hash = 0, .bytes = *noise}};
  zone.navigation.storage = noise;
  EXPECT_FALSE(KnownZone(zone).ground.has_mesh());
}

}  // namespace
}  // namespace tessera::bots
