// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <optional>
#include <utility>

#include "gameplay/pvp/detail/end_duel.h"
#include "gameplay/skirmish/safe_areas.h"

namespace tessera::pvp {
namespace {

using combat::Fighter;
using combat::Life;

/// Two who fight each other have the same number, and nobody else has it.
std::uint32_t number_of_duel(EntityId challenger) { return challenger.index() + 1; }

void take_off_effects_of(EntityId actor, effects::RunningEffects& running) {
  for (std::size_t i = running.count; i-- > 0;) {
    if (running.all[i].actor == actor) effects::remove_at(running, i);
  }
  effects::find_next_due(running);
}

/// One player with what matters here.
struct Player {
  EntityId entity;
  Duel* duel = nullptr;
  Fighter* fighter = nullptr;
  math::Vec3 place{};
  explicit operator bool() const { return duel != nullptr; }
};

Player find(const Duellists& players, EntityId entity) {
  auto found = players.get(entity);
  if (!found) return {};
  auto& [duel, fighter, vitals, running, stats, position] = *found;
  return {entity, &duel, &fighter, position.metres};
}

bool is_free(const Player& player, TickNumber now) {
  return player.duel->state == DuelState::None && player.fighter->in_combat_until <= now;
}

/// All that one tick of arranging puts out.
struct Outs {
  Out<DuelChanged> changed;
  Out<DuelEnded> ended;
  Out<PvpRefused> refused;
};

std::optional<PvpRefusal> refusal_for(const Player& challenger, const Player& target,
                                      const skirmish::SafeAreas& safe, TickNumber now) {
  if (challenger.fighter->life != Life::Alive) return PvpRefusal::NotAlive;
  const bool is_there = target && target.entity != challenger.entity;
  if (!is_there || target.fighter->life != Life::Alive) return PvpRefusal::NoTarget;
  if (!(distance(challenger.place, target.place) <= kChallenge_m)) return PvpRefusal::TooFar;
  if (safe.hold(challenger.place) || safe.hold(target.place)) return PvpRefusal::SafeArea;
  if (!is_free(challenger, now) || !is_free(target, now)) return PvpRefusal::Busy;
  return std::nullopt;
}

void challenge(const Player& challenger, const Player& target, const PvpNumbers& numbers,
               std::uint32_t action, TickNumber now, const Outs& outs) {
  *challenger.duel = {
      .opponent = target.entity, .state = DuelState::Asks, .until = now + numbers.duel_ask_ticks};
  *target.duel = {
      .opponent = challenger.entity, .state = DuelState::IsAsked, .until = challenger.duel->until};
  outs.changed.emit({challenger.entity, target.entity, DuelState::Asks, action});
  outs.changed.emit({target.entity, challenger.entity, DuelState::IsAsked, 0});
}

void accept(const Player& asked, const Player& challenger, const PvpNumbers& numbers,
            std::uint32_t action, TickNumber now, const Outs& outs) {
  const math::Vec3 middle = (asked.place + challenger.place) * 0.5f;
  for (const auto& [one, other] : {std::pair(asked, challenger), std::pair(challenger, asked)}) {
    *one.duel = {.opponent = other.entity,
                 .middle = middle,
                 .state = DuelState::Countdown,
                 .until = now + numbers.duel_countdown_ticks};
    outs.changed.emit(
        {one.entity, other.entity, DuelState::Countdown, one.entity == asked.entity ? action : 0});
  }
}

/// A challenge comes to nothing.
void call_off(const Player& one, const Player& other, std::uint32_t action, const Outs& outs) {
  outs.changed.emit({one.entity, one.duel->opponent, DuelState::None, action});
  *one.duel = {};
  if (!other || other.duel->opponent != one.entity) return;
  outs.changed.emit({other.entity, one.entity, DuelState::None, 0});
  *other.duel = {};
}

}  // namespace

namespace detail {

void end_duel(const Rulebook& rules, Duellists players, EntityId loser, DuelEnd how,
              const Out<DuelEnded>& ended) {
  auto lost = players.get(loser);
  if (!lost || std::get<Duel&>(*lost).state == DuelState::None) return;
  const EntityId winner = std::get<Duel&>(*lost).opponent;
  ended.emit({winner, loser, how});
  for (const auto& [entity, other] : {std::pair(loser, winner), std::pair(winner, loser)}) {
    auto player = players.get(entity);
    if (!player) continue;
    auto& [duel, fighter, vitals, running, stats, position] = *player;
    if (duel.opponent != other) continue;
    duel = {};
    fighter.duel = 0;
    fighter.in_combat_until = 0;
    take_off_effects_of(other, running);
    fighter.controls = effects::controls_of(running, rules);
    stats.stale = 1;
  }
}

}  // namespace detail

void arrange_duels(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                   const physics::AreaIndex& areas, In<WishDuel> wishes, Duellists players,
                   Out<DuelChanged> changed, Out<DuelEnded> ended, Out<PvpRefused> refused) {
  const skirmish::SafeAreas safe{zone, areas};
  const Outs outs{changed, ended, refused};
  for (const WishDuel& wish : wishes) {
    const Player one = find(players, wish.entity);
    if (!one) continue;
    const auto refuse = [&](PvpRefusal reason) {
      refused.emit({wish.entity, wish.action, reason});
    };
    if (wish.wish == DuelWish::Challenge) {
      const Player target = find(players, wish.target);
      if (const auto reason = refusal_for(one, target, safe, step.now)) {
        refuse(*reason);
      } else {
        challenge(one, target, rules.pvp, wish.action, step.now, outs);
      }
      continue;
    }
    const Player other = find(players, one.duel->opponent);
    const DuelState state = one.duel->state;
    if (wish.wish == DuelWish::Accept && state == DuelState::IsAsked && other) {
      accept(one, other, rules.pvp, wish.action, step.now, outs);
    } else if (wish.wish != DuelWish::Accept &&
               (state == DuelState::IsAsked || state == DuelState::Asks)) {
      call_off(one, other, wish.action, outs);
    } else if (wish.wish == DuelWish::GiveUp && state != DuelState::None) {
      changed.emit({one.entity, one.duel->opponent, DuelState::None, wish.action});
      detail::end_duel(rules, players, one.entity, DuelEnd::GaveUp, ended);
    } else {
      refuse(PvpRefusal::NotAsked);
    }
  }
}

void run_duels(const Step& step, const Rulebook& rules, Query<const Duel> duels, Duellists players,
               Out<DuelChanged> changed, Out<DuelEnded> ended) {
  duels.each([&](EntityId entity, const Duel& seen) {
    if (seen.state == DuelState::None) return;
    const Player one = find(players, entity);
    const Player other = find(players, seen.opponent);
    Duel& duel = *one.duel;
    if (duel.state == DuelState::None) return;  // ended in this tick
    const bool is_fight = duel.state == DuelState::Fights || duel.state == DuelState::Countdown;
    if (!other || other.duel->opponent != entity) {  // he has left the world
      if (is_fight) ended.emit({entity, duel.opponent, DuelEnd::Left});
      changed.emit({entity, duel.opponent, DuelState::None, 0});
      duel = {};
      one.fighter->duel = 0;
      return;
    }
    if (!is_fight) {
      if (step.now < duel.until) return;
      changed.emit({entity, duel.opponent, DuelState::None, 0});
      duel = {};
      return;
    }
    if (one.fighter->life != Life::Alive) {
      return detail::end_duel(rules, players, entity, DuelEnd::Died, ended);
    }
    if (duel.state == DuelState::Countdown) {
      if (step.now < duel.until) return;
      duel.state = DuelState::Fights;
      one.fighter->duel = std::min(number_of_duel(entity), number_of_duel(duel.opponent));
      changed.emit({entity, duel.opponent, DuelState::Fights, 0});
      return;
    }
    const math::Vec2 away = flat(one.place) - flat(duel.middle);
    if (dot(away, away) <= rules.pvp.duel_radius_m * rules.pvp.duel_radius_m) {
      duel.left_circle_at = 0;
    } else if (duel.left_circle_at == 0) {
      duel.left_circle_at = step.now;
    } else if (step.now >= duel.left_circle_at + rules.pvp.duel_flee_ticks) {
      detail::end_duel(rules, players, entity, DuelEnd::Fled, ended);
    }
  });
}

}  // namespace tessera::pvp
