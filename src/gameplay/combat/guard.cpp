// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a player's buttons do for his defence. Runs after movement, which decides whether he rolls
// (gameplay/movement/input_frame.h), and before blows are resolved: who rolled in this tick is not
// hit in it.
#include <algorithm>

#include "gameplay/combat/combat.h"
#include "gameplay/movement/input_frame.h"

namespace tessera::combat {
namespace {

/// An instant ability that began in this tick, or a cast that nothing else goes with.
bool is_busy(const Rulebook& rules, const Casting& casting, TickNumber now) {
  if (casting.started_at == now) return true;
  if (!casting.ability) return false;
  const AbilityDefinition* const ability = rules.abilities.find(casting.ability);
  return ability != nullptr && !ability->moves_while_casting;
}

bool may_block(const Rulebook& rules, const Fighter& fighter, const Casting& casting,
               const movement::Roll& roll, TickNumber now) {
  constexpr std::uint8_t kHelpless = kCannotAct | kFlees;
  return fighter.life == Life::Alive && (fighter.controls & kHelpless) == 0 &&
         !movement::is_rolling(roll) && !is_busy(rules, casting, now);
}

}  // namespace

void stand_guard(const Step& step, const Rulebook& rules,
                 Query<Guard, Fighter, const Casting, const movement::Roll> players,
                 Out<RollBegan> began) {
  players.each([&](EntityId entity, Guard& guard, Fighter& fighter, const Casting& casting,
                   const movement::Roll& roll) {
    const bool rolls = movement::is_rolling(roll);
    if (rolls && guard.rolls == 0 && fighter.life == Life::Alive) {
      fighter.invulnerable_until =
          std::max(fighter.invulnerable_until, step.now + rules.combat.dodge_ticks);
      began.emit({entity});
    }
    guard.rolls = rolls ? 1 : 0;
    const bool blocks = (roll.buttons & movement::kButtonBlock) != 0 &&
                        may_block(rules, fighter, casting, roll, step.now);
    if (!blocks && fighter.blocks_since != 0) {
      fighter.blocks_since = 0;
      guard.blocks_again_at = step.now + rules.combat.block_pause_ticks;
    }
    if (blocks && fighter.blocks_since == 0 && step.now >= guard.blocks_again_at) {
      fighter.blocks_since = step.now;
    }
  });
}

}  // namespace tessera::combat
