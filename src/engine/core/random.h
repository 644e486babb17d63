// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Randomness is a function of (seed, entity, tick, purpose): no state, no order, so the same
// question has the same answer on every thread, in every replay. The mixing function is the
// finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
// 2014).
#pragma once

#include <cstdint>

#include "engine/core/ids.h"
#include "engine/core/tick.h"

namespace tessera {

constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/// A purpose keeps questions of one entity in one tick apart. Give each use its own name.
constexpr std::uint64_t random_purpose(const char* name) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  while (*name != '\0') {
    hash = (hash ^ static_cast<unsigned char>(*name++)) * 0x100000001b3u;
  }
  return hash;
}

constexpr std::uint64_t random_u64(std::uint64_t seed, EntityId entity, TickNumber tick,
                                   std::uint64_t purpose) {
  return mix64(mix64(mix64(seed ^ purpose) ^ entity.value) ^ tick);
}

/// Uniform in [0, 1), 24 bits.
constexpr float random_unit(std::uint64_t seed, EntityId entity, TickNumber tick,
                            std::uint64_t purpose) {
  return static_cast<float>(random_u64(seed, entity, tick, purpose) >> 40) * 0x1p-24f;
}

/// Uniform in [0, count); count > 0. The bias is below 2^-32.
constexpr std::uint32_t random_below(std::uint32_t count, std::uint64_t seed, EntityId entity,
                                     TickNumber tick, std::uint64_t purpose) {
  const std::uint64_t high = random_u64(seed, entity, tick, purpose) >> 32;
  return static_cast<std::uint32_t>((high * count) >> 32);
}

/// A stream of numbers for tests, tools and world building; not for the tick.
class RandomStream {
 public:
  explicit constexpr RandomStream(std::uint64_t seed) : state_(seed) {}
  constexpr std::uint64_t next() { return mix64(state_++); }
  constexpr std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>(((next() >> 32) * count) >> 32);
  }
  constexpr float unit() { return static_cast<float>(next() >> 40) * 0x1p-24f; }
  constexpr float between(float low, float high) { return low + (high - low) * unit(); }
  constexpr bool chance(float probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

}  // namespace tessera
