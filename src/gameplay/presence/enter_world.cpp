// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <optional>
#include <span>

#include "engine/math/angles.h"
#include "gameplay/areas/areas.h"
#include "gameplay/combat/fighter.h"
#include "gameplay/death/death.h"
#include "gameplay/experience/experience.h"
#include "gameplay/lag_compensation/position_history.h"
#include "gameplay/movement/input_frame.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/presence/entry_place.h"
#include "gameplay/presence/presence.h"
#include "gameplay/pvp/pvp.h"
#include "gameplay/skirmish/skirmish.h"

namespace tessera::presence {
namespace {

using Players = Query<const PlayerControl>;

bool same_player(SessionId session, CharacterId character, const EnterWorld& intent) {
  return session == intent.session || character == intent.character;
}

/// Walks over all players; entering is rare, a few thousand comparisons are microseconds. Those who
/// have stayed behind do not count: they are taken over.
bool is_in_world(const Players& players, const EnterWorld& intent) {
  bool found = false;
  players.each([&](const PlayerControl& player) {
    const bool plays = player.leaves_at == 0 || player.session == intent.session;
    found |= plays && same_player(player.session, player.character, intent);
  });
  return found;
}

/// The one of the same character that has stayed behind.
EntityId find_stayed(const Players& players, const EnterWorld& intent) {
  EntityId stayed;
  players.each([&](EntityId entity, const PlayerControl& player) {
    if (player.leaves_at != 0 && player.character == intent.character) stayed = entity;
  });
  return stayed;
}

std::optional<EnterRefusal> refusal_for(const EnterWorld& intent,
                                        std::span<const EnterWorld> earlier,
                                        std::span<const LeaveWorld> leaving,
                                        const Players& players) {
  if (!intent.session || !intent.character) return EnterRefusal::NotACharacter;
  const auto leaves = [&](const LeaveWorld& leave) { return leave.session == intent.session; };
  if (std::ranges::any_of(leaving, leaves)) return EnterRefusal::SessionClosed;
  const auto same = [&](const EnterWorld& other) {
    return same_player(other.session, other.character, intent);
  };
  if (std::ranges::any_of(earlier, same) || is_in_world(players, intent)) {
    return EnterRefusal::AlreadyInWorld;
  }
  return std::nullopt;
}

EntryPlace place_for(const EnterWorld& intent, const Step& step, const ZoneDefinition& zone,
                     const physics::CollisionWorld& world) {
  math::Vec3 standing;
  if ((intent.flags & kHasSavedPosition) != 0 && is_usable(world, intent.position, standing)) {
    return {standing, math::wrap_angle(intent.heading)};
  }
  return choose_spawn_place(zone, world, step.seed, intent.character, step.now);
}

EntityId spawn_player(Commands& commands, const EnterWorld& intent, const EntryPlace& place,
                      const combat::FighterParts& parts, const combat::Talents& talents,
                      TickNumber now) {
  return commands.spawn(
      Position{place.position}, Heading{place.heading}, Velocity{},
      Appearance{.name = intent.name, .look = intent.look, .kind = EntityKind::Player},
      PlayerControl{intent.character, intent.account, intent.session, now}, Gesture{},
      movement::InputQueue{}, movement::Roll{}, combat::Guard{}, talents,
      lag_compensation::PositionHistory{}, areas::InAreas{}, skirmish::Readiness{}, parts.fighter,
      parts.vitals, parts.stats, parts.effects, parts.cooldowns, parts.casting, parts.condition,
      death::Corpse{}, pvp::Duel{}, pvp::Renown{},
      experience::Progress{.experience = intent.experience});
}

}  // namespace

void enter_world(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
                 In<EnterWorld> intents, In<LeaveWorld> leaving, Query<const PlayerControl> players,
                 Query<PlayerControl, const Position, const Heading> staying, Commands& commands,
                 Out<EnteredWorld> entered, Out<TakenOver> taken_over, Out<EnterRefused> refused) {
  const std::span<const EnterWorld> all(intents.begin(), intents.end());
  const std::span<const LeaveWorld> leaves(leaving.begin(), leaving.end());
  std::size_t present = players.size();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const EnterWorld& intent = all[i];
    auto reason = refusal_for(intent, all.first(i), leaves, players);
    if (const EntityId stayed = find_stayed(players, intent); !reason && stayed) {
      auto [player, position, heading] = *staying.get(stayed);
      taken_over.emit({player.session, intent.session, stayed});
      player = {intent.character, intent.account, intent.session, step.now};
      entered.emit({intent.session, intent.character, stayed, position.metres, heading.radians});
      continue;
    }
    if (!reason && present >= zone.players_max) reason = EnterRefusal::WorldFull;
    if (reason) {
      refused.emit({intent.session, intent.character, *reason});
      continue;
    }
    const EntryPlace place = place_for(intent, step, zone, world);
    const Rulebook& rules = rules_of(zone);
    const ClassId class_id{static_cast<std::uint16_t>(intent.class_id)};
    const combat::Talents talents =
        combat::usable_talents(rules, class_id, intent.level, intent.talents);
    const combat::FighterParts parts =
        combat::make_fighter(rules, class_id, intent.level, combat::Side::Players, &talents);
    const EntityId entity = spawn_player(commands, intent, place, parts, talents, step.now);
    ++present;
    entered.emit({intent.session, intent.character, entity, place.position, place.heading});
  }
}

}  // namespace tessera::presence
