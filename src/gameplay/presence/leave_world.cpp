// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <span>

#include "gameplay/death/death.h"
#include "gameplay/experience/experience.h"
#include "gameplay/presence/presence.h"

namespace tessera::presence {

void leave_world(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
                 In<LeaveWorld> intents,
                 Query<const PlayerControl, const Position, const Heading> players,
                 Query<const combat::Fighter, const experience::Progress> fighters,
                 combat::TalentsOf talents, Commands& commands, Out<LeftWorld> left) {
  const std::span<const LeaveWorld> all(intents.begin(), intents.end());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const LeaveWorld& intent = all[i];
    const bool repeated = std::ranges::any_of(
        all.first(i), [&](const LeaveWorld& earlier) { return earlier.session == intent.session; });
    if (repeated) continue;
    players.each([&](EntityId entity, const PlayerControl& player, const Position& position,
                     const Heading& heading) {
      if (player.session != intent.session) return;
      // Who is dead comes back among the living elsewhere.
      const auto fighter = fighters.get(entity);
      const bool lives = !fighter || std::get<0>(*fighter).life == combat::Life::Alive;
      const math::Vec3 place =
          lives ? position.metres : death::nearest_graveyard(zone, world, position.metres);
      const combat::Talents* const learned = combat::find_talents(talents, entity);
      left.emit({.session = player.session,
                 .entity = entity,
                 .character = player.character,
                 .account = player.account,
                 .position = place,
                 .heading = heading.radians,
                 .play_ticks = step.now - player.entered_at,
                 .talents = learned == nullptr ? combat::Talents{} : *learned,
                 .reason = intent.reason,
                 .level = fighter ? std::get<0>(*fighter).level : 1u,
                 .experience = fighter ? std::get<1>(*fighter).experience : 0u});
      commands.destroy(entity);
    });
  }
}

}  // namespace tessera::presence
