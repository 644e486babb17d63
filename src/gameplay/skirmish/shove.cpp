// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <optional>

#include "engine/math/angles.h"
#include "engine/physics/queries/areas_of_effect.h"
#include "gameplay/skirmish/rules.h"

namespace tessera::skirmish {
namespace {

using math::Vec2;
using math::Vec3;

constexpr physics::UprightCapsule kBody;
constexpr Vec3 kEye{0, 1.6f, 0};
constexpr Vec3 kChest{0, 1.2f, 0};
/// How far above and below his feet he reaches: onto a table, down a stair.
constexpr float kReachBelow_m = 1;
constexpr float kReachAbove_m = 2;
/// In the longest rewind (300 ms) nobody goes farther by himself or by a shove: 8 m/s. Who was
/// thrown faster has flown by.
constexpr float kMovedSince_m = 2.4f;
constexpr float kSearch_m = kShoveRange_m + kBody.radius + kMovedSince_m;

float heading_of(const Shove& intent) {
  return math::angle_from_quantised(static_cast<std::uint16_t>(intent.aim));
}

std::optional<ActionRefusal> refusal_for(const Readiness& readiness, bool is_safe, TickNumber now) {
  if (is_safe) return ActionRefusal::SafeArea;
  if (now < readiness.shove_at) return ActionRefusal::OnCooldown;
  return std::nullopt;
}

physics::Cone cone_of(Vec3 place, float heading) {
  return physics::make_cone(place, {.heading_rad = heading,
                                    .half_angle_rad = kShoveHalfAngle_rad,
                                    .range_m = kShoveRange_m,
                                    .below_m = kReachBelow_m,
                                    .above_m = kReachAbove_m});
}

/// Away from the actor; who stands in him goes where he aims.
Vec3 push_of(const Shove& intent, Vec3 actor, Vec3 target) {
  const Vec2 way = flat(target) - flat(actor);
  const float size = length(way);
  const Vec2 away = size > 0 ? way * (1 / size) : math::direction_of_heading(heading_of(intent));
  return {away.x * kShoveAway_m_per_s, kShoveUp_m_per_s, away.z * kShoveAway_m_per_s};
}

}  // namespace

void ShoveAhead::gather(const Step& step, const SafeAreas& safe, const Shove& intent, Vec3 place,
                        const Characters& characters) {
  candidates_.clear();
  columns_.clear();
  nearby_.for_each_within(flat(place), kSearch_m, [&](EntityId entity) {
    if (entity == intent.entity) return;
    const auto [position, history] = *characters.get(entity);
    if (safe.hold(position.metres)) return;
    const Vec3 then = lag_compensation::position_at(history, step.now, intent.rewind)
                          .value_or(position.metres);  // he entered in the last tick
    candidates_.push_back({entity, then});
    columns_.add({.feet = then});
  });
}

void ShoveAhead::operator()(const Step& step, const ZoneDefinition& zone,
                            const physics::StaticWorld& world, const physics::AreaIndex& areas,
                            In<Shove> intents, Query<Readiness, const Position> actors,
                            Characters characters, Query<Velocity> bodies, Out<Shoved> shoved,
                            Out<ActionDone> done, Out<ActionRefused> refused) {
  const SafeAreas safe{zone, areas};
  bool indexed = false;
  for (const Shove& intent : intents) {
    const auto actor = actors.get(intent.entity);
    if (!actor) continue;  // left since the client sent it: normal
    const auto& [readiness, position] = *actor;
    if (const auto reason = refusal_for(readiness, safe.hold(position.metres), step.now)) {
      refused.emit({intent.entity, intent.action, *reason});
      continue;
    }
    readiness.shove_at = step.now + kShoveCooldownTicks;
    if (!indexed) nearby_.rebuild(characters);
    indexed = true;
    gather(step, safe, intent, position.metres, characters);
    overlap(columns_, cone_of(position.metres, heading_of(intent)), touched_);
    std::uint32_t count = 0;
    for (const std::uint32_t number : touched_) {
      const Candidate& candidate = candidates_[number];
      const auto body = bodies.get(candidate.entity);
      if (!body || !sees(world, position.metres + kEye, candidate.then + kChest)) continue;
      throw_body(std::get<0>(*body), push_of(intent, position.metres, candidate.then));
      shoved.emit({intent.entity, candidate.entity, step.now});
      ++count;
    }
    if (count > 0) {
      done.emit({intent.entity, intent.action, count});
    } else {
      refused.emit({intent.entity, intent.action, ActionRefusal::NobodyThere});
    }
  }
}

}  // namespace tessera::skirmish
