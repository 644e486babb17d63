// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/registry.h"

#include <gtest/gtest.h>

#include "engine/ecs/fields.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

TEST(Registry, GivesBackWhatWasPutIn) {
  Registry registry(3);
  const EntityId entity = registry.create(Spot{1, 2}, Pace{3, 4});
  EXPECT_EQ(entity.zone(), 3);
  EXPECT_TRUE(registry.alive(entity));
  EXPECT_EQ(registry.size(), 1u);
  EXPECT_EQ(*registry.get<Spot>(entity), (Spot{1, 2}));
  EXPECT_EQ(*registry.get<Pace>(entity), (Pace{3, 4}));
  EXPECT_EQ(registry.get<Life>(entity), nullptr);
  EXPECT_FALSE(registry.has<Life>(entity));
}

TEST(Registry, CreatesEntitiesWithoutComponents) {
  Registry registry;
  const EntityId entity = registry.create();
  EXPECT_TRUE(registry.alive(entity));
  EXPECT_EQ(registry.get<Spot>(entity), nullptr);
  EXPECT_TRUE(registry.components_of(entity).empty());
}

TEST(Registry, KeepsTheOtherComponentsWhenOneIsAddedOrRemoved) {
  Registry registry;
  const EntityId first = registry.create(Spot{1, 1}, Everything{.u32 = 1});
  const EntityId second = registry.create(Spot{2, 2}, Everything{.u32 = 2});
  registry.add_component(first, Life{50});
  EXPECT_EQ(registry.get<Life>(first)->points, 50);
  EXPECT_EQ(registry.get<Everything>(first)->u32, 1u);
  EXPECT_EQ(*registry.get<Spot>(second), (Spot{2, 2}));
  registry.remove_component<Spot>(first);
  EXPECT_EQ(registry.get<Spot>(first), nullptr);
  EXPECT_EQ(registry.get<Everything>(first)->u32, 1u);
  EXPECT_EQ(registry.get<Life>(first)->points, 50);
}

TEST(Registry, ReplacesAComponentThatIsThere) {
  Registry registry;
  const EntityId entity = registry.create(Life{1});
  EXPECT_EQ(registry.add_component(entity, Life{2}).points, 2);
  EXPECT_EQ(registry.get<Life>(entity)->points, 2);
}

TEST(Registry, HasTagsWithoutValues) {
  Registry registry;
  const EntityId entity = registry.create(Asleep{}, Life{});
  EXPECT_NE(registry.get<Asleep>(entity), nullptr);
  registry.remove_component<Asleep>(entity);
  EXPECT_EQ(registry.get<Asleep>(entity), nullptr);
  registry.add_component<Asleep>(entity);
  registry.add_component<Asleep>(entity);
  EXPECT_TRUE(registry.has<Asleep>(entity));
  EXPECT_TRUE(registry.bytes_of(entity, component_type<Asleep>()).empty());
}

TEST(Registry, ForgetsTheDead) {
  Registry registry;
  const EntityId first = registry.create(Life{1});
  const EntityId second = registry.create(Life{2});
  registry.destroy(first);
  registry.destroy(first);
  registry.destroy(EntityId{});
  EXPECT_FALSE(registry.alive(first));
  EXPECT_EQ(registry.get<Life>(first), nullptr);
  EXPECT_FALSE(registry.has<Life>(first));
  EXPECT_EQ(registry.get<Life>(second)->points, 2);
  registry.remove_component<Life>(first);
  const EntityId third = registry.create(Life{3});
  EXPECT_EQ(third.index(), first.index());
  EXPECT_NE(third, first);
  EXPECT_EQ(registry.get<Life>(first), nullptr);
  EXPECT_EQ(registry.size(), 2u);
}

TEST(Registry, DoesNotKnowIdsOfOtherZones) {
  Registry here(1);
  Registry there(2);
  const EntityId entity = there.create(Life{});
  here.create(Life{});
  EXPECT_FALSE(here.alive(entity));
  EXPECT_EQ(here.get<Life>(entity), nullptr);
}

TEST(Registry, HasSingletonsThatStartWithTheirDefault) {
  Registry registry;
  const Registry& reader = registry;
  EXPECT_EQ(reader.singleton<Weather>(), Weather{});
  const std::uint64_t before = registry.hash();
  registry.singleton<Weather>().storms = 2;
  registry.singleton<Life>().points = 1;
  EXPECT_EQ(reader.singleton<Weather>().storms, 2u);
  EXPECT_EQ(reader.singleton<Life>().points, 1);
  EXPECT_NE(registry.hash(), before);
}

TEST(Registry, TellsComponentsAsBytes) {
  Registry registry;
  const EntityId entity = registry.create(Spot{1, 2}, Asleep{}, Life{3});
  std::vector<std::string_view> names;
  for (const ComponentType* type : registry.components_of(entity)) names.push_back(type->name);
  EXPECT_EQ(names, (std::vector<std::string_view>{"asleep", "life", "spot"}));
  const ComponentType* const life = registry.find_component("life");
  ASSERT_NE(life, nullptr);
  EXPECT_EQ(registry.find_component("lift"), nullptr);
  EXPECT_EQ(registry.components().size(), 3u);
  Life value{};
  ASSERT_EQ(registry.bytes_of(entity, *life).size(), sizeof value);
  std::memcpy(&value, registry.bytes_of(entity, *life).data(), sizeof value);
  EXPECT_EQ(value.points, 3);
  value.points = 9;
  registry.add_component(entity, *life, std::as_bytes(std::span(&value, 1)));
  EXPECT_EQ(registry.get<Life>(entity)->points, 9);
  registry.add_component(entity, component_type<Asleep>(), {});
  registry.destroy(entity);
  registry.add_component(entity, *life, std::as_bytes(std::span(&value, 1)));
  EXPECT_TRUE(registry.bytes_of(entity, *life).empty());
  EXPECT_TRUE(registry.components_of(entity).empty());
}

TEST(Registry, KeepsItsHashWhenNothingChangesAndChangesItWhenSomethingDoes) {
  Registry registry;
  const EntityId entity = registry.create(Spot{1, 2}, Life{3});
  const std::uint64_t hash = registry.hash();
  EXPECT_EQ(registry.hash(), hash);
  registry.advance_version();
  EXPECT_EQ(registry.hash(), hash);
  registry.get<Life>(entity)->points = 4;
  EXPECT_NE(registry.hash(), hash);
  registry.get<Life>(entity)->points = 3;  // in the same version as the hash before
  EXPECT_EQ(registry.hash(), hash);
  registry.advance_version();
  registry.add_component<Asleep>(entity);
  EXPECT_NE(registry.hash(), hash);
}

TEST(Registry, ReservesWithoutChangingState) {
  Registry plain;
  Registry roomy;
  plain.reserve<Spot, Life>(0);
  roomy.reserve<Spot, Life>(200'000);
  for (Registry* registry : {&plain, &roomy}) {
    for (int i = 0; i < 3000; ++i) registry->create(Spot{1, 2}, Life{i});
  }
  EXPECT_EQ(plain.hash(), roomy.hash());
}

TEST(Fields, AreVisitedWithNameTypeAndQuantisation) {
  Spot spot{3, 4};
  std::string names;
  visit_fields(spot, [&](std::string_view name, float& value, const Quantisation& steps) {
    names += name;
    EXPECT_EQ(steps.bits, 12u);
    value += 1;
  });
  EXPECT_EQ(names, "xy");
  EXPECT_EQ(spot, (Spot{4, 5}));
  const Life life{8};
  visit_fields(life, [&](std::string_view, const auto& value, const Quantisation& steps) {
    EXPECT_EQ(value, 8);
    EXPECT_EQ(steps.bits, 0u);
  });
}

TEST(Fields, HaveTheirLayoutInTheErasedDescription) {
  const ComponentType& type = component_type<Everything>();
  EXPECT_EQ(type.name, "everything");
  EXPECT_EQ(type.options.version, 3);
  EXPECT_EQ(type.size, sizeof(Everything));
  ASSERT_EQ(type.fields.size(), 15u);
  std::uint32_t end = 0;
  for (const FieldLayout& field : type.fields) {
    EXPECT_EQ(field.offset, end) << field.name;
    end += field.size;
  }
  EXPECT_EQ(end, sizeof(Everything));
  EXPECT_EQ(type.fields[0].shape.kind, FieldKind::U64);
  EXPECT_EQ(type.fields[1].shape.kind, FieldKind::I64);
  EXPECT_EQ(type.fields[2].shape.kind, FieldKind::F64);
  EXPECT_EQ(type.fields[3].shape.kind, FieldKind::U64);
  EXPECT_EQ(type.fields[5].shape.kind, FieldKind::F32);
  EXPECT_EQ(type.fields[9].shape.kind, FieldKind::I16);
  EXPECT_EQ(type.fields[10].shape, (FieldShape{FieldKind::U16, 3}));
  EXPECT_EQ(type.fields[11].shape.kind, FieldKind::U8);
  EXPECT_EQ(type.fields[12].shape.kind, FieldKind::Bool);
  EXPECT_EQ(type.fields[13].shape.kind, FieldKind::I8);
  EXPECT_EQ(type.fields[14].shape, (FieldShape{FieldKind::Text, 7}));
}

}  // namespace
}  // namespace tessera::ecs::testing
