// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What comes from outside becomes intents: decoded, checked, limited. Runs at the start of a tick,
// on the simulation thread. Whatever passes here is logged, so nothing else may reach the
// simulation; and whatever a client may do wrong ends here, so the rules need not be afraid of it.
//
// A session lives from SessionOpened until it is closed by the gateway, by its client, by the
// world's refusal, by an operator, or for what it sends. Its end is always a LeaveWorld intent;
// ending it also tells the gateway, unless the gateway told us.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/link/link.h"
#include "cluster/link/session_messages.h"
#include "engine/core/tick.h"
#include "engine/ecs/queues.h"
#include "engine/ecs/registry.h"
#include "gameplay/combat/fighter.h"
#include "gameplay/lag_compensation/rewind.h"
#include "gameplay/pace/pace.h"
#include "gameplay/presence/presence.h"
#include "gameplay/reload/reload.h"
#include "protocol/inputs.h"
#include "world/intake/control_messages.h"
#include "world/intake/mailbox.h"
#include "world/intake/session_table.h"

namespace tessera::protocol {
class ClientChat;
}

namespace tessera::intake {

/// What clients say about snapshots; for replication.
class ViewFeedback {
 public:
  virtual ~ViewFeedback() = default;
  virtual void delivered(SessionId session, std::uint32_t snapshot, bool arrived) = 0;
  virtual void want_own_state(SessionId session) = 0;
  virtual void want_new_view(SessionId session) = 0;
  /// Whom a player has chosen to see well; none: nobody.
  virtual void choose_target(SessionId session, EntityId target) = 0;
};

/// Where a character stood and what it had, newer than what the database knew when its session was
/// opened.
struct LastPlace {
  math::Vec3 position_m;
  float heading_rad = 0;
  std::uint64_t play_seconds = 0;
  combat::Talents talents{};
};

struct IntakeOptions {
  IntakeLimits limits;
  /// States that left the zone and are not stored yet. A character that comes back before they are
  /// goes on from there.
  std::function<std::optional<LastPlace>(CharacterId)> find_unsaved{};
  /// The place of the content where those from another zone stand, by its name.
  std::function<std::optional<cluster::Place>(std::string_view)> find_arrival{};
};

/// Totals since the start; any thread may read them.
struct IntakeCounters {
  std::atomic<std::uint64_t> inputs{0};
  std::atomic<std::uint64_t> malformed{0};
  std::atomic<std::uint64_t> too_fast{0};
  std::atomic<std::uint64_t> unknown_session{0};  ///< late messages of sessions that have ended
  std::atomic<std::uint64_t> disconnected{0};     ///< by us, for whatever reason
};

class Intake {
 public:
  /// All referenced things outlive the intake.
  Intake(IntakeOptions options, std::span<cluster::Link* const> links, Mailbox& mailbox,
         const ecs::Registry& registry, ViewFeedback& feedback);

  /// Empties links and mailbox into intents of tick `now`.
  void collect(TickNumber now, ecs::Queues& intents);
  /// After the tick: who was let in, who was refused, who is gone.
  void learn(const ecs::Queues& events);
  /// Enters the next collect(): what the overload ladder decides for the simulation.
  void set_pace(const pace::SetPace& pace) { pace_ = pace; }
  /// The session asked for another zone. False: it waits for an answer already, or is gone.
  bool begin_travel(SessionId session);
  /// The next tick begins with this content.
  void replace_content(std::uint64_t content_hash) { content_hash_ = content_hash; }
  /// Ends every session in the next collect(); later ones are refused. For a graceful stop.
  void close_all(cluster::CloseReason reason, std::string_view sentence);

  const SessionTable& sessions() const { return sessions_; }
  const IntakeCounters& counters() const { return counters_; }

 private:
  void take(cluster::Link& link, const cluster::UpHeader& header, std::span<const std::byte> bytes);
  void open_session(cluster::Link& link, SessionId id, std::span<const std::byte> bytes);
  /// Where it enters, and its play time so far, by whoever knows that best.
  void choose_place(const cluster::OpenedSession& opened, presence::EnterWorld& enter,
                    std::uint64_t& play_seconds);
  /// What it has learned, by the same.
  combat::Talents known_talents(const cluster::OpenedSession& opened) const;
  void take_inputs(Session& session, std::span<const std::byte> bytes);
  void take_frames(Session& session, const protocol::Inputs& inputs);
  void take_actions(Session& session, const protocol::Inputs& inputs);
  void take_action(const Session& session, const protocol::Inputs& inputs,
                   const protocol::Action& action);
  /// How far back the action is judged: what its client says it showed, within what its line
  /// explains.
  lag_compensation::Rewind rewind_of(const Session& session, const protocol::Action& action) const;
  combat::Aim ability_aim_of(const Session& session, const protocol::Inputs& inputs,
                             const protocol::Action& action) const;
  /// The quantised heading in which the player looked when the action began.
  std::uint16_t aim_of(const Session& session, const protocol::Inputs& inputs,
                       const protocol::Action& action) const;
  /// Of the own character: a look at its sheet, talents, its flag, duels.
  void take_wish(Session& session, const ClientMessage& message);
  void tell_talents(const ecs::Queues& events) const;
  void take_message(Session& session, std::uint32_t topic, std::span<const std::byte> bytes);
  void take_chat(Session& session, std::span<const std::byte> bytes);
  /// Those who get a line, the speaker among them; nobody: there is none of that name. nullopt: the
  /// tick has no time to look for them.
  std::optional<std::vector<const Session*>> listeners_of(const Session& speaker,
                                                          const protocol::ClientChat& said);
  void take_command(const DisconnectAccount& command);
  void take_command(const MuteAccount& command);
  void take_command(const Announce& command);
  void take_command(const TravelAnswer& command);
  void note_malformed(Session& session);
  /// Ends the session when it has done so often lately.
  void note_too_fast(Session& session);
  /// The session's last words and its LeaveWorld. `session` is gone afterwards.
  void end_session(const Session& session, cluster::CloseReason reason, std::string_view sentence,
                   bool tell_gateway);

  IntakeOptions options_;
  std::vector<cluster::Link*> links_;
  Mailbox& mailbox_;
  const ecs::Registry& registry_;
  ViewFeedback& feedback_;
  SessionTable sessions_;
  IntakeCounters counters_;
  std::vector<Command> commands_;
  // Of the collect() that runs.
  TickNumber now_ = 0;
  ecs::Queues* intents_ = nullptr;
  std::uint32_t actions_ = 0;          ///< became intents
  std::uint32_t chat_deliveries_ = 0;  ///< of this tick
  std::uint32_t chat_looks_ = 0;       ///< at sessions that may hear a line, in this tick
  std::optional<pace::SetPace> pace_;
  std::optional<std::uint64_t> content_hash_;  ///< of what replaces the zone's content
  std::uint32_t clock_permille_ = 1000;        ///< as of the newest pace
  bool closing_ = false;
  bool close_wanted_ = false;
  cluster::CloseReason close_reason_{};
  std::string close_sentence_;
};

}  // namespace tessera::intake
