// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whom a shape reaches: those near, alive and of the right side, as the actor saw them, whom the
// shape touches and no wall hides.
#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"
#include "gameplay/abilities/detail/user.h"

namespace tessera::abilities::detail {
namespace {

using combat::Aim;
using combat::Fighter;
using combat::Life;
using math::Vec2;
using math::Vec3;

constexpr physics::UprightCapsule kBody;
/// In the longest rewind nobody goes farther: see skirmish/shove.cpp.
constexpr float kMovedSince_m = 2.4f;
constexpr float kReachBelow_m = 1.5f;
constexpr float kReachAbove_m = 2.5f;
constexpr float kCircleHeight_m = 3;

/// The middle of what the shape covers, and how far from it it can touch somebody.
struct Search {
  Vec3 centre;
  float radius_m = 0;
};

Vec3 centre_of(const Body& actor, const AbilityDefinition& ability, const Aim& aim) {
  const bool elsewhere = ability.shape.range_m > 0 && aim.has_point != 0;
  return elsewhere ? aim.point : actor.place;
}

Search search_of(const Body& actor, const AbilityDefinition& ability, const Aim& aim) {
  const Shape& shape = ability.shape;
  const float margin = kBody.radius + kMovedSince_m;
  if (shape.kind == ShapeKind::Circle || shape.kind == ShapeKind::Ring) {
    return {centre_of(actor, ability, aim), shape.radius_m + margin};
  }
  return {actor.place, shape.range_m + shape.width_m + margin};
}

void gather(const Surroundings& around, const Body& actor, const AbilityDefinition& ability,
            const Aim& aim, const Search& search, Reached& reached) {
  if (!reached.indexed) reached.nearby.rebuild(around.characters);
  reached.indexed = true;
  reached.candidates.clear();
  reached.columns.clear();
  reached.nearby.for_each_within(flat(search.centre), search.radius_m, [&](EntityId entity) {
    const auto target = around.fighters.get(entity);
    if (!target) return;
    const Fighter& fighter = std::get<Fighter&>(*target);
    if (!is_reached(actor, fighter, ability.shape.reach, entity == actor.entity)) return;
    const Vec3 now = std::get<const Position&>(*target).metres;
    if (ability.shape.reach == Reach::Enemies && around.safe.hold(now)) return;
    const Vec3 place = entity == actor.entity ? now : seen_place(around, entity, aim.rewind, now);
    reached.candidates.push_back({entity, place, distance(place, search.centre)});
    reached.columns.add({.feet = place});
  });
}

void touch(const Body& actor, const AbilityDefinition& ability, const Aim& aim, Vec3 centre,
           Reached& reached) {
  const Shape& shape = ability.shape;
  switch (shape.kind) {
    case ShapeKind::Cone:
      return overlap(reached.columns,
                     physics::make_cone(actor.place, {.heading_rad = aim.heading,
                                                      .half_angle_rad = shape.half_angle,
                                                      .range_m = shape.range_m,
                                                      .below_m = kReachBelow_m,
                                                      .above_m = kReachAbove_m}),
                     reached.touched);
    case ShapeKind::Line: {
      const Vec2 way = math::direction_of_heading(aim.heading) * shape.range_m;
      const Vec3 from = actor.place + kChest;
      return overlap(
          reached.columns,
          physics::beam(from, from + Vec3{way.x, 0, way.z}, shape.width_m / 2, kReachAbove_m),
          reached.touched);
    }
    case ShapeKind::Circle:
    case ShapeKind::Ring:
      return overlap(reached.columns,
                     physics::make_cone(centre, {.half_angle_rad = math::kPi,
                                                 .range_m = shape.radius_m,
                                                 .below_m = kReachBelow_m,
                                                 .above_m = kCircleHeight_m}),
                     reached.touched);
    case ShapeKind::Self:
    case ShapeKind::Target:
    case ShapeKind::Chain:
    case ShapeKind::Projectile:
      reached.touched.clear();
  }
}

void take_touched(const Surroundings& around, const Body& actor, const AbilityDefinition& ability,
                  const Aim& aim, Reached& reached) {
  const Search search = search_of(actor, ability, aim);
  gather(around, actor, ability, aim, search, reached);
  touch(actor, ability, aim, search.centre, reached);
  const Vec3 eye = search.centre + kEye;
  for (const std::uint32_t number : reached.touched) {
    const Reached::One& one = reached.candidates[number];
    if (ability.shape.kind == ShapeKind::Ring &&
        length(flat(one.place) - flat(search.centre)) < ability.shape.inner_m) {
      continue;
    }
    if (!physics::sees(around.world, eye, one.place + kChest)) continue;
    reached.all.push_back(one);
  }
  std::ranges::sort(reached.all, [](const Reached::One& a, const Reached::One& b) {
    return a.away_m != b.away_m ? a.away_m < b.away_m : a.entity < b.entity;
  });
  const std::size_t most = ability.shape.targets_max;
  if (reached.all.size() > most) reached.all.resize(most);
}

/// The target, then from each the nearest who has not been struck.
void take_chain(const Surroundings& around, const Body& actor, const AbilityDefinition& ability,
                const Aim& aim, Reached& reached) {
  const Body first = find_body(around.fighters, aim.target);
  if (!first) return;
  reached.all.push_back({first.entity, first.place, 0});
  for (std::uint8_t jump = 0; jump < ability.shape.jumps; ++jump) {
    const Vec3 from = reached.all.back().place;
    gather(around, actor, ability, aim, {from, ability.shape.jump_m}, reached);
    const Reached::One* next = nullptr;
    for (const Reached::One& one : reached.candidates) {
      const bool struck =
          std::ranges::find(reached.all, one.entity, &Reached::One::entity) != reached.all.end();
      if (struck || one.away_m > ability.shape.jump_m) continue;
      const bool nearer = next == nullptr || one.away_m < next->away_m ||
                          (one.away_m == next->away_m && one.entity < next->entity);
      if (nearer && physics::sees(around.world, from + kChest, one.place + kChest)) next = &one;
    }
    if (next == nullptr) return;
    reached.all.push_back(*next);
  }
}

}  // namespace

Body find_body(const combat::Fighters& fighters, EntityId entity) {
  auto parts = fighters.get(entity);
  if (!parts) return {};
  auto& [fighter, vitals, stats, running, cooldowns, casting, velocity, position, heading] = *parts;
  return {.entity = entity,
          .fighter = &fighter,
          .vitals = &vitals,
          .stats = &stats,
          .effects = &running,
          .cooldowns = &cooldowns,
          .casting = &casting,
          .velocity = &velocity,
          .place = position.metres,
          .heading = heading.radians};
}

bool is_reached(const Body& actor, const Fighter& target, Reach reach, bool is_self) {
  if (target.life != Life::Alive) return false;
  switch (reach) {
    case Reach::Enemies:
      return !is_self && combat::are_enemies(*actor.fighter, target);
    case Reach::Friends:
      return is_self || !combat::are_enemies(*actor.fighter, target);
    case Reach::Everyone:
      break;
  }
  return true;
}

Vec3 seen_place(const Surroundings& around, EntityId entity, lag_compensation::Rewind rewind,
                Vec3 now) {
  const auto character = around.characters.get(entity);
  if (!character) return now;
  const auto& history = std::get<const lag_compensation::PositionHistory&>(*character);
  return lag_compensation::position_at(history, around.step.now, rewind).value_or(now);
}

void find_reached(const Surroundings& around, const Body& actor, const AbilityDefinition& ability,
                  const Aim& aim, Reached& reached) {
  reached.all.clear();
  switch (ability.shape.kind) {
    case ShapeKind::Self:
    case ShapeKind::Projectile:
      return;
    case ShapeKind::Target:
      if (aim.target) reached.all.push_back({aim.target, {}, 0});
      return;
    case ShapeKind::Chain:
      return take_chain(around, actor, ability, aim, reached);
    case ShapeKind::Cone:
    case ShapeKind::Line:
    case ShapeKind::Circle:
    case ShapeKind::Ring:
      return take_touched(around, actor, ability, aim, reached);
  }
}

}  // namespace tessera::abilities::detail
