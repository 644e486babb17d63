// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A world in a line, for tests and tools that need no content files:
//
//   TestWorld world{{.creatures = 20}};
//   const EntityId anna = world.enter("Anna", {100, 100});
//   world.walk(anna, {1, 0}, 60);
//   EXPECT_GT(world.get<Position>(anna).metres.x, 103);
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

#include "engine/math/vec.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/movement/input_frame.h"
#include "world/zone/zone.h"

namespace tessera::zone {

/// Rolling ground of 512 m x 512 m with houses, four spawn points and two kinds of creatures. Made
/// of whole numbers, so it is the same everywhere.
ZoneDefinition make_test_zone();

struct TestWorldOptions {
  std::uint64_t seed = 1;
  std::uint32_t creatures = 0;
  std::uint32_t players_max = 5000;
  unsigned workers = 0;
};

class TestWorld {
 public:
  explicit TestWorld(const TestWorldOptions& options = {});

  Zone& zone() { return zone_; }
  /// Puts an intent into the next step.
  template <class Intent>
  void intend(const Intent& intent) {
    zone_.intents().of<Intent>().push_back(intent);
  }
  /// Runs ticks; intents enter the first one.
  void step(int ticks = 1);
  template <class Event>
  std::span<const Event> events() const {
    return zone_.events().read<Event>();
  }
  /// The component of a living entity that has one.
  template <class C>
  const C& get(EntityId entity) const {
    return *zone_.registry().get<C>(entity);
  }
  bool alive(EntityId entity) const { return zone_.registry().alive(entity); }
  std::uint64_t hash() const { return zone_.hash(); }

  /// Lets a character in, which takes a tick. None when the world refused it.
  EntityId enter(std::string_view name, math::Vec2 place);
  /// Ends the session of an entity that enter() made, which takes a tick.
  void leave(EntityId entity);
  /// Sends one frame a tick and runs that many ticks. `direction` is in full speeds, east and
  /// south.
  void walk(EntityId entity, math::Vec2 direction, int ticks);
  SessionId session_of(EntityId entity) const;

 private:
  Zone zone_;
  std::uint64_t next_id_ = 1;
  std::unordered_map<EntityId, std::uint32_t> frames_sent_;
};

}  // namespace tessera::zone
