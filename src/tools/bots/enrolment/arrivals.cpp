// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/enrolment/arrivals.h"

#include <fmt/format.h>

namespace tessera::bots {

std::string ArrivalCounts::text() const {
  std::string text = fmt::format("{} of {} bots are in", in_world, bots);
  if (failed > 0) text += fmt::format(", {} failed", failed);
  if (failed > 0 && !why_failed.empty()) text += ": " + why_failed;
  if (!why_waiting.empty()) text += "; the others wait: " + why_waiting;
  return text;
}

bool Arrivals::going_on(std::int64_t now_us, std::size_t entered) {
  if (entered > entered_) progress_at_us_ = now_us;
  entered_ = entered;
  return now_us - progress_at_us_ <= patience_us_;
}

bool Arrivals::line_due(std::int64_t now_us) {
  if (now_us - line_at_us_ < kLineUs) return false;
  line_at_us_ = now_us;
  return true;
}

}  // namespace tessera::bots
