// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Players whose every move follows from a seed: they enter, walk, jump, stop, emote, shove, throw
// stones and leave, some of them with bad manners (frames too early, twice, too late; two sessions
// for one character). The load of determinism tests and of world_hash.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/random.h"
#include "gameplay/movement/input_frame.h"
#include "world/zone/zone.h"

namespace tessera::zone {

class ScriptedCrowd {
 public:
  ScriptedCrowd(std::uint64_t seed, std::uint32_t players);

  /// Puts the intents of the next tick into the zone.
  void act(Zone& zone);
  /// After the tick: who got in, who is gone.
  void learn(const Zone& zone);
  std::size_t playing() const;

 private:
  struct Player {
    SessionId session;
    EntityId entity;
    std::uint32_t frame = 0;
    movement::InputFrame input;
  };
  void enter(Player& player, std::size_t number, Zone& zone);
  void move(Player& player, Zone& zone);

  RandomStream random_;
  std::vector<Player> players_;
  std::uint64_t sessions_ = 0;
};

}  // namespace tessera::zone
