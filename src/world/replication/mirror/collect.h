// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From the registry into the mirror, once a tick. Every entity with a place, a heading and an
// appearance can be seen. Positions are looked at in every tick, the told components only in chunks
// that changed.
#pragma once

#include <cstdint>

#include "engine/ecs/registry.h"
#include "engine/physics/collision_world.h"
#include "world/replication/mirror/mirror.h"

namespace tessera::replication {

class Collector {
 public:
  explicit Collector(const physics::CollisionWorld& world) : world_(&world) {}

  void set_world(const physics::CollisionWorld& world) { world_ = &world; }

  void collect(std::uint32_t tick, std::uint32_t durable, const ecs::Registry& registry,
               Mirror& mirror);

 private:
  template <class C>
  void collect_component(std::uint32_t durable, const ecs::Registry& registry,
                         Mirror& mirror) const;

  const physics::CollisionWorld* world_;
  std::uint64_t version_seen_ = 0;
};

}  // namespace tessera::replication
