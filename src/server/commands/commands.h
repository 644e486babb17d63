// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The commands of the one binary. Each is added to the command line with its flags and examples,
// and sets `action` to what is to be done when it was chosen.
#pragma once

#include <functional>

#include "server/roles/content_folder.h"
#include "server/settings/settings.h"

namespace CLI {
class App;
}

namespace tessera::server {

/// Runs a command; returns the process's exit code: 0 done, 1 failed, 2 wrong use.
using Action = std::function<int()>;

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitWrongUse = 2;

void add_serve_command(CLI::App& app, Action& action);
void add_bots_command(CLI::App& app, Action& action);
void add_replay_command(CLI::App& app, Action& action);
void add_content_command(CLI::App& app, Action& action);
void add_inspect_command(CLI::App& app, Action& action);
void add_simulate_command(CLI::App& app, Action& action);
void add_admin_command(CLI::App& app, Action& action);
void add_version_command(CLI::App& app, Action& action);

/// Parses the arguments and runs the command. Prints help and errors.
int run_command_line(int argc, const char* const* argv);

}  // namespace tessera::server
