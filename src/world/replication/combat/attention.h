// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whom a viewer has to see well, in whatever crowd: whom he has chosen, and those with whom he has
// exchanged blows lately. They are told in each of his snapshots.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/core/ids.h"
#include "engine/core/tick.h"

namespace tessera::replication {

class Attention {
 public:
  /// More than can stand around one; 13 bytes each leave nine tenths of a snapshot to the others.
  static constexpr std::size_t kFoesMax = 8;
  static constexpr std::uint32_t kFoeTicks = 5 * kTicksPerSecond;
  static constexpr std::size_t kMindedMax = kFoesMax + 1;

  /// None: nobody.
  void choose(EntityId target) { target_ = {.entity = target}; }
  /// The newest take the place of the one with whom it is longest ago.
  void note_fight(EntityId other, std::uint32_t tick) {
    if (!other) return;
    auto place = std::ranges::find(foes_, other, &Minded::entity);
    if (place == foes_.end()) place = std::ranges::min_element(foes_, {}, &Minded::until);
    if (place->entity != other) *place = {.entity = other};
    place->until = tick + kFoeTicks;
  }
  /// Calls fn(EntityId, std::uint32_t& told) for each once, the chosen one first. `told` is the
  /// caller's: 0 at first.
  template <class F>
  void each(std::uint32_t now, F&& fn) {
    if (target_.entity) fn(target_.entity, target_.told);
    for (Minded& foe : foes_) {
      if (foe.until > now && foe.entity != target_.entity) fn(foe.entity, foe.told);
    }
  }
  /// Nobody has been told of.
  void begin_anew() {
    target_.told = 0;
    for (Minded& foe : foes_) foe.told = 0;
  }

 private:
  struct Minded {
    EntityId entity{};
    std::uint32_t until = 0;  ///< of foes
    std::uint32_t told = 0;   ///< tick up to which its components were told
  };
  Minded target_{};
  std::array<Minded, kFoesMax> foes_{};
};

}  // namespace tessera::replication
