// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <span>

#include "gameplay/death/death.h"
#include "gameplay/experience/experience.h"
#include "gameplay/presence/presence.h"

namespace tessera::presence {
namespace {

using Leaving = Query<PlayerControl, const Position, const Heading>;
using Grown = Query<const combat::Fighter, const experience::Progress>;

/// What one must know to let somebody go.
struct Departure {
  const Step& step;
  const ZoneDefinition& zone;
  const physics::CollisionWorld& world;
  const Leaving& players;
  const Grown& fighters;
  const combat::TalentsOf& talents;
  Commands& commands;
  const Out<LeftWorld>& left;

  void leave(EntityId entity, std::uint32_t reason) const {
    const auto [player, position, heading] = *players.get(entity);
    // Who is dead comes back among the living elsewhere.
    const auto grown = fighters.get(entity);
    const bool lives = !grown || std::get<0>(*grown).life == combat::Life::Alive;
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
               .reason = reason,
               .level = grown ? std::get<0>(*grown).level : 1u,
               .experience = grown ? std::get<1>(*grown).experience : 0u});
    commands.destroy(entity);
  }

  bool is_in_a_fight(EntityId entity) const {
    const auto grown = fighters.get(entity);
    return grown && std::get<0>(*grown).life == combat::Life::Alive &&
           std::get<0>(*grown).in_combat_until > step.now;
  }
};

}  // namespace

void leave_world(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
                 In<LeaveWorld> intents, Query<const PlayerControl> all_players,
                 Query<PlayerControl, const Position, const Heading> players,
                 Query<const combat::Fighter, const experience::Progress> fighters,
                 combat::TalentsOf talents, Commands& commands, Out<LeftWorld> left,
                 Out<StayedBehind> stayed) {
  const Departure departure{step, zone, world, players, fighters, talents, commands, left};
  const std::span<const LeaveWorld> all(intents.begin(), intents.end());
  all_players.each([&](EntityId entity, const PlayerControl& player) {
    if (player.leaves_at != 0 && step.now >= player.leaves_at) departure.leave(entity, 0);
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const LeaveWorld& intent = all[i];
    const bool repeated = std::ranges::any_of(
        all.first(i), [&](const LeaveWorld& earlier) { return earlier.session == intent.session; });
    if (repeated) continue;
    all_players.each([&](EntityId entity, const PlayerControl& player) {
      if (player.session != intent.session || player.leaves_at != 0) return;
      if (intent.may_stay == 0 || !departure.is_in_a_fight(entity)) {
        return departure.leave(entity, intent.reason);
      }
      auto stays = players.get(entity);
      std::get<PlayerControl&>(*stays).leaves_at = step.now + kStayTicks;
      stayed.emit({intent.session, entity});
    });
  }
}

}  // namespace tessera::presence
