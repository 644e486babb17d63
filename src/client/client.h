// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The client core: packets of a session in and out, the world as the server tells it, the own
// character as it will be. No socket, no clock, no thread: bytes and times are given to it. Used by
// the load bots, by the browser (as WebAssembly, packets are WebSocket messages) and by game
// engines through tessera_client.h; Connection (connection.h) puts a netcode session round it for
// UDP.
//
// Every frame: receive() what arrived; begin_action(), set_controls(); advance(); write_packet()
// until it has nothing more; then look at replica(), pose(), own_pose() and the events.
//
// Input frames follow the server's clock, 60 a second of game time. They go out in packets of
// three, and at once when an action begins.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <vector>

#include "client/clocks.h"
#include "client/interpolation.h"
#include "client/prediction.h"
#include "client/replica.h"
#include "protocol/combat/numbers_seen.h"
#include "protocol/sections.h"
#include "transport/channel/channel.h"

namespace tessera::client {

struct Options {
  /// Others are shown so many ticks in the past: two snapshots at 20 Hz and some jitter. Those that
  /// are told of less often are shown later still (Replica::later_ticks).
  double interpolation_ticks = 8;
  /// Input frames in a packet: 20 packets a second.
  std::uint32_t frames_per_packet = 3;
  channel::Options channel = channel::Options::client();
};

/// What the player holds down now.
struct Controls {
  std::int8_t move_x = 0;    ///< east, in 1/127 of full speed
  std::int8_t move_z = 0;    ///< south
  std::uint8_t buttons = 0;  ///< movement::kButton...
  float heading = 0;
};

/// The server's answer to an own action, or that none came in time.
struct ActionEvent {
  std::uint16_t number = 0;
  protocol::ActionKind kind{};
  bool answered = false;
  protocol::ActionVerdict verdict{};
  std::uint32_t value = 0;  ///< protocol::ActionAnswer::value
  std::int64_t begun_us = 0;
  std::int64_t answered_us = 0;
};

/// A line of the combat log (protocol/combat/combat_lines.h). Those in which the own character
/// is actor or target all come, once each; of the others as many as there was room for.
struct CombatHappened {
  EntityId actor;   ///< none: somebody out of sight
  EntityId target;  ///< the same
  std::int32_t amount = 0;
  std::int32_t absorbed = 0;
  std::uint16_t ability = 0;
  std::uint16_t effect = 0;
  combat::CombatEventKind kind{};
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::uint8_t count = 0;
};

/// A reliable message, as it came: protobuf of protocol/messages, by topic.
struct MessageEvent {
  std::uint8_t topic = 0;
  std::vector<std::byte> bytes;
};

struct Statistics {
  std::uint64_t snapshots = 0;
  std::uint64_t decode_errors = 0;
  std::uint64_t packets_out = 0;
  std::uint64_t packets_in = 0;
  std::uint64_t views = 0;  ///< new views that had to be asked for
};

class Client {
 public:
  /// `world`: the zone's geometry, the same content as the server's. The client has a copy of its
  /// own, for its doors; the geometry is shared.
  Client(const Options& options, const physics::CollisionWorld& world);
  Client(const Client&) = delete;  // prediction refers to the world
  Client& operator=(const Client&) = delete;

  // ---- packets

  /// A packet of the session has arrived. After an error nothing of it counts, but the session goes
  /// on.
  std::expected<void, DecodeError> receive(std::int64_t now_us, std::span<const std::byte> packet);
  /// The packet that is due, or 0; `out` has channel::kPacketBytesMax.
  std::size_t write_packet(std::int64_t now_us, std::span<std::byte> out);
  /// Queues a reliable message; false when too much waits already.
  bool send_message(protocol::Topic topic, std::span<const std::byte> message);

  // ---- the player

  void set_controls(const Controls& controls) { controls_ = controls; }
  /// Whom the player has chosen: the server tells of him in every snapshot. None: nobody.
  void set_target(EntityId target) { target_ = target; }
  /// Begins an action; its number comes back in an ActionEvent. 0 when too many wait for an answer.
  std::uint16_t begin_action(std::int64_t now_us, protocol::ActionKind kind, std::uint16_t value);
  /// The same with all that an ability needs: kind, value, pitch, target, place.
  std::uint16_t begin_action(std::int64_t now_us, const protocol::Action& wanted);
  /// Runs the input frames that are due. Call it at 60 Hz or so, at least at 20.
  void advance(std::int64_t now_us);

  /// The server says of a door that it is open, or closed (DoorsChanged of the control topic).
  /// Frames that are run from now on, and run again, know it. False: there is no such door.
  bool set_door(std::uint32_t door, bool open);
  /// The zone has other content (ContentChanged): frames run on this ground from now on. All doors
  /// are closed.
  void set_world(const physics::CollisionWorld& world) { world_ = world; }

  // ---- what there is

  bool in_world() const { return prediction_.started(); }
  EntityId own_entity() const { return prediction_.entity(); }
  const Replica& replica() const { return replica_; }
  const Prediction& prediction() const { return prediction_; }
  const physics::CollisionWorld& world() const { return world_; }
  /// The server's tick that is played now, with its fraction, and the one that others near are
  /// shown at.
  double tick_at(std::int64_t now_us) const { return playback_.tick_at(now_us); }
  double shown_tick_at(std::int64_t now_us) const {
    return tick_at(now_us) - options_.interpolation_ticks;
  }
  double shown_tick_of(const RemoteEntity& remote, std::int64_t now_us) const {
    return shown_tick_at(now_us) - double{replica_.later_ticks(remote)};
  }
  const channel::Channel& channel() const { return channel_; }
  const Statistics& statistics() const { return statistics_; }
  /// Of the newest snapshot; 0 before the first.
  std::uint32_t newest_tick() const { return newest_tick_; }
  /// Where to draw an entity now; the own one as drawn_own_pose().
  std::optional<Pose> pose(EntityId entity, std::int64_t now_us) const;
  /// After the newest frame, as the server will have it.
  Pose own_pose() const;
  /// Where to draw the own character: between the newest two frames, and led back to its way in a
  /// moment after a correction.
  Pose drawn_own_pose(std::int64_t now_us) const;

  /// Since the last clear_events().
  std::span<const ActionEvent> action_events() const { return action_events_; }
  std::span<const MessageEvent> message_events() const { return message_events_; }
  std::span<const CombatHappened> combat_events() const { return combat_events_; }
  void clear_events();

 private:
  struct Waiting {
    protocol::Action action;
    std::int64_t begun_us = 0;
  };

  class Unpack;
  void take_snapshot(std::int64_t now_us, std::span<const std::byte> bytes);
  void take_own_state(const protocol::OwnState& own);
  void take_answer(std::int64_t now_us, const protocol::ActionAnswer& answer);
  void take_combat(const protocol::CombatLine& line);
  void give_up_old_actions(std::int64_t now_us);
  bool packet_due(std::int64_t now_us);
  protocol::Inputs inputs_to_send(std::int64_t now_us);

  Options options_;
  physics::CollisionWorld world_;
  channel::Channel channel_;
  Replica replica_;
  Prediction prediction_;
  ServerClock clock_;
  PlaybackClock playback_;
  math::Vec3 drawn_offset_;  ///< of the drawn own place from the predicted one
  Controls controls_;
  EntityId target_{};
  protocol::Snapshot snapshot_;  ///< kept for its memory
  std::uint32_t newest_tick_ = 0;
  double next_frame_tick_ = 0;  ///< server tick at which the next input frame is due; 0: not begun
  std::uint32_t frames_since_packet_ = 0;
  std::int64_t advanced_at_us_ = 0;
  std::int64_t packet_at_us_ = 0;
  std::int64_t asked_at_us_ = 0;
  bool at_once_ = false;
  bool snapshot_missed_ = false;  ///< one did not decode
  std::uint16_t next_action_ = 1;
  std::vector<Waiting> waiting_;
  std::vector<ActionEvent> action_events_;
  std::vector<MessageEvent> message_events_;
  std::vector<CombatHappened> combat_events_;
  protocol::NumbersSeen combat_seen_;
  Statistics statistics_;
};

}  // namespace tessera::client
