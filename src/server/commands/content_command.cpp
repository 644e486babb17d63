// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"
#include "server/roles/content_folder.h"
#include "tools/content/content_files.h"

namespace tessera::server {
namespace {

struct ContentFlags {
  std::string path;
  tools::TerrainOptions terrain;
  std::uint64_t seed = 1;
};

int finish(const Result<void>& result) {
  if (result) return kExitDone;
  std::fprintf(stderr, "tessera content: %s\n", result.error().message.c_str());
  return kExitFailed;
}

int check(const std::string& wanted) {
  const auto folder = find_zone_folder(wanted);
  if (!folder) return finish(std::unexpected(folder.error()));
  const auto report = tools::check_zone(*folder);
  if (!report) return finish(std::unexpected(report.error()));
  std::puts(report->c_str());
  return kExitDone;
}

void add_seed(CLI::App& command, std::uint64_t& seed) {
  command.add_option("--seed", seed, "From which it follows")
      ->type_name("NUMBER")
      ->check(whole_number(0, INT64_MAX))
      ->capture_default_str();
}

}  // namespace

void add_content_command(CLI::App& app, Action& action) {
  CLI::App* const command = app.add_subcommand("content", "Check and make content");
  command->require_subcommand(1);
  const auto flags = std::make_shared<ContentFlags>();

  CLI::App* const checked = command->add_subcommand("check", "Load a zone and say what is in it");
  checked->add_option("folder", flags->path, "The zone")
      ->type_name("FOLDER")
      ->default_str("the default zone");
  checked->footer("Examples:\n  tessera content check\n  tessera content check content/zones/mine");
  checked->callback([&action, flags] { action = [flags] { return check(flags->path); }; });

  CLI::App* const zone = command->add_subcommand("zone", "Make a zone: hills round a town");
  zone->add_option("folder", flags->path, "Where to write it")->type_name("FOLDER")->required();
  add_seed(*zone, flags->seed);
  zone->footer("Examples:\n  tessera content zone content/zones/mine --seed 7");
  zone->callback([&action, flags] {
    action = [flags] { return finish(tools::write_zone(flags->seed, flags->path)); };
  });

  CLI::App* const terrain = command->add_subcommand("terrain", "Make a height map (16-bit PNG)");
  terrain->add_option("file", flags->path, "PNG to write")->type_name("FILE")->required();
  add_seed(*terrain, flags->terrain.seed);
  terrain->add_option("--samples", flags->terrain.samples, "On each side")
      ->type_name("NUMBER")
      ->check(whole_number(2, 8193))
      ->capture_default_str();
  terrain->footer("Examples:\n  tessera content terrain height.png --seed 7 --samples 1025");
  terrain->callback([&action, flags] {
    action = [flags] { return finish(tools::write_terrain(flags->terrain, flags->path)); };
  });
  command->footer("Examples:\n  tessera content check\n  tessera content zone --help");
}

}  // namespace tessera::server
