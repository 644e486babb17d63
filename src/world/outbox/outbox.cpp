// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/outbox/outbox.h"

#include "gameplay/combat/fighter.h"
#include "gameplay/experience/experience.h"
#include "gameplay/presence/presence.h"
#include "gameplay/shared/components.h"
#include "gameplay/talents/talents.h"

namespace tessera::outbox {
namespace {

std::uint64_t play_seconds(const Visit& visit, TickNumber now) {
  return visit.play_seconds_before + (now - visit.entered_at) / kTicksPerSecond;
}

}  // namespace

void Outbox::begin_visit(const Visit& visit) {
  by_session_[visit.session] = visits_.size();
  visits_.push_back(visit);
}

void Outbox::end_visit(SessionId session) {
  const auto found = by_session_.find(session);
  if (found == by_session_.end()) return;
  const std::size_t gap = found->second;
  by_session_.erase(found);
  if (gap + 1 < visits_.size()) {
    visits_[gap] = visits_.back();
    by_session_[visits_[gap].session] = gap;
  }
  visits_.pop_back();
}

OutboxId Outbox::next_id(TickNumber now) {
  if (tick_ != now) index_ = 0;
  tick_ = now;
  return {options_.zone, options_.epoch, now, index_++};
}

void Outbox::save(const Visit& visit, TickNumber now, const ecs::Registry& registry) {
  const auto* position = registry.get<Position>(visit.entity);
  const auto* heading = registry.get<Heading>(visit.entity);
  const auto* fighter = registry.get<combat::Fighter>(visit.entity);
  const auto* progress = registry.get<experience::Progress>(visit.entity);
  if (position == nullptr || heading == nullptr) return;
  if (fighter == nullptr || progress == nullptr) return;
  const auto* talents = registry.get<combat::Talents>(visit.entity);
  push(visit, now, {position->metres, heading->radians},
       {fighter->level, progress->experience, talents == nullptr ? combat::Talents{} : *talents},
       false);
}

void Outbox::push(const Visit& visit, TickNumber now, const cluster::Place& place,
                  const Growth& growth, bool leaving) {
  const cluster::Place saved = visit.return_place.value_or(place);
  saves_.push({.id = next_id(now),
               .character = visit.character,
               .position_m = saved.position_m,
               .heading_rad = saved.heading_rad,
               .play_seconds = play_seconds(visit, now),
               .level = growth.level,
               .experience = growth.experience,
               .talents = growth.talents,
               .leaving = leaving});
}

void Outbox::save_chosen(TickNumber now, const ecs::Registry& registry, const ecs::Queues& events) {
  const auto save_one = [&](EntityId entity) {
    const auto* player = registry.get<PlayerControl>(entity);
    const auto found = player == nullptr ? by_session_.end() : by_session_.find(player->session);
    if (found != by_session_.end()) save(visits_[found->second], now, registry);
  };
  for (const auto& learned : events.read<talents::TalentLearned>()) save_one(learned.entity);
  for (const auto& gained : events.read<experience::LevelGained>()) save_one(gained.entity);
  for (const auto& forgotten : events.read<talents::TalentsForgotten>()) save_one(forgotten.entity);
}

void Outbox::collect(TickNumber now, const ecs::Registry& registry, const ecs::Queues& events) {
  for (const presence::LeftWorld& left : events.read<presence::LeftWorld>()) {
    const auto found = by_session_.find(left.session);
    if (found == by_session_.end()) continue;
    push(visits_[found->second], now, {left.position, left.heading},
         {left.level, left.experience, left.talents}, true);
    end_visit(left.session);
  }
  for (const presence::TakenOver& taken : events.read<presence::TakenOver>()) {
    end_visit(taken.old_session);  // its next one has begun
  }
  save_chosen(now, registry, events);
  const std::size_t due = (visits_.size() + options_.save_interval - 1) /
                          static_cast<std::size_t>(options_.save_interval);
  for (std::size_t i = 0; i < due; ++i) {
    if (turn_ >= visits_.size()) turn_ = 0;
    save(visits_[turn_++], now, registry);
  }
}

void Outbox::save_all(TickNumber now, const ecs::Registry& registry) {
  for (const Visit& visit : visits_) save(visit, now, registry);
}

}  // namespace tessera::outbox
