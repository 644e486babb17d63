// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/pacing/overload.h"

#include <algorithm>

namespace tessera::tick {
namespace {

constexpr float kSmoothing = 1.0f / 16;

OverloadLevel next(OverloadLevel level, int step) {
  return static_cast<OverloadLevel>(static_cast<int>(level) + step);
}

}  // namespace

OverloadText overload_text(OverloadLevel level) {
  switch (level) {
    case OverloadLevel::None:
      return {"none", "everything runs at full rate", "world.players_max"};
    case OverloadLevel::FarRates:
      return {"far_rates", "entities beyond 64 m are told less often", "world.workers"};
    case OverloadLevel::MidRates:
      return {"mid_rates", "entities beyond 32 m are told less often", "world.workers"};
    case OverloadLevel::AiDetail:
      return {"ai_detail", "creatures think less often", "world.creatures"};
    case OverloadLevel::SnapshotRate:
      return {"snapshot_rate", "snapshots go out at half the rate", "world.players_max"};
    case OverloadLevel::TimeDilation:
      break;
  }
  return {"time_dilation", "the world's clock runs slower", "world.players_max"};
}

bool OverloadLadder::observe(float load) {
  load_ += (load - load_) * kSmoothing;
  ticks_high_ = load_ > options_.enter_load ? ticks_high_ + 1 : 0;
  ticks_low_ = load_ < options_.leave_load ? ticks_low_ + 1 : 0;
  if (ticks_high_ >= options_.enter_ticks) {
    ticks_high_ = 0;
    return step_up();
  }
  if (ticks_low_ >= options_.leave_ticks) {
    ticks_low_ = 0;
    return step_down();
  }
  return false;
}

bool OverloadLadder::step_up() {
  const OverloadState before = state_;
  if (state_.level != OverloadLevel::TimeDilation) state_.level = next(state_.level, 1);
  if (state_.level == OverloadLevel::TimeDilation) {
    state_.clock_permille =
        std::max(options_.clock_permille_min, state_.clock_permille - options_.clock_step_permille);
  }
  return state_ != before;
}

bool OverloadLadder::step_down() {
  if (state_.level == OverloadLevel::None) return false;
  state_.clock_permille =
      std::min(kFullClockPermille, state_.clock_permille + options_.clock_step_permille);
  if (state_.clock_permille == kFullClockPermille) state_.level = next(state_.level, -1);
  return true;
}

}  // namespace tessera::tick
