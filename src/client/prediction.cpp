// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/prediction.h"

#include <algorithm>

namespace tessera::client {

void Prediction::clear() { *this = Prediction(*world_, rules_); }

void Prediction::run(const movement::InputFrame& input) {
  movement::step_character(*world_, state_, input, rules_, speed_percent_);
  ++newest_;
  frame(newest_) = {input, state_};
  kept_ = std::min(kept_ + 1, kFramesKept);
}

void Prediction::step(const movement::InputFrame& input) {
  TESSERA_ASSERT(started_, "prediction: no own state yet");
  run(input);
}

void Prediction::skip(std::uint32_t frames) {
  if (frames > kFramesKept / 2) {  // the server knows; nothing that is kept helps
    newest_ += frames;
    kept_ = 0;
    wants_own_state_ = true;
    return;
  }
  for (; frames > 0; --frames) run(movement::standing_frame(state_.heading));
}

void Prediction::confirm(const protocol::OwnCheck& check) {
  if (!started_) return;
  // The full number is the one nearest to what is applied; a late check is below it.
  const auto ahead = static_cast<std::int16_t>(
      static_cast<std::uint16_t>(check.frame - static_cast<std::uint16_t>(applied_)));
  if (ahead < 0) return;
  const std::uint32_t number = applied_ + static_cast<std::uint32_t>(ahead);
  if (number > newest_) {  // it ran frames without us
    wants_own_state_ = true;
    return;
  }
  applied_ = number;
  if (kept(number) && protocol::motion_check(motion_of(frame(number).after)) != check.check) {
    wants_own_state_ = true;
  }
}

void Prediction::correct(const protocol::OwnState& own) {
  if (started_ && own.entity == entity_ && own.frame < applied_) return;  // overtaken
  const bool same_character = started_ && own.entity == entity_;
  entity_ = own.entity;
  started_ = true;
  wants_own_state_ = false;
  applied_ = own.frame;
  if (same_character && kept(own.frame) && motion_of(frame(own.frame).after) == own.motion) return;

  const math::Vec3 predicted = state_.position;
  state_.position = own.motion.position;
  state_.velocity_m_per_s = own.motion.velocity;
  state_.grounded = own.motion.grounded;
  state_.roll = own.motion.roll;
  const bool replay = same_character && own.frame <= newest_ && newest_ - own.frame <= kept_;
  if (replay) {
    const std::uint32_t last = newest_;
    kept_ -= last - own.frame;
    newest_ = own.frame;
    if (kept(newest_)) frame(newest_).after = state_;
    while (newest_ < last) run(movement::InputFrame(frame(newest_ + 1).input));
  } else {
    newest_ = std::max(own.frame, same_character ? newest_ : 0);
    kept_ = 0;
  }
  if (!same_character || state_.position == predicted) return;
  ++corrections_;
  correction_m_ = math::distance(state_.position, predicted);
}

void Prediction::frames_to_send(protocol::Inputs& inputs) const {
  inputs.newest_frame = newest_;
  inputs.frame_count = std::min({newest_ - std::min(applied_, newest_), kept_,
                                 static_cast<std::uint32_t>(protocol::kInputFramesMax)});
  for (std::uint32_t i = 0; i < inputs.frame_count; ++i) {
    inputs.frames[i] = frames_[(inputs.first_frame() + i) % kFramesKept].input;
  }
}

}  // namespace tessera::client
