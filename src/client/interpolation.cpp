// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/interpolation.h"

#include <algorithm>

#include "engine/math/angles.h"

namespace tessera::client {
namespace {

Pose between(const Sample& a, const Sample& b, float share, const physics::HeightField& terrain) {
  const Pose from = pose_of(a, terrain);
  const Pose to = pose_of(b, terrain);
  Pose pose;
  pose.position = from.position + (to.position - from.position) * share;
  if (!a.has_height && !b.has_height) pose.position.y = terrain.height_at(flat(pose.position));
  pose.heading = math::wrap_angle(from.heading + math::wrap_angle(to.heading - from.heading) *
                                                     std::min(share, 1.0f));
  return pose;
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
  // Beyond what is known its way goes on for half the time, and back to the last place in the other
  // half: one who stopped then stands where he stopped.
  const double over = std::max(tick - b.tick, 0.0);
  const double ahead = std::max(std::min(over, kExtrapolateTicksMax - over), 0.0);
  const double share =
      (std::min(tick, static_cast<double>(b.tick)) + ahead - a.tick) / (b.tick - a.tick);
  return between(a, b, static_cast<float>(share), terrain);
}

}  // namespace tessera::client
