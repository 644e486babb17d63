// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What gives way when the machine cannot keep 60 ticks a second, in this order: the update rate of
// far entities, then of middle ones, then how often creatures think, then the snapshot rate, and
// last the world's clock. A step is taken when the load stays high for a second, and taken back
// when it stays low for ten: a step that was just enough must not be undone by its own success.
//
// The ladder only decides. What it decides for the simulation (AI detail, clock) reaches it as a
// logged intent.
#pragma once

#include <cstdint>
#include <string_view>

namespace tessera::tick {

enum class OverloadLevel : std::uint8_t {
  None,
  FarRates,
  MidRates,
  AiDetail,
  SnapshotRate,
  TimeDilation,
};

struct OverloadOptions {
  float enter_load = 0.92f;  ///< of the tick's budget
  float leave_load = 0.65f;
  std::uint32_t enter_ticks = 60;
  std::uint32_t leave_ticks = 600;
  /// At TimeDilation the clock loses this share at a time, down to the slowest.
  std::uint32_t clock_step_permille = 100;
  std::uint32_t clock_permille_min = 400;
};

inline constexpr std::uint32_t kFullClockPermille = 1000;

struct OverloadState {
  OverloadLevel level = OverloadLevel::None;
  std::uint32_t clock_permille =
      kFullClockPermille;  ///< of real time; below 1000 only at TimeDilation
  bool operator==(const OverloadState&) const = default;
};

/// What an operator reads when the level is entered: what gives way and which setting raises the
/// limit.
struct OverloadText {
  std::string_view name;  ///< for metrics: "far_rates"
  std::string_view effect;
  std::string_view setting;  ///< of the configuration
};
OverloadText overload_text(OverloadLevel level);

class OverloadLadder {
 public:
  explicit OverloadLadder(const OverloadOptions& options = {}) : options_(options) {}

  /// The cost of one tick as a share of its budget. True when the state has changed.
  bool observe(float load);
  const OverloadState& state() const { return state_; }

 private:
  bool step_up();
  bool step_down();

  OverloadOptions options_;
  OverloadState state_;
  float load_ = 0;  ///< smoothed over about 16 ticks: one slow tick is no overload
  std::uint32_t ticks_high_ = 0;
  std::uint32_t ticks_low_ = 0;
};

}  // namespace tessera::tick
