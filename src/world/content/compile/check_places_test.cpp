// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whole zones with one thing wrong: each is refused, with the line and what to do.
#include "world/content/compile/check_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world/content/compile/compile_zone.h"
#include "world/content/models/write_glb.h"

namespace tessera::content {
namespace {

using testing::HasSubstr;

/// A cave of 32 by 32 m without terrain: a floor at height 0, and whatever else is wanted.
struct Cave {
  std::string more;  ///< lines of zone.yaml
  std::string spawns = "[{at: [8, 8], height_m: 0}]";
  std::vector<GlbMesh> meshes{};
  std::string extras{};  ///< of the meshes' nodes

  Checked<ZoneDefinition> compile(unsigned workers = 0, const NavigationData& before = {}) const {
    GlbScene scene{.meshes = {box_mesh("Floor", {1, -2, 1}, {31, 0, 31})},
                   .nodes = {{.name = "Floor", .mesh = 0}}};
    for (const GlbMesh& mesh : meshes) {
      scene.nodes.push_back(
          {.name = mesh.name, .mesh = static_cast<int>(scene.meshes.size()), .extras = extras});
      scene.meshes.push_back(mesh);
    }
    const std::string text =
        "zone: cave\ntitle: The Cave\nsize_m: [32, 32]\nbottom_m: -20\n"
        "models: [{file: cave.glb, at: [0, 0], height_m: 0}]\nspawn_points: " +
        spawns + "\n" + more;
    ZoneSource source{.folder = "cave", .folder_name = "cave", .files = {}};
    const auto bytes = std::as_bytes(std::span(text));
    source.files = {{"cave.glb", encode_glb(scene)}, {"zone.yaml", {bytes.begin(), bytes.end()}}};
    jobs::Pool pool(workers);
    return compile_zone(source, pool, {}, before);
  }
  std::string faults() const {
    const auto zone = compile();
    return zone ? "none" : to_error(zone.error()).message;
  }
};

std::string with_spawn(const std::string& spawn) {
  return Cave{.more = "", .spawns = spawn}.faults();
}

TEST(CheckPlaces, FindsNothingWrongWithASoundCave) {
  EXPECT_EQ(Cave{.more = ""}.faults(), "none");
  EXPECT_EQ(with_spawn("[{at: [8, 8], height_m: 1.5}]"), "none") << "it falls to the floor";
  EXPECT_EQ(Cave{.more = ""}.compile()->spawn_points[0].height_m, 0);
}

TEST(CheckPlaces, RefusesSpawnPointsWhereNobodyCanStand) {
  EXPECT_THAT(with_spawn("[{at: [0.2, 8], height_m: 0}]"),
              HasSubstr("cave/zone.yaml:6: nobody can stand at the spawn point [0.2, 8]: it lies "
                        "outside the zone or less than 0.4 m from its edge"));
  EXPECT_THAT(with_spawn("[{at: [8, 8], height_m: 4}]"),
              HasSubstr("nothing to stand on within 2 m"));
  EXPECT_THAT(with_spawn("[{at: [0.6, 8], height_m: 0}]"), HasSubstr("nothing to stand on"));
  EXPECT_THAT(with_spawn("[{at: [8, 8], height_m: -1}]"), HasSubstr("something solid is there"));
  EXPECT_THAT(with_spawn("[{at: [8, 8]}]"), HasSubstr("needs 'height_m'"));
  EXPECT_THAT(with_spawn("[]"), HasSubstr("the zone has no spawn point"));
}

TEST(CheckPlaces, RefusesSpawnPointsInWallsDoorsAndUnderLowCeilings) {
  const auto beside = [](const GlbMesh& mesh, const std::string& extras = "") {
    return Cave{.more = "", .meshes = {mesh}, .extras = extras}.faults();
  };
  EXPECT_THAT(beside(box_mesh("Wall", {8.2f, -1, 5}, {9, 3, 11})), HasSubstr("something solid"));
  EXPECT_THAT(beside(box_mesh("Rock", {4, -1, 4}, {12, 9, 12})), HasSubstr("something solid"))
      << "wholly inside";
  EXPECT_THAT(beside(box_mesh("Ceiling", {7, 1.5f, 7}, {9, 2, 9})), HasSubstr("something solid"));
  EXPECT_THAT(beside(box_mesh("Door", {7.9f, 0, 7}, {8.1f, 2, 9}), R"({"door":"d"})"),
              HasSubstr("a closed door"));
  EXPECT_EQ(beside(box_mesh("Bush", {7, 0, 7}, {9, 2, 9}), R"({"collision":false})"), "none");
  EXPECT_EQ(beside(box_mesh("Step", {7, -1, 7}, {9, 0.3f, 9})), "none") << "one stands on it";
}

TEST(CheckPlaces, RefusesSpawnPointsUnderWater) {
  EXPECT_THAT(Cave{.more = "water_level_m: 3\n"}.faults(), HasSubstr("is under water"));
  EXPECT_EQ(Cave{.more = "water_level_m: 0.5\n"}.faults(), "none");
}

TEST(CheckPlaces, RefusesAreasThatReachOutOfTheZone) {
  EXPECT_THAT(Cave{.more = "areas:\n  - {name: a, at: [30, 16], size_m: [8, 2]}\n"}.faults(),
              HasSubstr("zone.yaml:8: the area 'a' reaches out of the zone, to [34.0, 17.0]"));
  EXPECT_EQ(
      Cave{.more = "areas:\n  - {name: a, at: [30, 16], size_m: [8, 2], turn_deg: 90}\n"}.faults(),
      "none");
}

TEST(CheckPlaces, RefusesCreaturesWithoutRoom) {
  const auto ring = [](const std::string& metres) {
    return Cave{.more =
                    "creatures: {count: 1, kinds: [{name: Bat, pause_s: [1, 2], "
                    "home_distance_m: " +
                    metres + "}]}\n"}
        .faults();
  };
  EXPECT_EQ(ring("[0, 10]"), "none");
  EXPECT_THAT(ring("[40, 60]"), HasSubstr("zone.yaml:7: no home was found for 'Bat' in the ring"));
}

TEST(CheckPlaces, ChecksArrivalsAsSpawnPointsAndRefusesTwoOfOneName) {
  const auto arrivals = [](const std::string& list) {
    return Cave{.more = "arrivals: " + list + "\n"}.faults();
  };
  EXPECT_EQ(arrivals("[{name: a, at: [9, 9], height_m: 0}, {name: b, at: [9, 9], height_m: 0}]"),
            "none");
  EXPECT_THAT(arrivals("[{name: a, at: [9, 9], height_m: -1}]"),
              HasSubstr("nobody can stand at the arrival [9, 9]: something solid"));
  EXPECT_THAT(arrivals("[{name: a, at: [9, 9]}]"), HasSubstr("an arrival of a zone without"));
  EXPECT_THAT(arrivals("[{name: a, at: [9, 9], height_m: 0}, {name: a, at: [8, 8], height_m: 0}]"),
              HasSubstr("zone.yaml:7: there is another arrival called 'a'"));
  Cave cave{.more = "arrivals: [{name: a, at: [24, 8], height_m: 0}]\n"};
  cave.meshes = {box_mesh("Wall", {15, -1, 0}, {17, 5, 32})};
  cave.extras = R"({"walkable":false})";
  EXPECT_THAT(cave.faults(), HasSubstr("the arrival [24, 8] cannot be reached on foot from"));
}

TEST(CheckPlaces, RefusesSpawnPointsThatCannotBeReachedFromEachOther) {
  Cave cave{.more = "", .spawns = "[{at: [8, 8], height_m: 0}, {at: [24, 8], height_m: 0}]"};
  EXPECT_EQ(cave.faults(), "none");
  cave.meshes = {box_mesh("Wall", {15, -1, 0}, {17, 5, 32})};
  cave.extras = R"({"walkable":false})";
  EXPECT_THAT(cave.faults(), HasSubstr("zone.yaml:6: the spawn point [24, 8] cannot be reached on "
                                       "foot from the spawn point [8, 8]"));
  cave.meshes = {box_mesh("Left", {15, -1, 0}, {17, 5, 14}),
                 box_mesh("Right", {15, -1, 18}, {17, 5, 32})};
  EXPECT_EQ(cave.faults(), "none") << "there is a gap";
  Cave closed = cave;
  closed.meshes = {box_mesh("Gate", {15.8f, 0, 0}, {16.2f, 5, 32})};
  closed.extras = R"({"door":"gate"})";
  EXPECT_EQ(closed.faults(), "none") << "a door can be opened";
}

TEST(CompileNavigation, TakesOverTilesWhoseInputIsTheSame) {
  const Cave cave{.more = ""};
  const auto first = cave.compile();
  ASSERT_TRUE(first) << to_error(first.error()).message;
  EXPECT_EQ(first->navigation.tiles.size(), 3u) << "one tile, three sizes of agents";
  // Spoil what was built: when it shows up again, it was not built again.
  NavigationData before = first->navigation;
  auto spoilt = std::make_shared<std::vector<std::byte>>(*before.storage);
  for (NavigationTile& tile : before.tiles) {
    tile.bytes = std::span<const std::byte>(
        spoilt->data() + (tile.bytes.data() - before.storage->data()), tile.bytes.size());
  }
  before.storage = spoilt;
  const auto again = cave.compile(2, before);
  ASSERT_TRUE(again);
  EXPECT_TRUE(std::ranges::equal(*again->navigation.storage, *first->navigation.storage));
  (*spoilt)[0] ^= std::byte{1};
  EXPECT_FALSE(cave.compile(0, before)) << "a spoilt tile is taken over, and found out";
  Cave changed = cave;
  changed.meshes = {box_mesh("Rock", {20, -1, 20}, {22, 2, 22})};
  EXPECT_TRUE(changed.compile(0, before)) << "another input: all is built";
}

}  // namespace
}  // namespace tessera::content
