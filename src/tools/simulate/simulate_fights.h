// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What `tessera simulate fight` does: duels of two classes, thousands of them, by the rules and the
// content of the game, without a server. So designers balance by measurement.
//
//   tessera simulate fight --a vanguard:20 --b embermage:20 --n 10000 --out duel.png
//
// Both fight as content/behaviours says (duel_CLASS, or whatever a class has). Many pairs fight at
// once in one world, far from each other; the same seed gives the same fights.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.h"

namespace tessera::simulate {

struct Contestant {
  std::string class_name;
  std::uint32_t level = 20;
};

struct FightOptions {
  std::string content_folder = "content";
  std::array<Contestant, 2> sides;
  std::uint32_t count = 1000;
  std::uint64_t seed = 1;
  unsigned workers = 0;
  float distance_m = 15;  ///< between them when a fight begins
  /// People are no machines: each second a fighter lets pass with a likelihood that is drawn for
  /// each side of each fight, between 0 and this.
  float hesitation = 0.4f;
  float longest_s = 180;   ///< then it is a draw
  bool as_players = true;  ///< the factors between players count
};

/// Mean and spread of many numbers.
class Spread {
 public:
  void add(double value) {
    ++count_;
    const double delta = value - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_ += delta * (value - mean_);
  }
  std::uint64_t count() const { return count_; }
  double mean() const { return mean_; }
  /// Half the width of the 95 % confidence interval of the mean.
  double confidence() const;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  ///< of differences from the mean (Welford 1962)
};

struct SideReport {
  std::uint32_t wins = 0;
  Spread health_left;                       ///< of the winner, as a share
  Spread damage;                            ///< a fight
  Spread healing;                           ///< of itself, a fight
  std::map<std::string, double> damage_by;  ///< a fight, by ability or effect
};

struct FightReport {
  FightOptions options;
  std::uint32_t fights = 0;
  std::uint32_t draws = 0;
  Spread seconds;
  std::array<SideReport, 2> sides;
};

/// Share of `wins` among `fights`, and half the width of its 95 % confidence interval (Wilson).
struct WinRate {
  double share = 0;
  double confidence = 0;
};
WinRate win_rate(std::uint32_t wins, std::uint32_t fights);

/// InvalidArgument: no such class, or content that is not in order.
Result<FightReport> simulate_fights(const FightOptions& options);

/// Ability or effect and its damage a fight, the most first, so many at most.
std::vector<std::pair<std::string, double>> most_damage(const SideReport& side, std::size_t most);

/// For people, at a terminal.
std::string table_of(const FightReport& report);
/// The same as a picture: win rates, and damage by ability.
Result<std::vector<std::byte>> chart_of(const FightReport& report);

}  // namespace tessera::simulate
