// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/content/progress_line.h"

#include <fmt/format.h>

#include <algorithm>

namespace tessera::tools {

std::string progress_bar(const content::Progress& progress) {
  constexpr std::size_t kWidth = 20;
  const std::size_t total = std::max<std::size_t>(progress.total, 1);
  const std::size_t filled = std::min(progress.done, total) * kWidth / total;
  return fmt::format("{} [{}{}] {}/{} {}", progress.zone, std::string(filled, '#'),
                     std::string(kWidth - filled, '-'), progress.done, progress.total,
                     progress.stage);
}

void ProgressLine::show(const content::Progress& progress) {
  if (is_terminal_) {
    const std::string bar = progress_bar(progress);
    const std::size_t rest = shown_.size() > bar.size() ? shown_.size() - bar.size() : 0;
    fmt::print(out_, "\r{}{}", bar, std::string(rest, ' '));
    std::fflush(out_);
    shown_ = bar;
  } else if (progress.done == 0) {
    fmt::print(out_, "content: {}: {}\n", progress.zone, progress.stage);
  }
}

void ProgressLine::clear() {
  if (shown_.empty()) return;
  fmt::print(out_, "\r{}\r", std::string(shown_.size(), ' '));
  std::fflush(out_);
  shown_.clear();
}

}  // namespace tessera::tools
