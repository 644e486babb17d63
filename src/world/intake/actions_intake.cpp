// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What players begin and want an answer to. What only outside measurements tell (how late a client
// shows others) is decided here and stands in the intent, so that a replay needs none. And what
// they do with their own character: talents, their flag, duels.
#include <algorithm>
#include <span>

#include "engine/math/angles.h"
#include "gameplay/abilities/abilities.h"
#include "gameplay/death/death.h"
#include "gameplay/emotes/emotes.h"
#include "gameplay/shared/components.h"
#include "gameplay/skirmish/skirmish.h"
#include "protocol/cells.h"
#include "world/intake/intake.h"

namespace tessera::intake {

void Intake::take_actions(Session& session, const protocol::Inputs& inputs) {
  for (const protocol::Action& action : std::span(inputs.actions).first(inputs.action_count)) {
    if (actions_ >= options_.limits.actions_per_tick) {
      counters_.too_fast.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    // Repeated until answered; numbers wrap.
    const auto newer = static_cast<std::int16_t>(action.number - session.newest_action);
    if (session.any_action && newer <= 0) continue;
    session.newest_action = action.number;
    session.any_action = true;
    ++actions_;
    take_action(session, inputs, action);
  }
}

void Intake::take_action(const Session& session, const protocol::Inputs& inputs,
                         const protocol::Action& action) {
  switch (action.kind) {
    case protocol::ActionKind::None:
      break;
    case protocol::ActionKind::Emote:
      intents_->of<emotes::PerformEmote>().push_back(
          {.entity = session.entity, .emote = action.value, .action = action.number});
      break;
    case protocol::ActionKind::Shove:
      intents_->of<skirmish::Shove>().push_back({.entity = session.entity,
                                                 .action = action.number,
                                                 .rewind = rewind_of(session, action),
                                                 .aim = aim_of(session, inputs, action)});
      break;
    case protocol::ActionKind::Throw:
      intents_->of<skirmish::ThrowStone>().push_back({.entity = session.entity,
                                                      .action = action.number,
                                                      .aim = aim_of(session, inputs, action),
                                                      .pitch = action.value});
      break;
    case protocol::ActionKind::Ability:
      intents_->of<abilities::UseAbility>().push_back(
          {.entity = session.entity,
           .aim = ability_aim_of(session, inputs, action),
           .action = action.number,
           .ability = {action.value}});
      break;
    case protocol::ActionKind::Release:
      intents_->of<death::ReleaseSpirit>().push_back(
          {.entity = session.entity, .action = action.number});
      break;
    case protocol::ActionKind::Revive:
      intents_->of<death::Revive>().push_back({.entity = session.entity, .action = action.number});
      break;
  }
}

void Intake::take_wish(Session& session, const ClientMessage& message) {
  if (!session.entity) return;  // not in the world yet
  const TickNumber paid_until =
      std::max(session.wishes_paid_until, now_) + options_.limits.wish_ticks;
  if (paid_until > now_ + options_.limits.wish_burst_ticks) return note_too_fast(session);
  session.wishes_paid_until = paid_until;
  switch (message.kind) {
    case ClientMessageKind::Leave:
      break;
    case ClientMessageKind::AskSheet:  // a look changes nothing, so it is no intent
      return send_character_sheet(*session.link, session.id, registry_, session.entity);
    case ClientMessageKind::LearnTalent:
      return intents_->of<talents::LearnTalent>().push_back(
          {.entity = session.entity, .talent = message.talent});
    case ClientMessageKind::ForgetTalents:
      return intents_->of<talents::ForgetTalents>().push_back({.entity = session.entity});
    case ClientMessageKind::RaiseFlag:
      return intents_->of<pvp::SetFlag>().push_back({.entity = session.entity,
                                                     .action = message.action,
                                                     .is_up = message.is_up ? 1u : 0u,
                                                     .banner = message.banner});
    case ClientMessageKind::WishDuel:
      return intents_->of<pvp::WishDuel>().push_back({.entity = session.entity,
                                                      .target = message.target,
                                                      .action = message.action,
                                                      .wish = message.wish});
  }
}

void Intake::tell_talents(const ecs::Queues& events) const {
  const auto session_of = [this](EntityId entity) -> const Session* {
    const auto* player = registry_.get<PlayerControl>(entity);
    return player == nullptr ? nullptr : sessions_.find(player->session);
  };
  const auto tell = [&](EntityId entity) {
    const Session* const session = session_of(entity);
    if (session != nullptr) send_character_sheet(*session->link, session->id, registry_, entity);
  };
  for (const auto& learned : events.read<talents::TalentLearned>()) tell(learned.entity);
  for (const auto& forgotten : events.read<talents::TalentsForgotten>()) tell(forgotten.entity);
  for (const auto& refused : events.read<talents::TalentRefused>()) {
    const Session* const session = session_of(refused.entity);
    if (session != nullptr) send_talent_refused(*session->link, session->id, refused);
  }
}

combat::Aim Intake::ability_aim_of(const Session& session, const protocol::Inputs& inputs,
                                   const protocol::Action& action) const {
  combat::Aim aim{.target = action.target,
                  .heading = math::angle_from_quantised(aim_of(session, inputs, action)),
                  .pitch = math::angle_from_quantised(action.pitch),
                  .rewind = rewind_of(session, action)};
  if (action.has_place) {
    aim.has_point = 1;
    aim.point = {protocol::metres_from_steps(action.place.x),
                 protocol::metres_from_height(action.height),
                 protocol::metres_from_steps(action.place.z)};
  }
  return aim;
}

lag_compensation::Rewind Intake::rewind_of(const Session& session,
                                           const protocol::Action& action) const {
  using namespace lag_compensation;
  static_assert(kPartsPerTick % protocol::kShownPartsPerTick == 0);
  constexpr std::uint32_t kParts = kPartsPerTick / protocol::kShownPartsPerTick;
  // The low bits are told. Of the times that they may mean the nearest counts: within 34 s.
  const auto now = static_cast<std::uint16_t>(now_ * protocol::kShownPartsPerTick);
  const auto ago = static_cast<std::int16_t>(static_cast<std::uint16_t>(now - action.shown));
  const Rewind claimed{ago > 0 ? static_cast<std::uint32_t>(ago) * kParts : 0};
  return granted_rewind(
      claimed, {.round_trip_ms = session.round_trip_ms, .clock_permille = clock_permille_});
}

std::uint16_t Intake::aim_of(const Session& session, const protocol::Inputs& inputs,
                             const protocol::Action& action) const {
  if (inputs.frame_count > 0) {
    const std::uint32_t frame = std::max(action.frame, inputs.first_frame());
    return inputs.frames[frame - inputs.first_frame()].aim;
  }
  // All frames have run: the body looks where the newest of them aimed.
  const auto* heading = registry_.get<Heading>(session.entity);
  return heading == nullptr ? std::uint16_t{0} : math::quantise_angle(heading->radians);
}

}  // namespace tessera::intake
