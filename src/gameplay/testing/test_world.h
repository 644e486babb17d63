// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests and benchmarks: a whole zone in a line. Flat ground of 256 m by 256 m and one spawn
// point, unless the test says otherwise; all rules run.
//
//   TestWorld world;
//   const EntityId ann = world.enter(1);
//   world.intend(emotes::PerformEmote{ann, 1});
//   world.step();
//   EXPECT_EQ(world.events<emotes::EmotePerformed>().size(), 1u);
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/core/assert.h"
#include "engine/jobs/pool.h"
#include "engine/physics/queries/static_world.h"
#include "gameplay/areas/areas.h"
#include "gameplay/combat/combat.h"
#include "gameplay/crowd/crowd.h"
#include "gameplay/doors/doors.h"
#include "gameplay/emotes/emotes.h"
#include "gameplay/movement/movement.h"
#include "gameplay/navigation/navigation.h"
#include "gameplay/presence/presence.h"
#include "gameplay/schedule.h"
#include "gameplay/spawning/spawning.h"

namespace tessera {

inline ZoneDefinition test_zone() {
  ZoneDefinition zone;
  zone.name = "test";
  zone.bounds = {{0, 0}, {256, 256}};
  zone.spawn_points = {{{128, 128}, 0}};
  return zone;
}

class TestWorld {
 public:
  explicit TestWorld(ZoneDefinition definition = test_zone(), unsigned workers = 0,
                     std::uint64_t world_seed = 1)
      : zone(std::move(definition)),
        collision(make_collision_world(zone)),
        blocks(collision.terrain()),
        statics(physics::static_world(collision, blocks)),
        door_index(collision.geometry()),
        area_index(areas::make_area_index(zone)),
        navigation(zone),
        registry(1),
        seed(world_seed),
        pool_(workers) {
    gameplay::register_components(registry);
    gameplay::register_intents(intents_);
    gameplay::register_rules(schedule_);
    schedule_.set_resource(zone);
    schedule_.set_resource(rules_of(zone));
    schedule_.set_resource(generation);
    schedule_.set_resource(collision);
    schedule_.set_resource(statics);
    schedule_.set_resource(door_index);
    schedule_.set_resource(area_index);
    schedule_.set_resource(navigation);
    schedule_.set_resource(crowd_);
    schedule_.set_resource(bodies_);
  }

  ecs::Schedule& schedule() { return schedule_; }

  /// All creatures of the zone; how many found a place.
  std::uint32_t populate() {
    return spawning::populate(registry, zone, collision, navigation, seed);
  }

  /// The intent comes with the next step.
  template <class Intent>
  void intend(const Intent& intent) {
    intents_.of<Intent>().push_back(intent);
  }

  /// Runs ticks; afterwards events() has those of the last one.
  void step(int ticks = 1) {
    for (int i = 0; i < ticks; ++i) {
      events_.clear();
      ++now;
      doors::take_over(std::as_const(registry).singleton<doors::Doors>(), collision);
      schedule_.run({now, seed, pool_}, registry, intents_, events_);
      intents_.clear();
    }
  }

  template <class Event>
  std::span<const Event> events() const {
    return events_.read<Event>();
  }

  /// Lets a character in, with session and account of the same number, and steps once.
  EntityId enter(std::uint64_t character, std::optional<math::Vec3> position = {}) {
    intend(
        presence::EnterWorld{.session = {character},
                             .character = {character},
                             .account = {character},
                             .name = FixedString<kNameBytesMax>("Ann " + std::to_string(character)),
                             .position = position.value_or(math::Vec3{}),
                             .flags = position ? presence::kHasSavedPosition : 0});
    step();
    for (const presence::EnteredWorld& entered : events<presence::EnteredWorld>()) {
      if (entered.character.value == character) return entered.entity;
    }
    return {};
  }

  template <class C>
  const C& get(EntityId entity) const {
    const C* component = std::as_const(registry).get<C>(entity);
    TESSERA_ASSERT(component != nullptr, "TestWorld: the entity has no such component");
    return *component;
  }

  ZoneDefinition zone;
  physics::CollisionWorld collision;
  physics::HeightBlocks blocks;
  physics::StaticWorld statics;
  doors::DoorIndex door_index;
  physics::AreaIndex area_index;
  navigation::Navigation navigation;
  combat::WorldGeneration generation;
  ecs::Registry registry;
  std::uint64_t seed;
  TickNumber now = 0;

 private:
  jobs::Pool pool_;
  crowd::Crowd crowd_;
  movement::PushingBodies bodies_;
  ecs::Schedule schedule_;
  ecs::Queues intents_;
  ecs::Queues events_;
};

}  // namespace tessera
