// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <optional>

#include "engine/math/angles.h"
#include "engine/math/trigonometry.h"
#include "gameplay/skirmish/rules.h"

namespace tessera::skirmish {
namespace {

using math::Vec2;
using math::Vec3;

std::optional<ActionRefusal> refusal_for(const Readiness& readiness, TickNumber now) {
  if (now < readiness.throw_at) return ActionRefusal::OnCooldown;
  if (readiness.stones_in_air >= kStonesInAirMax) return ActionRefusal::TooManyInTheAir;
  return std::nullopt;
}

Vec3 velocity_of(float heading, std::uint32_t quantised_pitch) {
  const float pitch =
      std::clamp(math::angle_from_quantised(static_cast<std::uint16_t>(quantised_pitch)),
                 -math::kPi / 2, math::kPi / 2);
  const math::SinCos rise = math::sin_cos(pitch);
  const Vec2 ahead = math::direction_of_heading(heading) * (rise.cos * kThrow_m_per_s);
  return {ahead.x, rise.sin * kThrow_m_per_s, ahead.z};
}

}  // namespace

void throw_stones(const Step& step, const ZoneDefinition& zone, const physics::AreaIndex& areas,
                  In<ThrowStone> intents, Query<Readiness, const Position> actors,
                  Commands& commands, Out<ActionDone> done, Out<ActionRefused> refused) {
  const SafeAreas safe{zone, areas};
  for (const ThrowStone& intent : intents) {
    const auto actor = actors.get(intent.entity);
    if (!actor) continue;  // left since the client sent it: normal
    const auto& [readiness, position] = *actor;
    const auto reason = safe.hold(position.metres) ? std::optional(ActionRefusal::SafeArea)
                                                   : refusal_for(readiness, step.now);
    if (reason) {
      refused.emit({intent.entity, intent.action, *reason});
      continue;
    }
    readiness.throw_at = step.now + kThrowCooldownTicks;
    ++readiness.stones_in_air;
    const float heading = math::angle_from_quantised(static_cast<std::uint16_t>(intent.aim));
    commands.spawn(
        Position{position.metres + Vec3{0, kHandHeight_m, 0}}, Heading{heading},
        Velocity{.metres_per_s = velocity_of(heading, intent.pitch), .grounded = 0},
        Appearance{.name = FixedString<kNameBytesMax>("Stone"), .kind = EntityKind::Projectile},
        Stone{.thrower = intent.entity, .ticks_left = kStoneTicks});
    done.emit({intent.entity, intent.action, readiness.stones_in_air});
  }
}

}  // namespace tessera::skirmish
