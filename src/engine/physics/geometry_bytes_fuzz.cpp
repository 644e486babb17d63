// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any bytes as static geometry; what is accepted must be usable and must come back the same.
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/assert.h"
#include "engine/physics/collision_world.h"
#include "engine/physics/geometry_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  const auto input = std::as_bytes(std::span(data, size));
  auto read = physics::geometry_from_bytes(input);
  if (!read) return 0;
  const auto again = physics::to_bytes(*read);
  TESSERA_ASSERT(again.size() == size, "bytes that belong to nothing");
  physics::CollisionWorld world(std::make_shared<physics::StaticGeometry>(*std::move(read)));
  const auto& [low, high] = world.geometry().bounds;
  const math::Vec2 middle = (low + high) * 0.5f;
  (void)world.is_free({middle.x, world.terrain().height_at(middle), middle.z}, {});
  for (std::size_t door = 0; door < world.geometry().doors.size(); ++door) {
    world.set_open(door, true);
  }
  (void)world.geometry().solids.cast_ray({{middle.x, 100, middle.z}, {0, -1, 0}}, 1000);
  return 0;
}
