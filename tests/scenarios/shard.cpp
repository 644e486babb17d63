// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "shard.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <soci.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "engine/platform/files.h"
#include "engine/platform/log.h"
#include "gameplay/definitions/zone_definition.h"
#include "server/roles/content_folder.h"
#include "tools/bots/prepare/prepare.h"
#include "world/content/zone_loader.h"

namespace tessera::scenarios {
namespace {

server::Settings settings_in(const std::string& data) {
  server::Settings settings;
  settings.data = data;
  settings.http = "127.0.0.1:0";
  settings.udp = "127.0.0.1:0";
  settings.creatures = 50;
  settings.players_max = 200;
  settings.save_interval_s = 1;
  return settings;
}

/// A database with all accounts, and the passes to them. Made once: it takes a second.
const platform::TempDirectory& prepared() {
  static const platform::TempDirectory folder;
  static const bool made = [] {
    bots::PrepareOptions options;
    options.database_file = folder.file(server::kDatabaseName);
    options.zone_folder = server::default_zone_folder();
    options.passes_file = folder.file("passes.json");
    options.count = kBystanders + kSpareAccounts;
    options.profile = bots::Profile::Crowd;
    const auto done = bots::prepare(options);
    EXPECT_TRUE(done) << done.error().message;
    return done.has_value();
  }();
  EXPECT_TRUE(made);
  return folder;
}

}  // namespace

Shard::Shard(const std::string& zone_folder, const std::string& record, bool watch) {
  server::Settings settings = settings_in(folder_.file("data"));
  settings.content = zone_folder;
  settings.record = record;
  settings.content_watch = watch;
  std::filesystem::create_directories(settings.data);
  std::filesystem::copy_file(prepared().file(server::kDatabaseName), database_file());
  const auto logging =
      platform::start_logging({.file = folder_.file("messages.log"), .to_stderr = false});
  EXPECT_TRUE(logging);
  passes_ = bots::load_passes(passes_file()).value();
  world_ = std::make_unique<physics::CollisionWorld>(make_collision_world(
      content::load_zone(server::find_zone_folder(zone_folder).value()).value()));
  auto started = server::Server::start(settings);
  EXPECT_TRUE(started) << started.error().message;
  server_ = std::move(started).value();
}

Shard::~Shard() {
  server_.reset();
  platform::stop_logging();
}

std::string Shard::passes_file() const { return prepared().file("passes.json"); }

std::string Shard::database_file() const {
  return folder_.file("data") + "/" + server::kDatabaseName;
}

std::uint16_t Shard::http_port() const {
  return server::parse_host_port(server_->http_address()).value().port;
}

udp::Address Shard::udp() const { return udp::Address::parse(server_->udp_address()).value(); }

std::vector<netcode::ConnectTokenBytes> Shard::connect_tokens(std::size_t account,
                                                              std::size_t count) {
  bots::EnrolmentOptions options;
  options.server = url();
  options.count = count;
  options.passes.assign(count, pass(account));
  options.threads = 2;
  options.patience_s = 20;
  bots::Enrolment enrolment(options);
  EXPECT_TRUE(enrolment.start());
  std::vector<netcode::ConnectTokenBytes> tokens;
  while (tokens.size() + enrolment.failed() < count) {
    const auto entry = enrolment.next();
    if (!entry) {
      std::this_thread::yield();
      continue;
    }
    std::ranges::copy(entry->connect_token, tokens.emplace_back().begin());
  }
  EXPECT_EQ(enrolment.failed(), 0u) << enrolment.last_failure();
  tokens.resize(count);  // of those that failed: no token at all
  return tokens;
}

double Shard::metric(std::string_view series) {
  auto http = bots::HttpClient::to(url());
  const auto answer = http->get("/metrics");
  EXPECT_TRUE(answer) << answer.error().message;
  if (!answer) return -1;
  const std::string line = "\n" + std::string(series) + " ";
  const auto at = answer->body.find(line);
  return at == std::string::npos ? -1
                                 : std::strtod(answer->body.c_str() + at + line.size(), nullptr);
}

double Shard::ignored(std::string_view reason) {
  return metric(
      fmt::format("tessera_gateway_ignored_total{{reason=\"{}\",transport=\"udp\"}}", reason));
}

std::string Shard::messages() const {
  platform::flush_log();
  return platform::read_text_file(folder_.file("messages.log")).value_or("");
}

long long Shard::query(const std::string& sql) const {
  soci::session session("sqlite3", "db=" + database_file());
  long long value = -1;
  session << sql, soci::into(value);
  return value;
}

}  // namespace tessera::scenarios
