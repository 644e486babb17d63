// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a command line, run as a shell would.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "server/commands/commands.h"

namespace tessera::server {

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

/// Runs `tessera` with these arguments in this process.
inline Ran run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "tessera");
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  argv.push_back(nullptr);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Ran ran;
  ran.code = run_command_line(static_cast<int>(arguments.size()), argv.data());
  std::fflush(stdout);
  ran.out = testing::internal::GetCapturedStdout();
  ran.err = testing::internal::GetCapturedStderr();
  return ran;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace tessera::server
