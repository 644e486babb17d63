// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/platform/files.h"
#include "gameplay/definitions/class_definition.h"
#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"
#include "server/roles/content_folder.h"
#include "tools/simulate/simulate_fights.h"

namespace tessera::server {
namespace {

namespace fs = std::filesystem;

struct SimulateFlags {
  std::string a;
  std::string b;
  std::string content;
  std::string out;
  simulate::FightOptions options;
  bool as_monsters = false;
};

/// CLASS:LEVEL, or CLASS alone.
std::optional<simulate::Contestant> contestant_of(const std::string& text) {
  const std::size_t colon = text.find(':');
  simulate::Contestant contestant{.class_name = text.substr(0, colon)};
  if (contestant.class_name.empty()) return std::nullopt;
  if (colon == std::string::npos) return contestant;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, contestant.level);
  const bool is_level =
      error == std::errc{} && rest == end && contestant.level >= 1 && contestant.level <= kLevelMax;
  return is_level ? std::optional(contestant) : std::nullopt;
}

std::string check_contestant(const std::string& text) {
  if (contestant_of(text)) return {};
  return fmt::format("expected CLASS:LEVEL with a level of 1 to {}, as vanguard:20, not '{}'",
                     kLevelMax, text);
}

Result<void> simulate_fight(const SimulateFlags& flags) {
  simulate::FightOptions options = flags.options;
  options.content_folder = flags.content;
  options.sides = {*contestant_of(flags.a), *contestant_of(flags.b)};
  options.as_players = !flags.as_monsters;
  const auto report = simulate::simulate_fights(options);
  if (!report) return std::unexpected(report.error());
  std::fputs(simulate::table_of(*report).c_str(), stdout);
  if (flags.out.empty()) return {};
  const auto png = simulate::chart_of(*report);
  if (!png) return std::unexpected(png.error());
  if (auto written = platform::write_file(flags.out, *png); !written) return written;
  std::printf("picture: %s, %zu kB\n", flags.out.c_str(), png->size() / 1000);
  return {};
}

int run_simulation(const SimulateFlags& flags) {
  const auto done = simulate_fight(flags);
  if (done) return kExitDone;
  std::fprintf(stderr, "tessera simulate: %s\n", done.error().message.c_str());
  return done.error().kind == ErrorKind::InvalidArgument ? kExitWrongUse : kExitFailed;
}

void add_fight_flags(CLI::App& fight, SimulateFlags& flags) {
  constexpr std::uint32_t kFightsMax = 1'000'000;
  fight.add_option("--a", flags.a, "The one side")
      ->type_name("CLASS:LEVEL")
      ->required()
      ->check(ValueCheck(check_contestant));
  fight.add_option("--b", flags.b, "The other")
      ->type_name("CLASS:LEVEL")
      ->required()
      ->check(ValueCheck(check_contestant));
  fight.add_option("--n", flags.options.count, "How many fights")
      ->type_name("NUMBER")
      ->check(whole_number(1, kFightsMax))
      ->capture_default_str();
  fight.add_option("--seed", flags.options.seed, "Of chance")
      ->type_name("NUMBER")
      ->capture_default_str();
  fight.add_option("--distance", flags.options.distance_m, "Between them when a fight begins")
      ->type_name("METRES")
      ->check(number(1, 60))
      ->capture_default_str();
  fight.add_option("--longest", flags.options.longest_s, "After that it is a draw")
      ->type_name("SECONDS")
      ->check(number(1, 3600))
      ->capture_default_str();
  fight
      .add_option("--hesitation", flags.options.hesitation,
                  "Share of seconds that the worst fighters let pass")
      ->type_name("SHARE")
      ->check(number(0, 0.9))
      ->capture_default_str();
  fight.add_flag("--as-monsters", flags.as_monsters, "Without the factors between players");
  fight.add_option("--content", flags.content, "The content folder")
      ->type_name("FOLDER")
      ->capture_default_str();
  fight.add_option("--out", flags.out, "Draw a chart, too")->type_name("PNG");
}

}  // namespace

void add_simulate_command(CLI::App& app, Action& action) {
  CLI::App* const command = app.add_subcommand("simulate", "Try rules without a server");
  command->require_subcommand(1);
  command->footer("Examples:\n  tessera simulate fight --a vanguard:20 --b embermage:20 --n 10000");
  const auto flags = std::make_shared<SimulateFlags>();
  flags->content = fs::path(default_zone_folder()).parent_path().parent_path().string();
  CLI::App* const fight = command->add_subcommand(
      "fight", "Many duels of two classes: who wins, how fast, and by what");
  fight->footer(
      "Examples:\n"
      "  tessera simulate fight --a vanguard:20 --b embermage:20 --n 10000 --out duel.png\n"
      "  tessera simulate fight --a shade:10 --b shade:12");
  add_fight_flags(*fight, *flags);
  fight->callback([flags, &action] { action = [flags] { return run_simulation(*flags); }; });
}

}  // namespace tessera::server
