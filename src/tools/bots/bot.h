// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One bot: a client in a session, a behaviour that holds its controls, and what it has seen.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cluster/link/link_messages.h"
#include "engine/core/random.h"
#include "protocol/messages/control.pb.h"
#include "protocol/sections.h"
#include "tools/bots/behaviour/behaviour.h"
#include "tools/bots/behaviour/warrior.h"
#include "tools/bots/session.h"
#include "tools/bots/zones/known_zones.h"
#include "transport/chaos/chaos.h"

namespace tessera::bots {

/// Counted since the window began.
struct BotCounters {
  std::uint64_t snapshots = 0;
  std::uint32_t ticks = 0;  ///< of the world while it was in it
  std::uint64_t datagrams_in = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t datagrams_out = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t corrections = 0;
  std::uint64_t lost_datagrams = 0;
  std::uint64_t decode_errors = 0;
  std::uint64_t door_changes = 0;
  std::uint64_t areas_entered = 0;
  std::uint64_t stuck = 0;
  std::uint64_t moves = 0;  ///< into other zones
  std::uint64_t dodges = 0;
  std::uint64_t deaths = 0;
  std::uint64_t revivals = 0;
};

/// Somebody who matters to a fighter, and when he was told of him.
struct Focus {
  EntityId whom{};
  std::uint32_t told_tick = 0;
  std::uint32_t since_tick = 0;  ///< he matters
};

inline constexpr std::uint32_t kEnemyTicks = 4 * kTicksPerSecond;

enum class BotState : std::uint8_t { Away, Connecting, InWorld, Ended };

/// What the server has said about the ground, until the bot has it.
struct WantedZone {
  std::string name;
  std::uint64_t content_hash = 0;
  std::vector<std::pair<std::uint32_t, bool>> doors;  ///< that opened or closed meanwhile
};

struct Bot {
  Bot(LoadedZone& where, Behaviour how, std::uint64_t own_seed, bool over_websocket)
      : zone(&where), behaviour(how), warrior(ClassId{1}, own_seed), seed(own_seed) {
    session.emplace(over_websocket, where.world);
  }

  LoadedZone* zone;
  std::optional<Session> session;  ///< another one after each change of zone
  Behaviour behaviour;
  Warrior warrior;  ///< of the profiles Fight and Siege
  std::uint64_t seed;
  BotState state = BotState::Away;
  bool leaves_for_another_zone = false;
  std::optional<WantedZone> wanted;
  std::uint32_t first_tick = 0;          ///< of this connection
  BotCounters before;                    ///< of the connections before this one
  std::optional<udp::Address> server;    ///< its socket speaks to
  std::uint64_t undecoded_messages = 0;  ///< or such as named what the content has not
  std::uint32_t noted_frame = 0;         ///< newest own frame told to the Truth
  Focus target;                          ///< of its warrior
  Focus attacker;                        ///< who has hurt it last ...
  std::uint32_t hurt_tick = 0;           ///< ... and when
  BotCounters counters;
  BotCounters at_window_start;
  std::unique_ptr<chaos::Link> up;  ///< null without chaos
  std::unique_ptr<chaos::Link> down;

  /// What the server said on the control topic; doors are the client's to know.
  void take_messages() {
    protocol::ServerControl control;
    for (const client::MessageEvent& event : session->client().message_events()) {
      if (event.topic != static_cast<std::uint8_t>(protocol::Topic::Control)) continue;
      if (!control.ParseFromArray(event.bytes.data(), static_cast<int>(event.bytes.size()))) {
        ++undecoded_messages;
      } else if (control.has_welcome()) {
        want_zone(control.welcome().zone_name(), control.welcome().content_hash());
      } else if (control.has_content_changed()) {
        want_zone(zone->name, control.content_changed().content_hash());
      } else if (control.has_disconnecting()) {
        leaves_for_another_zone = control.disconnecting().reason() ==
                                  static_cast<std::uint32_t>(cluster::CloseReason::Moved);
      } else if (control.has_doors_changed()) {
        take_doors(control.doors_changed().opened(), true);
        take_doors(control.doors_changed().closed(), false);
      } else if (control.has_area_changed()) {
        counters.areas_entered += control.area_changed().entered() ? 1 : 0;
      }
    }
  }
  template <class Doors>
  void take_doors(const Doors& doors, bool open) {
    for (const std::uint32_t door : doors) {
      ++counters.door_changes;
      if (wanted) {
        wanted->doors.emplace_back(door, open);
      } else {
        set_door(door, open);
      }
    }
  }
  void set_door(std::uint32_t door, bool open) {
    undecoded_messages += session->client().set_door(door, open) ? 0 : 1;
  }

  void note_attackers() {
    for (const client::CombatHappened& event : session->client().combat_events()) {
      const bool hurts = event.kind == combat::CombatEventKind::Damage && event.amount > 0;
      const bool is_other = event.actor && event.actor != event.target;
      if (!hurts || !is_other || event.target != session->client().own_entity()) continue;
      if (attacker.whom != event.actor) attacker = {event.actor};
      hurt_tick = session->client().newest_tick();
    }
    // An enemy is one for as long as he comes again.
    if (session->client().newest_tick() - hurt_tick > kEnemyTicks) attacker = {};
  }

  void raise_flag() {
    protocol::ClientControl control;
    control.mutable_raise_flag()->set_is_up(true);
    control.mutable_raise_flag()->set_banner(warrior.banner());
    const std::string bytes = control.SerializeAsString();
    // Asked again until it is up, so it may be that there is no room for it now.
    (void)session->client().send_message(protocol::Topic::Control, std::as_bytes(std::span(bytes)));
  }

  void want_zone(const std::string& name, std::uint64_t content_hash) {
    wanted.reset();
    if (zone->name == name && zone->content_hash == content_hash) return;
    wanted.emplace(name, content_hash);
  }
  /// It knows the wanted ground from now on, and lives where it stands.
  void take_zone(LoadedZone& loaded, Profile profile) {
    zone = &loaded;
    session->client().set_world(loaded.world);
    const WantedZone came = *std::exchange(wanted, std::nullopt);
    for (const auto& [door, open] : came.doors) set_door(door, open);
    seed = mix64(seed);
    behaviour = Behaviour(profile, loaded.places, session->client().own_pose().position, seed);
  }
  /// Its character is in another zone: it forgets the session and keeps its counters.
  void begin_session() {
    refresh_counters();
    before = counters;
    undecoded_messages = 0;
    const bool over_websocket = session->is_websocket();
    session.emplace(over_websocket, zone->world);
    first_tick = noted_frame = 0;
    leaves_for_another_zone = false;
  }

  /// The counters the client keeps itself, brought up to date.
  void refresh_counters() {
    const client::Client& client = session->client();
    counters.snapshots = before.snapshots + client.statistics().snapshots;
    counters.ticks = before.ticks + client.newest_tick() - first_tick;
    counters.decode_errors =
        before.decode_errors + client.statistics().decode_errors + undecoded_messages;
    counters.corrections = before.corrections + client.prediction().corrections();
    counters.stuck = before.stuck + behaviour.stuck();
    counters.dodges = before.dodges + warrior.dodges();
    counters.deaths = before.deaths + warrior.deaths();
    counters.revivals = before.revivals + warrior.revivals();
    counters.lost_datagrams = before.lost_datagrams + client.channel().statistics().packets_lost;
  }
};

}  // namespace tessera::bots
