// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A turn: what comes before the tree, and the tree itself. A tree has no memory of where it was: it
// is asked from the root in each turn, so that what matters most is always looked at first.
#include "engine/core/random.h"
#include "gameplay/ai/detail/thinker.h"

namespace tessera::ai::detail {

Thinker::Thinker(const Surroundings& around, const Outs& outs, EntityId entity,
                 const BehaviourDefinition& behaviour, const CreatureDefinition& kind, Mind& mind,
                 wandering::Orders& orders, wandering::Wander& wander, float heading,
                 const combat::Cooldowns& cooldowns)
    : around_(around),
      outs_(outs),
      entity_(entity),
      behaviour_(behaviour),
      kind_(kind),
      mind_(mind),
      orders_(orders),
      wander_(wander),
      heading_(heading),
      cooldowns_(cooldowns),
      self_(behold(entity)) {}

void Thinker::take_turn() {
  if (mind_.state == State::Returning) return go_on_home();
  forget_the_gone();
  if (mind_.threat_count == 0) {
    if (mind_.state == State::Fighting || mind_.state == State::Fleeing) return let_go();
    if (mind_.state == State::Alarmed && mind_.alarmed_until <= now()) mind_.state = State::Idle;
    perceive();
  }
  choose_target();
  const bool is_new = mind_.state != State::Fighting && mind_.state != State::Fleeing;
  if (mind_.target && is_new) begin_fight();
  const std::uint8_t controls = self_.fighter->controls;
  if ((controls & kCannotAct) != 0) return;
  if ((controls & kFlees) != 0 || mind_.flees_until > now()) return flee_on();
  if (mind_.state == State::Fleeing) mind_.state = State::Fighting;
  if (self_.casting->ability) return;  // its orders are those with which it began
  if (behaviour_.nodes.empty() || run(0) == Status::Failed) {
    if (mind_.target) {
      stand();
    } else {
      stroll();
    }
  }
}

Status Thinker::run(std::size_t number) {
  const BehaviourNode& node = behaviour_.nodes[number];
  switch (node.kind) {
    case BehaviourKind::First:
    case BehaviourKind::All: {
      const Status goes_on = node.kind == BehaviourKind::First ? Status::Failed : Status::Succeeded;
      for (std::size_t child = number + 1; child < node.end; child = behaviour_.nodes[child].end) {
        const Status status = run(child);
        if (status != goes_on) return status;
      }
      return goes_on;
    }
    case BehaviourKind::Not: {
      const Status status = run(number + 1);
      if (status == Status::Busy) return status;
      return status == Status::Failed ? Status::Succeeded : Status::Failed;
    }
    default:
      return node.kind < BehaviourKind::Use ? ask(node) : act(node);
  }
}

Status Thinker::ask(const BehaviourNode& node) {
  const auto answer = [](bool yes) { return yes ? Status::Succeeded : Status::Failed; };
  const auto is_below = [&](const Seen& seen) {
    return static_cast<float>(seen.vitals->health) <
           node.number * static_cast<float>(seen.vitals->health_max);
  };
  switch (node.kind) {
    case BehaviourKind::Fights:
      return answer(static_cast<bool>(target_));
    case BehaviourKind::IsAlarmed:
      return answer(mind_.alarmed_until > now());
    case BehaviourKind::CannotReach:
      return answer(target_ && is_stuck_for(node.number));
    case BehaviourKind::HomeBeyond:
      return answer(distance(self_.place, wander_.home) > node.number);
    case BehaviourKind::TargetWithin:
      return answer(target_ && away_m() <= node.number);
    case BehaviourKind::TargetCasts: {
      if (!target_) return Status::Failed;
      const auto* cast = around_.rules.abilities.find(target_.casting->ability);
      return answer(cast != nullptr && cast->can_be_interrupted);
    }
    case BehaviourKind::HealthBelow:
      return answer(is_below(self_));
    case BehaviourKind::TargetHealthBelow:
      return answer(target_ && is_below(target_));
    case BehaviourKind::ComboPoints:
      return answer(static_cast<float>(self_.fighter->combo_points) >= node.number);
    case BehaviourKind::Chance: {
      const auto place = static_cast<std::uint64_t>(&node - behaviour_.nodes.data());
      return answer(chance(random_purpose("behaviour_chance") + place) < node.number);
    }
    case BehaviourKind::Every: {
      TickNumber& next = mind_.timers[node.timer];
      if (now() < next) return Status::Failed;
      next = now() + ticks_from_seconds(node.number);
      return Status::Succeeded;
    }
    default:
      return Status::Failed;
  }
}

Status Thinker::act(const BehaviourNode& node) {
  switch (node.kind) {
    case BehaviourKind::Use:
      return use(node);
    case BehaviourKind::Approach:
      return approach(node.number);
    case BehaviourKind::KeepAway:
      return keep_away(node.number);
    case BehaviourKind::Flee:
      return flee(node.number);
    case BehaviourKind::GoHome:
      let_go();
      return Status::Busy;
    case BehaviourKind::Investigate:
      return investigate();
    case BehaviourKind::Patrol:
      return patrol(node.number);
    case BehaviourKind::Stroll:
      stroll();
      return Status::Succeeded;
    case BehaviourKind::CallHelp:
      if (!target_) return Status::Failed;
      outs_.calls.emit({entity_, mind_.target, node.number, 0});
      return Status::Succeeded;
    default:
      return Status::Failed;
  }
}

float Thinker::chance(std::uint64_t purpose) const {
  return random_unit(around_.step.seed, entity_, now(), purpose);
}

bool Thinker::is_stuck_for(float seconds) const {
  return wander_.stuck_since != 0 && now() >= wander_.stuck_since + ticks_from_seconds(seconds);
}

}  // namespace tessera::ai::detail
