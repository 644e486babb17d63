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

TEST(Settings, NameTheAddressThatIsWrong) {
  const auto message_of = [](const char* key, const char* value) {
    auto settings = load_settings("", kNoEnvironment, {{key, value, "--x"}});
    return settings ? "accepted" : settings.error().message;
  };
  EXPECT_EQ(message_of("http.listen", "nonsense"),
            "http.listen (--http): 'nonsense' is no address: expected HOST:PORT, such as "
            "127.0.0.1:7777");
  EXPECT_TRUE(message_of("http.listen", "foo.invalid:80").starts_with("http.listen (--http): "));
  EXPECT_TRUE(message_of("udp.listen", "300.1.1.1:5").starts_with("udp.listen (--udp): "));
  EXPECT_TRUE(message_of("udp.public", "1.1.1.1:99999").starts_with("udp.public (--udp-public): "));
  EXPECT_EQ(message_of("http.listen", "localhost:80"), "accepted");
  EXPECT_EQ(message_of("udp.listen", "localhost:80"), "accepted");
  EXPECT_EQ(message_of("udp.listen", "0.0.0.0:7777"),
            "udp.listen (--udp) is 0.0.0.0:7777, every address of this machine: set udp.public "
            "(--udp-public) to the HOST:PORT that clients reach it by");
}

TEST(Settings, KnowWhenRemotePlayersCouldLogInButNotConnect) {
  const auto shut_out = [](const char* http, const char* udp, const char* udp_public) {
    Settings settings;
    settings.http = http;
    settings.udp = udp;
    settings.udp_public = udp_public;
    return shuts_remote_players_out(settings);
  };
  const char* const here = "127.0.0.1:7777";
  const char* const there = "203.0.113.7:7777";
  EXPECT_FALSE(shut_out(here, here, "")) << "the defaults";
  EXPECT_TRUE(shut_out("0.0.0.0:8080", here, ""));
  EXPECT_TRUE(shut_out("[::]:8080", "localhost:7777", ""));
  EXPECT_TRUE(shut_out(there, "0.0.0.0:7777", here)) << "they are told the wrong one";
  EXPECT_FALSE(shut_out(there, "0.0.0.0:7777", there));
  EXPECT_FALSE(shut_out(there, here, there)) << "something in between passes datagrams on";
  EXPECT_FALSE(shut_out("localhost:8080", here, ""));
  EXPECT_FALSE(shut_out(here, "0.0.0.0:7777", there));
}

}  // namespace
}  // namespace tessera::server
