// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/web/zone_files.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>
#include <thread>

#include "engine/physics/geometry_bytes.h"
#include "world/content/testing/zone_folder.h"
#include "world/content/zone_loader.h"

namespace tessera::server {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class ZoneFilesTest : public testing::Test {
 protected:
  ZoneDefinition load() {
    auto zone = content::load_zone(folder.path);
    EXPECT_TRUE(zone) << zone.error().message;
    return *std::move(zone);
  }
  std::optional<websocket::Response> get(const std::string& path) const {
    websocket::Request request;
    request.method = "GET";
    request.path = path;
    request.headers = {{"accept-encoding", "gzip"}};
    return files.answer(request);
  }
  std::string body_of(const std::string& path) const {
    websocket::Request request;
    request.method = "GET";
    request.path = path;
    const auto response = files.answer(request);
    if (!response) return "";
    return response->shared_body ? *response->shared_body : response->body;
  }
  /// Compressing has a thread of its own: waits until it has put the file.
  bool has(const std::string& path) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!get(path)) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::yield();
    }
    return true;
  }
  /// The same until the file has this text in it.
  void wait_for(const std::string& path, const std::string& text) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (body_of(path).find(text) == std::string::npos) {
      ASSERT_LT(std::chrono::steady_clock::now(), end);
      std::this_thread::yield();
    }
  }
  static std::string below(const ZoneDefinition& zone) {
    return fmt::format("/content/{}/{:016x}/", zone.name, zone.content_hash);
  }

  content::ZoneFolder folder;
  gateway::StaticFiles files;
  std::optional<ZoneFiles> zone_files{std::in_place, files, folder.path};
};

TEST_F(ZoneFilesTest, GiveWhatAClientNeedsToDrawAndToPredict) {
  const ZoneDefinition zone = load();
  zone_files->zone_has(zone);
  EXPECT_NE(body_of("/content/zones.json"), "") << "even before there is anything";
  ASSERT_TRUE(has(below(zone) + "scene.json"));
  wait_for("/content/zones.json", "meadow");
  const json::value index = json::parse(body_of("/content/zones.json"));
  EXPECT_EQ(index.at("start").as_string(), "meadow");
  EXPECT_EQ(index.at("zones").at("meadow").as_string(), fmt::format("{:016x}", zone.content_hash));

  const json::value scene = json::parse(body_of(below(zone) + "scene.json"));
  EXPECT_EQ(scene.at("title").as_string(), "The Meadow");
  EXPECT_EQ(scene.at("low"), (json::array{0.0, 0.0}));
  EXPECT_EQ(scene.at("high"), (json::array{64.0, 128.0}));
  EXPECT_FALSE(scene.at("instance").as_bool());
  EXPECT_EQ(scene.as_object().count("water_level_m"), 0u) << "there is no water";
  const json::value& house = scene.at("models").at(0);
  EXPECT_EQ(house.at("file").as_string(), "house.glb");
  EXPECT_EQ(house.at("at"), (json::array{30.0, 5.0, 80.0})) << "on the ground";
  EXPECT_EQ(scene.at("doors"), (json::array{"front"}));
  EXPECT_EQ(scene.at("areas").at(0).at("name").as_string(), "house");
  EXPECT_TRUE(scene.at("areas").at(0).at("indoor").as_bool());
  EXPECT_EQ(scene.at("creatures").at(0).at("name").as_string(), "Hare");
  EXPECT_TRUE(get(below(zone) + "house.glb"));
  EXPECT_TRUE(body_of(below(zone) + "rules.json").starts_with("{\"global_cooldown_s\":1.000"));
  EXPECT_TRUE(get(below(zone) + "geometry"));
  EXPECT_FALSE(get(below(zone) + "zone.yaml")) << "what only the server needs stays with it";
}

TEST_F(ZoneFilesTest, KeepTheNewestTwoContentsOfAZone) {
  std::vector<ZoneDefinition> contents;
  for (const char* title : {"One", "Two", "Three"}) {
    folder.write("zone.yaml", content::meadow_with("The Meadow", title));
    contents.push_back(load());
    zone_files->zone_has(contents.back());
    ASSERT_TRUE(has(below(contents.back()) + "scene.json"));
  }
  zone_files.reset();  // its thread is done
  EXPECT_FALSE(get(below(contents[0]) + "scene.json"));
  EXPECT_TRUE(get(below(contents[1]) + "scene.json"));
  EXPECT_THAT(body_of("/content/zones.json"),
              HasSubstr(fmt::format("{:016x}", contents[2].content_hash)));
}

TEST_F(ZoneFilesTest, NameTheNewestContentAlsoWhenItWasThereBefore) {
  std::string newest;
  for (const char* title : {"One", "Two", "One"}) {
    folder.write("zone.yaml", content::meadow_with("The Meadow", title));
    const ZoneDefinition content = load();
    zone_files->zone_has(content);
    ASSERT_TRUE(has(below(content) + "scene.json"));
    newest = fmt::format("{:016x}", content.content_hash);
  }
  wait_for("/content/zones.json", newest);
}

TEST_F(ZoneFilesTest, PublishNothingWhoseFilesHaveChangedSince) {
  const ZoneDefinition before = load();
  folder.write("zone.yaml", content::meadow_with("The Meadow", "Another"));
  zone_files->zone_has(before);
  const ZoneDefinition now = load();
  zone_files->zone_has(now);
  ASSERT_TRUE(has(below(now) + "scene.json"));
  EXPECT_FALSE(get(below(before) + "scene.json"));
}

TEST_F(ZoneFilesTest, IgnoreZonesThatWereMadeByHand) {
  ZoneDefinition made;
  made.name = "made";
  zone_files->zone_has(made);
  zone_files.reset();
  EXPECT_EQ(files.count(), 1u) << "the index alone";
}

}  // namespace
}  // namespace tessera::server
