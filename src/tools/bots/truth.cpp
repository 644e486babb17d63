// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/truth.h"

#include <cmath>

namespace tessera::bots {

void Truth::note(std::size_t bot, std::int64_t now_us, math::Vec3 position) {
  Track& track = tracks_[bot];
  track.frames[track.noted % kFramesKept] = {now_us, position};
  ++track.noted;
}

std::optional<Truth::Comparison> Truth::compare(std::size_t bot, math::Vec3 shown,
                                                std::int64_t now_us) const {
  const Track& track = tracks_[bot];
  if (track.noted < kFramesKept) return std::nullopt;
  const auto frame = [&track](std::uint64_t age) -> const Frame& {
    return track.frames[(track.noted - 1 - age) % kFramesKept];
  };
  // The newest frame at the shown place; where prediction and server differ, the nearest one.
  std::uint64_t found = 0;
  float nearest_m = math::length(math::flat(frame(0).position - shown));
  for (std::uint64_t age = 1; age < kFramesKept && nearest_m > kSamePlaceM; ++age) {
    const float away_m = math::length(math::flat(frame(age).position - shown));
    if (away_m < nearest_m) {
      nearest_m = away_m;
      found = age;
    }
  }
  const float staleness_ms =
      found == 0 ? 0 : static_cast<float>(now_us - frame(found - 1).at_us) / 1000.0f;
  return Comparison{staleness_ms, math::distance(frame(0).position, shown)};
}

}  // namespace tessera::bots
