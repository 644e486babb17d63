// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/inspect/inspect_zone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/inspect/overlay.h"
#include "tools/inspect/relief.h"
#include "world/content/testing/zone_folder.h"
#include "world/content/zone_loader.h"

namespace tessera::inspect {
namespace {

using testing::Contains;
using testing::HasSubstr;

/// 128 by 128 m at height 5 with a lake in the north-west, a wall across the south with a gap for
/// small agents, and the house of the meadow.
constexpr std::string_view kLand =
    "zone: meadow\n"
    "title: The Meadow\n"
    "size_m: [128, 128]\n"
    "terrain: {file: height.png, spacing_m: 32, low_m: 0, high_m: 655.35}\n"
    "water_level_m: 3\n"
    "spawn_points:\n"
    "  - {at: [100, 20], facing_deg: 90}\n"
    "boxes:\n"
    "  - {at: [31, 105], size: [62, 5, 2], base_m: -1}\n"
    "  - {at: [96, 105], size: [64, 5, 2], base_m: -1}\n"
    "areas:\n"
    "  - {name: glade, at: [100, 40], size_m: [30, 30], properties: [safe]}\n"
    "  - {name: hole, at: [120, 100], size_m: [2, 2], leads_to: cellar/stairs}\n"
    "arrivals:\n"
    "  - {name: gate, at: [120, 90]}\n"
    "roads:\n"
    "  - {name: path, width_m: 4, points: [[90, 60], [120, 60]]}\n"
    "models:\n"
    "  - {file: house.glb, at: [40, 80]}\n";

class InspectZone : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const content::ZoneFolder folder(kLand);
    content::HeightMap map{5, 5, std::vector<std::uint16_t>(25, 500)};
    for (const std::size_t lake : {0u, 1u, 5u, 6u}) map.samples[lake] = 0;
    folder.write("height.png", *content::encode_height_map(map));
    auto loaded = content::load_zone(folder.path);
    ASSERT_TRUE(loaded) << loaded.error().message;
    zone_ = new ZoneDefinition(std::move(*loaded));
  }
  static void TearDownTestSuite() {
    delete zone_;
    zone_ = nullptr;
  }

  /// Four pixels a metre.
  static Inspection inspected(InspectOptions options = {}) {
    options.pixels = 512;
    auto inspection = inspect_zone(*zone_, options);
    EXPECT_TRUE(inspection) << inspection.error().message;
    return inspection ? std::move(*inspection) : Inspection{Image(512, 512), {}};
  }
  static Colour at(const Inspection& inspection, float x, float z) {
    return inspection.image.at(static_cast<int>(x * 4), static_cast<int>(z * 4));
  }
  static std::string refusal(const InspectOptions& options) {
    const auto inspection = inspect_zone(*zone_, options);
    return inspection ? "none" : inspection.error().message;
  }
  static int distance(Colour a, Colour b) {
    return std::abs(a.red - b.red) + std::abs(a.green - b.green) + std::abs(a.blue - b.blue);
  }

  static ZoneDefinition* zone_;
};
ZoneDefinition* InspectZone::zone_ = nullptr;

TEST_F(InspectZone, PaintsWaterBlueAndLandGreenAndSolidsRed) {
  const Inspection plain = inspected({.show_mesh = false});
  const Colour lake = at(plain, 10, 10);
  EXPECT_GT(lake.blue, lake.red + 50);
  const Colour land = at(plain, 70, 90);
  EXPECT_GT(land.green, land.red);
  EXPECT_GT(land.green, land.blue + 30);
  const Colour wall = at(plain, 20, 105);
  EXPECT_GT(wall.red, wall.green + 50) << "4 m over the land";
  const Colour road = at(plain, 105, 60);
  EXPECT_GT(road.red, land.red + 20);
}

TEST_F(InspectZone, ThrowsShadowsToTheSouthEast) {
  const Inspection plain = inspected({.show_mesh = false});
  EXPECT_LT(at(plain, 20, 107).green, at(plain, 70, 90).green - 30) << "south of the wall";
  EXPECT_NEAR(at(plain, 20, 102).green, at(plain, 70, 90).green, 3) << "north of it";
}

TEST_F(InspectZone, VeilsWhereAgentsCanWalk) {
  const Inspection plain = inspected({.show_mesh = false});
  const Inspection meshed = inspected();
  EXPECT_LT(at(meshed, 70, 90).red, at(plain, 70, 90).red - 10) << "cyan over the land";
  EXPECT_EQ(at(meshed, 10, 10), at(plain, 10, 10)) << "nobody walks in deep water";
}

TEST_F(InspectZone, MarksDoorsSpawnPointsAndAreas) {
  const Inspection inspection = inspected();
  EXPECT_LT(distance(at(inspection, 40, 84.9f), kDoorColour), 60);
  EXPECT_LT(distance(at(inspection, 100, 20), kSpawnColour), 60);
  EXPECT_THAT(inspection.lines, Contains(HasSubstr("doors (1)")));
  EXPECT_THAT(inspection.lines, Contains(HasSubstr("spawn points (2)")));
  EXPECT_THAT(inspection.lines, Contains(HasSubstr("area glade (safe) round 100,40")));
  EXPECT_THAT(inspection.lines, Contains(HasSubstr("round 120,100, leads to cellar/stairs")));
  EXPECT_THAT(inspection.lines, Contains(HasSubstr("arrival gate at 120,90")));
  EXPECT_LT(distance(at(inspection, 120, 90), kArrivalColour), 60);
  int violet = 0;
  for (float x = 85; x < 115; x += 0.25f) {
    violet += distance(at(inspection, x, 55), kAreaColour) < 120 ? 1 : 0;
  }
  EXPECT_GT(violet, 30) << "the dashes of its southern side";
  EXPECT_LT(violet, 90);
}

TEST_F(InspectZone, DrawsTheWayRoundAWall) {
  const Inspection inspection = inspected({.path = {{{{20, 95}, {20, 120}}}}});
  EXPECT_LT(distance(at(inspection, 20, 95), kStartColour), 60);
  EXPECT_LT(distance(at(inspection, 20, 120), kWalkColour), 60);
  int nearest = 1000;
  for (float x = 62; x < 64; x += 0.25f) {
    nearest = std::min(nearest, distance(at(inspection, x, 105), kWalkColour));
  }
  EXPECT_LT(nearest, 120) << "through the gap";
  EXPECT_THAT(inspection.lines.back(),
              testing::MatchesRegex("path from 20,95 to 20,120: 9[0-9].[0-9] m, [3-6] corners, "
                                    "[0-9]+ nodes looked at"));
}

TEST_F(InspectZone, LooksForAWayForTheSizeOfTheAgent) {
  EXPECT_THAT(refusal({.agent = nav::AgentSize::Large, .path = {{{{20, 90}, {20, 120}}}}}),
              HasSubstr("no way leads from 20,90 to 20,120 for large agents: both are on the "
                        "navigation mesh"));
}

TEST_F(InspectZone, TakesThePlaceInAHouseAsItsFloor) {
  const auto navigation = load_navigation(*zone_, nav::AgentSize::Small);
  ASSERT_TRUE(navigation) << navigation.error().message;
  const auto walk = find_walk(*zone_, *navigation, {70, 90}, {40, 80});
  ASSERT_TRUE(walk) << walk.error().message;
  EXPECT_EQ(walk->corners.front().x, 70);
  EXPECT_NEAR(walk->corners.back().y, 5.15f, 0.3f);
  float length_m = 0;
  for (std::size_t i = 1; i < walk->corners.size(); ++i) {
    length_m += math::distance(walk->corners[i - 1], walk->corners[i]);
  }
  EXPECT_FLOAT_EQ(walk->length_m, length_m);
}

TEST_F(InspectZone, SaysWhichEndIsOffTheMeshAndHowFar) {
  EXPECT_THAT(refusal({.path = {{{{100, 20}, {5, 5}}}}}),
              testing::ContainsRegex("the goal 5,5 is off the navigation mesh of small agents: the "
                                     "nearest place on it is [0-9.]+ m away, at "));
  EXPECT_THAT(refusal({.path = {{{{-900, 20}, {5, 5}}}}}), HasSubstr("the start -900,20 is off"));
}

TEST_F(InspectZone, ShowsAPartOfTheZone) {
  const Inspection part = inspected({.area = Square{{40, 80}, 20}, .show_mesh = false});
  EXPECT_EQ(part.image.width(), 512);
  EXPECT_THAT(part.lines.front(), HasSubstr("20 x 20 m from 30,70 on 512 x 512 pixels"));
  const Inspection edge = inspected({.area = Square{{0, 64}, 64}});
  EXPECT_EQ(edge.image.width(), 256) << "what lies beyond the zone is cut away";
  EXPECT_EQ(edge.image.height(), 512);
  EXPECT_THAT(refusal({.area = Square{{500, 500}, 20}}),
              HasSubstr("lies outside zone 'meadow', which reaches from 0,0 to 128,128"));
}

TEST_F(InspectZone, LeavesOutWhatIsHigherThanAsked) {
  const Colour wall = at(inspected({.show_mesh = false}), 20, 105);
  const Colour cut = at(inspected({.below_m = 8, .show_mesh = false}), 20, 105);
  EXPECT_GT(distance(wall, cut), 60) << "the wall reaches to 9 m";
}

TEST_F(InspectZone, SaysThatAZoneHasNoNavigation) {
  const ZoneDefinition by_hand;
  const auto inspection = inspect_zone(by_hand, {.pixels = 64});
  ASSERT_FALSE(inspection);
  EXPECT_THAT(inspection.error().message, HasSubstr("build it again with 'tessera content build'"));
  EXPECT_TRUE(inspect_zone(by_hand, {.pixels = 64, .show_mesh = false}));
}

TEST(RoundLength, IsOneTwoOrFiveTimesAPowerOfTen) {
  EXPECT_EQ(round_length(1024), 1000);
  EXPECT_EQ(round_length(999), 500);
  EXPECT_EQ(round_length(64), 50);
  EXPECT_EQ(round_length(0.3f), 1);
}

}  // namespace
}  // namespace tessera::inspect
