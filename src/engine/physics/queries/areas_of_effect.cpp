// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/areas_of_effect.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/math/angles.h"
#include "engine/math/float4.h"
#include "engine/math/trigonometry.h"

namespace tessera::physics {
namespace {

using math::Float4;
using math::Mask4;
using math::splat;
using math::Vec3;

Float4 load(const float* from) {
  Float4 four;
  std::memcpy(&four, from, sizeof four);
  return four;
}
Float4 clamp(Float4 value, Float4 low, Float4 high) {
  return math::min(math::max(value, low), high);
}

/// Four candidates.
struct Four {
  Float4 x;
  Float4 z;
  Float4 low;
  Float4 high;
  Float4 radius;
};

/// Asks for each four of the candidates which are touched, and calls take(index) for those.
template <class Touches, class Take>
void each_touched(const CharacterColumns& all, Touches&& touches, Take&& take) {
  for (std::size_t i = 0; i < all.size(); i += 4) {
    const Four four{load(all.x() + i), load(all.z() + i), load(all.low() + i), load(all.high() + i),
                    load(all.radius() + i)};
    unsigned hit = math::lanes(touches(four));
    if (all.size() - i < 4) hit &= (1u << (all.size() - i)) - 1;
    for (; hit != 0; hit &= hit - 1) take(i + static_cast<unsigned>(std::countr_zero(hit)));
  }
}

/// Within `reach` of a point, besides the character's own radius.
Mask4 within(const Four& four, Vec3 centre, float reach) {
  const Float4 x = four.x - splat(centre.x);
  const Float4 z = four.z - splat(centre.z);
  const Float4 y = clamp(splat(centre.y), four.low, four.high) - splat(centre.y);
  const Float4 limit = four.radius + splat(reach);
  return x * x + y * y + z * z <= limit * limit;
}

}  // namespace

Cone make_cone(Vec3 apex, const ConeOptions& options) {
  const math::SinCos half = math::sin_cos(std::clamp(options.half_angle_rad, 0.0f, math::kPi));
  return {flat(apex),
          math::direction_of_heading(options.heading_rad),
          half.cos,
          std::max(half.sin, 0.0f),  // that of pi may be rounded below 0
          options.range_m,
          apex.y - options.below_m,
          apex.y + options.above_m};
}

void overlap(const CharacterColumns& candidates, const Sphere& sphere,
             std::vector<std::uint32_t>& touched) {
  touched.clear();
  each_touched(
      candidates, [&](const Four& four) { return within(four, sphere.centre, sphere.radius); },
      [&](std::size_t index) { touched.push_back(static_cast<std::uint32_t>(index)); });
}

void overlap(const CharacterColumns& candidates, const Cone& cone,
             std::vector<std::uint32_t>& touched) {
  touched.clear();
  const Float4 range = splat(cone.range_m);
  const auto touches = [&](const Four& four) {
    const Float4 x = four.x - splat(cone.apex.x);
    const Float4 z = four.z - splat(cone.apex.z);
    const Float4 along = x * splat(cone.direction.x) + z * splat(cone.direction.z);
    const Float4 right = x * splat(cone.direction.z) - z * splat(cone.direction.x);
    const Float4 across = math::max(right, -right);
    // In the measure of the nearer edge: along it, and how far outside it.
    const Float4 along_edge = along * splat(cone.cosine) + across * splat(cone.sine);
    const Float4 outside = across * splat(cone.cosine) - along * splat(cone.sine);
    const Float4 beyond = along_edge - clamp(along_edge, splat(0), range);
    const Float4 reach = range + four.radius;
    const Mask4 near_edge = beyond * beyond + outside * outside <= four.radius * four.radius;
    const Mask4 in_sector = (outside <= splat(0)) & (x * x + z * z <= reach * reach);
    const Mask4 in_height = (four.low - four.radius <= splat(cone.high_m)) &
                            (four.high + four.radius >= splat(cone.low_m));
    return (near_edge | in_sector) & in_height;
  };
  each_touched(candidates, touches,
               [&](std::size_t index) { touched.push_back(static_cast<std::uint32_t>(index)); });
}

void overlap(const CharacterColumns& candidates, const OrientedBox& box,
             std::vector<std::uint32_t>& touched) {
  touched.clear();
  // The ball round the box, and a little for rounding.
  const float reach = length(box.half) * 1.00001f + 1e-4f;
  each_touched(
      candidates, [&](const Four& four) { return within(four, box.centre, reach); },
      [&](std::size_t index) {
        const Capsule capsule = candidates[index].capsule();
        const float limit = capsule.radius * capsule.radius;
        if (distance_squared(box, capsule.segment) > limit) return;
        touched.push_back(static_cast<std::uint32_t>(index));
      });
}

}  // namespace tessera::physics
