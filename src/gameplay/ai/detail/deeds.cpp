// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where a mind sends its legs.
#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"
#include "gameplay/ai/detail/thinker.h"

namespace tessera::ai::detail {
namespace {

using math::Vec2;
using math::Vec3;

/// A flight looks so far ahead.
constexpr float kFlight_m = 12;
constexpr float kHome_m = 2;
/// Who finds no way home for so long is at home where it stands.
constexpr float kLost_s = 10;
/// On the way home nobody holds it up.
constexpr float kHomeHaste = 1.3f;
constexpr std::uint8_t kPatrolPoints = 6;
constexpr float kPatrolReach_m = 1.5f;
constexpr float kGetsNowhere_s = 2;

/// On the ground there, if there is terrain; the search for a way finds the floor.
Vec3 on_the_ground(const Surroundings& around, Vec2 place, float height) {
  if (around.zone.has_terrain) height = around.world.terrain->height_at(place);
  return {place.x, height, place.z};
}

}  // namespace

void Thinker::send(Vec3 place, float stop_m, float speed_m_per_s) {
  orders_ = {.place = place,
             .stop_m = stop_m,
             .speed_m_per_s = speed_m_per_s,
             .order = wandering::Order::GoTo};
  wander_.has_orders = 1;
}

void Thinker::stand() {
  const Vec3 ahead = flat(target_.place) == Vec2{} ? orders_.place : target_.place;
  orders_ = {.place = target_ ? target_.place : ahead, .order = wandering::Order::Stand};
  wander_.has_orders = 1;
}

void Thinker::stroll() { wander_.has_orders = 0; }

Status Thinker::approach(float within_m) {
  if (!target_) return Status::Failed;
  if (away_m() <= within_m && sees_target()) {
    stand();
    return Status::Succeeded;
  }
  // Out of sight it goes on until it sees him.
  const float stop = sees_target() ? std::max(within_m - 0.3f, 0.5f) : 0.5f;
  send(target_.place, stop, kind_.run_m_per_s);
  return Status::Busy;
}

Status Thinker::keep_away(float within_m) {
  if (!target_ || away_m() > within_m || is_stuck_for(0)) return Status::Failed;
  const Vec2 way = flat(self_.place) - flat(target_.place);
  const float size = length(way);
  const Vec2 away = size > 0 ? way * (1 / size) : math::direction_of_heading(heading_) * -1.0f;
  const Vec2 place = flat(self_.place) + away * (within_m - away_m() + 3);
  send(on_the_ground(around_, place, self_.place.y), 0.5f, kind_.run_m_per_s);
  return Status::Busy;
}

Status Thinker::flee(float seconds) {
  if (!target_) return Status::Failed;
  mind_.flees_until = now() + ticks_from_seconds(seconds);
  mind_.state = State::Fleeing;
  flee_on();
  return Status::Busy;
}

void Thinker::flee_on() {
  Vec2 way = flat(self_.place) - flat(target_.place);
  if (!target_ || way == Vec2{}) way = math::direction_of_heading(heading_);
  // Whoever runs into something turns, by its own hand.
  if (is_stuck_for(0)) mind_.flee_heading += (entity_.index() & 1) != 0 ? 1.2f : -1.2f;
  if (wander_.stuck_since == 0) mind_.flee_heading = math::heading_of_direction(way);
  const Vec2 place = flat(self_.place) + math::direction_of_heading(mind_.flee_heading) * kFlight_m;
  const Vec2 low = around_.zone.bounds.low;
  const Vec2 high = around_.zone.bounds.high;
  const Vec2 inside{std::clamp(place.x, low.x, high.x), std::clamp(place.z, low.z, high.z)};
  send(on_the_ground(around_, inside, self_.place.y), 0.5f, kind_.run_m_per_s);
}

void Thinker::let_go() {
  forget_all(mind_);
  target_ = {};
  mind_.state = State::Returning;
  mind_.flees_until = 0;
  mind_.alarmed_until = 0;
  go_on_home();
}

void Thinker::go_on_home() {
  const bool is_home = distance(self_.place, wander_.home) <= kHome_m || is_stuck_for(kLost_s);
  outs_.lets_go.emit({entity_, is_home ? 1u : 0u});
  if (!is_home) return send(wander_.home, kHome_m / 2, kind_.run_m_per_s * kHomeHaste);
  mind_.state = State::Idle;
  stroll();
}

Status Thinker::investigate() {
  if (mind_.alarmed_until <= now()) return Status::Failed;
  if (distance(self_.place, mind_.alarm_place) > kPatrolReach_m && !is_stuck_for(kGetsNowhere_s)) {
    send(mind_.alarm_place, kPatrolReach_m, kind_.walk_m_per_s * 1.5f);
  } else {
    orders_.order = wandering::Order::Stand;
    wander_.has_orders = 1;
  }
  return Status::Busy;
}

Status Thinker::patrol(float radius_m) {
  const float turn = static_cast<float>(mind_.patrol_point) * (math::kTwoPi / kPatrolPoints);
  const Vec2 home = flat(wander_.home);
  const Vec2 place = home + math::direction_of_heading(math::wrap_angle(turn)) * radius_m;
  const bool is_there = length(place - flat(self_.place)) <= kPatrolReach_m;
  if (is_there || is_stuck_for(kGetsNowhere_s)) {
    mind_.patrol_point = static_cast<std::uint8_t>((mind_.patrol_point + 1) % kPatrolPoints);
  }
  send(on_the_ground(around_, place, wander_.home.y), 1, kind_.walk_m_per_s);
  return Status::Busy;
}

}  // namespace tessera::ai::detail
