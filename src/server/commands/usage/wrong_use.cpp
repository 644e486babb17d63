// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/platform/config/nearest_name.h"
#include "server/commands/usage/usage.h"

namespace tessera::server {
namespace {

/// The program and the commands that were understood: "tessera", "admin", "kick".
std::vector<const CLI::App*> understood(const CLI::App& app) {
  std::vector<const CLI::App*> chain{&app};
  while (!chain.back()->get_subcommands().empty()) {
    chain.push_back(chain.back()->get_subcommands().front());
  }
  return chain;
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& known,
                         const std::string& otherwise) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string_view nearest = platform::nearest_name(name, views);
  return nearest.empty() ? otherwise : fmt::format("did you mean '{}'?", nearest);
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::string unknown_flag(std::string flag, const std::vector<const CLI::App*>& chain,
                         const std::string& command) {
  flag = flag.substr(0, flag.find('='));
  std::vector<std::string> known;
  for (const CLI::App* app : chain) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
  }
  if (std::ranges::find(known, flag) != known.end()) {
    return fmt::format("the flag '{}' belongs behind '{}'", flag, command);
  }
  return fmt::format(
      "unknown flag '{}'; {}", flag,
      did_you_mean(flag, known, fmt::format("{} --help lists those there are", command)));
}

/// What nobody took of the command line, the first of it; `app` is where it stood.
std::string unknown(const std::string& text, const CLI::App& app,
                    const std::vector<const CLI::App*>& chain, const std::string& command) {
  if (text.starts_with("-") && text.size() > 1) return unknown_flag(text, chain, command);
  const auto commands = commands_of(app);
  if (commands.empty() || &app != chain.back()) {
    return fmt::format("unexpected argument '{}'; {} --help shows what it takes", text, command);
  }
  return fmt::format(
      "unknown command '{}'; {}", text,
      did_you_mean(text, commands, fmt::format("there are {}", fmt::join(commands, ", "))));
}

}  // namespace

std::string describe_wrong_use(const CLI::App& app, const CLI::ParseError& error) {
  const auto chain = understood(app);
  std::string command = app.get_name();
  for (std::size_t i = 1; i < chain.size(); ++i) command += " " + chain[i]->get_name();
  // First what was not understood: what else CLI11 complains about follows from it.
  for (const CLI::App* part : chain) {
    for (const std::string& text : part->remaining()) {
      return command + ": " + unknown(text, *part, chain, command);
    }
  }
  if (const auto commands = commands_of(*chain.back()); !commands.empty()) {
    return fmt::format("{}: expected a command: {}", command, fmt::join(commands, ", "));
  }
  return command + ": " + error.what();
}

}  // namespace tessera::server
