// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a bot does with its keys: it has a home and strolls about it, turns, stops, and shows an
// emote now and then. In a crowd it also shoves and throws stones. Homes are spread evenly, so that
// a fleet keeps its density for as long as it runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/core/random.h"
#include "engine/math/vec.h"
#include "gameplay/movement/input_frame.h"
#include "protocol/inputs.h"

namespace tessera::bots {

enum class Profile : std::uint8_t {
  Roam,   ///< 1,600 characters per square kilometre round the town; walk, turn, stop, emote
  Crowd,  ///< all within 50 m of the town's centre; the same, and they shove and throw stones
  Idle,   ///< where Roam would be, standing still
};

/// Roam, Crowd or Idle by its name in lower case.
std::optional<Profile> profile_from_name(std::string_view name);

/// The middle of the default zone's town, in metres.
inline constexpr math::Vec2 kTownCentre{2048, 2048};
inline constexpr float kRoamPerSquareKm = 1600;
inline constexpr float kCrowdRadiusM = 50;
/// How far a bot strolls from its home: little enough to keep the density, much enough to walk.
inline constexpr float kStrollM = 12;

/// Where bot `index` of `count` is at home: evenly spread over the profile's disc (a sunflower:
/// Vogel, A better way to construct the sunflower head, 1979).
math::Vec2 home_of(Profile profile, std::size_t index, std::size_t count);

class Behaviour {
 public:
  Behaviour(Profile profile, math::Vec2 home, std::uint64_t seed);

  /// The keys of the next frame, for a bot that stands at `position`. Call it 60 times a second.
  movement::InputFrame next_frame(math::Vec3 position);
  /// True about every `kEmoteSeconds`: the frame made last begins an emote.
  bool wants_emote() const { return emote_now_; }
  std::uint16_t emote() const { return emote_; }
  /// What the frame made last begins in a crowd, about every kSkirmishSeconds; None
  /// otherwise.
  protocol::ActionKind skirmish() const { return skirmish_; }
  /// The pitch of a throw.
  std::uint16_t skirmish_value() const { return skirmish_value_; }

  static constexpr float kEmoteSeconds = 8;
  static constexpr float kSkirmishSeconds = 5;
  static constexpr std::uint16_t kEmotes = 4;  ///< emotes 1 .. kEmotes are used

 private:
  void choose_next(math::Vec3 position);
  void choose_skirmish();

  Profile profile_;
  math::Vec2 home_;
  RandomStream random_;
  math::Vec2 target_;
  int frames_left_ = 0;  ///< of walking to the target or of standing
  bool walking_ = false;
  bool running_ = false;
  int frames_to_emote_ = 0;
  bool emote_now_ = false;
  std::uint16_t emote_ = 1;
  int frames_to_skirmish_ = 0;
  protocol::ActionKind skirmish_{};
  std::uint16_t skirmish_value_ = 0;
  movement::InputFrame frame_;
};

}  // namespace tessera::bots
