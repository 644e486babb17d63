// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/settings/settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/platform/testing/temp_directory.h"

namespace tessera::server {
namespace {

constexpr const char* kNoEnvironment[] = {nullptr};

TEST(Settings, HaveDefaultsThatWork) {
  auto settings = load_settings("", kNoEnvironment, {});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->data, "data");
  EXPECT_EQ(parse_host_port(settings->udp)->port, 7777);
}

TEST(Settings, PutFlagsOverEnvironmentOverFile) {
  platform::TempDirectory folder;
  std::ofstream(folder.file("t.yaml")) << "world: {seed: 1, creatures: 1, workers: 1}\n";
  const char* const environment[] = {"TESSERA_WORLD_CREATURES=2", "TESSERA_WORLD_WORKERS=2",
                                     nullptr};
  auto settings =
      load_settings(folder.file("t.yaml"), environment, {{"world.workers", "3", "--workers"}});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->seed, 1u);
  EXPECT_EQ(settings->creatures, 2u);
  EXPECT_EQ(settings->workers, 3u);
}

TEST(Settings, NameTheNearestKeyForAWrongOne) {
  platform::TempDirectory folder;
  std::ofstream(folder.file("t.yaml")) << "world: {creature: 1}\n";
  auto settings = load_settings(folder.file("t.yaml"), kNoEnvironment, {});
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("world.creatures"), std::string::npos)
      << settings.error().message;
  EXPECT_FALSE(load_settings(folder.file("missing.yaml"), kNoEnvironment, {}));
  const char* const environment[] = {"TESSERA_WRLD_SEED=2", nullptr};
  EXPECT_FALSE(load_settings("", environment, {}));
}

TEST(Settings, NameTheFlagWithAWrongValue) {
  auto settings = load_settings("", kNoEnvironment, {{"world.workers", "many", "--workers"}});
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("--workers"), std::string::npos);
  EXPECT_FALSE(load_settings("", kNoEnvironment, {{"http.listen", "nowhere", "--http"}}));
  EXPECT_FALSE(load_settings("", kNoEnvironment, {{"udp.public", "nowhere", "--x"}}));
}

TEST(Settings, AskForAPublicAddressWhenListeningOnAllOfThem) {
  auto settings = load_settings("", kNoEnvironment, {{"udp.listen", ":7777", "--udp"}});
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("udp.public"), std::string::npos);
  EXPECT_TRUE(load_settings(
      "", kNoEnvironment,
      {{"udp.listen", ":7777", "--udp"}, {"udp.public", "203.0.113.7:7777", "--set"}}));
}

TEST(Settings, ReferenceNamesEverySettingAndIsItselfAConfiguration) {
  platform::TempDirectory folder;
  std::ofstream(folder.file("all.yaml")) << settings_reference();
  auto settings = load_settings(folder.file("all.yaml"), kNoEnvironment, {});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_NE(settings_reference().find("on_failure"), std::string::npos);
}

TEST(HostPort, ReadsNamesAndBothKindsOfAddresses) {
  EXPECT_EQ(*parse_host_port("localhost:80"), (HostPort{"localhost", 80}));
  EXPECT_EQ(*parse_host_port("127.0.0.1:0"), (HostPort{"127.0.0.1", 0}));
  EXPECT_EQ(*parse_host_port("[::1]:7777"), (HostPort{"::1", 7777}));
  EXPECT_EQ(*parse_host_port(":7777"), (HostPort{"0.0.0.0", 7777}));
}

TEST(HostPort, RefusesEverythingElse) {
  for (const char* text : {"", "localhost", "host:", "host:x", "host:70000", "host:-1", "::1:80",
                           "[::1:80", "::1]:80", "[]:80", "host:80x"}) {
    EXPECT_FALSE(parse_host_port(text)) << text;
  }
}

}  // namespace
}  // namespace tessera::server
