// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/pvp/detail/end_duel.h"

namespace tessera::pvp {
namespace {

using combat::Fighter;
using combat::Life;

void raise(Renown& renown, Fighter& fighter, std::uint8_t banner) {
  fighter.is_flagged = 1;
  fighter.banner = banner;
  renown.flag_falls_at = 0;
}

/// A kill of the same one again counts for ever less, until it is forgotten.
float share_of_kill(Renown& renown, CharacterId victim, const PvpNumbers& numbers, TickNumber now) {
  Victim* place = nullptr;
  for (Victim& known : renown.victims) {
    if (known.forget_at <= now) known = {};
    if (known.character == victim) place = &known;
  }
  if (place == nullptr) place = &*std::ranges::min_element(renown.victims, {}, &Victim::forget_at);
  if (place->character != victim) *place = {.character = victim};
  float share = 1;
  for (std::uint32_t i = 0; i < place->kills; ++i) share *= numbers.honour_decay;
  ++place->kills;
  place->forget_at = now + numbers.honour_forget_ticks;
  return share;
}

}  // namespace

void set_flags(const Step& step, const Rulebook& rules, In<SetFlag> intents, Flags players,
               Query<const Renown, const Fighter> all, Out<FlagSet> set, Out<PvpRefused> refused) {
  for (const SetFlag& intent : intents) {
    auto player = players.get(intent.entity);
    if (!player) continue;
    auto& [renown, fighter] = *player;
    if (fighter.life != Life::Alive) {
      refused.emit({intent.entity, intent.action, PvpRefusal::NotAlive});
      continue;
    }
    const auto banner =
        static_cast<std::uint8_t>(std::min<std::uint32_t>(intent.banner, kBannersMax));
    const bool fights = fighter.is_flagged != 0 && fighter.in_combat_until > step.now;
    if (intent.is_up != 0 && fights && banner != fighter.banner) {
      refused.emit({intent.entity, intent.action, PvpRefusal::Busy});
      continue;
    }
    if (intent.is_up != 0) {
      raise(renown, fighter, banner);
    } else if (fighter.is_flagged != 0) {
      renown.flag_falls_at = step.now + rules.pvp.flag_ticks;
    }
    set.emit({intent.entity, intent.action, intent.is_up});
  }
  all.each([&](EntityId entity, const Renown& renown, const Fighter& fighter) {
    if (renown.flag_falls_at == 0 || step.now < renown.flag_falls_at) return;
    if (fighter.in_combat_until > step.now) return;
    auto player = players.get(entity);
    std::get<Fighter&>(*player).is_flagged = 0;
    std::get<Fighter&>(*player).banner = 0;
    std::get<Renown&>(*player).flag_falls_at = 0;
    set.emit({entity, 0, 0});
  });
}

void heed_blows(const Step& step, const Rulebook& rules, InEvents<combat::CombatEvent> events,
                InEvents<combat::Yielded> yielded, Flags players, Duellists duellists,
                Out<FlagSet> set, Out<DuelEnded> ended) {
  for (const combat::CombatEvent& event : events) {
    if (event.actor == event.target) continue;
    auto actor = players.get(event.actor);
    auto target = players.get(event.target);
    if (!actor || !target) continue;
    Fighter& helper = std::get<Fighter&>(*actor);
    const Fighter& other = std::get<Fighter&>(*target);
    if (helper.duel != 0 || other.duel != 0) continue;
    const bool helps = !combat::are_enemies(helper, other);
    if (helps && other.is_flagged != 0 && other.in_combat_until > step.now) {
      Renown& renown = std::get<Renown&>(*actor);
      const bool is_news = helper.is_flagged == 0 || renown.flag_falls_at != 0;
      raise(renown, helper, other.banner);
      if (is_news) set.emit({event.actor, 0, 1});
    }
    if (!helps && std::get<Renown&>(*actor).flag_falls_at != 0) {
      std::get<Renown&>(*actor).flag_falls_at = step.now + rules.pvp.flag_ticks;
    }
  }
  for (const combat::Yielded& loss : yielded) {
    detail::end_duel(rules, duellists, loss.entity, DuelEnd::Yielded, ended);
  }
}

void reward_kills(const Step& step, const Rulebook& rules, InEvents<combat::Died> died,
                  Query<Renown, const Fighter, const PlayerControl> players,
                  Out<HonourGained> gained) {
  for (const combat::Died& death : died) {
    const auto fallen = players.get(death.entity);
    auto killer = players.get(death.killer);
    if (!fallen || !killer || death.killer == death.entity) continue;
    const int above =
        std::get<const Fighter&>(*killer).level - std::get<const Fighter&>(*fallen).level;
    if (above > rules.pvp.honour_level_gap) continue;
    auto& renown = std::get<Renown&>(*killer);
    const CharacterId victim = std::get<const PlayerControl&>(*fallen).character;
    const float share = share_of_kill(renown, victim, rules.pvp, step.now);
    const auto amount = static_cast<std::uint32_t>(rules.pvp.honour * share);
    if (amount == 0) continue;
    renown.honour += amount;
    gained.emit({death.killer, death.entity, amount});
  }
}

}  // namespace tessera::pvp
