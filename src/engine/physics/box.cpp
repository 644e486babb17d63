// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/box.h"

namespace tessera::physics {
namespace {

float clamp_to(float value, float limit) {
  return value < -limit ? -limit : (value > limit ? limit : value);
}

}  // namespace

math::Vec2 pushed_out(const Box& box, math::Vec2 place, float distance) {
  math::Vec2 local = box.to_local(place);
  const math::Vec2 nearest{clamp_to(local.x, box.half_size.x), clamp_to(local.z, box.half_size.z)};
  const math::Vec2 away = local - nearest;
  const float length = math::length(away);
  if (length > 0) return box.to_world(nearest + away * (distance / length));
  const float to_side_x = box.half_size.x - std::fabs(local.x);
  const float to_side_z = box.half_size.z - std::fabs(local.z);
  if (to_side_x < to_side_z) {
    local.x = local.x < 0 ? -box.half_size.x - distance : box.half_size.x + distance;
  } else {
    local.z = local.z < 0 ? -box.half_size.z - distance : box.half_size.z + distance;
  }
  return box.to_world(local);
}

}  // namespace tessera::physics
