// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <optional>

#include "gameplay/skirmish/safe_areas.h"
#include "gameplay/talents/talents.h"

namespace tessera::talents {
namespace {

using combat::Fighter;
using combat::Life;
using combat::Talents;

std::optional<TalentRefusal> refusal_for(const Rulebook& rules, const Fighter& fighter,
                                         const Talents& talents, TalentId id) {
  const TalentDefinition* const talent = rules.talents.find(id);
  if (talent == nullptr || talent->class_id != fighter.class_id) return TalentRefusal::NotKnown;
  const std::uint32_t ranks = combat::ranks_of(talents, id);
  if (ranks >= talent->ranks) return TalentRefusal::LearnedWhole;
  if (combat::points_left(talents, fighter.level) == 0) return TalentRefusal::NoPoints;
  if (ranks == 0 && talents.count == combat::kTalentsMax) return TalentRefusal::NoPoints;
  if (combat::points_spent(talents) < talent->row * kTalentPointsPerRow) {
    return TalentRefusal::RowClosed;
  }
  if (const TalentDefinition* const before = rules.talents.find(talent->after)) {
    if (combat::ranks_of(talents, before->id) < before->ranks) return TalentRefusal::NeedsOther;
  }
  return std::nullopt;
}

/// Returns the ranks that there are now.
std::uint32_t add_rank(Talents& talents, TalentId id) {
  const auto learned = std::span(talents.all).first(talents.count);
  const auto found = std::ranges::find(learned, id, &combat::LearnedTalent::talent);
  if (found != learned.end()) return ++found->ranks;
  talents.all[talents.count++] = {id, 1};
  return 1;
}

bool has_safe_area(const ZoneDefinition& zone) {
  return std::ranges::any_of(zone.areas,
                             [](const Area& area) { return area.has(AreaProperty::Safe); });
}

}  // namespace

void learn_talents(const Rulebook& rules, In<LearnTalent> intents, Learners learners,
                   Out<TalentLearned> learned, Out<TalentRefused> refused) {
  for (const LearnTalent& intent : intents) {
    auto learner = learners.get(intent.entity);
    if (!learner) continue;  // left since the client sent it
    auto& [talents, vitals, stats, fighter, running, position] = *learner;
    if (const auto reason = refusal_for(rules, fighter, talents, intent.talent)) {
      refused.emit({intent.entity, intent.talent, *reason});
      continue;
    }
    const std::uint32_t ranks = add_rank(talents, intent.talent);
    stats.stale = 1;
    combat::refresh_stats(rules, running, fighter, vitals, stats, &talents);
    learned.emit({intent.entity, intent.talent, ranks});
  }
}

void forget_talents(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                    const physics::AreaIndex& areas, In<ForgetTalents> intents, Learners learners,
                    Out<TalentsForgotten> forgotten, Out<TalentRefused> refused) {
  const skirmish::SafeAreas safe{zone, areas};
  for (const ForgetTalents& intent : intents) {
    auto learner = learners.get(intent.entity);
    if (!learner) continue;
    auto& [talents, vitals, stats, fighter, running, position] = *learner;
    std::optional<TalentRefusal> reason;
    if (fighter.life != Life::Alive) {
      reason = TalentRefusal::NotAlive;
    } else if (fighter.in_combat_until > step.now) {
      reason = TalentRefusal::InCombat;
    } else if (has_safe_area(zone) && !safe.hold(position.metres)) {
      reason = TalentRefusal::NotSafe;
    }
    if (reason) {
      refused.emit({intent.entity, {}, *reason});
      continue;
    }
    talents = {};
    stats.stale = 1;
    combat::refresh_stats(rules, running, fighter, vitals, stats, &talents);
    forgotten.emit({intent.entity});
  }
}

}  // namespace tessera::talents
