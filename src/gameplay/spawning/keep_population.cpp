// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <optional>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/spawning/detail/homes.h"
#include "gameplay/spawning/spawning.h"

namespace tessera::spawning {
namespace {

using combat::Fighter;
using combat::Life;
using math::Vec2;
using math::Vec3;

/// New ones come from beyond where one looks at once ...
constexpr float kNear_m = 35;
/// ... and not so far that nobody finds them.
constexpr float kFar_m = 75;
/// Players who are asked whether they lack creatures, for each that looks for a home.
constexpr int kPlayersAsked = 4;
/// So many creatures whom nobody sees move in a second, at most.
constexpr std::size_t kMovedPerSecond = 48;
/// Each of them looks for another home every fourth second.
constexpr std::uint32_t kMoveTurns = 4;

std::size_t count_within(const spatial::GridIndex& grid, Vec2 place, float radius) {
  std::size_t count = 0;
  grid.for_each_within(place, radius, [&](EntityId, Vec2, float) { ++count; });
  return count;
}

float chance(const Step& step, EntityId entity, int guess, std::uint64_t which) {
  constexpr std::uint64_t kPurpose = random_purpose("keep_population");
  return random_unit(step.seed, entity, step.now,
                     kPurpose + static_cast<std::uint64_t>(guess) * 8 + which);
}

void settle(wandering::Wander& wander, Position& position, Velocity& velocity, TickNumber now) {
  position.metres = wander.home;
  velocity = {};
  wander.doing = wandering::Doing::Rests;
  wander.resume_at = now + kTicksPerSecond;
  wander.has_orders = 0;
}

}  // namespace

void KeepPopulation::look_around(Living living, Players players) {
  asked_.clear();
  settled_.clear();
  players_.begin();
  players.each([&](EntityId entity, const Position& position, const Fighter& fighter) {
    if (fighter.life != Life::Alive) return;
    players_.add(entity, flat(position.metres));
    asked_.push_back(position.metres);
  });
  players_.finish();
  creatures_.begin();
  living.each([&](EntityId entity, const Fighter& fighter, const Position&,
                  const wandering::Wander& wander, const ai::Mind&) {
    if (fighter.life == Life::Alive) creatures_.add(entity, flat(wander.home));
  });
  creatures_.finish();
}

std::size_t KeepPopulation::creatures_round(Vec2 place) const {
  const auto is_round = [&](Vec2 home) {
    return dot(home - place, home - place) <= kRound_m * kRound_m;
  };
  const auto settled = static_cast<std::size_t>(std::ranges::count_if(settled_, is_round));
  return count_within(creatures_, place, kRound_m) + settled;
}

std::optional<Vec3> KeepPopulation::home_near_players(const Step& step, const detail::Land& land,
                                                      EntityId entity,
                                                      const CreatureDefinition& kind) const {
  if (asked_.empty()) return std::nullopt;
  for (int guess = 0; guess < kPlayersAsked; ++guess) {
    const auto number = static_cast<std::size_t>(chance(step, entity, guess, 0) *
                                                 static_cast<float>(asked_.size()));
    const Vec3 player = asked_[std::min(number, asked_.size() - 1)];
    const Vec2 middle = flat(player);
    const std::size_t wanted = kWanted + count_within(players_, middle, kRound_m) - 1;
    if (creatures_round(middle) >= wanted) continue;
    const float turn = (chance(step, entity, guess, 1) * 2 - 1) * math::kPi;
    const float away = kNear_m + (kFar_m - kNear_m) * chance(step, entity, guess, 2);
    const Vec2 place = middle + math::direction_of_heading(turn) * away;
    if (!detail::is_in_ring(land.zone, kind, place)) continue;
    if (count_within(players_, place, kNear_m / 2) > 0) continue;
    const float height = land.zone.has_terrain ? land.world.terrain().height_at(place) : player.y;
    if (const auto home = detail::home_at(land, kind, place, height)) return home;
  }
  return std::nullopt;
}

void KeepPopulation::revive(const Step& step, const detail::Land& land, const Rulebook& rules,
                            Creatures creatures, EntityId entity) {
  auto creature = creatures.get(entity);
  if (!creature) return;
  auto& [fighter, vitals, stats, running, cooldowns, casting, position, velocity, wander, mind] =
      *creature;
  if (fighter.life != Life::Dead || step.now < fighter.died_at + kCorpseTicks) return;
  const combat::FighterParts fresh =
      combat::make_fighter(rules, fighter.class_id, fighter.level, fighter.side);
  fighter = fresh.fighter;
  vitals = fresh.vitals;
  stats = fresh.stats;
  running = fresh.effects;
  cooldowns = fresh.cooldowns;
  casting = fresh.casting;
  mind = {.behaviour = mind.behaviour};
  const CreatureDefinition* const kind = land.zone.find_creature(wander.definition);
  if (kind != nullptr) {
    wander.home = home_near_players(step, land, entity, *kind).value_or(wander.home);
  }
  settle(wander, position, velocity, step.now);
  settled_.push_back(flat(wander.home));
}

void KeepPopulation::move_the_unseen(const Step& step, const detail::Land& land, Living living,
                                     Creatures creatures) {
  due_.clear();
  const auto turn = static_cast<std::uint32_t>(step.now / kTicksPerSecond);
  living.each([&](EntityId entity, const Fighter& fighter, const Position& position,
                  const wandering::Wander&, const ai::Mind& mind) {
    if (due_.size() >= kMovedPerSecond || (entity.index() + turn) % kMoveTurns != 0) return;
    if (fighter.life != Life::Alive || mind.state != ai::State::Idle) return;
    if (count_within(players_, flat(position.metres), kUnseen_m) == 0) due_.push_back(entity);
  });
  for (const EntityId entity : due_) {
    auto creature = creatures.get(entity);
    if (!creature) continue;
    auto& wander = std::get<wandering::Wander&>(*creature);
    const CreatureDefinition* const kind = land.zone.find_creature(wander.definition);
    if (kind == nullptr) continue;
    const auto home = home_near_players(step, land, entity, *kind);
    if (!home) continue;
    wander.home = *home;
    settle(wander, std::get<Position&>(*creature), std::get<Velocity&>(*creature), step.now);
    settled_.push_back(flat(*home));
  }
}

void KeepPopulation::operator()(const Step& step, const ZoneDefinition& zone, const Rulebook& rules,
                                const physics::CollisionWorld& world,
                                const navigation::Navigation& navigation,
                                const combat::WorldGeneration& generation,
                                InEvents<combat::Died> died, Creatures creatures, Living living,
                                Players players) {
  if (generation_ != generation.value) {
    wheel_.clear();
    living.each([&](EntityId entity, const Fighter& fighter, const Position&,
                    const wandering::Wander&, const ai::Mind&) {
      if (fighter.life != Life::Dead) return;
      wheel_.push(std::max(fighter.died_at + kCorpseTicks, step.now), entity);
    });
    generation_ = generation.value;
  }
  for (const combat::Died& death : died) wheel_.push(step.now + kCorpseTicks, death.entity);
  wheel_.take(step.now, returning_);
  const bool moves = step.now % kTicksPerSecond == 0 && !players.empty();
  if (returning_.empty() && !moves) return;
  const detail::Land land{zone, world, navigation};
  look_around(living, players);
  for (const EntityId entity : returning_) revive(step, land, rules, creatures, entity);
  if (moves) move_the_unseen(step, land, living, creatures);
}

}  // namespace tessera::spawning
