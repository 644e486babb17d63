// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The registry against the simplest thing that could be right: a map of structs.
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "engine/core/random.h"
#include "engine/ecs/registry.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

struct Model {
  std::optional<Spot> spot{};
  std::optional<Life> life{};
  std::optional<Everything> everything{};
  bool asleep = false;
};

class ModelTest : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  EntityId any() {
    auto where = model_.begin();
    std::advance(where, random_.below(static_cast<std::uint32_t>(model_.size())));
    return where->first;
  }
  void create() {
    const Spot spot{random_.unit(), random_.unit()};
    const Life life{static_cast<int>(random_.below(100))};
    switch (random_.below(4)) {
      case 0:
        model_[registry_.create()] = {};
        break;
      case 1:
        model_[registry_.create(spot)] = {.spot = spot};
        break;
      case 2:
        model_[registry_.create(life, spot)] = {.spot = spot, .life = life};
        break;
      default:
        model_[registry_.create(Asleep{}, life)] = {.life = life, .asleep = true};
        break;
    }
  }
  template <class C>
  void add_or_remove(std::optional<C>& slot, EntityId entity, const C& value) {
    if (random_.chance(0.6f)) {
      registry_.add_component(entity, value);
      slot = value;
    } else {
      registry_.remove_component<C>(entity);
      slot.reset();
    }
  }
  void change(EntityId entity) {
    Model& model = model_[entity];
    switch (random_.below(4)) {
      case 0:
        add_or_remove(model.spot, entity, Spot{random_.unit(), 0});
        break;
      case 1:
        add_or_remove(model.life, entity, Life{7});
        break;
      case 2:
        add_or_remove(model.everything, entity, Everything{.u64 = random_.next()});
        break;
      default:
        model.asleep = !model.asleep;
        model.asleep ? void(registry_.add_component<Asleep>(entity))
                     : registry_.remove_component<Asleep>(entity);
    }
  }
  void step() {
    const std::uint32_t what = random_.below(10);
    if (model_.empty() || what < 3) return create();
    const EntityId entity = any();
    if (what > 4) return change(entity);
    registry_.destroy(entity);
    dead_.push_back(entity);
    model_.erase(entity);
  }
  template <class C>
  static void expect_same(const C* value, const std::optional<C>& model) {
    ASSERT_EQ(value != nullptr, model.has_value());
    if (value != nullptr) {
      ASSERT_EQ(*value, *model);
    }
  }
  void compare() const {
    const Registry& registry = registry_;
    ASSERT_EQ(registry.size(), model_.size());
    for (const auto& [entity, model] : model_) {
      ASSERT_TRUE(registry.alive(entity));
      expect_same(registry.get<Spot>(entity), model.spot);
      expect_same(registry.get<Life>(entity), model.life);
      expect_same(registry.get<Everything>(entity), model.everything);
      ASSERT_EQ(registry.has<Asleep>(entity), model.asleep);
    }
    for (const EntityId entity : dead_) ASSERT_FALSE(registry.alive(entity));
    std::map<EntityId, Life> expected;
    for (const auto& [entity, model] : model_) {
      if (model.life && model.spot && !model.asleep) expected[entity] = *model.life;
    }
    std::map<EntityId, Life> seen;
    registry.view<const Life, With<Spot>, Without<Asleep>>().each(
        [&](EntityId entity, const Life& life) { seen[entity] = life; });
    ASSERT_EQ(seen, expected);
  }

  Registry registry_{12};
  RandomStream random_{GetParam()};
  std::map<EntityId, Model> model_;
  std::vector<EntityId> dead_;
};

TEST_P(ModelTest, ARegistryBehavesLikeAMapOfStructs) {
  SCOPED_TRACE(GetParam());
  for (int round = 0; round < 60; ++round) {
    for (int i = 0; i < 100; ++i) step();
    ASSERT_NO_FATAL_FAILURE(compare()) << "round " << round;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelTest, ::testing::Values(1, 2, 3, 4, 5));

}  // namespace
}  // namespace tessera::ecs::testing
