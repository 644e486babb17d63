// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/combat/combat_feed.h"

#include <algorithm>

#include "world/replication/mirror/mirror.h"
#include "world/replication/viewer.h"

namespace tessera::replication {
namespace {

using protocol::CombatLine;
using protocol::CombatParty;

CombatParty party_of(EntityId entity, const Viewer& viewer, const Mirror& mirror) {
  if (entity == viewer.entity) return {.who = CombatParty::Who::Viewer};
  const RowIndex row = mirror.find(entity);
  if (row == kNoRow || !viewer.knows(row)) return {};
  return {.who = CombatParty::Who::Named, .index = entity.index()};
}

CombatLine for_viewer(CombatLine line, EntityId actor, EntityId target, const Viewer& viewer,
                      const Mirror& mirror) {
  line.actor = party_of(actor, viewer, mirror);
  line.target = party_of(target, viewer, mirror);
  return line;
}

protocol::Cell cell_of(EntityId entity, const Mirror& mirror, protocol::Cell otherwise) {
  const RowIndex row = mirror.find(entity);
  return row == kNoRow ? otherwise : protocol::cell_of(mirror.ground_of(row));
}

}  // namespace

bool is_told(const combat::CombatEvent& event) {
  return event.kind != combat::CombatEventKind::Threat;
}

CombatLine line_of(const combat::CombatEvent& event) {
  constexpr std::int32_t kMost = protocol::kCombatAmountMax;
  return {.amount = std::clamp(event.amount, -kMost, kMost),
          .absorbed = std::clamp(event.absorbed, 0, kMost),
          .ability = event.ability.value,
          .effect = event.effect.value,
          .kind = event.kind,
          .type = static_cast<std::uint8_t>(event.type),
          .flags = event.flags,
          .count = event.count};
}

void OwnCombat::add(const combat::CombatEvent& event) {
  if (lines_.size() == protocol::kCombatWaitingMax) lines_.erase(lines_.begin());
  CombatLine line = line_of(event);
  line.own = true;
  line.number = next_number_++;
  lines_.push_back({event.actor, event.target, line, 0});
}

bool OwnCombat::is_waiting() const {
  return std::ranges::any_of(lines_, [](const OwnCombatLine& own) { return own.number == 0; });
}

void OwnCombat::delivered(std::uint32_t number, bool arrived) {
  if (arrived) {
    std::erase_if(lines_, [&](const OwnCombatLine& own) { return own.number == number; });
    return;
  }
  for (OwnCombatLine& own : lines_) {
    if (own.number == number) own.number = 0;
  }
}

void OwnCombat::begin_anew() {
  for (OwnCombatLine& own : lines_) own.number = 0;
}

void CombatFeed::place(const Mirror& mirror) {
  const std::uint32_t now = mirror.tick();
  std::erase_if(recent_, [&](const Placed& placed) { return now - placed.tick >= kKeptTicks; });
  for (const combat::CombatEvent& event : fresh_) {
    const protocol::Cell there = cell_of(event.target, mirror, {});
    const protocol::Cell here = cell_of(event.actor, mirror, there);
    recent_.push_back({event.actor, event.target, line_of(event), now, here,
                       cell_of(event.target, mirror, here)});
  }
  fresh_.clear();
}

void CombatFeed::write(Viewer& viewer, const Mirror& mirror, std::uint32_t flight, bool with_others,
                       protocol::CombatWriter& out) const {
  for (OwnCombatLine& own : viewer.own_combat.lines()) {
    if (own.number != 0) continue;
    if (!out.add(for_viewer(own.line, own.actor, own.target, viewer, mirror))) return;
    own.number = flight;
  }
  if (!with_others) return;
  for (const Placed& placed : recent_) {
    if (placed.tick <= viewer.combat_seen) continue;
    if (placed.actor == viewer.entity || placed.target == viewer.entity) continue;
    if (!viewer.sees(placed.actor_cell) && !viewer.sees(placed.target_cell)) continue;
    const CombatLine line = for_viewer(placed.line, placed.actor, placed.target, viewer, mirror);
    if (line.actor.who == CombatParty::Who::OutOfSight &&
        line.target.who == CombatParty::Who::OutOfSight) {
      continue;
    }
    if (!out.add(line, protocol::kCombatOfOthersBytesMax)) break;
  }
  viewer.combat_seen = mirror.tick();
}

}  // namespace tessera::replication
