// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A zone with its whole tick (intake, log, rules, replication) and real client cores, in one thread
// and in simulated time; between them lie channels and bad links. The same seed gives the same
// story, so a test may count on every shot.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "client/client.h"
#include "cluster/link/link.h"
#include "engine/platform/testing/temp_directory.h"
#include "transport/channel/channel.h"
#include "transport/chaos/chaos.h"
#include "world/intake/mailbox.h"
#include "world/log/intent_log.h"
#include "world/outbox/outbox.h"
#include "world/replication/replication.h"
#include "world/tick/tick.h"
#include "world/zone/zone.h"

namespace tessera::scenarios {

/// One player: a client, the gateway's end of its session, and the links between.
struct Person {
  Person(const client::Options& options, const physics::CollisionWorld& world,
         const chaos::Options& down_trouble, const chaos::Options& up_trouble)
      : core(options, world),
        server_channel(channel::Options::server()),
        down(down_trouble),
        up(up_trouble) {}

  SessionId session;
  client::Client core;
  channel::Channel server_channel;
  chaos::Link down;
  chaos::Link up;
  /// Called before each frame of the client.
  std::function<void(Person&, std::int64_t now_us)> play;
};

class SimulatedZone {
 public:
  /// `trouble`: of each link, one way.
  SimulatedZone(ZoneDefinition definition, const chaos::Options& trouble, std::uint64_t seed);
  ~SimulatedZone();

  /// Lets a character in; it is there after the next ticks.
  Person& enter(math::Vec3 place, const client::Options& options = {});
  /// One tick of the zone, and a frame of each client half a tick later.
  void step();
  void step(int ticks) {
    for (int i = 0; i < ticks; ++i) step();
  }

  const zone::Zone& zone() const { return zone_; }
  /// Of those who enter from now on; without such a class in the rules they cannot fight.
  std::uint16_t class_id = 1;
  /// Ends the log and runs it again in a fresh zone with two workers: the ticks until the first
  /// that went another way.
  TickNumber replayed_ticks();

 private:
  class Gateway;
  class NoSaver final : public outbox::CharacterSaver {
   public:
    Result<std::vector<CharacterId>> save(std::span<const outbox::CharacterState>) override {
      return std::vector<CharacterId>{};
    }
  };

  void take_up(Person& person);
  void send_down();
  void play(Person& person);

  chaos::Options trouble_;
  RandomStream random_;
  platform::TempDirectory folder_;
  ZoneDefinition definition_;
  zone::ZoneOptions options_;
  zone::Zone zone_;
  log::DiskStorage disk_;
  std::unique_ptr<log::IntentLog> log_;
  NoSaver saver_;
  outbox::SaveQueue saves_;
  outbox::Outbox outbox_;
  replication::Replication replication_;
  cluster::Link link_;
  std::array<cluster::Link*, 1> links_{&link_};
  intake::Mailbox mailbox_;
  std::unique_ptr<tick::ZoneTick> tick_;
  std::vector<std::unique_ptr<Person>> persons_;
  std::int64_t now_us_ = 5'000'000;
};

}  // namespace tessera::scenarios
