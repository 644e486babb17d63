// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/combat/combat.h"

namespace tessera::combat {
namespace {

/// Rounded up, so that nobody looks dead who lives.
std::uint8_t part_of(std::int32_t value, std::int32_t maximum) {
  if (maximum <= 0 || value <= 0) return 0;
  const std::int64_t parts = (std::int64_t{value} * 255 + maximum - 1) / maximum;
  return static_cast<std::uint8_t>(std::min<std::int64_t>(parts, 255));
}

std::uint8_t flags_of(const Fighter& fighter, TickNumber now) {
  auto flags = static_cast<std::uint8_t>(fighter.side);
  if (fighter.life == Life::Dead) flags |= kShownDead;
  if (fighter.life == Life::Spirit) flags |= kShownSpirit;
  if (fighter.in_combat_until > now) flags |= kShownInCombat;
  if (fighter.controls != 0) flags |= kShownControlled;
  if (fighter.blocks_since != 0) flags |= kShownBlocks;
  const bool rolls = fighter.side == Side::Players && fighter.invulnerable_until > now;
  if (rolls) flags |= kShownDodges;  // creatures that evade do not
  return flags;
}

std::uint8_t speed_of(const Fighter& fighter, const Stats& stats) {
  // A player who is afraid stands still; a creature runs, and its mind says where.
  const std::uint8_t afraid = fighter.side == Side::Players ? kFlees : 0;
  const std::uint8_t held = kCannotMove | kCannotAct | afraid;
  if (fighter.life == Life::Dead || (fighter.controls & held) != 0) return 0;
  if (fighter.life == Life::Spirit) return 140;  // the way back is long enough
  if (stats[Stat::MoveSpeed] <= 0) return 100;   // content has no class for it
  return static_cast<std::uint8_t>(std::clamp(stats[Stat::MoveSpeed] * 100 + 0.5f, 1.0f, 250.0f));
}

std::uint8_t marks_of(const Fighter& fighter) {
  std::uint8_t marks = 0;
  if (fighter.is_flagged != 0) marks |= kMarkFlagged;
  if (fighter.duel != 0) marks |= kMarkDuels;
  if (fighter.is_flagged != 0) {
    marks |= static_cast<std::uint8_t>(fighter.banner << kMarkBannerShift);
  }
  return marks;
}

bool is_same(const Condition& one, const Condition& other) {
  return one.health == other.health && one.resource == other.resource && one.level == other.level &&
         one.flags == other.flags && one.speed == other.speed && one.marks == other.marks;
}

}  // namespace

// Only what differs is written: whoever writes a row marks all near it as changed.
void show_condition(const Step& step,
                    Query<const Fighter, const Vitals, const Stats, const Condition> fighters,
                    Query<Condition> changed) {
  fighters.each([&](EntityId entity, const Fighter& fighter, const Vitals& vitals,
                    const Stats& stats, const Condition& shown) {
    const Condition now{
        .health = part_of(vitals.health, vitals.health_max),
        .resource = part_of(vitals.resource, vitals.resource_max),
        .level = static_cast<std::uint8_t>(std::min<std::uint32_t>(fighter.level, 255)),
        .flags = flags_of(fighter, step.now),
        .speed = speed_of(fighter, stats),
        .marks = marks_of(fighter)};
    if (is_same(now, shown)) return;
    if (auto row = changed.get(entity)) std::get<0>(*row) = now;
  });
}

}  // namespace tessera::combat
