// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/roles/server.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "engine/platform/testing/temp_directory.h"
#include "server/roles/content_folder.h"
#include "tools/bots/enrolment/http_client.h"
#include "tools/bots/fleet.h"
#include "tools/replay/replay.h"
#include "world/content/zone_loader.h"
#include "world/log/log_storage.h"

namespace tessera::server {
namespace {

class ServerTest : public testing::Test {
 protected:
  Settings settings() {
    Settings settings;
    settings.data = folder.file("data");
    settings.http = "127.0.0.1:0";
    settings.udp = "127.0.0.1:0";
    settings.creatures = 20;
    settings.players_max = 50;
    return settings;
  }
  void start(const Settings& settings) {
    auto started = Server::start(settings);
    ASSERT_TRUE(started) << started.error().message;
    server = std::move(*started);
  }
  bots::HttpClient http() {
    return std::move(*bots::HttpClient::to("http://" + server->http_address()));
  }
  boost::json::value get(const std::string& path) {
    auto answer = http().get(path);
    EXPECT_TRUE(answer) << answer.error().message;
    return boost::json::parse(answer->body);
  }
  std::string admin_token() {
    std::ifstream file(folder.file("data") + "/admin_token");
    std::string token;
    file >> token;
    return token;
  }
  bots::FleetReport play(std::size_t count) {
    bots::FleetOptions fleet;
    fleet.server = "http://" + server->http_address();
    fleet.zone_folder = default_zone_folder();
    fleet.count = count;
    fleet.seconds = 1;
    fleet.profile = bots::Profile::Crowd;
    std::atomic<bool> stop{false};
    auto report = bots::run_fleet(fleet, stop);
    EXPECT_TRUE(report) << report.error().message;
    return report ? *report : bots::FleetReport{};
  }

  platform::TempDirectory folder;
  std::unique_ptr<Server> server;
};

TEST_F(ServerTest, LetsRealClientsPlayAndRecordsARunThatReplays) {
  Settings recording = settings();
  recording.record = folder.file("run.tlog");
  start(recording);
  const bots::FleetReport report = play(3);
  EXPECT_EQ(report.connected, 3);
  EXPECT_EQ(report.disconnected, 0);
  EXPECT_EQ(report.decode_errors, 0u);
  const auto status = get("/api/v1/status");
  EXPECT_EQ(status.at("creatures").to_number<int>(), 20);
  EXPECT_GT(status.at("tick").to_number<int>(), 60);
  EXPECT_GT(status.at("rss_bytes").to_number<std::uint64_t>(), 1u << 20);
  EXPECT_TRUE(server->stop("Good night."));
  server.reset();

  auto file = log::MappedLog::open(recording.record);
  ASSERT_TRUE(file) << file.error().message;
  auto zone = content::load_zone(default_zone_folder());
  const auto none = [](std::uint64_t) { return failure(ErrorKind::NotFound, "no other content"); };
  auto outcome = replay::replay(file->bytes(), std::move(*zone), 2, none);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_FALSE(outcome->diverged_at);
  EXPECT_EQ(outcome->end, "");
  EXPECT_GT(outcome->ticks, 60u);
}

TEST_F(ServerTest, RemembersCharactersAcrossARestart) {
  start(settings());
  EXPECT_EQ(play(2).connected, 2);
  EXPECT_TRUE(server->stop(""));
  server.reset();
  start(settings());
  EXPECT_EQ(play(2).connected, 2) << "the same accounts, from the database";
  EXPECT_TRUE(server->stop(""));
}

TEST_F(ServerTest, IsHealthyReadyAndMeasured) {
  start(settings());
  EXPECT_EQ(http().get("/healthz")->status, 200);
  while (http().get("/readyz")->status != 200) std::this_thread::yield();
  const auto metrics = http().get("/metrics");
  for (const char* name : {"tessera_zone_ticks_total", "tessera_gateway_",
                           "tessera_gateway_seats 0\n", "tessera_gateway_queue 0\n",
                           "tessera_database_failures_total 0\n", "process_cpu_seconds"}) {
    EXPECT_NE(metrics->body.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(server->ending(), std::nullopt);
}

TEST_F(ServerTest, DoesWhatOperatorsOrder) {
  start(settings());
  auto client = http();
  const std::string token = admin_token();
  ASSERT_FALSE(token.empty());
  EXPECT_EQ(
      client.post("/api/v1/register", R"({"name":"Anna","password":"correct horse"})")->status,
      201);
  const auto order = [&](const std::string& what, const std::string& body) {
    auto answer = client.post("/api/v1/admin/" + what, body, token);
    EXPECT_TRUE(answer);
    return answer ? answer->status : 0;
  };
  EXPECT_EQ(order("announce", R"({"text":"Dinner is served"})"), 200);
  EXPECT_EQ(order("kick", R"({"account":"Anna"})"), 200);
  EXPECT_EQ(order("kick", R"({"account":"nobody"})"), 404);
  EXPECT_EQ(order("ban", R"({"account":"Anna","seconds":60})"), 200);
  EXPECT_EQ(order("shutdown", R"({"in_s":0,"reason":"Bye"})"), 200);
  std::optional<Server::Ending> ending;
  while (!(ending = server->ending())) std::this_thread::yield();
  EXPECT_EQ(ending->sentence, "Bye");
  EXPECT_FALSE(ending->failed);
}

TEST_F(ServerTest, NamesAPortThatIsInUse) {
  start(settings());
  Settings second = settings();
  second.data = folder.file("other");
  second.http = server->http_address();
  auto http_taken = Server::start(second);
  ASSERT_FALSE(http_taken);
  EXPECT_NE(http_taken.error().message.find(server->http_address().substr(10)), std::string::npos)
      << http_taken.error().message;
  second.http = "127.0.0.1:0";
  second.udp = server->udp_address();
  auto udp_taken = Server::start(second);
  ASSERT_FALSE(udp_taken);
  EXPECT_NE(udp_taken.error().message.find(server->udp_address()), std::string::npos)
      << udp_taken.error().message;
  EXPECT_TRUE(udp_taken.error().message.starts_with("udp.listen (--udp): cannot bind UDP"))
      << udp_taken.error().message;
}

TEST_F(ServerTest, WarnsWhenRemotePlayersCouldLogInButNotConnect) {
  const auto logged = [&](const char* http) {
    Settings open = settings();
    open.http = http;
    testing::internal::CaptureStderr();
    auto started = Server::start(open);
    const std::string lines = testing::internal::GetCapturedStderr();
    EXPECT_TRUE(started) << started.error().message;
    return lines;
  };
  const std::string warning = "warning remote players can log in but never connect";
  const std::string lines = logged("0.0.0.0:0");
  EXPECT_NE(lines.find(warning), std::string::npos) << lines;
  EXPECT_NE(lines.find("127.0.0.1:0"), std::string::npos) << lines;
  EXPECT_EQ(logged("127.0.0.1:0").find(warning), std::string::npos);
}

TEST_F(ServerTest, RefusesADataFolderThatAnotherServerUses) {
  start(settings());
  auto second = Server::start(settings());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::AlreadyExists);
}

TEST_F(ServerTest, ExplainsWhyItCannotStart) {
  const auto message_of = [&](auto change) {
    Settings wrong = settings();
    change(wrong);
    auto started = Server::start(wrong);
    EXPECT_FALSE(started);
    return started ? std::string() : started.error().message;
  };
  EXPECT_TRUE(message_of([&](Settings& s) { s.content = folder.file("no_zone"); })
                  .starts_with("content (--content): " + folder.file("no_zone") +
                               "/zone.yaml:1: there is no"));
  EXPECT_TRUE(message_of([](Settings& s) {
                s.udp = "no.such.name:1";
              }).starts_with("udp.listen (--udp): 'no.such.name:1'"));
  EXPECT_TRUE(message_of([](Settings& s) {
                s.http = "no.such.name:1";
              }).starts_with("http.listen (--http): 'no.such.name:1'"));
  const std::string elsewhere = message_of([](Settings& s) { s.http = "192.0.2.1:0"; });
  EXPECT_TRUE(elsewhere.ends_with("; choose another address or port (--http)")) << elsewhere;
  EXPECT_NE(message_of([](Settings& s) { s.chaos = "los=2"; }).find("los"), std::string::npos);
  EXPECT_NE(message_of([](Settings& s) { s.data = "/proc/nowhere"; }).find("/proc/nowhere"),
            std::string::npos);
  EXPECT_NE(message_of([](Settings& s) { s.record = "/proc/nowhere/run"; }).find("/proc/nowhere"),
            std::string::npos);
  std::filesystem::create_directories(folder.file("broken"));
  std::ofstream(folder.file("broken") + "/tessera.db") << "this is not a database at all ......";
  EXPECT_NE(message_of([&](Settings& s) { s.data = folder.file("broken"); }).find("tessera.db"),
            std::string::npos);
}

}  // namespace
}  // namespace tessera::server
