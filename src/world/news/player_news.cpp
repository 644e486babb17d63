// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/news/player_news.h"

#include <span>
#include <utility>

#include "gameplay/combat/fighter.h"
#include "gameplay/experience/experience.h"
#include "gameplay/presence/presence.h"
#include "gameplay/pvp/pvp.h"
#include "gameplay/shared/components.h"
#include "protocol/messages/control.pb.h"
#include "world/intake/control_messages.h"

namespace tessera::news {
namespace {

using intake::Session;
using protocol::ServerControl;

/// nullptr: no player, or nobody plays him now.
const Session* session_of(const Happened& tick, EntityId entity) {
  const auto* const player = tick.registry.get<PlayerControl>(entity);
  return player == nullptr ? nullptr : tick.sessions.find(player->session);
}

void send(const Session& session, const ServerControl& message) {
  const std::string bytes = message.SerializeAsString();
  intake::send_control_bytes(*session.link, session.id, std::as_bytes(std::span(bytes)));
}

/// Empty: no fighter.
std::string progress_bytes(const Happened& tick, EntityId entity, std::uint32_t gained) {
  const auto* const fighter = tick.registry.get<combat::Fighter>(entity);
  const auto* const progress = tick.registry.get<experience::Progress>(entity);
  if (fighter == nullptr || progress == nullptr) return {};
  ServerControl message;
  protocol::Progress& told = *message.mutable_progress();
  told.set_level(fighter->level);
  told.set_experience(progress->experience);
  told.set_experience_next(experience::experience_for_next(tick.rules.experience, fighter->level));
  told.set_gained(gained);
  return message.SerializeAsString();
}

void tell_duel(const Happened& tick, EntityId entity, EntityId opponent, pvp::DuelState state) {
  const Session* const session = session_of(tick, entity);
  if (session == nullptr) return;
  ServerControl message;
  protocol::DuelChanged& told = *message.mutable_duel_changed();
  told.set_opponent(opponent.value);
  told.set_state(static_cast<std::uint32_t>(state));
  const auto* const duel = tick.registry.get<pvp::Duel>(entity);
  if (duel != nullptr && duel->state == state && state != pvp::DuelState::None) {
    const bool is_fought = state == pvp::DuelState::Countdown || state == pvp::DuelState::Fights;
    if (state != pvp::DuelState::Fights) told.set_until_tick(duel->until);
    if (is_fought) {
      told.set_x(duel->middle.x);
      told.set_z(duel->middle.z);
      told.set_radius_m(tick.rules.pvp.duel_radius_m);
    }
  }
  send(*session, message);
}

void tell_flag(const Happened& tick, EntityId entity) {
  const Session* const session = session_of(tick, entity);
  const auto* const fighter = tick.registry.get<combat::Fighter>(entity);
  const auto* const renown = tick.registry.get<pvp::Renown>(entity);
  if (session == nullptr || fighter == nullptr || renown == nullptr) return;
  ServerControl message;
  message.mutable_flag_set()->set_is_up(fighter->is_flagged != 0);
  message.mutable_flag_set()->set_falls_at_tick(renown->flag_falls_at);
  message.mutable_flag_set()->set_banner(fighter->banner);
  send(*session, message);
}

/// Who takes over a character that stayed behind stands in the middle of things.
void tell_arrival(const Happened& tick, EntityId entity) {
  const auto* const duel = tick.registry.get<pvp::Duel>(entity);
  const auto* const fighter = tick.registry.get<combat::Fighter>(entity);
  if (duel != nullptr && duel->state != pvp::DuelState::None) {
    tell_duel(tick, entity, duel->opponent, duel->state);
  }
  if (fighter != nullptr && fighter->is_flagged != 0) tell_flag(tick, entity);
}

void tell_pvp(const Happened& tick) {
  for (const auto& set : tick.events.read<pvp::FlagSet>()) tell_flag(tick, set.entity);
  for (const auto& changed : tick.events.read<pvp::DuelChanged>()) {
    tell_duel(tick, changed.entity, changed.opponent, changed.state);
  }
  for (const auto& ended : tick.events.read<pvp::DuelEnded>()) {
    ServerControl message;
    message.mutable_duel_ended()->set_winner(ended.winner.value);
    message.mutable_duel_ended()->set_loser(ended.loser.value);
    message.mutable_duel_ended()->set_end(static_cast<std::uint32_t>(ended.end));
    for (const EntityId entity : {ended.winner, ended.loser}) {
      if (const Session* const session = session_of(tick, entity)) send(*session, message);
    }
  }
  for (const auto& refused : tick.events.read<pvp::PvpRefused>()) {
    const Session* const session = session_of(tick, refused.entity);
    if (session == nullptr) continue;
    ServerControl message;
    message.mutable_pvp_refused()->set_action(refused.action);
    message.mutable_pvp_refused()->set_reason(static_cast<std::uint32_t>(refused.reason));
    send(*session, message);
  }
}

}  // namespace

void PlayerNews::tell(const Happened& tick, TickNumber durable) {
  for (const auto& entered : tick.events.read<presence::EnteredWorld>()) {
    hold(tick, entered.session, progress_bytes(tick, entered.entity, 0));
    tell_arrival(tick, entered.entity);
  }
  hold_growth(tick);
  tell_pvp(tick);
  release(tick.sessions, durable);
}

void PlayerNews::hold_growth(const Happened& tick) {
  for (const auto& gained : tick.events.read<experience::ExperienceGained>()) {
    const Session* const session = session_of(tick, gained.entity);
    if (session == nullptr) continue;
    hold(tick, session->id, progress_bytes(tick, gained.entity, gained.amount));
  }
  for (const auto& gained : tick.events.read<pvp::HonourGained>()) {
    const Session* const session = session_of(tick, gained.entity);
    const auto* const renown = tick.registry.get<pvp::Renown>(gained.entity);
    if (session == nullptr || renown == nullptr) continue;
    ServerControl message;
    message.mutable_honour_gained()->set_victim(gained.victim.value);
    message.mutable_honour_gained()->set_amount(gained.amount);
    message.mutable_honour_gained()->set_honour(renown->honour);
    hold(tick, session->id, message.SerializeAsString());
  }
}

void PlayerNews::hold(const Happened& tick, SessionId session, std::string bytes) {
  if (bytes.empty() || held_.size() >= kHeldMax) return;
  held_.push_back({tick.now, session, std::move(bytes)});
}

void PlayerNews::release(const intake::SessionTable& sessions, TickNumber durable) {
  for (; !held_.empty() && held_.front().tick <= durable; held_.pop_front()) {
    const Held& oldest = held_.front();
    const Session* const session = sessions.find(oldest.session);
    if (session == nullptr) continue;  // it has ended meanwhile
    intake::send_control_bytes(*session->link, session->id, std::as_bytes(std::span(oldest.bytes)));
  }
}

}  // namespace tessera::news
