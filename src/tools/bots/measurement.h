// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a fleet measures while its window is open. Outside of it only the truth is kept up: where
// every bot stood, so that views can be compared from the window's first sample on.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/core/random.h"
#include "tools/bots/bot.h"
#include "tools/bots/report.h"
#include "tools/bots/truth.h"

namespace tessera::bots {

class Measurement {
 public:
  using Bots = std::span<const std::unique_ptr<Bot>>;

  explicit Measurement(std::size_t bots) : truth_(bots), next_sample_us_(bots, 0) {}

  /// What is known before the window (who did not come in) may be written into it.
  FleetReport& report() { return report_; }

  void begin(Bots bots, std::int64_t now_us);
  void end(Bots bots, std::int64_t now_us);

  /// Bot `index` has advanced.
  void note_frame(std::size_t index, Bot& bot, std::int64_t now_us);
  void note_action(const client::ActionEvent& event);
  /// What became of an ability that a bot has pressed.
  void note_ability(const AbilityDefinition& ability, const client::ActionEvent& event,
                    const Rulebook& rules);
  /// Bot `index` goes to another zone.
  void note_move(std::size_t index) { truth_.forget(index); }
  void note_disconnect() { report_.disconnected += open_ ? 1 : 0; }

 private:
  void note_focus(const client::Client& client, EntityId whom, Focus& focus);
  void sample_view(const client::Client& client, std::int64_t now_us);

  Truth truth_;
  std::unordered_map<std::uint64_t, std::size_t> index_by_entity_;
  std::vector<std::int64_t> next_sample_us_;
  RandomStream pick_{1};
  FleetReport report_;
  bool open_ = false;
  std::int64_t began_us_ = 0;
  std::int64_t cpu_began_ns_ = 0;
};

}  // namespace tessera::bots
