// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <CLI/CLI.hpp>
#include <cstdio>

#include "engine/platform/build/build_info.h"
#include "server/commands/commands.h"
#include "server/commands/usage/usage.h"

namespace tessera::server {

void add_version_command(CLI::App& app, Action& action) {
  CLI::App* const command = app.add_subcommand("version", "Print which build this is");
  command->footer("Examples:\n  tessera version");
  command->callback([&action] {
    action = [] {
      std::puts(platform::build_line().c_str());
      return kExitDone;
    };
  });
}

int run_command_line(int argc, const char* const* argv) {
  CLI::App app("Tessera: an authoritative MMORPG server", "tessera");
  app.footer(
      "Examples:\n"
      "  tessera serve                      a world on this machine, data in ./data\n"
      "  tessera serve --record run.tlog    the same, recorded\n"
      "  tessera bots --server http://127.0.0.1:8080 --count 100 --seconds 60\n"
      "  tessera replay run.tlog            run it again and compare\n"
      "  tessera COMMAND --help             what a command takes");
  app.require_subcommand(1);
  set_help_style(app);
  app.set_version_flag("--version", platform::build_line(), "Print which build this is and end");
  Action action;
  add_serve_command(app, action);
  add_bots_command(app, action);
  add_replay_command(app, action);
  add_content_command(app, action);
  add_inspect_command(app, action);
  add_simulate_command(app, action);
  add_admin_command(app, action);
  add_version_command(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version
    std::fprintf(stderr, "%s\n", describe_wrong_use(app, error).c_str());
    return kExitWrongUse;
  }
  return action();
}

}  // namespace tessera::server
