// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What it costs that bots know where they go, in the default world: the frames of a fleet, without
// the client and the step that moves it.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

#include "gameplay/movement/character_motion.h"
#include "tools/bots/behaviour/behaviour.h"
#include "world/content/zone_loader.h"

namespace tessera::bots {
namespace {

/// An item is a frame of one bot.
void frames_of_a_fleet(benchmark::State& state, Profile profile) {
  const auto zone = content::load_zone("content/zones/vale");
  if (!zone) return state.SkipWithError(zone.error().message.c_str());
  const physics::CollisionWorld world = make_collision_world(*zone);
  const Ground ground(*zone, world);
  Guide guide(ground);
  const Places places(*zone, ground, guide);
  const auto homes = places.homes(profile, static_cast<std::size_t>(state.range(0)), guide);
  struct Bot {
    Behaviour behaviour;
    math::Vec3 position;
  };
  std::vector<Bot> bots;
  for (std::size_t i = 0; i < homes.size(); ++i) {
    bots.push_back({Behaviour(profile, places, homes[i], i), homes[i]});
  }
  for (auto _ : state) {
    std::size_t turn = 0;
    for (Bot& bot : bots) {
      if (turn++ % 128 == 0) guide.begin_step();  // a fleet of 2,000 has its turns in 16 steps
      const auto velocity =
          movement::wished_velocity(bot.behaviour.next_frame(bot.position, guide));
      bot.position.x += velocity.x * kTickSeconds;  // the mesh keeps it out of walls
      bot.position.z += velocity.z * kTickSeconds;
      benchmark::DoNotOptimize(bot.position);
    }
  }
  std::uint32_t stuck = 0;
  for (const Bot& bot : bots) stuck += bot.behaviour.stuck();
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["stuck"] = stuck;
}
BENCHMARK_CAPTURE(frames_of_a_fleet, roam, Profile::Roam)->Arg(2000);
BENCHMARK_CAPTURE(frames_of_a_fleet, crowd, Profile::Crowd)->Arg(2000);

}  // namespace
}  // namespace tessera::bots
