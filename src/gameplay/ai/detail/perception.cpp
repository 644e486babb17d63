// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a mind notices, and whom it fights.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/angles.h"
#include "gameplay/ai/detail/thinker.h"

namespace tessera::ai::detail {
namespace {

using combat::Fighter;
using combat::Life;
using math::Vec3;

constexpr Vec3 kEye{0, 1.6f, 0};
constexpr Vec3 kChest{0, 1.2f, 0};
/// Each level that a player is above it takes so much of its sight: the strong are left alone.
constexpr float kSightPerLevel = 0.06f;
constexpr float kSightShareMin = 0.3f;
/// Somewhat beyond its sight it notices that there is somebody.
constexpr float kNoticeShare = 1.35f;
constexpr TickNumber kAlarmTicks = 5 * kTicksPerSecond;
/// Faster is loud.
constexpr float kLoud_m_per_s = 3.5f;
/// A crowd: more of them are not looked at in one turn.
constexpr std::size_t kLooksMax = 4;
/// Another one must be hated so much more than the target before it turns to him.
constexpr float kTurnAt = 1.1f;
constexpr float kTurnAtFar = 1.3f;
constexpr float kMelee_m = 4;
/// Whom it fights may lead it so many leashes away from its home, at most.
constexpr float kLeashes = 1.5f;

struct Look {
  EntityId entity;
  Vec3 place{};
  float away_m = 0;
  bool before(const Look& other) const {
    return away_m != other.away_m ? away_m < other.away_m : entity < other.entity;
  }
};

/// The nearest few, the nearest first.
struct Looks {
  std::array<Look, kLooksMax> all{};
  std::size_t count = 0;
  void add(const Look& look) {
    std::size_t at = std::min(count, kLooksMax - 1);
    if (count == kLooksMax && !look.before(all[at])) return;
    for (; at > 0 && look.before(all[at - 1]); --at) all[at] = all[at - 1];
    all[at] = look;
    count = std::min(count + 1, kLooksMax);
  }
};

}  // namespace

Seen Thinker::behold(EntityId entity) const {
  const auto found = around_.beheld.get(entity);
  if (!found) return {};
  const auto& [fighter, vitals, casting, running, position, velocity] = *found;
  return {entity, &fighter, &vitals, &casting, &running, position.metres, velocity.metres_per_s};
}

bool Thinker::is_in_sight_cone(Vec3 place) const {
  const math::Vec2 way = flat(place) - flat(self_.place);
  if (way == math::Vec2{}) return true;
  const float off = math::wrap_angle(math::heading_of_direction(way) - heading_);
  return std::fabs(off) <= behaviour_.sight_half_angle;
}

bool Thinker::has_sight_of(Vec3 place) const {
  return physics::sees(around_.world, self_.place + kEye, place + kChest);
}

bool Thinker::sees_target() const {
  if (sight_ == Sight::Unknown) {
    sight_ = has_sight_of(target_.place) ? Sight::Free : Sight::Hidden;
  }
  return sight_ == Sight::Free;
}

void Thinker::perceive() {
  if (self_.fighter->side != combat::Side::Monsters) return;
  const float reach = std::max(behaviour_.sight_m * kNoticeShare, behaviour_.hearing_m);
  Looks looks;
  around_.players_near.for_each_within(
      flat(self_.place), reach, [&](EntityId entity, math::Vec2, float) {
        const Vec3 place = std::get<const Position&>(*around_.players.get(entity)).metres;
        looks.add({entity, place, distance(place, self_.place)});
      });
  for (const Look& look : std::span(looks.all).first(looks.count)) {
    const auto player = around_.players.get(look.entity);
    if (around_.safe.hold(look.place)) continue;
    const int above = std::get<const Fighter&>(*player).level - self_.fighter->level;
    const float share =
        std::max(1 - kSightPerLevel * static_cast<float>(std::max(above, 0)), kSightShareMin);
    const float sight = behaviour_.sight_m * share;
    const bool looks_at = look.away_m <= sight * kNoticeShare && is_in_sight_cone(look.place);
    if (looks_at && has_sight_of(look.place)) {
      if (look.away_m <= sight) return add_threat(mind_, look.entity, 1);
    } else if (look.away_m > behaviour_.hearing_m ||
               length(std::get<const Velocity&>(*player).metres_per_s) < kLoud_m_per_s) {
      continue;
    }
    mind_.alarm_place = look.place;
    mind_.alarmed_until = now() + kAlarmTicks;
    if (mind_.state == State::Idle) mind_.state = State::Alarmed;
    return;
  }
}

void Thinker::forget_the_gone() {
  const float far = behaviour_.leash_m * kLeashes;
  for (std::size_t i = mind_.threat_count; i-- > 0;) {
    const EntityId whom = mind_.threats[i].whom;
    const Seen other = behold(whom);
    const bool is_gone = !other || other.fighter->life != Life::Alive ||
                         !combat::are_enemies(*self_.fighter, *other.fighter) ||
                         distance(other.place, wander_.home) > far ||
                         around_.safe.hold(other.place);
    if (is_gone) forget(mind_, whom);
  }
}

void Thinker::choose_target() {
  const Threat* most = nullptr;
  for (const Threat& threat : mind_.hated()) {
    const bool more = most == nullptr || threat.amount > most->amount ||
                      (threat.amount == most->amount && threat.whom < most->whom);
    if (more) most = &threat;
  }
  if (most == nullptr) {
    mind_.target = {};
    return;
  }
  const auto hates = [&](EntityId whom) {
    return std::ranges::find(mind_.hated(), whom, &Threat::whom) != mind_.hated().end();
  };
  if (mind_.taunted_until > now() && hates(mind_.taunter)) {
    mind_.target = mind_.taunter;
  } else if (!hates(mind_.target)) {
    mind_.target = most->whom;
  } else if (most->whom != mind_.target) {
    const bool near = distance(behold(most->whom).place, self_.place) <= kMelee_m;
    const float turn_at = threat_of(mind_, mind_.target) * (near ? kTurnAt : kTurnAtFar);
    if (most->amount > turn_at) mind_.target = most->whom;
  }
  target_ = behold(mind_.target);
}

void Thinker::begin_fight() {
  mind_.state = State::Fighting;
  mind_.alarmed_until = 0;
  outs_.calls.emit({entity_, mind_.target, behaviour_.help_m, wander_.definition});
}

}  // namespace tessera::ai::detail
