// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The own character moves at once: each input frame runs through the server's own step_character
// here, and the server runs the same frame later. It confirms with a check of four bytes; when that
// differs from what was predicted the client asks for the exact state, goes back to it and runs the
// frames since then again.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "gameplay/movement/character_motion.h"
#include "protocol/inputs.h"
#include "protocol/snapshot.h"

namespace tessera::client {

class Prediction {
 public:
  /// Frames remembered: two seconds. What is confirmed later than that is not compared.
  static constexpr std::uint32_t kFramesKept = 128;

  explicit Prediction(const physics::CollisionWorld& world, const movement::MotionRules& rules = {})
      : world_(&world), rules_(rules) {}

  /// False until the server told the own state.
  bool started() const { return started_; }
  EntityId entity() const { return entity_; }
  /// Where the own character is, as far as it can be known now.
  const movement::MotionState& state() const { return state_; }
  /// One frame earlier; the same when that is not remembered.
  const movement::MotionState& state_before() const {
    return kept_ >= 2 ? frames_[(newest_ - 1) % kFramesKept].after : state_;
  }
  /// The newest frame; 0 before the first.
  std::uint32_t newest_frame() const { return newest_; }
  /// The newest frame that the server has run, as far as known.
  std::uint32_t applied_frame() const { return applied_; }

  /// Runs the next frame. Only when started.
  void step(const movement::InputFrame& input);
  /// The client was away for so many frames: the server has run standing frames, or none.
  void skip(std::uint32_t frames);

  /// As the server says of the own character (Condition::speed); frames run at it from now on.
  void set_speed(std::uint8_t percent) { speed_percent_ = percent; }

  void confirm(const protocol::OwnCheck& check);
  void correct(const protocol::OwnState& own);
  void clear();

  /// The newest frames that the server may not have, oldest first, at most kInputFramesMax.
  void frames_to_send(protocol::Inputs& inputs) const;

  bool wants_own_state() const { return wants_own_state_; }
  /// How often the server's word moved the own character.
  std::uint64_t corrections() const { return corrections_; }
  /// How far the last correction moved it, in metres.
  float correction_m() const { return correction_m_; }

 private:
  struct Frame {
    movement::InputFrame input;
    movement::MotionState after;
  };
  Frame& frame(std::uint32_t number) { return frames_[number % kFramesKept]; }
  bool kept(std::uint32_t number) const {
    return number != 0 && number <= newest_ && newest_ - number < kept_;
  }
  void run(const movement::InputFrame& input);

  const physics::CollisionWorld* world_;
  movement::MotionRules rules_;
  std::uint8_t speed_percent_ = movement::kOwnSpeed;
  EntityId entity_;
  movement::MotionState state_;
  std::array<Frame, kFramesKept> frames_{};
  std::uint32_t newest_ = 0;
  std::uint32_t applied_ = 0;
  std::uint32_t kept_ = 0;  ///< newest frames that are remembered
  std::uint64_t corrections_ = 0;
  float correction_m_ = 0;
  bool started_ = false;
  bool wants_own_state_ = false;
};

/// The bits that the server's check is made of.
inline protocol::Motion motion_of(const movement::MotionState& state) {
  return {state.position, state.velocity_m_per_s, state.grounded, state.roll};
}

}  // namespace tessera::client
