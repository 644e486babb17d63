// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a bot does with its keys. One that roams has a home and goes from there to what is near: a
// place, a stretch of road, a room behind a door; it walks round walls by the navigation mesh,
// stops, and shows an emote now and then. Since homes are spread evenly and nobody goes far, a
// fleet keeps its density for as long as it runs. One of a crowd goes to the market place, by the
// field that all share, mills about there, shoves and throws stones. One that delves strolls for a
// while and then goes into the nearest portal; whoever lets it through gives it a new behaviour on
// the other side, and if nobody does it strolls again.
//
//   Standing --(time is over)--> AskingTheWay --(answer)--> Walking --(arrived, stuck)--> Standing
//            --(of a crowd, away from the market)--> Gathering --(there)--> Standing
#pragma once

#include <array>
#include <cstdint>

#include "engine/core/random.h"
#include "engine/math/vec.h"
#include "gameplay/movement/input_frame.h"
#include "protocol/inputs.h"
#include "tools/bots/behaviour/ground.h"
#include "tools/bots/behaviour/places.h"

namespace tessera::bots {

/// How far from its home a bot strolls: little enough to keep the density, enough to walk.
inline constexpr float kStroll_m = 30;
/// How far from its home it visits roads and rooms.
inline constexpr float kVisit_m = 70;
/// How far somebody in a crowd walks at once.
inline constexpr float kMill_m = 12;

class Behaviour {
 public:
  /// `places` must outlive it.
  Behaviour(Profile profile, const Places& places, math::Vec3 home, std::uint64_t seed);

  /// The keys of the next frame, for a bot that stands at `position`. Call it 60 times a second.
  /// 0.1 us, searches for ways included. Allocates nothing.
  movement::InputFrame next_frame(math::Vec3 position, Guide& guide);
  /// True about every `kEmoteSeconds`: the frame made last begins an emote.
  bool wants_emote() const { return emote_now_; }
  std::uint16_t emote() const { return emote_; }
  /// What the frame made last begins in a crowd, about every kSkirmishSeconds; None
  /// otherwise.
  protocol::ActionKind skirmish() const { return skirmish_; }
  /// The pitch of a throw.
  std::uint16_t skirmish_value() const { return skirmish_value_; }

  /// How often it did not get on for kStuckSeconds and gave a goal up.
  std::uint32_t stuck() const { return stuck_; }
  /// Frames in which it wanted to walk and had not come nearer for a second.
  std::uint32_t hindered_frames() const { return hindered_frames_; }

  static constexpr float kStuckSeconds = 3;
  static constexpr float kEmoteSeconds = 8;
  static constexpr float kSkirmishSeconds = 5;
  static constexpr float kDelveSecondsMin = 5;  ///< in a zone, before it goes on
  static constexpr float kDelveSecondsMax = 20;
  static constexpr std::uint16_t kEmotes = 4;  ///< emotes 1 .. kEmotes are used

 private:
  static constexpr std::size_t kCornersMax = 16;
  enum class Doing : std::uint8_t { Standing, AskingTheWay, Walking, Gathering };

  void choose_skirmish();
  void choose_goal(math::Vec3 position, const Guide& guide);
  void choose_visit(const Guide& guide);
  bool go_to_a_portal(math::Vec3 position);
  void choose_place_in_crowd(math::Vec3 position, const Guide& guide);
  bool go_along_a_road();
  bool go_to_a_room();
  bool next_road_stop();
  void go_to(math::Vec3 goal);
  void ask_the_way(math::Vec3 position, Guide& guide);
  void walk(math::Vec3 position);
  void gather(math::Vec3 position);
  void head_for(math::Vec2 way);
  void stand(float seconds);
  void arrive();
  void forget_progress();
  void watch_progress(float left_m);
  bool is_near_home(math::Vec3 place, float reach_m) const;

  Profile profile_;
  const Places* places_;
  math::Vec3 home_;
  RandomStream random_;

  Doing doing_ = Doing::Standing;
  int frames_left_ = 0;  ///< of standing
  bool running_ = false;
  math::Vec3 goal_;
  float pause_s_ = 0;  ///< at the goal
  std::array<math::Vec3, kCornersMax> corners_{};
  std::uint32_t corner_ = 0;  ///< it walks to
  std::uint32_t corner_count_ = 0;
  bool way_whole_ = true;
  float gathered_m_ = 0;  ///< so far from the market's centre it is there

  std::uint32_t road_stop_ = 0;  ///< of Places::road_stops()
  std::int32_t road_step_ = 0;   ///< to the next one: -1 or 1
  std::uint32_t road_left_ = 0;  ///< stops still to visit

  float nearest_m_ = 0;  ///< it has been to the corner, or along the field
  int frames_without_progress_ = 0;
  std::uint32_t stuck_ = 0;
  std::uint32_t hindered_frames_ = 0;

  int frames_to_emote_ = 0;
  bool emote_now_ = false;
  std::uint16_t emote_ = 1;
  int frames_to_delve_ = 0;
  int frames_to_skirmish_ = 0;
  protocol::ActionKind skirmish_{};
  std::uint16_t skirmish_value_ = 0;
  movement::InputFrame frame_;
};

}  // namespace tessera::bots
