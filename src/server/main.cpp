// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <cstdio>
#include <exception>

#include "server/commands/commands.h"

int main(int argc, char** argv) {
  try {
    return tessera::server::run_command_line(argc, argv);
  } catch (const std::exception& error) {  // from a library, where none should come from
    std::fprintf(stderr, "tessera: %s\n", error.what());
    return tessera::server::kExitFailed;
  }
}
