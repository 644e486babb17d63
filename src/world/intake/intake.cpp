// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/intake/intake.h"

#include <algorithm>
#include <utility>

#include "gameplay/movement/input_queue.h"
#include "gameplay/shared/components.h"
#include "protocol/sections.h"
#include "world/intake/control_messages.h"

namespace tessera::intake {
namespace {

using cluster::CloseReason;

void count(std::atomic<std::uint64_t>& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

std::string_view sentence_for(presence::EnterRefusal refusal) {
  switch (refusal) {
    case presence::EnterRefusal::AlreadyInWorld:
      return "This character is in the world already. Try again in a moment.";
    case presence::EnterRefusal::WorldFull:
      return "The world is full. Try again in a moment.";
    case presence::EnterRefusal::SessionClosed:
    case presence::EnterRefusal::NotACharacter:
      break;
  }
  return "The world did not let this character in.";
}

}  // namespace

Intake::Intake(IntakeOptions options, std::span<cluster::Link* const> links, Mailbox& mailbox,
               const ecs::Registry& registry, ViewFeedback& feedback)
    : options_(std::move(options)),
      links_(links.begin(), links.end()),
      mailbox_(mailbox),
      registry_(registry),
      feedback_(feedback) {}

void Intake::collect(TickNumber now, ecs::Queues& intents) {
  now_ = now;
  intents_ = &intents;
  mailbox_.take(commands_);
  for (const Command& command : commands_) {
    std::visit([this](const auto& order) { take_command(order); }, command);
  }
  commands_.clear();
  if (pace_) {
    clock_permille_ = pace_->clock_permille;
    intents.of<pace::SetPace>().push_back(*pace_);
  }
  pace_.reset();
  if (content_hash_) intents.of<reload::ReplaceContent>().push_back({*content_hash_});
  content_hash_.reset();
  actions_ = 0;
  chat_deliveries_ = chat_looks_ = 0;
  for (cluster::Link* link : links_) {
    link->drain_up([&](const cluster::UpHeader& header, std::span<const std::byte> bytes) {
      take(*link, header, bytes);
    });
  }
  if (close_wanted_) {
    closing_ = true;
    while (sessions_.size() > 0) {
      end_session(sessions_.all().back(), close_reason_, close_sentence_, true);
    }
  }
  intents_ = nullptr;
}

void Intake::take(cluster::Link& link, const cluster::UpHeader& header,
                  std::span<const std::byte> bytes) {
  if (header.kind == cluster::UpKind::SessionOpened) {
    return open_session(link, header.session, bytes);
  }
  Session* const session = sessions_.find(header.session);
  if (session == nullptr) return count(counters_.unknown_session);
  switch (header.kind) {
    case cluster::UpKind::SessionOpened:
      break;
    case cluster::UpKind::SessionClosed:
      return end_session(*session, static_cast<CloseReason>(header.number), {}, false);
    case cluster::UpKind::Inputs:
      return take_inputs(*session, bytes);
    case cluster::UpKind::Message:
      return take_message(*session, header.number, bytes);
    case cluster::UpKind::Delivery:
      return feedback_.delivered(session->id, header.number, header.flag != 0);
    case cluster::UpKind::RoundTrip:
      session->round_trip_ms = header.number;
      return;
  }
}

void Intake::open_session(cluster::Link& link, SessionId id, std::span<const std::byte> bytes) {
  const auto opened = cluster::decode_opened_session(bytes);
  if (!opened || sessions_.find(id) != nullptr) {  // our own gateway: not the client's fault
    count(counters_.malformed);
    return send_disconnect(link, id, CloseReason::ProtocolError,
                           "The session could not be opened.");
  }
  if (closing_) {
    return send_disconnect(link, id, CloseReason::ServerStopping, "The server is stopping.");
  }
  presence::EnterWorld enter{.session = id,
                             .character = opened->character,
                             .account = opened->account,
                             .name = FixedString<kNameBytesMax>(opened->name.view()),
                             .look = opened->look,
                             .class_id = opened->class_id,
                             .level = opened->level,
                             .experience = static_cast<std::uint32_t>(opened->experience),
                             .talents = known_talents(*opened)};
  std::uint64_t play_seconds = opened->play_seconds;
  choose_place(*opened, enter, play_seconds);
  if (const Session* const other = sessions_.find_character(opened->character)) {
    end_session(*other, CloseReason::LoggedInElsewhere, "This character was entered elsewhere.",
                true);
  }
  Session session;
  session.id = id;
  session.link = &link;
  session.character = opened->character;
  session.account = opened->account;
  session.name = enter.name;
  session.return_place = opened->return_place;
  session.play_seconds_before = play_seconds;
  session.opened_at = session.allowed_at = session.counting_since = now_;
  session.muted_until = now_ + TickNumber{opened->muted_s} * kTicksPerSecond;
  session.inputs_allowed = options_.limits.inputs_burst * kTicksPerSecond;
  sessions_.add(session);
  intents_->of<presence::EnterWorld>().push_back(enter);
}

// The database may be some seconds behind: of one who plays already the world knows better, of one
// who has just left, the outbox. Who comes from another zone stands where the way leads to.
void Intake::choose_place(const cluster::OpenedSession& opened, presence::EnterWorld& enter,
                          std::uint64_t& play_seconds) {
  const auto stand_at = [&enter](math::Vec3 position_m, float heading_rad) {
    enter.position = position_m;
    enter.heading = heading_rad;
    enter.flags |= presence::kHasSavedPosition;
  };
  if (const Session* const other = sessions_.find_character(opened.character)) {
    const auto* position = registry_.get<Position>(other->entity);
    const auto* heading = registry_.get<Heading>(other->entity);
    if (position != nullptr && heading != nullptr) {
      play_seconds = other->play_seconds_before + (now_ - other->opened_at) / kTicksPerSecond;
      return stand_at(position->metres, heading->radians);
    }
  }
  const auto unsaved =
      options_.find_unsaved ? options_.find_unsaved(opened.character) : std::nullopt;
  if (unsaved) play_seconds = unsaved->play_seconds;
  if (!opened.arrival.view().empty()) {
    const auto arrival =
        options_.find_arrival ? options_.find_arrival(opened.arrival.view()) : std::nullopt;
    if (arrival) stand_at(arrival->position_m, arrival->heading_rad);
    return;  // a way to nowhere leads to a spawn point
  }
  if (unsaved) return stand_at(unsaved->position_m, unsaved->heading_rad);
  if (opened.has_position) stand_at(opened.position_m, opened.heading_rad);
}

combat::Talents Intake::known_talents(const cluster::OpenedSession& opened) const {
  if (const Session* const other = sessions_.find_character(opened.character)) {
    const auto* talents = registry_.get<combat::Talents>(other->entity);
    if (talents != nullptr) return *talents;
  }
  const bool stayed = opened.arrival.view().empty();  // another zone knows it better
  const auto unsaved =
      options_.find_unsaved && stayed ? options_.find_unsaved(opened.character) : std::nullopt;
  return unsaved ? unsaved->talents : combat::talents_of_text(opened.talents.view());
}

void Intake::take_inputs(Session& session, std::span<const std::byte> bytes) {
  count(counters_.inputs);
  bool too_fast = !allow_inputs(session, now_, options_.limits);
  if (!too_fast) {
    const auto inputs = protocol::read_inputs(bytes);
    if (!inputs) return note_malformed(session);
    too_fast = !frame_is_possible(session, inputs->newest_frame, now_, options_.limits);
    if (!too_fast) {
      if (inputs->wants_own_state) feedback_.want_own_state(session.id);
      if (inputs->wants_new_view) feedback_.want_new_view(session.id);
      const bool is_newest = inputs->newest_frame >= session.newest_frame;
      if (is_newest && inputs->target != session.target) {
        session.target = inputs->target;
        feedback_.choose_target(session.id, session.target);
      }
      if (!session.entity) return;  // not in the world yet
      take_frames(session, *inputs);
      take_actions(session, *inputs);
      return;
    }
  }
  note_too_fast(session);
}

void Intake::take_frames(Session& session, const protocol::Inputs& inputs) {
  if (inputs.newest_frame <= session.newest_frame) return;
  auto& intents = intents_->of<movement::MoveInputs>();
  if (intents.size() >= options_.limits.moves_per_tick) return count(counters_.too_fast);
  // Clients repeat frames for fear of loss; what has become an intent stays out of the log.
  const std::uint32_t fresh =
      std::min(inputs.frame_count, inputs.newest_frame - session.newest_frame);
  std::uint32_t first = inputs.newest_frame - fresh + 1;
  auto frames = std::span(inputs.frames).subspan(inputs.frame_count - fresh, fresh);
  session.newest_frame = inputs.newest_frame;
  while (!frames.empty()) {
    const std::size_t taken = std::min(frames.size(), movement::kInputFramesPerIntentMax);
    movement::MoveInputs intent{
        .entity = session.entity, .first_frame = first, .count = static_cast<std::uint32_t>(taken)};
    std::ranges::copy(frames.first(taken), intent.frames.begin());
    intents.push_back(intent);
    frames = frames.subspan(taken);
    first += intent.count;
  }
}

void Intake::take_message(Session& session, std::uint32_t topic, std::span<const std::byte> bytes) {
  if (topic == static_cast<std::uint32_t>(protocol::Topic::Chat)) return take_chat(session, bytes);
  if (topic != static_cast<std::uint32_t>(protocol::Topic::Control)) return note_malformed(session);
  const auto message = read_client_message(bytes);
  if (!message) return note_malformed(session);
  if (message->kind == ClientMessageKind::Leave) {
    return end_session(session, CloseReason::ClientLeft, "Good-bye.", true);
  }
  take_wish(session, *message);
}

void Intake::take_command(const DisconnectAccount& command) {
  std::vector<SessionId> ended;
  for (const Session& session : sessions_.all()) {
    if (session.account == command.account) ended.push_back(session.id);
  }
  for (const SessionId id : ended) {
    end_session(*sessions_.find(id), command.reason, command.sentence, true);
  }
  if (command.done) command.done(static_cast<std::uint32_t>(ended.size()));
}

void Intake::take_command(const Announce& command) {
  for (const Session& session : sessions_.all()) {
    send_announcement(*session.link, session.id, command.sentence);
  }
}

void Intake::take_command(const TravelAnswer& command) {
  Session* const session = sessions_.find(command.session);
  if (session == nullptr) return;  // it left while it was asked about
  session->travels = false;
  if (!command.refusal.empty()) {
    return send_announcement(*session->link, session->id, command.refusal);
  }
  end_session(*session, CloseReason::Moved, "The way leads on.", true);
  if (command.gone) command.gone();
}

bool Intake::begin_travel(SessionId id) {
  Session* const session = sessions_.find(id);
  return session != nullptr && !std::exchange(session->travels, true);
}

void Intake::note_malformed(Session& session) {
  count(counters_.malformed);
  if (++session.malformed <= options_.limits.malformed_max) return;
  end_session(session, CloseReason::ProtocolError, "The client sent what cannot be understood.",
              true);
}

void Intake::note_too_fast(Session& session) {
  count(counters_.too_fast);
  if (!count_too_fast(session, now_, options_.limits)) return;
  end_session(session, CloseReason::TooFast, "The client sent more than it may.", true);
}

namespace {

/// Who goes by himself, or is lost, stays if he is in a fight. Operators' orders and changes of the
/// zone do not wait.
bool may_stay(CloseReason reason) {
  switch (reason) {
    case CloseReason::ClientLeft:
    case CloseReason::TimedOut:
    case CloseReason::LoggedInElsewhere:
    case CloseReason::SlowClient:
    case CloseReason::ProtocolError:
    case CloseReason::TooFast:
      return true;
    case CloseReason::Kicked:
    case CloseReason::Banned:
    case CloseReason::ServerStopping:
    case CloseReason::Moved:
      return false;
  }
  return false;
}

}  // namespace

void Intake::end_session(const Session& session, CloseReason reason, std::string_view sentence,
                         bool tell_gateway) {
  if (tell_gateway) {
    send_disconnect(*session.link, session.id, reason, sentence);
    count(counters_.disconnected);
  }
  intents_->of<presence::LeaveWorld>().push_back({.session = session.id,
                                                  .reason = static_cast<std::uint32_t>(reason),
                                                  .may_stay = may_stay(reason) ? 1u : 0u});
  sessions_.remove(session.id);
}

void Intake::learn(const ecs::Queues& events) {
  tell_talents(events);
  for (const presence::EnteredWorld& entered : events.read<presence::EnteredWorld>()) {
    Session* const session = sessions_.find(entered.session);
    if (session == nullptr) continue;
    session->entity = entered.entity;
    session->entered_at = now_;
  }
  for (const presence::EnterRefused& refused : events.read<presence::EnterRefused>()) {
    const Session* const session = sessions_.find(refused.session);
    if (session == nullptr) continue;
    send_disconnect(*session->link, session->id, CloseReason::Kicked, sentence_for(refused.reason));
    count(counters_.disconnected);
    sessions_.remove(refused.session);
  }
}

void Intake::close_all(CloseReason reason, std::string_view sentence) {
  close_wanted_ = true;
  close_reason_ = reason;
  close_sentence_ = sentence;
}

}  // namespace tessera::intake
