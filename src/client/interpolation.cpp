// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Between two samples an entity moves on a cubic curve whose slope at each sample is made from the
// segments on both sides, so its velocity does not jump where a new segment begins. The slopes are
// the weighted harmonic means of Fritsch and Butland (SIAM J. Sci. Stat. Comput. 5(2), 1984): the
// curve never leaves the box that the two samples span, so nobody is drawn inside a wall that he
// stopped at.
#include "client/interpolation.h"

#include <algorithm>

#include "engine/core/tick.h"
#include "engine/math/angles.h"

namespace tessera::client {
namespace {

/// The slope at the end of a segment of slope `before` and length `before_ticks` and the start of
/// the next.
float slope_at(float before, float before_ticks, float after, float after_ticks) {
  if (!(before * after > 0)) return 0;
  const float weight_before = 2 * after_ticks + before_ticks;
  const float weight_after = after_ticks + 2 * before_ticks;
  return (weight_before + weight_after) / (weight_before / before + weight_after / after);
}

/// One axis of the way: a value and its change a tick.
struct Along {
  float value = 0;
  float slope = 0;
};

/// Three segments of one axis, the middle one is travelled; ticks 0 for a segment there is none of.
struct Segments {
  float before = 0, before_ticks = 0;
  float from = 0, to = 0, ticks = 1;
  float after = 0, after_ticks = 0;

  Along at(float share) const {
    const float own = (to - from) / ticks;
    const float start = before_ticks > 0 ? slope_at(before, before_ticks, own, ticks) : own;
    const float end = after_ticks > 0 ? slope_at(own, ticks, after, after_ticks) : own;
    const float rest = 1 - share;
    const float bend = share * rest * ticks;
    const float value = from * rest * rest * (1 + 2 * share) +
                        to * share * share * (3 - 2 * share) + bend * (start * rest - end * share);
    const float slope =
        6 * share * rest * own + start * rest * (1 - 3 * share) + end * share * (3 * share - 2);
    return {value, slope};
  }
};

float x_of(const Pose& pose) { return pose.position.x; }
float y_of(const Pose& pose) { return pose.position.y; }
float z_of(const Pose& pose) { return pose.position.z; }

/// The samples round one segment as places.
struct Neighbourhood {
  Pose pose[4];
  float ticks[3] = {0, 1, 0};

  Along at(float (*axis)(const Pose&), float share) const {
    Segments segments{.from = axis(pose[1]), .to = axis(pose[2]), .ticks = ticks[1]};
    if (ticks[0] > 0) {
      segments.before_ticks = ticks[0];
      segments.before = (axis(pose[1]) - axis(pose[0])) / ticks[0];
    }
    if (ticks[2] > 0) {
      segments.after_ticks = ticks[2];
      segments.after = (axis(pose[3]) - axis(pose[2])) / ticks[2];
    }
    return segments.at(share);
  }
};

Neighbourhood neighbourhood(const History& history, std::size_t next,
                            const physics::HeightField& terrain) {
  Neighbourhood result;
  const auto ticks = [&](std::size_t from) {
    return static_cast<float>(history[from + 1].tick - history[from].tick);
  };
  result.pose[1] = pose_of(history[next - 1], terrain);
  result.pose[2] = pose_of(history[next], terrain);
  result.ticks[1] = ticks(next - 1);
  if (next >= 2) {
    result.pose[0] = pose_of(history[next - 2], terrain);
    result.ticks[0] = ticks(next - 2);
  }
  if (next + 1 < history.size()) {
    result.pose[3] = pose_of(history[next + 1], terrain);
    result.ticks[2] = ticks(next);
  }
  return result;
}

}  // namespace

Pose pose_of(const Sample& sample, const physics::HeightField& terrain) {
  Pose pose;
  pose.position.x = protocol::metres_from_steps(sample.at.x);
  pose.position.z = protocol::metres_from_steps(sample.at.z);
  pose.position.y = sample.has_height ? protocol::metres_from_height(sample.height)
                                      : terrain.height_at(flat(pose.position));
  pose.heading = protocol::radians_from_heading(sample.heading);
  return pose;
}

std::optional<Pose> pose_at(const History& history, double tick,
                            const physics::HeightField& terrain) {
  if (history.size() == 0) return std::nullopt;
  if (history.size() == 1 || tick <= history[0].tick) return pose_of(history[0], terrain);
  std::size_t next = 1;
  while (next + 1 < history.size() && history[next].tick < tick) ++next;
  const Sample& a = history[next - 1];
  const Sample& b = history[next];
  const Neighbourhood round = neighbourhood(history, next, terrain);
  const double over = std::max(tick - b.tick, 0.0);
  const auto share = static_cast<float>((std::min(tick, static_cast<double>(b.tick)) - a.tick) /
                                        (b.tick - a.tick));
  const Along x = round.at(x_of, share);
  const Along y = round.at(y_of, share);
  const Along z = round.at(z_of, share);
  // Beyond what is known its way goes on for half the time, and back to the last place in the other
  // half: one who stopped then stands where he stopped.
  const auto ahead = static_cast<float>(std::max(std::min(over, kExtrapolateTicksMax - over), 0.0));
  Pose pose;
  pose.position = {x.value + x.slope * ahead, y.value + y.slope * ahead, z.value + z.slope * ahead};
  if (over < kExtrapolateTicksMax / 2) {
    pose.velocity_m_per_s = math::Vec3{x.slope, y.slope, z.slope} * float{kTicksPerSecond};
  }
  if (!a.has_height && !b.has_height) pose.position.y = terrain.height_at(flat(pose.position));
  const Pose& from = round.pose[1];
  pose.heading = math::wrap_angle(from.heading +
                                  math::wrap_angle(round.pose[2].heading - from.heading) * share);
  return pose;
}

}  // namespace tessera::client
