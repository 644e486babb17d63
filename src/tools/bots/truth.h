// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a viewer sees, measured against the truth. Every bot notes where it is, frame by frame;
// since all bots of a fleet live in one process, an observer's replica of another bot can be
// compared with what that bot itself says, on one clock.
//
//   staleness: how long ago the other left the position that the replica shows (0 while it stands
//   there) error:     how far the shown position is from where the other says it is now
//
// Both include the other's way up to the server, the server and the way down. The shown position is
// the newest received one, without extrapolation.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/math/vec.h"

namespace tessera::bots {

class Truth {
 public:
  /// How far back a replica may lie: 64 frames, about 1.07 s.
  static constexpr std::size_t kFramesKept = 64;
  /// Half a step of the position's quantisation in x and z, and a millimetre.
  static constexpr float kSamePlaceM = 0.013f;

  explicit Truth(std::size_t bots) : tracks_(bots) {}

  /// Bot `bot` stands at `position` from now on.
  void note(std::size_t bot, std::int64_t now_us, math::Vec3 position);

  /// It is in another zone now: what was noted of it means nothing any more.
  void forget(std::size_t bot) { tracks_[bot].noted = 0; }

  struct Comparison {
    float staleness_ms = 0;
    float error_m = 0;
  };
  /// Nothing while the bot has noted fewer than kFramesKept frames.
  std::optional<Comparison> compare(std::size_t bot, math::Vec3 shown, std::int64_t now_us) const;

 private:
  struct Frame {
    std::int64_t at_us = 0;
    math::Vec3 position;
  };
  struct Track {
    std::array<Frame, kFramesKept> frames{};
    std::uint64_t noted = 0;
  };
  std::vector<Track> tracks_;
};

}  // namespace tessera::bots
