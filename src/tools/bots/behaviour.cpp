// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour.h"

#include <cmath>

#include "engine/core/tick.h"
#include "engine/math/angles.h"

namespace tessera::bots {
namespace {

constexpr float kGoldenAngle = 2.39996323f;
constexpr float kArrivedM = 0.5f;
constexpr float kStandingShare = 0.3f;
constexpr float kRunningShare = 0.15f;
/// Farther from home than this a bot runs there: it has just come from a spawn point.
constexpr float kAwayM = 40;
/// Of a throw: up to 26 m far where nobody is in the way.
constexpr float kPitchMax_rad = 0.8f;

int frames(float seconds) { return static_cast<int>(seconds * kTicksPerSecond); }

}  // namespace

std::optional<Profile> profile_from_name(std::string_view name) {
  if (name == "roam") return Profile::Roam;
  if (name == "crowd") return Profile::Crowd;
  if (name == "idle") return Profile::Idle;
  return std::nullopt;
}

math::Vec2 home_of(Profile profile, std::size_t index, std::size_t count) {
  const float share = (static_cast<float>(index) + 0.5f) / static_cast<float>(count);
  const float area_m2 = static_cast<float>(count) * (1e6f / kRoamPerSquareKm);
  const float radius_m = profile == Profile::Crowd ? kCrowdRadiusM : std::sqrt(area_m2 / math::kPi);
  const float turns = static_cast<float>(index) * kGoldenAngle;
  const float angle = turns - math::kTwoPi * std::floor(turns / math::kTwoPi);
  const math::Vec2 direction = math::direction_of_heading(math::wrap_angle(angle));
  return kTownCentre + direction * (radius_m * std::sqrt(share));
}

Behaviour::Behaviour(Profile profile, math::Vec2 home, std::uint64_t seed)
    : profile_(profile), home_(home), random_(seed), target_(home) {
  frames_to_emote_ = frames(random_.between(0.5f, kEmoteSeconds));
  frames_to_skirmish_ = frames(random_.between(0.5f, kSkirmishSeconds));
}

movement::InputFrame Behaviour::next_frame(math::Vec3 position) {
  emote_now_ = --frames_to_emote_ <= 0;
  if (emote_now_) {
    frames_to_emote_ = frames(random_.between(0.5f, 1.5f) * kEmoteSeconds);
    emote_ = static_cast<std::uint16_t>(1 + random_.below(kEmotes));
  }
  if (profile_ == Profile::Crowd) choose_skirmish();
  if (profile_ == Profile::Idle) return frame_;

  const math::Vec2 way = target_ - math::flat(position);
  const bool arrived = walking_ && math::length(way) < kArrivedM;
  if (--frames_left_ <= 0 || arrived) choose_next(position);
  if (!walking_) {
    frame_.move_x = frame_.move_z = 0;
    return frame_;
  }
  const math::Vec2 ahead = target_ - math::flat(position);
  const float away_m = math::length(ahead);
  if (away_m > 0.01f) {
    frame_.move_x = static_cast<std::int8_t>(ahead.x / away_m * 127.0f);
    frame_.move_z = static_cast<std::int8_t>(ahead.z / away_m * 127.0f);
    frame_.aim = math::quantise_angle(math::heading_of_direction(ahead));
  }
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

void Behaviour::choose_next(math::Vec3 position) {
  const bool away = math::length(home_ - math::flat(position)) > kAwayM;
  walking_ = away || !random_.chance(kStandingShare);
  running_ = away || random_.chance(kRunningShare);
  if (!walking_) {
    frames_left_ = frames(random_.between(0.5f, 3.0f));
    return;
  }
  const float angle = random_.between(-math::kPi, math::kPi);
  const float radius_m = kStrollM * std::sqrt(random_.unit());
  target_ = home_ + math::direction_of_heading(angle) * radius_m;
  // A wall in the way: after a few seconds another target, and another way round it.
  frames_left_ = frames(random_.between(2.0f, 5.0f));
  if (away && random_.chance(0.25f)) {
    target_ = math::flat(position) + math::direction_of_heading(angle) * (3 * kStrollM);
  }
}

}  // namespace tessera::bots
