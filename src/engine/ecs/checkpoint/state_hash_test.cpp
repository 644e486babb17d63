// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/ecs/registry.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

/// Every bit of a component's value, flipped in place.
template <class C>
void expect_every_bit_counts(Registry& registry, C& value) {
  auto* const bytes = reinterpret_cast<std::byte*>(&value);
  for (const FieldLayout& field : component_type<C>().fields) {
    for (std::uint32_t bit = 0; bit < field.size * 8; ++bit) {
      std::byte& byte = bytes[field.offset + bit / 8];
      const std::uint64_t before = registry.hash();
      byte ^= std::byte{1} << static_cast<int>(bit % 8);
      EXPECT_NE(registry.hash(), before) << field.name << " bit " << bit;
      byte ^= std::byte{1} << static_cast<int>(bit % 8);
      EXPECT_EQ(registry.hash(), before) << field.name << " bit " << bit;
    }
  }
}

TEST(StateHash, ChangesWithEveryBitOfEveryField) {
  Registry registry;
  EntityId last;
  for (int i = 0; i < 1500; ++i) last = registry.create(Everything{}, Spot{}, Pace{}, Life{});
  expect_every_bit_counts(registry, *registry.get<Everything>(last));
  expect_every_bit_counts(registry, *registry.get<Spot>(last));
  expect_every_bit_counts(registry, *registry.get<Pace>(last));
  expect_every_bit_counts(registry, *registry.get<Life>(last));
  expect_every_bit_counts(registry, registry.singleton<Weather>());
}

TEST(StateHash, LeavesOutWhatIsNotSaved) {
  Registry registry;
  const EntityId entity = registry.create(Cache{1});
  const std::uint64_t hash = registry.hash();
  registry.get<Cache>(entity)->value = 2;
  registry.singleton<Cache>().value = 3;
  EXPECT_EQ(registry.hash(), hash);
}

TEST(StateHash, TellsTagsRowOrderAndFreeListsApart) {
  Registry plain;
  Registry tagged;
  plain.create(Life{});
  tagged.create(Life{}, Asleep{});
  EXPECT_NE(plain.hash(), tagged.hash());

  Registry one;
  Registry two;
  for (Registry* registry : {&one, &two}) {
    const EntityId a = registry->create(Life{});
    const EntityId b = registry->create(Life{});
    registry->destroy(registry == &one ? a : b);
    registry->destroy(registry == &one ? b : a);
  }
  EXPECT_NE(one.hash(), two.hash());
}

TEST(StateHash, IsTheSameOnEveryMachineAndCompiler) {
  Registry registry(7);
  for (int i = 0; i < 100; ++i) {
    registry.create(Spot{static_cast<float>(i) * 0.25f, 1}, Life{i});
    registry.create(Everything{.i32 = i}, Asleep{});
  }
  registry.singleton<Weather>().wind = 0.5f;
  EXPECT_EQ(registry.hash(), 10743943944387905966u);
}

}  // namespace
}  // namespace tessera::ecs::testing
