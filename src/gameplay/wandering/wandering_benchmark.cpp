// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What creatures cost, and what a full zone costs in movement and navigation. Prints the hash of
// the last state, so that runs can be compared.
#include <benchmark/benchmark.h>

#include <ctime>
#include <string>

#include "engine/core/random.h"
#include "gameplay/testing/navigable.h"
#include "gameplay/testing/test_world.h"

namespace tessera::wandering {
namespace {

/// Hills of 2 km with a town of boxes in the middle.
ZoneDefinition hilly_zone() {
  ZoneDefinition zone = test_zone();
  zone.bounds = {{0, 0}, {2048, 2048}};
  zone.spawn_points = {{{1024, 1024}, 0}};
  zone.players_max = 10'000;
  RandomStream random(4);
  std::vector<std::uint16_t> samples(257 * 257);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(1000 + random.below(300));
  zone.terrain = physics::HeightField(
      {.columns = 257, .rows = 257, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
  for (int z = 0; z < 10; ++z) {
    for (int x = 0; x < 10; ++x) {
      zone.boxes.push_back(
          {{920 + static_cast<float>(x) * 20, 14, 920 + static_cast<float>(z) * 20},
           {5, 8, 4},
           random.between(-0.2f, 0.2f)});
    }
  }
  zone.spawn_points[0].height_m = zone.terrain.height_at(zone.spawn_points[0].place);
  zone.creatures = {{.id = 1, .name = "Deer", .pause_s_min = 1, .pause_s_max = 4}};
  add_navigation(zone);
  return zone;
}

/// One iteration is one tick of all rules in a zone of creatures that nobody sees; most of them
/// pause.
void tick_of_wandering_creatures(benchmark::State& state) {
  ZoneDefinition zone = hilly_zone();
  zone.creature_count = static_cast<std::uint32_t>(state.range(0));
  TestWorld world(zone);
  const std::uint32_t placed = world.populate();
  world.step(300);
  for (auto _ : state) world.step();
  state.counters["per_creature"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * placed,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(tick_of_wandering_creatures)->Arg(300)->Arg(2000);

/// Adds up the processor time of each system, which is what the machine's other work leaves alone.
class Stopwatch final : public ecs::SystemProbe {
 public:
  explicit Stopwatch(std::size_t systems) : began_us_(systems), spent_us_(systems) {}
  void system_begins(std::size_t system) override { began_us_[system] = thread_us(); }
  void system_ends(std::size_t system) override {
    spent_us_[system] += thread_us() - began_us_[system];
  }
  double spent_us(std::size_t system) const { return spent_us_[system]; }

 private:
  static double thread_us() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
  }

  std::vector<double> began_us_;
  std::vector<double> spent_us_;
};

/// 10,000 characters. A quarter each: players in the town and creatures among them, round 400 m;
/// players alone in the west; creatures alone in the east. All players run, and change their way
/// now and then; creatures rest a third of the time at most.
class FullZone {
 public:
  static constexpr std::uint32_t kQuarter = 2500;

  FullZone() : world_(zone()), random_(6) {
    while (players_.size() < kQuarter) enter(500, {824, 824}, {1224, 1224});
    while (players_.size() < 2 * kQuarter) enter(500, {20, 20}, {600, 2028});
    spawn_creatures({824, 824}, {1224, 1224});
    spawn_creatures({1448, 20}, {2028, 2028});
  }

  TestWorld& world() { return world_; }

  double walking_creatures() const {
    int count = 0;
    world_.registry.view<const Wander>().each(
        [&](const Wander& wander) { count += wander.doing == Doing::Walks ? 1 : 0; });
    return count;
  }
  /// Those with a player within 60 m, who step every tick.
  double seen_creatures() {
    crowd::NearMap players;
    players.begin(world_.zone.bounds);
    world_.registry.view<const Position, const PlayerControl>().each(
        [&](const Position& position, const PlayerControl&) {
          players.mark(flat(position.metres));
        });
    players.spread(crowd::kNearPlayer_m);
    int count = 0;
    world_.registry.view<const Position, const Wander>().each(
        [&](const Position& position, const Wander&) {
          count += players.holds(flat(position.metres)) ? 1 : 0;
        });
    return count;
  }

  /// The inputs of a third of the players, three frames each: 20 datagrams a second.
  void send_inputs() {
    ++frame_;
    for (std::size_t i = 0; i < players_.size(); ++i) {
      if ((frame_ + i) % 3 != 0) continue;
      Player& player = players_[i];
      if (random_.chance(0.05f)) choose_way(player);
      movement::MoveInputs intent{.entity = player.entity, .first_frame = frame_, .count = 3};
      intent.frames.fill(player.input);
      world_.intend(intent);
    }
  }

 private:
  struct Player {
    EntityId entity;
    math::Vec2 low;
    math::Vec2 high;
    movement::InputFrame input;
  };

  static ZoneDefinition zone() {
    ZoneDefinition zone = hilly_zone();
    zone.creatures[0].pause_s_min = 0;
    zone.creatures[0].pause_s_max = 4;
    return zone;
  }

  void enter(int count, math::Vec2 low, math::Vec2 high) {
    for (int i = 0; i < count; ++i) {
      const std::uint64_t number = players_.size() + static_cast<std::uint64_t>(i) + 1;
      world_.intend(presence::EnterWorld{
          .session = {number},
          .character = {number},
          .position = {random_.between(low.x, high.x), 100, random_.between(low.z, high.z)},
          .flags = presence::kHasSavedPosition});
    }
    world_.step();
    for (const auto& entered : world_.events<presence::EnteredWorld>()) {
      players_.push_back({entered.entity, low, high, {}});
      choose_way(players_.back());
    }
  }

  /// Anywhere, but back to the middle from beyond the border.
  void choose_way(Player& player) {
    const math::Vec2 place = flat(world_.get<Position>(player.entity).metres);
    const auto along = [&](float at, float low, float high) {
      const float way = at < low ? 1 : at > high ? -1 : random_.between(-1, 1);
      return static_cast<std::int8_t>(way * 127);
    };
    player.input = {.aim = static_cast<std::uint16_t>(random_.next()),
                    .move_x = along(place.x, player.low.x, player.high.x),
                    .move_z = along(place.z, player.low.z, player.high.z)};
  }

  void spawn_creatures(math::Vec2 low, math::Vec2 high) {
    for (std::uint32_t i = 0; i < kQuarter;) {
      const math::Vec2 place{random_.between(low.x, high.x), random_.between(low.z, high.z)};
      const math::Vec3 home{place.x, world_.collision.terrain().height_at(place), place.z};
      if (!world_.collision.is_free(home, {})) continue;
      spawning::spawn_creature(world_.registry, Rulebook{}, world_.zone.creatures[0], home, 0);
      ++i;
    }
  }

  TestWorld world_;
  RandomStream random_;
  std::vector<Player> players_;
  std::uint32_t frame_ = 0;
};

/// One iteration is one tick of all rules with 10,000 characters, half of them near others. The
/// counters are microseconds of one core a tick: of the systems of movement and navigation, and of
/// all of these together.
void tick_of_characters(benchmark::State& state) {
  FullZone zone;
  for (int i = 0; i < 300; ++i) {
    zone.send_inputs();
    zone.world().step();
  }
  const std::vector<std::string> names = zone.world().schedule().names();
  Stopwatch stopwatch(names.size());
  zone.world().schedule().set_probe(&stopwatch);
  for (auto _ : state) {
    state.PauseTiming();
    zone.send_inputs();
    state.ResumeTiming();
    zone.world().step();
  }
  const auto ticks = static_cast<double>(state.iterations());
  double movement_us = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double us = stopwatch.spent_us(i) / ticks;
    for (const char* counted : {"find_paths", "steer_crowd", "move_players", "wander"}) {
      if (!names[i].ends_with(counted)) continue;
      state.counters[counted] = us;
      movement_us += us;
    }
  }
  state.counters["movement_and_navigation"] = movement_us;
  state.counters["walking_creatures"] = zone.walking_creatures();
  state.counters["seen_creatures"] = zone.seen_creatures();
  state.SetLabel("hash " + std::to_string(zone.world().registry.hash()));
}
BENCHMARK(tick_of_characters)->Iterations(600)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::wandering
