// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/mirror/collect.h"

#include <cmath>

namespace tessera::replication {
namespace {

/// Who stands within this of the terrain is drawn on it: steps of slopes and rounding are below.
constexpr float kOnGroundMetres = 0.1f;

/// Calls fn with a null pointer of each replicated component's type.
template <class F>
void for_each_component(F&& fn) {
  const auto call = [&]<class... C>(std::tuple<C...>*) { (fn(static_cast<C*>(nullptr)), ...); };
  call(static_cast<protocol::ReplicatedComponents*>(nullptr));
}

}  // namespace

void Collector::collect(std::uint32_t tick, std::uint32_t durable, const ecs::Registry& registry,
                        Mirror& mirror) {
  mirror.begin(tick);
  const auto entities =
      registry.view<const Position, const Heading, const Velocity, ecs::With<Appearance>>();
  entities.each([&](EntityId entity, const Position& position, const Heading& heading,
                    const Velocity& velocity) {
    const RowIndex row = mirror.touch(entity);
    if (mirror.page_of(row) == kNoPage) {  // new: what it looks like goes before where it is
      for_each_component([&]<class C>(C*) {
        if (const C* value = registry.get<C>(entity)) mirror.tell(row, *value, durable);
      });
    }
    const math::Vec3 feet = position.metres;
    const protocol::GroundSteps at{protocol::steps_from_metres(feet.x),
                                   protocol::steps_from_metres(feet.z)};
    if (mirror.stands_still(row, at, heading.radians, feet.y)) return;
    bool off_ground = velocity.grounded == 0;
    if (!off_ground) {
      off_ground = std::abs(feet.y - world_->terrain().height_at(flat(feet))) > kOnGroundMetres;
    }
    mirror.place(row, at, heading.radians, off_ground, feet.y);
  });
  for_each_component([&]<class C>(C*) { collect_component<C>(durable, registry, mirror); });
  mirror.end();
  version_seen_ = registry.version() - 1;
}

template <class C>
void Collector::collect_component(std::uint32_t durable, const ecs::Registry& registry,
                                  Mirror& mirror) const {
  const std::uint64_t since = kIsHeld<C> ? 0 : version_seen_;
  registry.view<const C>().chunks_changed_since(
      since, [&](std::span<const EntityId> entities, std::span<const C> values) {
        for (std::size_t i = 0; i < entities.size(); ++i) {
          const RowIndex row = mirror.find(entities[i]);
          if (row != kNoRow) mirror.tell(row, values[i], durable);
        }
      });
}

}  // namespace tessera::replication
