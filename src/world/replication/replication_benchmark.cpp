// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Interest and encoding for thousands of players, without the network: what publish() costs, and
// how many bytes a client gets. Players roam at 1,600 per square kilometre (about 50 in view), or
// stand within 50 m of each other; three quarters of them walk at any time, and each gestures now
// and then.
//
//   ns_per_snapshot      all of publish(), collecting included, over the snapshots it made
//   us_per_player_s      the same, per player and second
//   bytes_per_client_s   snapshots and 54 bytes of headers for each
#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>
#include <deque>

#include "engine/core/random.h"
#include "engine/ecs/registry.h"
#include "engine/math/trigonometry.h"
#include "engine/physics/collision_world.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/shared/components.h"
#include "world/replication/replication.h"

namespace tessera::replication {
namespace {

constexpr std::size_t kHeaderBytes = 54;
constexpr TickNumber kRoundTripTicks = 6;

/// Of this thread: what others do on the machine does not count.
double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Counts what is sent and confirms it a round trip later.
class CountingSink final : public SnapshotSink {
 public:
  void send(SessionId session, std::uint32_t number, std::span<const std::byte> bytes,
            bool) override {
    bytes_ += bytes.size() + kHeaderBytes;
    ++snapshots_;
    flights_.push_back({now, session, number});
  }
  void confirm(Replication& replication) {
    while (!flights_.empty() && flights_.front().sent + kRoundTripTicks <= now) {
      replication.delivered(flights_.front().session, flights_.front().number, true);
      flights_.pop_front();
    }
  }
  TickNumber now = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t snapshots_ = 0;

 private:
  struct Sent {
    TickNumber sent;
    SessionId session;
    std::uint32_t number;
  };
  std::deque<Sent> flights_;
};

class Roaming {
 public:
  Roaming(std::uint32_t players, float side_m)
      : low_(2048 - side_m / 2), high_(2048 + side_m / 2), replication_({}, world_) {
    for (std::uint32_t i = 0; i < players; ++i) {
      const math::Vec3 at{random_.between(low_, high_), 0, random_.between(low_, high_)};
      const EntityId entity = registry_.create(Position{at}, Heading{}, Velocity{}, Gesture{},
                                               movement::InputQueue{}, movement::Roll{}, look(i));
      replication_.open_view(SessionId{i + 1u}, entity);
    }
    for (int i = 0; i < 180; ++i) {  // all are introduced
      move();
      confirm();
      publish();
    }
    sink_.bytes_ = sink_.snapshots_ = 0;
  }

  void move() {
    ++sink_.now;
    registry_.advance_version();
    registry_.view<Position, Heading, Velocity, movement::InputQueue, Gesture>().each(
        [&](Position& position, Heading& heading, Velocity& velocity, movement::InputQueue& queue,
            Gesture& gesture) {
          ++queue.last_applied;
          if (random_.chance(0.01f)) turn(heading, velocity);
          if (random_.chance(0.0015f)) gesture = {sink_.now, 1, 0};
          math::Vec3 next = position.metres + velocity.metres_per_s * kTickSeconds;
          if (next.x < low_ || next.x > high_ || next.z < low_ || next.z > high_) {
            turn(heading, velocity);
          } else {
            position.metres = next;
          }
        });
  }
  void publish() { replication_.publish(sink_.now, sink_.now, registry_, sink_); }
  void confirm() { sink_.confirm(replication_); }
  const CountingSink& sink() const { return sink_; }
  double visible() const {
    double sum = 0;
    for (std::uint32_t i = 1; i <= 100; ++i) {
      sum += static_cast<double>(replication_.visible_count(SessionId{i}));
    }
    return sum / 100;
  }
  const Figures& figures() const { return replication_.figures(); }

 private:
  static Appearance look(std::uint32_t number) {
    Appearance appearance;
    appearance.name = FixedString<kNameBytesMax>("Player" + std::to_string(number));
    appearance.look = number;
    appearance.kind = EntityKind::Player;
    return appearance;
  }
  void turn(Heading& heading, Velocity& velocity) {
    heading.radians = random_.between(-3.1f, 3.1f);
    const math::SinCos angle = math::sin_cos(heading.radians);
    const float speed = random_.chance(0.75f) ? 4.0f : 0.0f;
    velocity.metres_per_s = {angle.sin * speed, 0, -angle.cos * speed};
  }

  float low_;
  float high_;
  RandomStream random_{1};
  physics::CollisionWorld world_{{{0, 0}, {4096, 4096}}, physics::HeightField(), {}};
  ecs::Registry registry_{1};
  Replication replication_;
  CountingSink sink_;
};

void measure(benchmark::State& state, std::uint32_t players, float side_m) {
  Roaming world(players, side_m);
  double seconds = 0;
  std::uint64_t ticks = 0;
  for (auto _ : state) {
    world.move();
    world.confirm();
    const double start = cpu_seconds();
    world.publish();
    const double took = cpu_seconds() - start;
    state.SetIterationTime(took);
    seconds += took;
    ++ticks;
  }
  const double player_seconds = static_cast<double>(ticks) / kTicksPerSecond * players;
  state.counters["ns_per_snapshot"] = seconds * 1e9 / static_cast<double>(world.sink().snapshots_);
  state.counters["us_per_player_s"] = seconds * 1e6 / player_seconds;
  state.counters["bytes_per_client_s"] = static_cast<double>(world.sink().bytes_) / player_seconds;
  state.counters["visible"] = world.visible();
  state.counters["pages_per_snapshot"] = static_cast<double>(world.figures().pages_sent) /
                                         static_cast<double>(world.figures().snapshots);
  state.counters["introductions_per_client_s"] =
      static_cast<double>(world.figures().introductions) / player_seconds;
  state.counters["encoded_share"] = static_cast<double>(world.figures().pages_encoded) /
                                    static_cast<double>(world.figures().pages_sent);
}

void roam_2000(benchmark::State& state) { measure(state, 2000, 1118); }
void roam_5000(benchmark::State& state) { measure(state, 5000, 1768); }
void crowd_500(benchmark::State& state) { measure(state, 500, 80); }
void crowd_2000(benchmark::State& state) { measure(state, 2000, 80); }

BENCHMARK(roam_2000)->UseManualTime()->Unit(benchmark::kMicrosecond)->Iterations(240);
BENCHMARK(roam_5000)->UseManualTime()->Unit(benchmark::kMicrosecond)->Iterations(120);
BENCHMARK(crowd_500)->UseManualTime()->Unit(benchmark::kMicrosecond)->Iterations(120);
BENCHMARK(crowd_2000)->UseManualTime()->Unit(benchmark::kMicrosecond)->Iterations(60);

}  // namespace
}  // namespace tessera::replication
