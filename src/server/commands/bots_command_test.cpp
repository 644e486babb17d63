// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <csignal>
#include <thread>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "server/commands/testing/run_command.h"
#include "server/roles/server.h"
#include "tools/bots/enrolment/testing/fake_gateway.h"
#include "tools/bots/fleet.h"

namespace tessera::server {
namespace {

class BotsCommandTest : public testing::Test {
 protected:
  void start_server(Settings settings = {}) {
    settings.data = folder.file("data");
    settings.http = "127.0.0.1:0";
    settings.udp = "127.0.0.1:0";
    settings.creatures = 5;
    auto started = Server::start(settings);
    ASSERT_TRUE(started) << started.error().message;
    server = std::move(*started);
  }
  std::string url() { return "http://" + server->http_address(); }
  /// The serve command blocks the signal, in this process for good when it could not start.
  static void hear_sigterm() {
    std::signal(SIGTERM, SIG_IGN);  // one that waits is forgotten
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    pthread_sigmask(SIG_UNBLOCK, &term, nullptr);
    std::signal(SIGTERM, SIG_DFL);
  }
  /// The report that a run printed last.
  static boost::json::object report_in(const Ran& ran) {
    return boost::json::parse(ran.out.substr(ran.out.find('{'))).as_object();
  }

  platform::TempDirectory folder;
  std::unique_ptr<Server> server;
};

TEST_F(BotsCommandTest, PreparesAFleetAndPlaysItOverSharedSocketsAndABadNetwork) {
  Ran ran = run({"bots", "--prepare", folder.file("data"), "--tokens", folder.file("passes.json"),
                 "--count", "3"});
  ASSERT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_TRUE(contains(ran.out, "prepared 3 accounts in " + folder.file("data"))) << ran.out;
  start_server();
  ran = run({"bots", "--server", url(), "--tokens", folder.file("passes.json"), "--count", "3",
             "--seconds", "1", "--warmup", "0.1", "--profile", "crowd", "--share-sockets",
             "--chaos", "loss=2,delay=5,jitter=2", "--json", folder.file("report.json")});
  ASSERT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_TRUE(contains(ran.out, "measuring 3 of 3 bots\n")) << ran.out;
  const auto report = report_in(ran);
  EXPECT_EQ(report.at("connected").as_int64(), 3);
  EXPECT_EQ(report.at("disconnected").as_int64(), 0);
  EXPECT_EQ(report.at("sockets").as_string(), "shared");
  EXPECT_EQ(report.at("decode_errors").as_int64(), 0);
  EXPECT_GT(report.at("snapshot_hz_p50").as_double(), 0);
  EXPECT_TRUE(contains(ran.out, platform::read_text_file(folder.file("report.json")).value()))
      << "the file holds what was printed";
}

TEST_F(BotsCommandTest, EndsWithItsReportWhenItIsToldTo) {
  hear_sigterm();
  start_server();
  std::thread operator_at_the_keyboard([&] {
    if (websocket::RunningWebServer::eventually([&] { return server->status().players == 1; })) {
      kill(getpid(), SIGTERM);
    }
  });
  const Ran ran = run({"bots", "--server", url(), "--profile", "idle", "--seconds", "30"});
  operator_at_the_keyboard.join();
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
  ASSERT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_LT(report_in(ran).at("seconds").as_double(), 30);
}

TEST_F(BotsCommandTest, PlaysOverWebSocketsAsBrowsersDo) {
  start_server();
  const Ran ran = run({"bots", "--server", url(), "--count", "3", "--seconds", "1", "--transport",
                       "websocket", "--chaos", "loss=2,delay=5,jitter=2"});
  ASSERT_EQ(ran.code, kExitDone) << ran.err;
  const auto report = report_in(ran);
  EXPECT_EQ(report.at("transport").as_string(), "websocket");
  EXPECT_EQ(report.at("connected").as_int64(), 3);
  EXPECT_EQ(report.at("disconnected").as_int64(), 0);
  EXPECT_EQ(report.at("decode_errors").as_int64(), 0);
  EXPECT_GT(report.at("snapshot_hz_p50").as_double(), 0);
}

TEST_F(BotsCommandTest, CountsTheBotsThatLostTheirServer) {
  start_server();
  bots::FleetOptions two;
  two.server = url();
  two.zone_folder = default_zone_folder();
  two.count = 2;
  two.seconds = 60;
  std::thread operator_at_the_keyboard;
  two.when_measuring = [&] {
    operator_at_the_keyboard = std::thread([&] { EXPECT_TRUE(server->stop("Good night.")); });
  };
  const std::atomic<bool> stop{false};
  auto report = bots::run_fleet(two, stop);
  ASSERT_TRUE(operator_at_the_keyboard.joinable()) << (report ? "" : report.error().message);
  operator_at_the_keyboard.join();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->connected, 2);
  EXPECT_EQ(report->disconnected, 2);
  EXPECT_LT(report->seconds, 60) << "it ends with the last of them";
}

TEST_F(BotsCommandTest, BeginsWithoutThoseThatTheServerKeepsWaitingAndCountsThem) {
  Settings small;
  small.players_max = 1;
  start_server(small);
  bots::FleetOptions two;
  two.server = url();
  two.zone_folder = default_zone_folder();
  two.count = 2;
  two.seconds = 0.1;
  two.arrival_patience_s = 6;
  const std::atomic<bool> stop{false};
  testing::internal::CaptureStderr();
  auto report = bots::run_fleet(two, stop);
  const std::string said = testing::internal::GetCapturedStderr();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->bots, 2);
  EXPECT_EQ(report->connected, 1);
  EXPECT_EQ(report->failed_logins, 1);
  EXPECT_TRUE(contains(said, "1 of 2 bots are in; the others wait: ")) << said;
  EXPECT_TRUE(contains(said, "/enter was answered with 202: ")) << said;
}

TEST_F(BotsCommandTest, SaysWhyItCouldNotPlay) {
  bots::FakeGateway gateway;
  gateway.answer("POST /api/v1/login", 403, "closed");
  const Ran ran = run({"bots", "--server", gateway.url()});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_EQ(ran.err,
            "tessera bots: no bot came into the world: bot00000: /api/v1/login was "
            "answered with 403: closed\n");
}

TEST_F(BotsCommandTest, RefusesWrongUse) {
  const auto message_of = [](const std::vector<std::string>& arguments) {
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, kExitWrongUse) << ran.err;
    return ran.err;
  };
  EXPECT_EQ(message_of({"bots", "--profile", "dance"}),
            "tessera bots: --profile 'dance': expected roam, crowd, idle, fight, siege or delve\n");
  EXPECT_EQ(message_of({"bots", "--transport", "pigeon"}),
            "tessera bots: --transport 'pigeon': expected udp or websocket\n");
  EXPECT_TRUE(contains(message_of({"bots", "--transport", "websocket", "--share-sockets"}),
                       "--share-sockets is for udp"));
  EXPECT_TRUE(contains(message_of({"bots", "--chaos", "los=2"}), "los"));
  for (const char* wrong : {"0", "-1", "65001", "many"}) {
    EXPECT_EQ(message_of({"bots", "--count", wrong}),
              "tessera bots: --count: expected a whole number from 1 to 65000, not '" +
                  std::string(wrong) + "'\n");
  }
  for (const char* flag : {"--seconds", "--warmup"}) {
    EXPECT_EQ(message_of({"bots", flag, "-1"}), "tessera bots: " + std::string(flag) +
                                                    ": expected a number from 0 to 604800, not "
                                                    "'-1'\n");
  }
  EXPECT_TRUE(contains(message_of({"bots", "--server", "localhost"}), "http://HOST:PORT"));
  EXPECT_TRUE(contains(message_of({"bots", "--prepare", folder.path()}), "--tokens FILE"));
}

TEST_F(BotsCommandTest, SaysWhyItCouldNotPrepare) {
  const Ran ran = run({"bots", "--prepare", "/proc/nowhere", "--tokens", folder.file("passes")});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "/proc/nowhere")) << ran.err;
}

}  // namespace
}  // namespace tessera::server
