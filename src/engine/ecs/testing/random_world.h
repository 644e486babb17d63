// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Random structural changes to a registry, drawn from a seed: the same seed, the same calls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/random.h"
#include "engine/ecs/registry.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {

class RandomChanges {
 public:
  explicit RandomChanges(std::uint64_t seed) : random_(seed) {}

  void run(Registry& registry, int count) {
    for (int i = 0; i < count; ++i) one(registry);
  }
  const std::vector<EntityId>& entities() const { return entities_; }

 private:
  void one(Registry& registry) {
    const int points = static_cast<int>(random_.below(1000));
    if (entities_.size() < 50 || random_.chance(0.3f)) {
      entities_.push_back(random_.chance(0.5f)
                              ? registry.create(Life{points}, Spot{random_.unit(), 2})
                              : registry.create(Everything{.i32 = points}, Cache{}, Asleep{}));
      return;
    }
    const std::uint32_t which = random_.below(static_cast<std::uint32_t>(entities_.size()));
    const EntityId entity = entities_[which];
    switch (random_.below(8)) {
      case 0:
        registry.destroy(entity);
        entities_[which] = entities_.back();
        entities_.pop_back();
        break;
      case 1:
        registry.add_component(entity, Pace{random_.unit(), 1});
        break;
      case 2:
        registry.add_component(entity, Cache{7});
        break;
      case 3:
        registry.add_component<Asleep>(entity);
        break;
      case 4:
        registry.remove_component<Spot>(entity);
        break;
      case 5:
        registry.remove_component<Asleep>(entity);
        break;
      case 6:
        if (Life* const life = registry.get<Life>(entity)) life->points = points;
        break;
      default:
        registry.singleton<Weather>().storms += 1;
        break;
    }
  }

  RandomStream random_;
  std::vector<EntityId> entities_;
};

}  // namespace tessera::ecs::testing
