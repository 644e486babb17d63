// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour/behaviour.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "engine/core/tick.h"
#include "engine/math/angles.h"

namespace tessera::bots {
namespace {

constexpr float kRunningShare = 0.15f;
constexpr float kPausingShare = 0.7f;
constexpr float kRoadShare = 0.2f;
constexpr float kRoomShare = 0.15f;
/// Farther from home than this a bot runs there: it has just come from a spawn point.
constexpr float kAway_m = kVisit_m + 60;
/// Corners are a body's radius from walls: who rounds them by more bumps into them.
constexpr float kAtCorner_m = 0.25f;
/// A step of a quarter of a metre nearer is progress; it takes five frames of walking.
constexpr float kProgress_m = 0.25f;
constexpr std::uint32_t kRoadStopsMax = 5;
/// Of a throw: up to 26 m far where nobody is in the way.
constexpr float kPitchMax_rad = 0.8f;
/// The crowd fills the market, rather than stand round its middle.
constexpr float kGatheredMin = 0.3f;

constexpr int frames(float seconds) { return static_cast<int>(seconds * kTicksPerSecond); }

/// One of those near home, each as likely; none when there are none.
template <class Item, class IsNear>
const Item* choose_near(std::span<const Item> items, RandomStream& random, IsNear is_near) {
  const Item* chosen = nullptr;
  std::uint32_t seen = 0;
  for (const Item& item : items) {
    if (is_near(item) && random.below(++seen) == 0) chosen = &item;
  }
  return chosen;
}

}  // namespace

Behaviour::Behaviour(Profile profile, const Places& places, math::Vec3 home, std::uint64_t seed)
    : profile_(profile), places_(&places), home_(home), random_(seed), goal_(home) {
  frames_to_emote_ = frames(random_.between(0.5f, kEmoteSeconds));
  frames_to_skirmish_ = frames(random_.between(0.5f, kSkirmishSeconds));
  if (profile == Profile::Delve) {
    frames_to_delve_ = frames(random_.between(kDelveSecondsMin, kDelveSecondsMax));
  }
  frames_left_ = frames(random_.between(0, 2));  // a fleet does not set out as one
}

movement::InputFrame Behaviour::next_frame(math::Vec3 position, Guide& guide) {
  emote_now_ = --frames_to_emote_ <= 0;
  if (emote_now_) {
    frames_to_emote_ = frames(random_.between(0.5f, 1.5f) * kEmoteSeconds);
    emote_ = static_cast<std::uint16_t>(1 + random_.below(kEmotes));
  }
  if (profile_ == Profile::Crowd) choose_skirmish();
  if (profile_ == Profile::Delve) --frames_to_delve_;
  if (profile_ == Profile::Idle) return frame_;
  if (doing_ == Doing::Standing && --frames_left_ <= 0) choose_goal(position, guide);
  if (doing_ == Doing::AskingTheWay) ask_the_way(position, guide);
  if (doing_ == Doing::Walking) walk(position);
  if (doing_ == Doing::Gathering) gather(position);
  frame_.buttons = running_ ? 0 : movement::kButtonWalk;
  return frame_;
}

void Behaviour::choose_skirmish() {
  skirmish_ = protocol::ActionKind::None;
  if (--frames_to_skirmish_ > 0) return;
  frames_to_skirmish_ = frames(random_.between(0.5f, 1.5f) * kSkirmishSeconds);
  skirmish_ = random_.chance(0.5f) ? protocol::ActionKind::Shove : protocol::ActionKind::Throw;
  skirmish_value_ = math::quantise_angle(random_.between(0, kPitchMax_rad));
}

// ---- goals

void Behaviour::choose_goal(math::Vec3 position, const Guide& guide) {
  running_ = random_.chance(kRunningShare);
  pause_s_ = random_.chance(kPausingShare) ? random_.between(1, 9) : 0;
  if (profile_ == Profile::Crowd) return choose_place_in_crowd(position, guide);
  if (profile_ == Profile::Delve && frames_to_delve_ <= 0 && go_to_a_portal(position)) return;
  const bool away = length(flat(home_) - flat(position)) > kAway_m;
  if (away) {
    running_ = true;
    road_left_ = 0;
    return go_to(home_);
  }
  if (!next_road_stop()) choose_visit(guide);
}

void Behaviour::choose_visit(const Guide& guide) {
  const float wish = random_.unit();
  if (wish < kRoadShare && go_along_a_road()) return;
  if (wish >= kRoadShare && wish < kRoadShare + kRoomShare && go_to_a_room()) return;
  const float angle = random_.between(-math::kPi, math::kPi);
  const float away_m = kStroll_m * std::sqrt(random_.unit());
  const math::Vec2 there = flat(home_) + math::direction_of_heading(angle) * away_m;
  const auto place = guide.standing_place(there, 0);
  // In a wall, in a lake, or on the way out of the zone: think again.
  if (!place || places_->is_near_portal(flat(*place))) return stand(0.1f);
  go_to(*place);
}

bool Behaviour::go_along_a_road() {
  const auto stops = places_->road_stops();
  const RoadStop* const first = choose_near(
      stops, random_, [this](const RoadStop& stop) { return is_near_home(stop.place, kVisit_m); });
  if (first == nullptr) return false;
  road_stop_ = static_cast<std::uint32_t>(first - stops.data());
  road_step_ = random_.chance(0.5f) ? 1 : -1;
  road_left_ = 1 + random_.below(kRoadStopsMax);
  pause_s_ = 0;
  go_to(first->place);
  return true;
}

/// On along the road; false when this was the last stop.
bool Behaviour::next_road_stop() {
  if (road_left_ == 0) return false;
  --road_left_;
  const auto stops = places_->road_stops();
  const std::int64_t next = std::int64_t{road_stop_} + road_step_;
  if (next < 0 || next >= static_cast<std::int64_t>(stops.size())) road_left_ = 0;
  if (road_left_ == 0) return false;
  const RoadStop& stop = stops[static_cast<std::size_t>(next)];
  if (stop.road != stops[road_stop_].road || !is_near_home(stop.place, kVisit_m)) {
    road_left_ = 0;
    return false;
  }
  road_stop_ = static_cast<std::uint32_t>(next);
  pause_s_ = 0;
  go_to(stop.place);
  return true;
}

bool Behaviour::go_to_a_room() {
  const math::Vec3* const room = choose_near(places_->rooms(), random_, [this](math::Vec3 place) {
    return is_near_home(place, kVisit_m);
  });
  if (room == nullptr) return false;
  pause_s_ = random_.between(2, 8);
  go_to(*room);
  return true;
}

/// The nearest one. Whoever stands in it for a moment and is still here was not let through.
bool Behaviour::go_to_a_portal(math::Vec3 position) {
  const auto portals = places_->portals();
  if (portals.empty()) return false;
  const auto away = [&](math::Vec3 portal) { return length(flat(portal) - flat(position)); };
  frames_to_delve_ = frames(random_.between(kDelveSecondsMin, kDelveSecondsMax));
  running_ = true;
  pause_s_ = 2;
  go_to(*std::ranges::min_element(portals, {}, away));
  return true;
}

void Behaviour::choose_place_in_crowd(math::Vec3 position, const Guide& guide) {
  const MarketPlace& market = places_->market();
  const float away_m = length(flat(market.centre) - flat(position));
  if (away_m > market.radius_m) {
    running_ = true;
    gathered_m_ = market.radius_m * std::sqrt(random_.between(kGatheredMin, 1)) * 0.95f;
    goal_ = market.centre;
    forget_progress();
    doing_ = Doing::Gathering;
    return;
  }
  const float angle = random_.between(-math::kPi, math::kPi);
  const float mill_m = kMill_m * std::sqrt(random_.unit());
  const math::Vec2 wanted = flat(home_) + math::direction_of_heading(angle) * mill_m;
  const math::Vec2 from_centre = wanted - flat(market.centre);
  const float wanted_m = length(from_centre);
  const float most_m = 0.95f * market.radius_m;
  const math::Vec2 there =
      wanted_m > most_m ? flat(market.centre) + from_centre * (most_m / wanted_m) : wanted;
  goal_ = guide.straight_on(position, {there.x, position.y, there.z});
  corners_[0] = goal_;
  corner_ = 0;
  corner_count_ = 1;
  way_whole_ = true;
  forget_progress();
  doing_ = Doing::Walking;
}

bool Behaviour::is_near_home(math::Vec3 place, float reach_m) const {
  const math::Vec2 way = flat(place) - flat(home_);
  return dot(way, way) < reach_m * reach_m;
}

void Behaviour::go_to(math::Vec3 goal) {
  goal_ = goal;
  doing_ = Doing::AskingTheWay;
}

void Behaviour::stand(float seconds) {
  doing_ = Doing::Standing;
  frames_left_ = frames(seconds);
  if (frames_left_ > 0) frame_.move_x = frame_.move_z = 0;  // else it walks on to the next goal
}

// ---- ways

void Behaviour::ask_the_way(math::Vec3 position, Guide& guide) {
  const Guide::Way way = guide.find_way(position, goal_, corners_);
  if (way.answer == Guide::Answer::Later) {
    frame_.move_x = frame_.move_z = 0;
    return;
  }
  corner_ = 0;
  corner_count_ = way.corners;
  way_whole_ = way.whole;
  if (way.answer == Guide::Answer::NoWay) {  // it fell off the mesh: straight on, as far as it goes
    corners_[0] = goal_;
    corner_count_ = 1;
    way_whole_ = true;
  }
  forget_progress();
  doing_ = Doing::Walking;
}

void Behaviour::walk(math::Vec3 position) {
  math::Vec2 ahead = flat(corners_[corner_]) - flat(position);
  float ahead_m = length(ahead);
  while (ahead_m < kAtCorner_m) {
    forget_progress();
    if (++corner_ == corner_count_) return arrive();
    ahead = flat(corners_[corner_]) - flat(position);
    ahead_m = length(ahead);
  }
  head_for(ahead * (1 / ahead_m));
  watch_progress(ahead_m);
}

void Behaviour::arrive() {
  if (way_whole_) return stand(pause_s_);
  if (profile_ == Profile::Crowd) return stand(0);  // it may have come to where the field leads on
  go_to(goal_);
}

void Behaviour::gather(math::Vec3 position) {
  const float away_m = length(flat(goal_) - flat(position));
  if (away_m < gathered_m_) return stand(random_.between(0, 2));
  const auto sample = places_->to_market().sample(position);
  if (!sample) {  // too far away for the field
    pause_s_ = 0;
    return go_to(goal_);
  }
  head_for(sample->direction);
  watch_progress(sample->distance_m);
}

void Behaviour::head_for(math::Vec2 way) {
  frame_.move_x = static_cast<std::int8_t>(way.x * 127.0f);
  frame_.move_z = static_cast<std::int8_t>(way.z * 127.0f);
  frame_.aim = math::quantise_angle(math::heading_of_direction(way));
}

void Behaviour::forget_progress() {
  nearest_m_ = std::numeric_limits<float>::max();
  frames_without_progress_ = 0;
}

void Behaviour::watch_progress(float left_m) {
  if (left_m < nearest_m_ - kProgress_m) {
    nearest_m_ = left_m;
    frames_without_progress_ = 0;
    return;
  }
  ++frames_without_progress_;
  if (frames_without_progress_ > kTicksPerSecond) ++hindered_frames_;
  if (frames_without_progress_ < frames(kStuckSeconds)) return;
  ++stuck_;
  road_left_ = 0;
  stand(random_.between(0.2f, 1));
}

}  // namespace tessera::bots
