// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/ai/ai.h"

namespace tessera::ai {
namespace {

using combat::CombatEvent;
using combat::CombatEventKind;
using combat::Fighter;
using combat::Life;

/// To strike and miss is an insult as well.
constexpr float kThreatMin = 1;

bool is_an_attack(const CombatEvent& event, const Rulebook& rules) {
  switch (event.kind) {
    case CombatEventKind::Damage:
    case CombatEventKind::Missed:
    case CombatEventKind::Dodged:
    case CombatEventKind::Parried:
    case CombatEventKind::Immune:
    case CombatEventKind::Interrupted:
    case CombatEventKind::Threat:
      return true;
    case CombatEventKind::EffectOn: {
      const EffectDefinition* const effect = rules.effects.find(event.effect);
      return effect != nullptr && effect->is_harmful;
    }
    case CombatEventKind::Heal:
    case CombatEventKind::EffectOff:
    case CombatEventKind::Dispelled:
    case CombatEventKind::Resource:
      return false;
  }
  return false;
}

/// Who has died in this tick still learns who killed it: the spoils go by that.
bool can_hate(const Mind& mind, const Fighter& fighter, TickNumber now) {
  return mind.behaviour && mind.state != State::Returning &&
         (fighter.life == Life::Alive || fighter.died_at == now);
}

}  // namespace

void HoldGrudges::remember_grudges(const Sleepers& sleepers) {
  grudging_.clear();
  sleepers.each([&](EntityId entity, const Mind& mind, const wandering::Wander&, const Position&) {
    if (mind.threat_count > 0) grudging_.push_back(entity);
  });
}

void HoldGrudges::find_idle(const Sleepers& sleepers) {
  idle_.begin();
  sleepers.each(
      [&](EntityId entity, const Mind& mind, const wandering::Wander&, const Position& position) {
        if (mind.threat_count == 0) idle_.add(entity, flat(position.metres));
      });
  idle_.finish();
}

void HoldGrudges::operator()(const Step& step, const Rulebook& rules,
                             const combat::WorldGeneration& generation,
                             InEvents<CombatEvent> events, InEvents<combat::Taunted> taunts,
                             InEvents<HelpCalled> calls, Grudges minds, Sleepers sleepers,
                             Query<const Fighter> fighters) {
  if (generation_ != generation.value) {
    remember_grudges(sleepers);
    generation_ = generation.value;
  }
  const auto hate = [&](EntityId creature, EntityId whom, auto change) {
    auto found = minds.get(creature);
    const auto other = fighters.get(whom);
    if (!found || !other) return;
    Mind& mind = std::get<Mind&>(*found);
    const auto& fighter = std::get<const Fighter&>(*found);
    if (!can_hate(mind, fighter, step.now)) return;
    if (!combat::are_enemies(fighter, std::get<0>(*other))) return;
    if (mind.threat_count == 0) grudging_.push_back(creature);
    change(mind);
  };
  grown_.clear();
  for (const CombatEvent& event : events) {
    const bool is_fade = event.kind == CombatEventKind::Threat && event.actor == event.target;
    if (event.kind == CombatEventKind::Heal || is_fade) {
      if (event.threat != 0) grown_.push_back({event.target, event.actor, event.threat});
    } else if (event.actor != event.target && is_an_attack(event, rules)) {
      hate(event.target, event.actor, [&](Mind& mind) {
        const bool insults = event.kind != CombatEventKind::Threat;
        add_threat(mind, event.actor, insults ? std::max(event.threat, kThreatMin) : event.threat);
      });
    }
  }
  for (const combat::Taunted& taunted : taunts) {
    hate(taunted.target, taunted.actor,
         [&](Mind& mind) { taunt(mind, taunted.actor, step.now + taunted.ticks); });
  }
  for (const HelpCalled& call : calls) grudging_.push_back(call.caller);
  if (!calls.empty()) find_idle(sleepers);
  for (const HelpCalled& call : calls) {
    const auto caller = minds.get(call.caller);
    if (!caller || call.within_m <= 0) continue;
    const math::Vec3 from = std::get<const Position&>(*caller).metres;
    const auto side = std::get<const Fighter&>(*caller).side;
    idle_.for_each_within(flat(from), call.within_m, [&](EntityId entity, math::Vec2, float) {
      const auto hearer = sleepers.get(entity);
      const auto self = fighters.get(entity);
      if (entity == call.caller || !hearer || !self || std::get<0>(*self).side != side) return;
      const auto& [mind, wander, position] = *hearer;
      if (mind.threat_count > 0) return;  // it has heard somebody else
      if (call.definition != 0 && wander.definition != call.definition) return;
      if (distance(position.metres, from) > call.within_m) return;
      hate(entity, call.target, [&](Mind& own) { add_threat(own, call.target, kThreatMin); });
    });
  }
  if (grown_.empty() && step.now % kTicksPerSecond != 0) return;
  std::ranges::sort(grudging_);
  grudging_.erase(std::ranges::unique(grudging_).begin(), grudging_.end());
  std::erase_if(grudging_, [&](EntityId creature) {
    const auto found = sleepers.get(creature);
    if (!found || std::get<const Mind&>(*found).threat_count == 0) return true;
    const Mind& mind = std::get<const Mind&>(*found);
    for (const Grown& grown : grown_) {
      if (threat_of(mind, grown.against) > 0)
        hate(creature, grown.whom, [&](Mind& own) { add_threat(own, grown.whom, grown.threat); });
    }
    return false;
  });
}

}  // namespace tessera::ai
