// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Rows for casts, overlaps and projectiles on a ground. Queries are fresh: thousands at a time are
// made while the clock stands. A checksum of the answers to the first ones, and the share of them
// that hit, stand beside each row; by any compiler the same.
#pragma once

#include <benchmark/benchmark.h>

#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/hash.h"
#include "engine/math/angles.h"
#include "engine/physics/projectiles/projectile.h"
#include "engine/physics/queries/areas_of_effect.h"
#include "tools/benchmarks/grounds.h"

namespace tessera::benchmarks {

using namespace physics;  // what is measured

inline constexpr std::size_t kQueriesAtOnce = 4096;

/// A ground, and the eyes of people who stand about in it.
struct QueryGround {
  std::string name;
  StaticWorld world;
  std::vector<math::Vec3> eyes;
};
inline QueryGround query_ground(const Ground& ground) {
  RandomStream random(8);
  QueryGround made{ground.name, ground.world(), free_places(ground, 1 << 14, random)};
  for (math::Vec3& place : made.eyes) place.y += 1.6f;
  return made;
}

inline math::Vec3 random_eye(const QueryGround& ground, RandomStream& random) {
  return ground.eyes[random.below(static_cast<std::uint32_t>(ground.eyes.size()))];
}

/// Evenly over all directions.
inline math::Vec3 random_direction(RandomStream& random) {
  const math::SinCos turn = math::sin_cos(random.between(-math::kPi, math::kPi));
  const float y = random.between(-1, 1);
  const float level = std::sqrt(1 - y * y);
  return {turn.sin * level, y, turn.cos * level};
}

/// A look to any side, rather down than up, of length 1.
inline math::Vec3 random_look(RandomStream& random) {
  const math::Vec2 ahead = math::direction_of_heading(random.between(-math::kPi, math::kPi));
  const float rise = random.between(-0.6f, 0.3f);
  const float size = std::sqrt(1 + rise * rise);
  return {ahead.x / size, rise / size, ahead.z / size};
}

/// Runs `ask(query)` on fresh ones of `make(random)`; it returns a number that stands for the
/// answer, 0 for none.
template <class Make, class Ask>
void run_row(benchmark::State& state, std::uint64_t seed, Make&& make, Ask&& ask) {
  RandomStream random(seed);
  std::vector<decltype(make(random))> queries(kQueriesAtOnce);
  for (auto& query : queries) query = make(random);
  StateHash checksum;
  std::size_t hits = 0;
  for (auto& query : queries) {
    const std::uint32_t answer = ask(query);
    checksum.add(answer);
    hits += answer != 0 ? 1 : 0;
  }
  std::size_t next = kQueriesAtOnce;
  for (auto _ : state) {
    if (next == kQueriesAtOnce) {
      state.PauseTiming();
      for (auto& query : queries) query = make(random);
      next = 0;
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(ask(queries[next++]));
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["hit_share"] = static_cast<double>(hits) / static_cast<double>(kQueriesAtOnce);
  state.counters["checksum"] = static_cast<double>(checksum.value() >> 32);
}

struct RayQuery {
  math::Vec3 from;
  math::Vec3 way;
};

inline std::uint32_t answer_of(const std::optional<StaticHit>& hit) {
  return hit ? std::bit_cast<std::uint32_t>(hit->share) ^ hit->triangle ^ 0x80000000u : 0;
}

/// Looks of up to 40 m, as far as one sees others.
inline RayQuery random_ray(const QueryGround& ground, RandomStream& random) {
  return {random_eye(ground, random), random_look(random) * 40.0f};
}

inline void ray_cast(benchmark::State& state, const QueryGround& ground) {
  const auto make = [&](RandomStream& random) { return random_ray(ground, random); };
  run_row(state, 1, make, [&](const RayQuery& ray) {
    return answer_of(cast_ray(ground.world, ray.from, ray.way));
  });
}

/// Balls of 10 cm on ways of up to 10 m.
inline void sphere_cast(benchmark::State& state, const QueryGround& ground) {
  const auto make = [&](RandomStream& random) {
    const float way_m = random.between(0, 10);
    return RayQuery{random_eye(ground, random), random_look(random) * way_m};
  };
  run_row(state, 2, make, [&](const RayQuery& query) {
    return answer_of(cast_sphere(ground.world, query.from, 0.1f, query.way));
  });
}

/// Balls of half a metre to three about people's heads, against terrain and triangles.
inline void overlap_sphere(benchmark::State& state, const QueryGround& ground) {
  const auto make = [&](RandomStream& random) {
    return Sphere{random_eye(ground, random), random.between(0.5f, 3)};
  };
  run_row(state, 3, make, [&](const Sphere& sphere) {
    return overlaps_sphere(ground.world, sphere.centre, sphere.radius) ? 1u : 0u;
  });
}

/// A fight of two hundred, asked by one ability after the other. Items are candidates.
template <class Shape, class Make>
void overlap_crowd(benchmark::State& state, Make&& make) {
  constexpr std::size_t kCrowd = 200;
  RandomStream crowd_random(5);
  CharacterColumns crowd;
  for (std::size_t i = 0; i < kCrowd; ++i) {
    crowd.add({{crowd_random.between(-15, 15), crowd_random.between(-1, 1),
                crowd_random.between(-15, 15)}});
  }
  std::vector<std::uint32_t> touched;
  touched.reserve(kCrowd);
  run_row(state, 4, make, [&](const Shape& shape) {
    overlap(crowd, shape, touched);
    return static_cast<std::uint32_t>(touched.size());
  });
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kCrowd));
}

inline math::Vec3 random_caster(RandomStream& random) {
  return {random.between(-10, 10), 1, random.between(-10, 10)};
}

inline void overlap_crowd_sphere(benchmark::State& state) {
  overlap_crowd<Sphere>(state, [](RandomStream& random) {
    return Sphere{random_caster(random), random.between(2, 8)};
  });
}
inline void overlap_crowd_cone(benchmark::State& state) {
  overlap_crowd<Cone>(state, [](RandomStream& random) {
    const math::Vec3 apex = random_caster(random);
    return make_cone(apex, {.heading_rad = random.between(-3, 3),
                            .half_angle_rad = random.between(0.3f, 1.5f),
                            .range_m = random.between(3, 10)});
  });
}
inline void overlap_crowd_box(benchmark::State& state) {
  overlap_crowd<OrientedBox>(state, [](RandomStream& random) {
    const math::Vec3 centre = random_caster(random);
    const float half_length = random.between(3, 10);
    return upright_box(centre, {1, 1, half_length}, random.between(-3, 3));
  });
}

/// A volley in flight: arrows of 40 m/s, one in four seeking, four characters on the move near
/// each.
inline void projectile_step(benchmark::State& state, const QueryGround& ground) {
  struct Volley {
    Projectile projectile;
    ProjectileKind kind;
    std::array<MovingCharacter, 4> characters;
  };
  const auto make = [&](RandomStream& random) {
    Volley volley;
    volley.projectile = {random_eye(ground, random), random_look(random) * 40.0f, 60};
    volley.kind.gravity_m_per_s2 = 9.81f;
    if (random.chance(0.25f)) volley.kind = {.turn_rate_rad_per_s = 2};
    for (MovingCharacter& character : volley.characters) {
      character.shape.feet = volley.projectile.position + random_direction(random) * 2.0f;
      character.way = random_direction(random) * 0.09f;
    }
    return volley;
  };
  run_row(state, 6, make, [&](Volley& volley) {
    const auto step = step_projectile(ground.world, volley.kind, volley.projectile,
                                      volley.characters[0].shape.feet, volley.characters);
    return step.fate == ProjectileFate::Flies ? 0 : std::bit_cast<std::uint32_t>(step.share) | 1u;
  });
}

}  // namespace tessera::benchmarks
