// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/areas/areas.h"

#include <gtest/gtest.h>

#include "gameplay/testing/test_world.h"

namespace tessera::areas {
namespace {

ZoneDefinition zone_with_areas() {
  ZoneDefinition zone = test_zone();
  zone.areas = {{.name = "town", .centre = {128, 128}, .half_size = {60, 60}, .high_m = 50},
                {.name = "market",
                 .centre = {128, 128},
                 .half_size = {20, 10},
                 .high_m = 50,
                 .properties = static_cast<std::uint8_t>(AreaProperty::Safe)}};
  return zone;
}

class AreasTest : public ::testing::Test {
 protected:
  /// Runs until everybody has been looked at; what happened, as "entered 1" and "left 0".
  std::vector<std::string> look() {
    std::vector<std::string> seen;
    for (TickNumber i = 0; i < kLookInterval; ++i) {
      world.step();
      for (const AreaLeft& e : world.events<AreaLeft>()) {
        seen.push_back("left " + std::to_string(e.area));
      }
      for (const AreaEntered& e : world.events<AreaEntered>()) {
        seen.push_back("entered " + std::to_string(e.area));
      }
    }
    return seen;
  }
  TestWorld world{zone_with_areas()};
};

using Seen = std::vector<std::string>;

TEST_F(AreasTest, AreToldToWhoEntersTheWorldInThem) {
  const EntityId ann = world.enter(1, math::Vec3{128, 0, 128});
  EXPECT_EQ(look(), (Seen{"entered 0", "entered 1"}));
  EXPECT_EQ(world.get<InAreas>(ann).set.count, 2u);
  EXPECT_EQ(look(), Seen{});
}

TEST_F(AreasTest, AreLeftAndEnteredAsThePlayerGoes) {
  const EntityId ann = world.enter(1, math::Vec3{128, 0, 40});
  EXPECT_EQ(look(), Seen{});
  world.registry.get<Position>(ann)->metres = {128, 0, 100};
  EXPECT_EQ(look(), Seen{"entered 0"});
  world.registry.get<Position>(ann)->metres = {128, 0, 120};
  EXPECT_EQ(look(), Seen{"entered 1"});
  world.registry.get<Position>(ann)->metres = {128, 0, 100};
  EXPECT_EQ(look(), Seen{"left 1"});
  world.registry.get<Position>(ann)->metres = {10, 0, 10};
  EXPECT_EQ(look(), Seen{"left 0"});
  EXPECT_EQ(world.get<InAreas>(ann).set, physics::AreaSet{});
}

TEST_F(AreasTest, WriteNothingWhileNobodyCrosses) {
  world.enter(1, math::Vec3{128, 0, 128});
  look();
  const std::uint64_t before = world.registry.version();
  look();
  std::as_const(world.registry).view<const InAreas>().chunks_changed_since(before, [](auto, auto) {
    ADD_FAILURE() << "a chunk was written";
  });
}

}  // namespace
}  // namespace tessera::areas
