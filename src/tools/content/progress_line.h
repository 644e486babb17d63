// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How far the compilation of content is: a bar that is rewritten in place on a terminal, a line for
// each stage elsewhere.
#pragma once

#include <cstdio>
#include <string>

#include "world/content/compile/compile_zone.h"

namespace tessera::tools {

class ProgressLine {
 public:
  ProgressLine(std::FILE* out, bool is_terminal) : out_(out), is_terminal_(is_terminal) {}

  void show(const content::Progress& progress);
  /// Takes the bar away, so that other lines may follow.
  void clear();

 private:
  std::FILE* out_;
  bool is_terminal_;
  std::string shown_;
};

/// "vale [##########----------] 4/8 models".
std::string progress_bar(const content::Progress& progress);

}  // namespace tessera::tools
