// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Projectiles: arrows that fall, bolts that seek. A projectile is a ball that is swept through
// every tick, against the static world and against characters that themselves move meanwhile, so it
// tunnels through nothing at any speed. A step is a pure function of plain structs: the same bits
// everywhere, nothing allocated.
//
//   per tick and projectile:
//     gather the characters within reach_m() (and their own way) of it, without its owner
//     step_projectile(...): it flies on, or its end says what it struck, where, and when in the
//     tick
//
// Launch it from within its owner, or first cast from the owner to the muzzle: a muzzle that
// reaches through a wall is on the other side of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/physics/queries/characters.h"
#include "engine/physics/queries/static_world.h"

namespace tessera::physics {

/// Thinner ones are taken to be so thick: where a tick ends, rounding must not carry the centre to
/// the other side of a wall that was not touched. At four kilometres places have steps of 0.25 mm.
inline constexpr float kProjectileRadiusMin_m = 0.01f;

/// What all arrows of a kind share.
struct ProjectileKind {
  float radius_m = 0.05f;
  float gravity_m_per_s2 = 0;     ///< downwards; 0 flies straight
  float turn_rate_rad_per_s = 0;  ///< how fast it can turn to its goal; 0 seeks nothing
};

struct Projectile {
  math::Vec3 position;  ///< its centre
  math::Vec3 velocity_m_per_s;
  std::uint32_t ticks_left = 0;  ///< it ends after so many steps
};

struct MovingCharacter {
  UprightCapsule shape;  ///< where it stood when the tick began
  math::Vec3 way;        ///< how it went in the tick; 0 for who was put elsewhere
};

enum class ProjectileFate : std::uint8_t { Flies, StruckStatic, StruckCharacter, Expired };

struct ProjectileStep {
  ProjectileFate fate = ProjectileFate::Flies;
  Surface surface{};       ///< StruckStatic
  std::uint32_t what = 0;  ///< the triangle's number, or the character's place in the list
  math::Vec3 point{};      ///< where, in the moment of the touch; Flies, Expired: its position
  math::Vec3 normal{};     ///< of length 1, out of what was struck; zero when it began inside
  float share = 1;         ///< of the tick that had passed
  bool operator==(const ProjectileStep&) const = default;
};

/// From its position no place it touches in the next step is farther.
float reach_m(const ProjectileKind& kind, const Projectile& projectile);

/// Moves it by a tick. A seeking one first turns towards `goal`, none when that is gone. A falling
/// one goes along the chord of its parabola: places at the ends of ticks are exact. Of several
/// things the first touched counts; of equally early ones the static world, then the first in the
/// list. Afterwards `projectile` is where it ended, with no ticks left unless it flies. A
/// projectile whose numbers are not finite expires. Some 0.4 us, with four characters near.
ProjectileStep step_projectile(const StaticWorld& world, const ProjectileKind& kind,
                               Projectile& projectile, std::optional<math::Vec3> goal,
                               std::span<const MovingCharacter> characters);

}  // namespace tessera::physics
