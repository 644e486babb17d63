// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any bytes as a compiled zone. Size and checksum are put right first, or nothing would ever get
// past them; what is accepted then must be usable.
#include <cmath>
#include <cstdint>
#include <cstring>

#include "engine/core/assert.h"
#include "engine/core/hash.h"
#include "world/content/cache/zone_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  const auto input = std::as_bytes(std::span(data, size));
  auto bytes = std::make_shared<std::vector<std::byte>>(input.begin(), input.end());
  constexpr std::size_t kHeaderBytes = 40;
  if (size >= kHeaderBytes) {
    const std::uint64_t checksum = hash_bytes(std::span(*bytes).subspan(kHeaderBytes));
    const std::uint64_t whole = size;
    std::memcpy(bytes->data() + 24, &checksum, sizeof(checksum));
    std::memcpy(bytes->data() + 32, &whole, sizeof(whole));
  }
  const auto zone = content::decode_zone_file(bytes);
  if (!zone) return 0;
  TESSERA_ASSERT(zone->door_names.size() == zone->geometry->doors.size(), "doors without names");
  TESSERA_ASSERT(zone->triangle_flags.size() == zone->geometry->solids.size(), "flags of others");
  physics::CollisionWorld world = make_collision_world(*zone);
  const math::Vec2 middle = (zone->bounds.low + zone->bounds.high) * 0.5f;
  (void)world.is_free({middle.x, zone->terrain.height_at(middle), middle.z}, {});
  for (std::size_t door = 0; door < zone->geometry->doors.size(); ++door) {
    world.set_open(door, true);
  }
  (void)zone->geometry->solids.cast_ray({{middle.x, 100, middle.z}, {0, -1, 0}}, 1000);
  (void)content::encode_zone_file(*zone);
  return 0;
}
