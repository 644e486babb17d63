// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What an ability costs, when it may be used, whom it reaches and what it does to them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gameplay/definitions/outcome.h"

namespace tessera {

enum class ResourceKind : std::uint8_t { None, Mana, Rage, Energy };

enum class ShapeKind : std::uint8_t {
  Self,        ///< the actor alone
  Target,      ///< the one that is aimed at, within range and in sight
  Cone,        ///< before the actor
  Line,        ///< before the actor, `width_m` wide
  Circle,      ///< round a point on the ground within range; range 0: round the actor
  Ring,        ///< the same without what is nearer than `inner_m`
  Chain,       ///< the target, then from one to the next
  Projectile,  ///< flies where he aims, or at the target when it seeks
};

/// Whom the outcomes reach, seen from the actor.
enum class Reach : std::uint8_t { Enemies, Friends, Everyone };

struct Shape {
  ShapeKind kind = ShapeKind::Target;
  Reach reach = Reach::Enemies;
  float range_m = 0;
  float radius_m = 0;    ///< Circle, Ring; of what a projectile does where it strikes, 0: only who
  float inner_m = 0;     ///< Ring
  float half_angle = 0;  ///< Cone, radians
  float width_m = 0;     ///< Line
  float jump_m = 0;      ///< Chain: from one to the next
  std::uint8_t jumps = 0;         ///< Chain, after the first
  float jump_share = 1;           ///< Chain: of the amount, with each jump
  float speed_m_per_s = 0;        ///< Projectile
  float gravity_m_per_s2 = 0;     ///< Projectile
  float turn_rate_rad_per_s = 0;  ///< Projectile: above 0 it seeks the target
  std::uint8_t targets_max = 20;  ///< the nearest; a bound on work
};

/// An ability that may follow another within a window: a link of a combo.
struct ComboLink {
  AbilityId after;
  std::uint16_t from_tick = 0;  ///< after the end of the other one
  std::uint16_t to_tick = 0;
};

struct AbilityDefinition {
  AbilityId id;
  std::string name;   ///< one lower-case word; how content refers to it
  std::string title;  ///< for people

  ResourceKind resource = ResourceKind::None;
  std::uint16_t cost = 0;
  std::uint8_t combo_cost_min = 0;  ///< a finisher consumes all points, and needs so many
  std::uint16_t cast_ticks = 0;
  std::uint16_t channel_ticks = 0;   ///< after the cast
  std::uint16_t channel_period = 0;  ///< it lands each so many ticks
  std::uint16_t cooldown_ticks = 0;
  std::uint8_t charges = 1;  ///< so many before the cooldown bars it; they come back one by one
  bool is_spell = false;     ///< a silence bars it
  bool on_global_cooldown = true;
  bool moves_while_casting = false;  ///< a step does not break the cast
  bool can_be_interrupted = true;
  bool can_be_blocked = true;
  bool can_miss = true;
  bool needs_behind = false;
  EffectId needs_effect;         ///< on the actor: a stance, a proc
  bool consumes_effect = false;  ///< the needed effect goes
  std::vector<ComboLink> combo;  ///< not empty: only as a follower of one of these
  Shape shape;
  std::vector<Outcome> outcomes;

  // What clients show.
  std::string animation;
  std::uint32_t colour = 0xffffff;
  std::string help;
};

}  // namespace tessera
