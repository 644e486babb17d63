// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"
#include "server/roles/content_folder.h"
#include "tools/content/content_files.h"
#include "tools/content/progress_line.h"

namespace tessera::server {
namespace {

struct ContentFlags {
  std::string path;
  std::string cache;
  tools::TerrainOptions terrain;
  std::uint64_t seed = 1;
};

int finish(const Result<void>& result) {
  if (result) return kExitDone;
  std::fprintf(stderr, "tessera content: %s\n", result.error().message.c_str());
  return kExitFailed;
}

/// The folder with all zones: where the default zone lies.
std::string content_folder() {
  const std::filesystem::path zone(default_zone_folder());
  return zone.parent_path().parent_path().string();
}

/// Faults go to stdout, one a line, for editors and for grep.
int print_faults(const content::ContentOutcome& outcome) {
  for (const content::Fault& fault : outcome.faults) std::puts(to_text(fault).c_str());
  if (outcome.faults.empty()) return kExitDone;
  std::fprintf(stderr, "tessera content: %zu faults; nothing that has one is used\n",
               outcome.faults.size());
  return kExitFailed;
}

content::ContentOutcome build_all(const ContentFlags& flags) {
  tools::ProgressLine line(stderr, isatty(STDERR_FILENO) != 0);
  const content::LoadOptions options{
      .cache_folder = flags.cache,
      .report = [&line](const content::Progress& progress) { line.show(progress); }};
  jobs::Pool pool(content::compile_workers());
  content::ContentOutcome outcome =
      content::build_content(flags.path.empty() ? content_folder() : flags.path, options, pool);
  line.clear();
  return outcome;
}

int check(const ContentFlags& flags) {
  const content::ContentOutcome outcome = build_all(flags);
  for (const content::ZoneOutcome& zone : outcome.zones) {
    if (zone.faults.empty()) std::puts(tools::summary_of(zone).c_str());
  }
  return print_faults(outcome);
}

int build(const ContentFlags& flags) {
  const auto start = std::chrono::steady_clock::now();
  const content::ContentOutcome outcome = build_all(flags);
  std::size_t built = 0;
  bool stored = true;
  for (const content::ZoneOutcome& zone : outcome.zones) {
    if (!zone.faults.empty()) continue;
    built += zone.was_cached ? 0 : 1;
    std::printf("zone '%s': %s\n", zone.name.c_str(), zone.was_cached ? "unchanged" : "compiled");
    if (!zone.cache_problem.empty()) {
      std::printf("zone '%s': its file in the cache was %s, and is new now\n", zone.name.c_str(),
                  zone.cache_problem.c_str());
    }
    if (!zone.store_problem.empty()) {
      stored = false;
      std::fprintf(stderr, "tessera content: %s\n", zone.store_problem.c_str());
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("content: %zu of %zu zones compiled in %.1f s\n", built, outcome.zones.size(),
              took.count());
  const int code = print_faults(outcome);
  return stored ? code : kExitFailed;
}

void add_seed(CLI::App& command, std::uint64_t& seed) {
  command.add_option("--seed", seed, "From which it follows")
      ->type_name("NUMBER")
      ->check(whole_number(0, INT64_MAX))
      ->capture_default_str();
}

void add_folder_and_cache(CLI::App& command, ContentFlags& flags) {
  command.add_option("folder", flags.path, "A zone, or a content folder with zones/ in it")
      ->type_name("FOLDER")
      ->default_str("the content folder");
  command.add_option("--cache", flags.cache, "Where compiled zones lie")
      ->type_name("FOLDER")
      ->default_str(".cache in the content folder");
}

void add_check_and_build(CLI::App& command, Action& action,
                         const std::shared_ptr<ContentFlags>& flags) {
  CLI::App* const checked =
      command.add_subcommand("check", "Check zones and say everything that is wrong with them");
  add_folder_and_cache(*checked, *flags);
  checked->footer("Examples:\n  tessera content check\n  tessera content check content/zones/mine");
  checked->callback([&action, flags] { action = [flags] { return check(*flags); }; });

  CLI::App* const built =
      command.add_subcommand("build", "Compile what changed, so that servers start at once");
  add_folder_and_cache(*built, *flags);
  built->footer("Examples:\n  tessera content build\n  tessera content build content/zones/mine");
  built->callback([&action, flags] { action = [flags] { return build(*flags); }; });
}

}  // namespace

void add_content_command(CLI::App& app, Action& action) {
  CLI::App* const command = app.add_subcommand("content", "Check, compile and make content");
  command->require_subcommand(1);
  const auto flags = std::make_shared<ContentFlags>();
  add_check_and_build(*command, action, flags);

  CLI::App* const zone =
      command->add_subcommand("zone", "Make the beginning of a zone: hills, a hut, a spawn point");
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
