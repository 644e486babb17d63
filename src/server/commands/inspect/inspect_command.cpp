// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/platform/files.h"
#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"
#include "server/roles/content_folder.h"
#include "tools/content/progress_line.h"
#include "tools/inspect/inspect_zone.h"
#include "world/content/content_build.h"
#include "world/content/zone_loader.h"

namespace tessera::server {
namespace {

namespace fs = std::filesystem;

struct InspectFlags {
  std::string zone;
  std::string out;
  std::string cache;
  std::string path;
  std::string area;
  std::string agent = "small";
  bool plain = false;
  float below_m = std::numeric_limits<float>::infinity();
  int pixels = 1600;
};

/// As many numbers as asked for between these separators, and nothing else.
template <std::size_t N>
std::optional<std::array<float, N>> numbers(std::string_view text, std::string_view separators) {
  std::array<float, N> values;
  for (std::size_t i = 0; i < N; ++i) {
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), values[i]);
    if (error != std::errc{} || !(std::fabs(values[i]) < 1e6f)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    if (i + 1 == N) break;
    if (text.empty() || text.front() != separators[i]) return std::nullopt;
    text.remove_prefix(1);
  }
  if (!text.empty()) return std::nullopt;
  return values;
}

std::string check_path(const std::string& text) {
  if (numbers<4>(text, ",:,")) return {};
  return "expected x,z:x,z in metres, as 2048,2036:2120,1990, not '" + text + "'";
}

std::string check_area(const std::string& text) {
  const auto area = numbers<3>(text, ",,");
  if (area && (*area)[2] >= 1) return {};
  return "expected x,z,size in metres (size at least 1), as 2048,2048,260, not '" + text + "'";
}

std::string check_agent(const std::string& text) {
  for (const nav::AgentSize agent : nav::kAgentSizes) {
    if (text == nav::name_of(agent)) return {};
  }
  return "expected small, medium or large, not '" + text + "'";
}

inspect::InspectOptions options_of(const InspectFlags& flags) {
  inspect::InspectOptions options{
      .pixels = flags.pixels, .below_m = flags.below_m, .show_mesh = !flags.plain};
  for (const nav::AgentSize agent : nav::kAgentSizes) {
    if (flags.agent == nav::name_of(agent)) options.agent = agent;
  }
  if (const auto area = numbers<3>(flags.area, ",,")) {
    options.area = {{(*area)[0], (*area)[1]}, (*area)[2]};
  }
  if (const auto path = numbers<4>(flags.path, ",:,")) {
    options.path = {{{(*path)[0], (*path)[1]}, {(*path)[2], (*path)[3]}}};
  }
  return options;
}

/// A folder as it is, or a name in the content folder.
Result<std::string> find_zone(const std::string& wanted) {
  std::error_code ignored;
  if (fs::exists(wanted, ignored) || wanted.find('/') != std::string::npos) return wanted;
  const fs::path zones = fs::path(default_zone_folder()).parent_path();
  if (fs::exists(zones / wanted / "zone.yaml", ignored)) return (zones / wanted).string();
  std::string known;
  for (const std::string& folder : content::find_zones(zones.string())) {
    known += (known.empty() ? "" : ", ") + fs::path(folder).filename().string();
  }
  return failure(
      ErrorKind::NotFound,
      fmt::format("there is no zone '{}' here nor in {}: expected a folder or one of: {}", wanted,
                  zones.string(), known));
}

Result<void> inspect_zone(const InspectFlags& flags) {
  const auto folder = find_zone(flags.zone);
  if (!folder) return std::unexpected(folder.error());
  tools::ProgressLine line(stderr, isatty(STDERR_FILENO) != 0);
  auto zone = content::load_zone(
      *folder, {.cache_folder = flags.cache,
                .report = [&line](const content::Progress& progress) { line.show(progress); }});
  line.clear();
  if (!zone) return std::unexpected(zone.error());
  const auto inspection = inspect::inspect_zone(*zone, options_of(flags));
  if (!inspection) return std::unexpected(inspection.error());
  const auto png = inspect::encode_png(inspection->image);
  if (!png) return std::unexpected(png.error());
  if (auto written = platform::write_file(flags.out, *png); !written) return written;
  for (const std::string& text : inspection->lines) std::puts(text.c_str());
  std::printf("picture: %s, %zu kB\n", flags.out.c_str(), png->size() / 1000);
  return {};
}

int run_inspection(const InspectFlags& flags) {
  const auto done = inspect_zone(flags);
  if (done) return kExitDone;
  std::fprintf(stderr, "tessera inspect: %s\n", done.error().message.c_str());
  return kExitFailed;
}

void add_zone_flags(CLI::App& zone, InspectFlags& flags) {
  zone.add_option("zone", flags.zone, "Its name in the content folder, or its folder")
      ->type_name("ZONE")
      ->required();
  zone.add_option("--out", flags.out, "PNG to write")->type_name("FILE")->required();
  zone.add_option("--path", flags.path, "Show the way between two places, in metres")
      ->type_name("X,Z:X,Z")
      ->check(ValueCheck(check_path));
  zone.add_option("--area", flags.area, "Show this square only: its middle and its size")
      ->type_name("X,Z,SIZE")
      ->check(ValueCheck(check_area));
  zone.add_option("--agent", flags.agent, "Who walks: small, medium or large")
      ->type_name("SIZE")
      ->check(ValueCheck(check_agent))
      ->capture_default_str();
  zone.add_option("--size", flags.pixels, "Of the picture's longer side")
      ->type_name("PIXELS")
      ->check(whole_number(inspect::kPixelsMin, inspect::kPixelsMax))
      ->capture_default_str();
  zone.add_option("--below", flags.below_m, "Leave out what reaches higher: the roof of a dungeon")
      ->type_name("HEIGHT_M")
      ->check(number(-1000, 3000));
  zone.add_flag("--plain", flags.plain, "Without the navigation mesh");
  zone.add_option("--cache", flags.cache, "Where compiled zones lie")
      ->type_name("FOLDER")
      ->default_str(".cache in the content folder");
}

}  // namespace

void add_inspect_command(CLI::App& app, Action& action) {
  CLI::App* const command = app.add_subcommand("inspect", "Look at a zone");
  command->require_subcommand(1);
  command->footer("Examples:\n  tessera inspect zone vale --out vale.png");
  const auto flags = std::make_shared<InspectFlags>();
  CLI::App* const zone =
      command->add_subcommand("zone", "Draw a zone from above, as a PNG; print what is what");
  add_zone_flags(*zone, *flags);
  zone->footer(
      "Examples:\n"
      "  tessera inspect zone vale --out vale.png\n"
      "  tessera inspect zone vale --out town.png --area 2048,2048,260\n"
      "  tessera inspect zone vale --out way.png --path 2048,2036:2760,1480 --agent large\n"
      "  tessera inspect zone content/zones/mine --out mine.png");
  zone->callback([&action, flags] { action = [flags] { return run_inspection(*flags); }; });
}

}  // namespace tessera::server
