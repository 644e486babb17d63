// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// tessera bots: a fleet of real clients, its report, and the preparation of a benchmark.
#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

#include "engine/platform/files.h"
#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"
#include "tools/bots/fleet.h"
#include "tools/bots/prepare/prepare.h"
#include "tools/bots/sockets/bot_sockets.h"

namespace tessera::server {
namespace {

struct BotsFlags {
  bots::FleetOptions fleet;
  std::string profile = "roam";
  std::string transport = "udp";
  std::string chaos;
  std::string json_file;
  std::string prepare_folder;
  std::uint32_t level = 1;
};

std::atomic<bool> g_stop{false};

int failed(const Error& error) {
  std::fprintf(stderr, "tessera bots: %s\n", error.message.c_str());
  return error.kind == ErrorKind::InvalidArgument ? kExitWrongUse : kExitFailed;
}

int prepare_fleet(const BotsFlags& flags) {
  if (flags.fleet.passes_file.empty()) {
    return failed({ErrorKind::InvalidArgument, "--prepare needs --tokens FILE to write them to"});
  }
  bots::PrepareOptions options;
  options.database_file = flags.prepare_folder + "/" + kDatabaseName;
  options.zone_folder = flags.fleet.zone_folder;
  options.passes_file = flags.fleet.passes_file;
  options.count = flags.fleet.count;
  options.profile = flags.fleet.profile;
  options.level = static_cast<std::uint16_t>(flags.level);
  if (auto done = bots::prepare(options); !done) return failed(done.error());
  std::printf("prepared %zu accounts in %s\n", options.count, options.database_file.c_str());
  return kExitDone;
}

int play_fleet(const BotsFlags& flags) {
  g_stop = false;
  std::signal(SIGINT, [](int) { g_stop = true; });
  std::signal(SIGTERM, [](int) { g_stop = true; });
  auto report = bots::run_fleet(flags.fleet, g_stop);
  if (!report) return failed(report.error());
  const std::string json = report->to_json();
  std::printf("%s\n", json.c_str());
  if (!flags.json_file.empty()) {
    if (auto written = platform::write_text_file(flags.json_file, json + "\n"); !written) {
      return failed(written.error());
    }
  }
  return kExitDone;
}

int run_bots(BotsFlags& flags) {
  const auto profile = bots::profile_from_name(flags.profile);
  if (!profile) {
    return failed(
        {ErrorKind::InvalidArgument,
         "--profile '" + flags.profile + "': expected roam, crowd, idle, fight, siege or delve"});
  }
  flags.fleet.profile = *profile;
  flags.fleet.websocket = flags.transport == "websocket";
  if (!flags.fleet.websocket && flags.transport != "udp") {
    return failed({ErrorKind::InvalidArgument,
                   "--transport '" + flags.transport + "': expected udp or websocket"});
  }
  if (flags.fleet.websocket && flags.fleet.share_sockets) {
    return failed(
        {ErrorKind::InvalidArgument, "--share-sockets is for udp: a WebSocket belongs to one bot"});
  }
  auto chaos = chaos::parse_options(flags.chaos);
  if (!chaos) return failed(chaos.error());
  flags.fleet.chaos = *chaos;
  return flags.prepare_folder.empty() ? play_fleet(flags) : prepare_fleet(flags);
}

/// A week: more than any measurement, and no overflow in microseconds.
constexpr double kSecondsMax = 7 * 86'400;

void add_fleet_options(CLI::App& command, BotsFlags& flags) {
  command.add_option("--server", flags.fleet.server, "The gateway")
      ->type_name("URL")
      ->capture_default_str();
  command.add_option("--count", flags.fleet.count, "How many")
      ->type_name("NUMBER")
      ->check(whole_number(1, bots::kBotsMax))
      ->capture_default_str();
  command
      .add_option("--seconds", flags.fleet.seconds,
                  "How long to measure, from when all are in; 0: until stopped")
      ->type_name("SECONDS")
      ->check(number(0, kSecondsMax))
      ->capture_default_str();
  command.add_option("--warmup", flags.fleet.warmup_s, "How long to play before measuring")
      ->type_name("SECONDS")
      ->check(number(0, kSecondsMax))
      ->capture_default_str();
  command.add_option("--profile", flags.profile, "roam, crowd, idle, fight, siege or delve")
      ->type_name("NAME")
      ->capture_default_str();
  command.add_option("--transport", flags.transport, "udp, or websocket as browsers have it")
      ->type_name("NAME")
      ->capture_default_str();
  command
      .add_option("--chaos", flags.chaos,
                  "A bad network both ways, such as loss=2,delay=40,jitter=10")
      ->type_name("TEXT");
  command.add_flag("--share-sockets", flags.fleet.share_sockets,
                   "64 bots a socket (a server on this machine only; said in the report)");
}

void add_file_options(CLI::App& command, BotsFlags& flags) {
  command.add_option("--json", flags.json_file, "Write the report there too")->type_name("FILE");
  command.add_option("--zone", flags.fleet.zone_folder, "The zone, as the server's")
      ->type_name("FOLDER")
      ->capture_default_str();
  command.add_option("--tokens", flags.fleet.passes_file, "Enter with these tokens, not passwords")
      ->type_name("FILE");
  command
      .add_option("--prepare", flags.prepare_folder,
                  "Make accounts, characters and --tokens in this data folder, and end")
      ->type_name("FOLDER");
  command.add_option("--level", flags.level, "Of the characters that --prepare makes")
      ->type_name("LEVEL")
      ->check(whole_number(1, kLevelMax))
      ->capture_default_str();
}

}  // namespace

void add_bots_command(CLI::App& app, Action& action) {
  auto flags = std::make_shared<BotsFlags>();
  flags->fleet.server = "http://127.0.0.1:8080";
  flags->fleet.zone_folder = default_zone_folder();
  CLI::App* const command = app.add_subcommand("bots", "Play with a fleet of real clients");
  add_fleet_options(*command, *flags);
  add_file_options(*command, *flags);
  command->footer(
      "Examples:\n"
      "  tessera bots --count 100\n"
      "  tessera bots --count 1000 --seconds 60 --profile crowd --json report.json\n"
      "  tessera bots --count 50 --chaos loss=2,delay=40,jitter=10");
  command->callback([flags, &action] { action = [flags] { return run_bots(*flags); }; });
}

}  // namespace tessera::server
