// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/platform/files.h"
#include "world/content/models/model.h"
#include "world/content/models/write_glb.h"

namespace tessera::content {
namespace {

using testing::HasSubstr;

Result<std::vector<std::byte>> no_siblings(const std::string& name) {
  return failure(ErrorKind::NotFound, "there is no " + name);
}

Checked<Model> read(const std::vector<std::byte>& glb) {
  return read_model(glb, "m.glb", no_siblings);
}

std::string fault_of(const std::vector<std::byte>& glb) {
  const auto model = read(glb);
  return model ? "no fault" : to_text(model.error().front());
}

GlbScene cube_scene(const std::string& extras = "") {
  return {.meshes = {box_mesh("Cube", {-1, 0, -1}, {1, 2, 1})},
          .nodes = {{.name = "House", .mesh = 0, .at = {10, 0, 20}, .extras = extras}}};
}

math::Vec3 total_normal(const Model& model) {
  math::Vec3 sum;
  for (const physics::Triangle& triangle : model.triangles) sum = sum + triangle.normal();
  return sum;
}

/// Six times the volume that the triangles enclose; above 0 when they face outwards.
float volume6(const Model& model) {
  float sum = 0;
  for (const physics::Triangle& t : model.triangles) sum += dot(t.a, cross(t.b, t.c));
  return sum;
}

TEST(ReadModel, PlacesTrianglesWhereTheirNodesAre) {
  const auto model = read(encode_glb(cube_scene()));
  ASSERT_TRUE(model) << to_error(model.error()).message;
  ASSERT_EQ(model->triangles.size(), 12u);
  EXPECT_EQ(model->flags, std::vector<std::uint8_t>(12, 0));
  physics::Bounds bounds;
  for (const physics::Triangle& triangle : model->triangles) bounds.add(triangle);
  EXPECT_EQ(bounds.low, (math::Vec3{9, 0, 19}));
  EXPECT_EQ(bounds.high, (math::Vec3{11, 2, 21}));
  EXPECT_NEAR(length(total_normal(*model)), 0, 1e-4f);
  EXPECT_NEAR(volume6(*model), 48, 1e-2f);
}

TEST(ReadModel, KeepsMirroredTrianglesFacingOutwards) {
  GlbScene scene = cube_scene();
  scene.nodes[0].more = R"("scale":[-1,1,1])";
  const auto model = read(encode_glb(scene));
  ASSERT_TRUE(model);
  EXPECT_NEAR(volume6(*model), 48, 1e-2f);
}

TEST(ReadModel, AppliesMatricesAndTurnsOfNodesAboveOthers) {
  GlbScene scene = cube_scene();
  // A quarter turn about the vertical that takes north (-z) to east (+x).
  scene.nodes.push_back(
      {.name = "Yard", .children = {0}, .more = R"("rotation":[0,-0.70710678,0,0.70710678])"});
  const auto turned = read(encode_glb(scene));
  ASSERT_TRUE(turned) << to_error(turned.error()).message;
  physics::Bounds bounds;
  for (const physics::Triangle& triangle : turned->triangles) bounds.add(triangle);
  EXPECT_NEAR(bounds.low.x, -21, 1e-4f);  // 20 south of the origin is now 20 west
  EXPECT_NEAR(bounds.low.z, 9, 1e-4f);
  const std::string json =
      R"({"asset":{"version":"2.0"},"nodes":[)"
      R"({"matrix":[2,0,0,0,0,2,0,0,0,0,2,0,5,6,7,1],"extras":{"spawn":true}}]})";
  const auto moved = read(encode_glb(json, {}));
  ASSERT_TRUE(moved) << to_error(moved.error()).message;
  EXPECT_EQ(moved->spawns[0].position, (math::Vec3{5, 6, 7}));
}

TEST(ReadModel, ExtrasSayWhatIsSolidAndWalkableAndHoldForChildren) {
  GlbScene scene{.meshes = {box_mesh("Cube", {0, 0, 0}, {1, 1, 1})},
                 .nodes = {{.name = "Tree", .extras = R"({"collision":false})", .children = {1, 2}},
                           {.name = "Crown", .mesh = 0},
                           {.name = "Trunk",
                            .mesh = 0,
                            .extras = R"({"collision":true,"walkable":false,"note":"mine"})"}}};
  const auto model = read(encode_glb(scene));
  ASSERT_TRUE(model) << to_error(model.error()).message;
  EXPECT_EQ(model->triangles.size(), 12u);
  EXPECT_EQ(model->flags, std::vector<std::uint8_t>(12, kNotWalkable));
}

TEST(ReadModel, DoorsComeAfterWhatNeverMovesEachInOnePiece) {
  GlbScene scene{
      .meshes = {box_mesh("Cube", {0, 0, 0}, {1, 1, 1})},
      .nodes = {{.name = "Left", .mesh = 0, .at = {5, 0, 0}, .extras = R"({"door":"gate"})"},
                {.name = "Wall", .mesh = 0},
                {.name = "Back", .extras = R"({"door":"back"})", .children = {4}},
                {.name = "Right", .mesh = 0, .at = {6, 0, 0}, .extras = R"({"door":"gate"})"},
                {.name = "Wing", .mesh = 0, .at = {9, 0, 0}}}};
  const auto model = read(encode_glb(scene));
  ASSERT_TRUE(model) << to_error(model.error()).message;
  EXPECT_EQ(model->triangles.size(), 48u);
  EXPECT_EQ(model->doors, (std::vector<ModelDoor>{{"gate", 12, 24}, {"back", 36, 12}}));
  EXPECT_EQ(model->triangles[36].a.x >= 9, true);
}

TEST(ReadModel, SpawnsAndAreasTakeTheirPlaceFromTheirNodes) {
  GlbScene scene = cube_scene(R"({"area":"Inn","properties":["indoor","safe"],"collision":0})");
  scene.nodes.push_back(
      {.name = "Start", .at = {3, 1, 4}, .extras = R"({"spawn":true,"facing_deg":90})"});
  const auto model = read(encode_glb(scene));
  ASSERT_TRUE(model) << to_error(model.error()).message;
  EXPECT_TRUE(model->triangles.empty());
  ASSERT_EQ(model->areas.size(), 1u);
  const Area& area = model->areas[0];
  EXPECT_EQ(area.name, "Inn");
  EXPECT_NEAR(area.centre.x, 10, 1e-4f);
  EXPECT_NEAR(area.centre.z, 20, 1e-4f);
  EXPECT_NEAR(area.half_size.x, 1, 1e-4f);
  EXPECT_NEAR(area.high_m, 2, 1e-4f);
  EXPECT_TRUE(area.has(AreaProperty::Indoor) && area.has(AreaProperty::Safe));
  EXPECT_FALSE(area.has(AreaProperty::NoBuild));
  ASSERT_EQ(model->spawns.size(), 1u);
  EXPECT_EQ(model->spawns[0].position, (math::Vec3{3, 1, 4}));
  EXPECT_NEAR(model->spawns[0].heading, 1.5708f, 1e-3f);
}

TEST(ReadModel, AnAreaMayLeadElsewhereAndANodeBeAnArrival) {
  GlbScene scene = cube_scene(R"({"area":"Hole","leads_to":"barrow/entrance","collision":false})");
  scene.nodes.push_back({.name = "Out", .at = {3, 1, 4}, .extras = R"({"arrival":"hole"})"});
  const auto model = read(encode_glb(scene));
  ASSERT_TRUE(model) << to_error(model.error()).message;
  EXPECT_EQ(model->areas.at(0).leads_to, (Portal{"barrow", "entrance"}));
  ASSERT_EQ(model->spawns.size(), 1u);
  EXPECT_EQ(model->spawns[0].arrival, "hole");
  EXPECT_EQ(model->spawns[0].position, (math::Vec3{3, 1, 4}));
}

TEST(ReadModel, PropertiesMayBeWordsAndCommas) {
  const auto model = read(encode_glb(cube_scene(R"({"area":"A","properties":"safe, no_build"})")));
  ASSERT_TRUE(model);
  EXPECT_EQ(model->areas[0].properties, 3);
}

TEST(ReadModel, RefusesExtrasThatAreNone) {
  const auto text = [](const std::string& extras) {
    return fault_of(encode_glb(cube_scene(extras)));
  };
  EXPECT_EQ(text(R"({"collision":"no"})"),
            "m.glb:1: node 'House': 'collision' in its extras must be true or false: mend it");
  EXPECT_THAT(text(R"({"door":""})"), HasSubstr("a name of 1 to 48 bytes"));
  EXPECT_THAT(text(R"({"area":"a","leads_to":"barrow"})"), HasSubstr("must be ZONE/ARRIVAL"));
  EXPECT_THAT(text(R"({"area":"a","leads_to":7})"), HasSubstr("must be ZONE/ARRIVAL"));
  EXPECT_THAT(text(R"({"leads_to":"a/b"})"), HasSubstr("'leads_to' needs an 'area'"));
  EXPECT_THAT(text(R"({"spawn":true,"arrival":"a"})"), HasSubstr("make two nodes of it"));
  EXPECT_THAT(text(R"({"spawn":true,"facing_deg":1000})"), HasSubstr("from -360 to 360"));
  EXPECT_THAT(text(R"({"area":"A","properties":["wet"]})"), HasSubstr("safe, no_build, indoor"));
}

TEST(ReadModel, RefusesTrianglesWithoutAreaNamingNodeAndCount) {
  GlbScene scene = cube_scene();
  scene.meshes[0].indices.insert(scene.meshes[0].indices.end(), {0, 0, 1, 2, 2, 2});
  EXPECT_EQ(fault_of(encode_glb(scene)),
            "m.glb:1: node 'House', mesh 'Cube', primitive 0: 2 triangles, the first is number 12, "
            "have no area: remove them (Blender: Mesh, Clean Up, Degenerate Dissolve)");
  scene.nodes[0].extras = R"({"collision":false})";
  EXPECT_EQ(fault_of(encode_glb(scene)), "no fault") << "what is only drawn may be flat";
}

TEST(ReadModel, RefusesCornersThatAreNoNumbers) {
  GlbScene scene = cube_scene();
  auto glb = encode_glb(scene);
  const float nan = std::nanf("");
  const std::size_t binary = glb.size() - 36 * 4 - 8 * 12;
  std::memcpy(glb.data() + binary + 4, &nan, sizeof(nan));
  EXPECT_THAT(fault_of(glb), HasSubstr("have corners that are no finite numbers"));
}

TEST(ReadModel, RefusesTooManyTriangles) {
  GlbScene scene{.meshes = {{"Big", {{0, 0, 0}, {1, 0, 0}, {0, 0, 1}}, {}}}, .nodes = {}};
  for (unsigned i = 0; i < 3 * 250'000; ++i) scene.meshes[0].indices.push_back(i % 3);
  for (int i = 0; i < 9; ++i) scene.nodes.push_back({.name = "N", .mesh = 0});
  EXPECT_THAT(fault_of(encode_glb(scene)), HasSubstr("2250000 solid triangles; at most 2000000"));
}

TEST(ReadModel, RefusesEmptyDoorsAndFlatAreasAndNodesScaledToNothing) {
  EXPECT_THAT(fault_of(encode_glb(cube_scene(R"({"door":"d","collision":false})"))),
              HasSubstr("node 'House': the door 'd' has no solid triangles"));
  GlbScene scene{.meshes = {}, .nodes = {{.name = "N", .extras = R"({"area":"a"})"}}};
  EXPECT_THAT(fault_of(encode_glb(scene)), HasSubstr("the area 'a' has no room"));
  scene = cube_scene();
  scene.nodes[0].more = R"("scale":[0,1,1])";
  EXPECT_THAT(fault_of(encode_glb(scene)), HasSubstr("scaled to nothing"));
}

TEST(ReadModel, RefusesDeepTreesAndCircles) {
  GlbScene scene;
  for (int i = 0; i < 70; ++i) {
    scene.nodes.push_back({.name = "N" + std::to_string(i)});
    if (i < 69) scene.nodes.back().children = {i + 1};
  }
  EXPECT_THAT(fault_of(encode_glb(scene)), HasSubstr("deeper than 64 nodes"));
  const auto json = [](const std::string& nodes) {
    return fault_of(encode_glb(
        R"({"asset":{"version":"2.0"},"scenes":[{"nodes":[0]}],"nodes":)" + nodes + "}", {}));
  };
  EXPECT_THAT(json(R"([{"children":[1]},{"children":[0]}])"), HasSubstr("has a parent"));
  EXPECT_THAT(json(R"([{"children":[0]}])"), HasSubstr("has a parent"));
  EXPECT_THAT(json(R"([{"children":[1,1]},{}])"), HasSubstr("has another parent"));
  EXPECT_THAT(json(R"([{"children":[7]}])"), HasSubstr("does not exist"));
  EXPECT_THAT(json(R"([{"mesh":3}])"), HasSubstr("a mesh that does not exist"));
}

TEST(ReadModel, RefusesWhatIsNoGltf) {
  EXPECT_THAT(fault_of({}), HasSubstr("m.glb:1: this is no glTF file"));
  EXPECT_THAT(fault_of(std::vector<std::byte>(100)), HasSubstr("no glTF file"));
  auto glb = encode_glb(cube_scene());
  glb.resize(glb.size() - 40);
  EXPECT_THAT(fault_of(glb), HasSubstr("cut off or damaged"));
  EXPECT_THAT(fault_of(encode_glb(R"({"asset":{"version":"1.0"}})", {})), HasSubstr("version 2"));
  EXPECT_THAT(fault_of(encode_glb(R"({"asset":{"version":"2.0"},"extras":)" +
                                      std::string(500, '[') + std::string(500, ']') + "}",
                                  {})),
              HasSubstr("nested deeper than 32"));
  EXPECT_THAT(
      fault_of(encode_glb(
          R"({"asset":{"version":"2.0"},"extensionsRequired":["KHR_draco_mesh_compression"]})",
          {})),
      HasSubstr("'KHR_draco_mesh_compression' is needed"));
  EXPECT_THAT(
      fault_of(encode_glb(R"({"asset":{"version":"2.0"},"buffers":[{"byteLength":1000}]})", {})),
      HasSubstr("a buffer claims 1000 bytes"));
}

TEST(ReadModel, RefusesAccessorsThatReachBeyondTheirBuffer) {
  const auto with = [](const std::string& accessor, const std::string& view) {
    const std::string json =
        R"({"asset":{"version":"2.0"},"nodes":[{"mesh":0}],"buffers":[{"byteLength":36}],)"
        R"("meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"bufferViews":[)" +
        view + R"(],"accessors":[)" + accessor + "]}";
    return fault_of(encode_glb(json, std::vector<std::byte>(36)));
  };
  const std::string whole = R"({"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"})";
  const std::string view = R"({"buffer":0,"byteLength":36})";
  EXPECT_THAT(with(whole, view), HasSubstr("have no area"));
  EXPECT_THAT(with(whole, R"({"buffer":0,"byteLength":37})"), HasSubstr("beyond the end"));
  EXPECT_THAT(with(whole, R"({"buffer":0,"byteLength":35})"), HasSubstr("beyond the end"));
  EXPECT_THAT(with(whole, R"({"buffer":0,"byteLength":36,"byteOffset":1})"), HasSubstr("beyond"));
  EXPECT_THAT(with(whole, R"({"buffer":0,"byteLength":36,"byteStride":16})"), HasSubstr("beyond"));
  EXPECT_THAT(with(whole, R"({"buffer":3,"byteLength":36})"), HasSubstr("a buffer that does not"));
  EXPECT_THAT(with(R"({"bufferView":1,"componentType":5126,"count":3,"type":"VEC3"})", view),
              HasSubstr("a buffer view that does not exist"));
  EXPECT_THAT(
      with(R"({"bufferView":0,"componentType":5126,"count":9000000000,"type":"VEC3"})", view),
      HasSubstr("have no values"));
  EXPECT_THAT(with(R"({"bufferView":0,"componentType":5126,"count":9,"type":"SCALAR"})", view),
              HasSubstr("unexpected type"));
  EXPECT_THAT(with(R"({"bufferView":0,"componentType":5123,"count":3,"type":"VEC3"})", view),
              HasSubstr("without quantisation"));
  EXPECT_THAT(with(R"({"bufferView":0,"componentType":5126,"count":2,"type":"VEC3"})", view),
              HasSubstr("no multiple of 3"));
  EXPECT_THAT(
      with(R"({"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","sparse":{}})", view),
      HasSubstr("sparse"));
}

TEST(ReadModel, ReadsBuffersOfItsOwnFolderOnly) {
  const std::string json =
      R"({"asset":{"version":"2.0"},"nodes":[{"mesh":0}],)"
      R"("buffers":[{"byteLength":36,"uri":"URI"}],)"
      R"("meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],)"
      R"("bufferViews":[{"buffer":0,"byteLength":36}],)"
      R"("accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"}]})";
  const auto read_with = [&](const std::string& uri) {
    std::string text = json;
    text.replace(text.find("URI"), 3, uri);
    return read_model(std::as_bytes(std::span(text)), "m.gltf",
                      [](const std::string& name) -> Result<std::vector<std::byte>> {
                        if (name != "my hall.bin") return no_siblings(name);
                        const float corners[] = {0, 0, 0, 0, 0, 1, 1, 0, 0};
                        const auto bytes = std::as_bytes(std::span(corners));
                        return std::vector<std::byte>(bytes.begin(), bytes.end());
                      });
  };
  const auto model = read_with("my%20hall.bin");
  ASSERT_TRUE(model) << to_error(model.error()).message;
  EXPECT_EQ(model->triangles.size(), 1u);
  EXPECT_TRUE(
      read_with("data:application/octet-stream;base64,"
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA/AACAPwAAAAAAAAAA"));
  for (const char* const uri : {"../my hall.bin", "/etc/passwd", "%2e%2e%2fx", "file:///x", ".x",
                                "sub/my hall.bin", "binary-chunk", ""}) {
    EXPECT_FALSE(read_with(uri)) << uri;
  }
  EXPECT_THAT(to_error(read_with("other.bin").error()).message, HasSubstr("there is no other.bin"));
}

TEST(ReadModel, SurvivesAnyChangeOfAFile) {
  const auto seed = static_cast<std::uint64_t>(testing::UnitTest::GetInstance()->random_seed()) + 1;
  RandomStream random(seed);
  const auto whole = encode_glb(cube_scene(R"({"door":"d","area":"a"})"));
  for (int round = 0; round < 2000; ++round) {
    auto glb = whole;
    for (int i = 0; i < 3; ++i) {
      glb[random.below(static_cast<std::uint32_t>(glb.size()))] =
          static_cast<std::byte>(random.below(256));
    }
    const auto model = read(glb);
    ASSERT_TRUE(model || !model.error().empty()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace tessera::content
