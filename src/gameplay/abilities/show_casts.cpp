// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "engine/math/angles.h"
#include "gameplay/abilities/abilities.h"

namespace tessera::abilities {
namespace {

using combat::Casting;

bool is_under_way(const Casting& casting, TickNumber now) {
  return casting.ability && casting.ends_at > now;
}

std::uint16_t point_of(float metres) {
  return static_cast<std::uint16_t>(std::clamp(metres * kCastPointsPerMetre, 0.0f, 65535.0f));
}

Cast cast_of(const Casting& casting) {
  Cast cast{.started_at = casting.started_at,
            .ticks = static_cast<std::uint32_t>(casting.ends_at - casting.started_at),
            .ability = casting.ability.value,
            .heading = math::quantise_angle(casting.aim.heading)};
  if (casting.aim.has_point == 0) return cast;
  cast.has_point = 1;
  cast.point_x = point_of(casting.aim.point.x);
  cast.point_z = point_of(casting.aim.point.z);
  return cast;
}

}  // namespace

// The end of a cast is written only if it came too soon: everybody knows when it is over.
void show_casts(const Step& step, Query<const Casting, Without<Cast>> newcomers,
                Query<const Casting, const Cast> casters, Query<Cast> changed, Commands& commands) {
  newcomers.each([&](EntityId entity, const Casting& casting) {
    if (is_under_way(casting, step.now)) commands.add(entity, cast_of(casting));
  });
  casters.each([&](EntityId entity, const Casting& casting, const Cast& shown) {
    const bool casts = is_under_way(casting, step.now);
    const bool looks_so = shown.ability != 0 && shown.started_at + shown.ticks > step.now;
    if (!casts && !looks_so) return;
    const bool same =
        shown.ability == casting.ability.value && shown.started_at == casting.started_at;
    if (casts && looks_so && same) return;
    if (auto row = changed.get(entity)) std::get<0>(*row) = casts ? cast_of(casting) : Cast{};
  });
}

}  // namespace tessera::abilities
