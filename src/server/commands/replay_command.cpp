// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <CLI/CLI.hpp>
#include <cinttypes>
#include <cstdio>
#include <memory>
#include <string>

#include "engine/platform/build/build_info.h"
#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"
#include "server/roles/content_folder.h"
#include "tools/replay/replay.h"
#include "world/content/zone_loader.h"
#include "world/log/log_storage.h"

namespace tessera::server {
namespace {

struct ReplayFlags {
  std::string file;
  std::string content;
  unsigned workers = 0;
};

int failed(const std::string& file, const Error& error) {
  std::fprintf(stderr, "tessera replay: %s: %s\n", file.c_str(), error.message.c_str());
  return kExitFailed;
}

int replay_file(const ReplayFlags& flags) {
  const auto log = log::MappedLog::open(flags.file);
  if (!log) return failed(flags.file, log.error());
  const auto content_hash = replay::content_hash_of(log->bytes());
  if (!content_hash) return failed(flags.file, content_hash.error());
  const auto folder = find_zone_folder(flags.content);
  if (!folder) return failed(flags.file, folder.error());
  // The content that the log was made with, if the cache still has it.
  auto definition = content::load_stored_zone(*folder, *content_hash);
  if (!definition) definition = content::load_zone(*folder);
  if (!definition) return failed(*folder, definition.error());
  const auto outcome = replay::replay(
      log->bytes(), std::move(*definition), flags.workers,
      [&folder](std::uint64_t hash) { return content::load_stored_zone(*folder, hash); });
  if (!outcome) return failed(flags.file, outcome.error());
  if (outcome->diverged_at) {
    std::printf("ticks=%" PRIu64 " hash=%016" PRIx64 " DIVERGED at tick %" PRIu64 "\n",
                outcome->ticks, outcome->hash, *outcome->diverged_at);
    if (outcome->recorded_by != platform::build_line()) {
      std::fprintf(stderr, "recorded by %s\nreplayed by %s\n", outcome->recorded_by.c_str(),
                   platform::build_line().c_str());
    }
    return kExitFailed;
  }
  std::printf("ticks=%" PRIu64 " hash=%016" PRIx64 " ok\n", outcome->ticks, outcome->hash);
  if (!outcome->end.empty()) {
    std::fprintf(stderr, "%s: %s: the server was killed; all before it was replayed\n",
                 flags.file.c_str(), outcome->end.c_str());
  }
  return kExitDone;
}

}  // namespace

void add_replay_command(CLI::App& app, Action& action) {
  CLI::App* const command =
      app.add_subcommand("replay", "Run a log again and compare every tick's hash");
  const auto flags = std::make_shared<ReplayFlags>();
  command->add_option("file", flags->file, "A recording, or a segment of the intent log")
      ->type_name("FILE")
      ->required();
  command->add_option("--workers", flags->workers, "Threads beside the simulation thread")
      ->type_name("NUMBER")
      ->check(whole_number(0, 64))
      ->capture_default_str();
  command->add_option("--content", flags->content, "The zone")
      ->type_name("FOLDER")
      ->default_str("the default zone");
  command->footer(
      "Exit code 0: every tick came to the recorded hash; 1: one did not, or the file is damaged.\n"
      "Examples:\n"
      "  tessera serve --record run.tlog\n"
      "  tessera replay run.tlog\n"
      "  tessera replay data/zone-1/log/0000000001-000000000000000.tlog --workers 8");
  command->callback([&action, flags] { action = [flags] { return replay_file(*flags); }; });
}

}  // namespace tessera::server
