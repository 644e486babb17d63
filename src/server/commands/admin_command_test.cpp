// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/platform/testing/temp_directory.h"
#include "server/commands/testing/run_command.h"
#include "tools/bots/enrolment/testing/fake_gateway.h"

namespace tessera::server {
namespace {

using testing::ElementsAre;

/// A gateway that takes every order, and a data folder with its key.
class AdminCommandTest : public testing::Test {
 protected:
  AdminCommandTest() {
    std::ofstream(folder.file("admin_token")) << "00112233 \n";
    for (const char* order : {"kick", "ban", "mute", "announce", "shutdown"}) {
      gateway.answer(std::string("POST /api/v1/admin/") + order, 200, R"({"done":true})");
    }
  }
  Ran order(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"admin", "--data", folder.path(), "--server", gateway.url()});
    return run(std::move(arguments));
  }

  platform::TempDirectory folder;
  bots::FakeGateway gateway;
};

TEST_F(AdminCommandTest, CarriesOrdersWithTheKeyOfTheDataFolder) {
  const Ran ran = order({"kick", "anna", "--reason", "Come back politely"});
  EXPECT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_EQ(ran.out, "{\"done\":true}\n");
  EXPECT_EQ(order({"ban", "anna"}).code, kExitDone);
  EXPECT_EQ(order({"mute", "anna", "--seconds", "60"}).code, kExitDone);
  EXPECT_EQ(order({"announce", "Dinner is served"}).code, kExitDone);
  EXPECT_EQ(order({"shutdown"}).code, kExitDone);
  EXPECT_EQ(order({"shutdown", "--in", "9", "--reason", "Bye"}).code, kExitDone);
  const std::string kick = R"({"account":"anna","reason":"Come back politely"})";
  const std::string mute = R"({"account":"anna","seconds":60})";
  const std::string key = " Bearer 00112233";
  EXPECT_THAT(gateway.asked(),
              ElementsAre("POST /api/v1/admin/kick " + kick + key,
                          R"(POST /api/v1/admin/ban {"account":"anna"})" + key,
                          "POST /api/v1/admin/mute " + mute + key,
                          R"(POST /api/v1/admin/announce {"text":"Dinner is served"})" + key,
                          R"(POST /api/v1/admin/shutdown {"in_s":0})" + key,
                          R"(POST /api/v1/admin/shutdown {"in_s":9,"reason":"Bye"})" + key));
}

TEST_F(AdminCommandTest, SaysWhyTheServerRefused) {
  const auto said = [&](unsigned status, const std::string& body) {
    gateway.answer("POST /api/v1/admin/kick", status, body);
    const Ran ran = order({"kick", "nobody"});
    EXPECT_EQ(ran.code, kExitFailed);
    EXPECT_EQ(ran.out, "");
    return ran.err;
  };
  EXPECT_EQ(said(404, R"({"error":{"code":"not_found","message":"There is no 'nobody'."}})"),
            "tessera admin: There is no 'nobody'.\n");
  for (const char* body :
       {"<html>no</html>", R"({"error":7})", R"({"error":{"message":7}})", "[]"}) {
    EXPECT_EQ(said(502, body), std::string("tessera admin: ") + body + "\n") << "as it came";
  }
}

TEST_F(AdminCommandTest, RefusesAnAddressThatIsNoServer) {
  const Ran ran = run({"admin", "--data", folder.path(), "--server", "localhost", "kick", "anna"});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "expected http://HOST:PORT")) << ran.err;
}

TEST(AdminCommand, SaysWhatIsMissing) {
  platform::TempDirectory folder;
  Ran ran = run({"admin", "--data", folder.path(), "kick", "anna"});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "--data")) << ran.err;
  std::ofstream(folder.file("admin_token")) << "00112233\n";
  ran = run({"admin", "--data", folder.path(), "--server", "http://127.0.0.1:1", "announce", "Hi"});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_FALSE(ran.err.empty());
  EXPECT_EQ(run({"admin", "mute", "anna"}).code, kExitWrongUse) << "for how long?";
}

}  // namespace
}  // namespace tessera::server
