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

TEST_F(AdminCommandTest, SaysInWordsWhatWasDone) {
  const auto said = [&](const std::vector<std::string>& arguments) { return order(arguments).out; };
  for (const char* closing : {"kick", "ban"}) {
    gateway.answer(std::string("POST /api/v1/admin/") + closing, 200,
                   "{\"done\":true,\"sessions_closed\":1}\n");
  }
  EXPECT_EQ(said({"kick", "Anna"}), "Anna: 1 session closed\n");
  EXPECT_EQ(said({"ban", "Anna"}), "Anna: banned for good, 1 session closed\n");
  EXPECT_EQ(said({"ban", "Anna", "--seconds", "60"}), "Anna: banned for 60 s, 1 session closed\n");
  EXPECT_EQ(said({"ban", "Anna", "--seconds", "0"}), "Anna: no longer banned\n");
  EXPECT_EQ(said({"mute", "Anna", "--seconds", "60"}), "Anna: muted for 60 s\n");
  EXPECT_EQ(said({"mute", "Anna", "--seconds", "0"}), "Anna: no longer muted\n");
  EXPECT_EQ(said({"announce", "Dinner is served"}), "announced to all players\n");
  EXPECT_EQ(said({"shutdown"}), "the server stops now\n");
  EXPECT_EQ(said({"shutdown", "--in", "9"}), "the server stops in 9 s\n");
  gateway.answer("POST /api/v1/admin/kick", 200, R"({"done":true,"sessions_closed":0})");
  EXPECT_EQ(said({"kick", "Anna"}), "Anna: 0 sessions closed\n");
  for (const char* other : {"<html>", "[]", R"({"sessions_closed":"many"})"}) {
    gateway.answer("POST /api/v1/admin/kick", 200, other);
    EXPECT_EQ(said({"kick", "Anna"}), "Anna: sessions closed\n") << other;
  }
}

TEST_F(AdminCommandTest, ChecksSecondsBeforeTheServerIsAskedAndNamesTheFlag) {
  const auto refused = [&](const std::vector<std::string>& arguments) {
    const Ran ran = order(arguments);
    EXPECT_EQ(ran.code, kExitWrongUse) << ran.out;
    return ran.err;
  };
  EXPECT_EQ(refused({"mute", "Anna", "--seconds", "-5"}),
            "tessera admin mute: --seconds: expected a whole number from 0 to 3153600000, not "
            "'-5'\n");
  EXPECT_TRUE(contains(refused({"ban", "Anna", "--seconds", "3153600001"}), "--seconds: expected"));
  EXPECT_EQ(refused({"shutdown", "--in", "-1"}),
            "tessera admin shutdown: --in: expected a whole number from 0 to 86400, not '-1'\n");
  EXPECT_TRUE(contains(refused({"shutdown", "--in", "86401"}), "--in: expected"));
  EXPECT_TRUE(gateway.asked().empty());
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
