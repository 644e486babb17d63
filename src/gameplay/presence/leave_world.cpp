// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <span>

#include "gameplay/presence/presence.h"

namespace tessera::presence {

void leave_world(const Step& step, In<LeaveWorld> intents,
                 Query<const PlayerControl, const Position, const Heading> players,
                 Commands& commands, Out<LeftWorld> left) {
  const std::span<const LeaveWorld> all(intents.begin(), intents.end());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const LeaveWorld& intent = all[i];
    const bool repeated = std::ranges::any_of(
        all.first(i), [&](const LeaveWorld& earlier) { return earlier.session == intent.session; });
    if (repeated) continue;
    players.each([&](EntityId entity, const PlayerControl& player, const Position& position,
                     const Heading& heading) {
      if (player.session != intent.session) return;
      left.emit({.session = player.session,
                 .entity = entity,
                 .character = player.character,
                 .account = player.account,
                 .position = position.metres,
                 .heading = heading.radians,
                 .play_ticks = step.now - player.entered_at,
                 .reason = intent.reason});
      commands.destroy(entity);
    });
  }
}

}  // namespace tessera::presence
