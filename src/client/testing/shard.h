// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A whole shard in one process for tests: a registry with walkers and players, replication, and
// clients behind bad links. Time is simulated; the same seed gives the same run.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "client/client.h"
#include "engine/ecs/registry.h"
#include "engine/physics/box.h"
#include "gameplay/movement/input_queue.h"
#include "transport/chaos/chaos.h"
#include "world/replication/replication.h"

namespace tessera::client::testing {

inline constexpr std::int64_t kTickUs = 16'667;

inline physics::CollisionWorld flat_world(std::span<const physics::BoxShape> boxes = {}) {
  return {{{0, 0}, {4096, 4096}}, physics::HeightField(), physics::triangles_of(boxes)};
}

struct ShardOptions {
  std::uint64_t seed = 1;
  chaos::Options chaos{};
  replication::Options replication{};
  std::vector<physics::BoxShape> boxes{};
  /// Instead of the boxes.
  std::shared_ptr<const physics::StaticGeometry> geometry{};
};

/// One client, its server-side channel, and the links between.
struct Player {
  Player(const physics::CollisionWorld& world, const chaos::Options& down, const chaos::Options& up)
      : core({}, world), server_channel(channel::Options::server()), down_link(down), up_link(up) {}

  SessionId session;
  EntityId entity;
  Client core;
  channel::Channel server_channel;
  chaos::Link down_link;
  chaos::Link up_link;
  bool silent = false;  ///< sends nothing
  std::uint64_t snapshot_bytes = 0;
  std::uint64_t snapshots = 0;
  std::uint64_t datagrams = 0;
};

class Shard final : public replication::SnapshotSink {
 public:
  explicit Shard(const ShardOptions& options)
      : options_(options),
        random_(options.seed),
        world_(options.geometry ? physics::CollisionWorld(options.geometry)
                                : flat_world(options.boxes)),
        replication_(options.replication, world_) {}

  EntityId add_walker(math::Vec3 at) {
    const EntityId entity = registry_.create(
        Position{at}, Heading{}, Velocity{}, Gesture{},
        Appearance{
            .name = FixedString<24>("walker"), .look = next_look_++, .kind = EntityKind::Creature});
    walkers_.push_back({entity, {}});
    return entity;
  }
  void remove(EntityId entity) {
    registry_.destroy(entity);
    std::erase_if(walkers_, [&](const Walker& walker) { return walker.entity == entity; });
  }
  Player& add_player(math::Vec3 at) {
    chaos::Options down = options_.chaos;
    chaos::Options up = options_.chaos;
    down.seed = random_.next();
    up.seed = random_.next();
    players_.push_back(std::make_unique<Player>(world_, down, up));
    Player& player = *players_.back();
    player.session = SessionId{players_.size()};
    PlayerControl control;
    control.session = player.session;
    player.entity = registry_.create(
        Position{at}, Heading{}, Velocity{}, Gesture{}, movement::InputQueue{}, movement::Roll{},
        control,
        Appearance{
            .name = FixedString<24>("player"), .look = next_look_++, .kind = EntityKind::Player});
    replication_.open_view(player.session, player.entity);
    return player;
  }
  /// Ends the trouble on all links for what is sent from now on.
  void calm() {
    for (auto& player : players_) {
      player->down_link = chaos::Link({.delay_ms = 20});
      player->up_link = chaos::Link({.delay_ms = 20});
    }
  }

  void run(int ticks) {
    for (int i = 0; i < ticks; ++i) step();
  }
  void step();

  void send(SessionId session, std::uint32_t number, std::span<const std::byte> bytes,
            bool at_once) override;

  ecs::Registry& registry() { return registry_; }
  replication::Replication& replication() { return replication_; }
  std::vector<std::unique_ptr<Player>>& players() { return players_; }
  physics::CollisionWorld& world() { return world_; }
  TickNumber tick() const { return tick_; }
  std::int64_t now_us() const { return now_us_; }
  RandomStream& random() { return random_; }
  bool walkers_move = true;
  /// What a player's own controls are in each tick; the default wanders.
  std::function<void(Player&)> control = {};
  /// What a player's client hears, before it does.
  std::function<void(Player&, std::span<const std::byte>)> heard = {};

 private:
  struct Walker {
    EntityId entity;
    movement::InputFrame input;
  };
  struct Reader;

  void take_uplink(Player& player);
  void move_walkers();
  void move_player(Player& player);
  void client_frame(Player& player);

  ShardOptions options_;
  RandomStream random_;
  physics::CollisionWorld world_;
  ecs::Registry registry_{1};
  replication::Replication replication_;
  std::vector<Walker> walkers_;
  std::vector<std::unique_ptr<Player>> players_;
  TickNumber tick_ = 1000;
  std::int64_t now_us_ = 5'000'000;
  std::uint32_t next_look_ = 1;
};

// ---- implementation

struct Shard::Reader final : channel::Receiver {
  Reader(Shard& the_shard, Player& the_player) : shard(the_shard), player(the_player) {}
  void on_message(std::uint8_t, std::span<const std::byte>) override {}
  void on_section(std::uint8_t kind, std::span<const std::byte> bytes) override {
    if (kind != static_cast<std::uint8_t>(protocol::SectionKind::Inputs)) return;
    const auto inputs = protocol::read_inputs(bytes);
    if (!inputs) return;
    if (inputs->wants_own_state) shard.replication_.want_own_state(player.session);
    if (inputs->wants_new_view) shard.replication_.want_new_view(player.session);
    if (inputs->frame_count > 0) {
      receive_frames(*shard.registry_.get<movement::InputQueue>(player.entity),
                     inputs->first_frame(), std::span(inputs->frames).first(inputs->frame_count));
    }
    for (const auto& action : std::span(inputs->actions).first(inputs->action_count)) {
      Gesture& gesture = *shard.registry_.get<Gesture>(player.entity);
      if (action.number == gesture.reserved) continue;
      gesture = {shard.tick_, action.value, action.number};
      shard.replication_.answer(player.session, {action.number, {}, action.value});
    }
  }
  Shard& shard;
  Player& player;
};

inline void Shard::take_uplink(Player& player) {
  Reader reader(*this, player);
  while (auto datagram = player.up_link.pop(now_us_)) {
    static_cast<void>(player.server_channel.read_packet(now_us_, datagram->bytes, reader));
  }
  player.server_channel.take_deliveries([&](const channel::Delivery& delivery) {
    replication_.delivered(player.session, delivery.tag, delivery.arrived);
  });
}

inline void Shard::move_player(Player& player) {
  auto& queue = *registry_.get<movement::InputQueue>(player.entity);
  auto& position = *registry_.get<Position>(player.entity);
  auto& velocity = *registry_.get<Velocity>(player.entity);
  auto& heading = *registry_.get<Heading>(player.entity);
  auto& roll = *registry_.get<movement::Roll>(player.entity);
  movement::MotionState state{position.metres, velocity.metres_per_s, heading.radians,
                              velocity.grounded != 0, roll};
  const auto run = take_frames(queue, movement::standing_frame(state.heading));
  for (std::uint32_t i = 0; i < run.count; ++i) {
    movement::step_character(world_, state, run.frames[i]);
  }
  position.metres = state.position;
  velocity = {state.velocity_m_per_s, state.grounded ? 1u : 0u};
  roll = state.roll;
  heading.radians = state.heading;
}

inline void Shard::move_walkers() {
  for (Walker& walker : walkers_) {
    if (random_.chance(0.02f)) {
      const bool stop = random_.chance(0.3f);
      walker.input.move_x = static_cast<std::int8_t>(stop ? 0 : random_.below(255) - 127);
      walker.input.move_z = static_cast<std::int8_t>(stop ? 0 : random_.below(255) - 127);
      walker.input.aim = static_cast<std::uint16_t>(random_.below(65536));
    }
    walker.input.buttons = random_.chance(0.001f) ? movement::kButtonJump : std::uint8_t{0};
    if (random_.chance(0.0005f)) {
      *registry_.get<Gesture>(walker.entity) = {tick_, 1 + random_.below(8), 0};
    }
    Position& position = *registry_.get<Position>(walker.entity);
    Velocity& velocity = *registry_.get<Velocity>(walker.entity);
    Heading& heading = *registry_.get<Heading>(walker.entity);
    movement::MotionState state{position.metres, velocity.metres_per_s, heading.radians,
                                velocity.grounded != 0};
    movement::step_character(world_, state, walker.input);
    position.metres = state.position;
    velocity = {state.velocity_m_per_s, state.grounded ? 1u : 0u};
    heading.radians = state.heading;
  }
}

inline void Shard::send(SessionId session, std::uint32_t number, std::span<const std::byte> bytes,
                        bool) {
  Player& player = *players_[session.value - 1];
  std::array<std::byte, channel::kPacketBytesMax> packet;
  const channel::Section section{static_cast<std::uint8_t>(protocol::SectionKind::Snapshot), number,
                                 bytes};
  const std::size_t size = player.server_channel.write_packet(now_us_, {&section, 1}, packet);
  player.down_link.push(now_us_, std::span(packet).first(size), {});
  player.snapshot_bytes += bytes.size();
  ++player.snapshots;
}

inline void Shard::client_frame(Player& player) {
  while (auto datagram = player.down_link.pop(now_us_)) {
    if (heard) heard(player, datagram->bytes);
    static_cast<void>(player.core.receive(now_us_, datagram->bytes));
    ++player.datagrams;
  }
  if (control) control(player);
  player.core.advance(now_us_);
  std::array<std::byte, channel::kPacketBytesMax> packet;
  while (const std::size_t size = player.core.write_packet(now_us_, packet)) {
    if (!player.silent) player.up_link.push(now_us_, std::span(packet).first(size), {});
  }
}

inline void Shard::step() {
  ++tick_;
  now_us_ += kTickUs;
  for (auto& player : players_) take_uplink(*player);
  if (walkers_move) move_walkers();
  replication_.flush_answers(tick_, *this);
  for (auto& player : players_) move_player(*player);
  registry_.advance_version();
  replication_.publish(tick_, tick_, registry_, *this);
  now_us_ += kTickUs / 2;
  for (auto& player : players_) client_frame(*player);
  now_us_ -= kTickUs / 2;
}

}  // namespace tessera::client::testing
