// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/combat/combat.h"
#include "gameplay/combat/detail/resolver.h"

namespace tessera::combat {

void Resolve::rebuild(const Fighters& fighters, TickNumber now) {
  wheel_.clear();
  fighters.each([&](EntityId entity, const Fighter&, Vitals&, Stats&,
                    const effects::RunningEffects& running, Cooldowns&, Casting&, Velocity&,
                    const Position&, const Heading&) {
    if (running.next_due != effects::kNever) wheel_.push(std::max(running.next_due, now), entity);
  });
}

void Resolve::operator()(const Step& step, const Rulebook& rules, const WorldGeneration& generation,
                         InEvents<AbilityLanded> landed, InEvents<EffectGiven> given,
                         Fighters fighters, TalentsOf talents, skirmish::Characters characters,
                         Out<CombatEvent> events, Out<Died> died, Out<Taunted> taunted,
                         Out<Yielded> yielded) {
  if (generation_ != generation.value) {
    rebuild(fighters, step.now);
    generation_ = generation.value;
  }
  detail::Auras auras{nearby_, characters};
  detail::Resolver resolver(step, rules, fighters, talents, wheel_, auras,
                            {events, died, taunted, yielded});
  for (const AbilityLanded& blow : landed) resolver.land(blow);
  for (const EffectGiven& gift : given) resolver.give(gift);
  wheel_.take(step.now, due_);
  for (const EntityId entity : due_) resolver.run_due(entity);
}

}  // namespace tessera::combat
