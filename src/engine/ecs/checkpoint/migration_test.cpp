// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/ecs/registry.h"

namespace tessera::ecs {
namespace {

// The same component over the years.
namespace first {
struct Purse {
  std::uint32_t coins = 0;
  std::uint32_t owner = 0;
  friend constexpr auto describe(Described<Purse>) {
    return component<Purse>("purse", {}, field("coins", &Purse::coins),
                            field("owner", &Purse::owner));
  }
};
}  // namespace first

namespace second {
struct Purse {
  std::uint64_t copper = 5;
  std::uint32_t owner = 0;
  std::uint32_t lock = 9;
  friend constexpr auto describe(Described<Purse>) {
    return component<Purse>("purse", {.version = 2}, field("copper", &Purse::copper),
                            field("owner", &Purse::owner), field("lock", &Purse::lock));
  }
};
}  // namespace second

namespace careless {
struct Purse {
  std::uint64_t copper = 5;
  friend constexpr auto describe(Described<Purse>) {
    return component<Purse>("purse", {}, field("copper", &Purse::copper));
  }
};
}  // namespace careless

namespace tag {
struct Purse {
  friend constexpr auto describe(Described<Purse>) {
    return component<Purse>("purse", {.version = 3});
  }
};
}  // namespace tag

template <class Purse>
std::vector<std::byte> checkpoint(Purse purse, EntityId& entity) {
  Registry registry;
  entity = registry.create(purse);
  registry.singleton<Purse>() = purse;
  std::vector<std::byte> bytes;
  registry.serialise(bytes);
  return bytes;
}

TEST(Migration, ReadsOldFieldsByName) {
  EntityId entity;
  const auto bytes = checkpoint(first::Purse{3, 8}, entity);
  Registry registry;
  registry.register_migration<second::Purse>(1, [](const StoredComponent& old, second::Purse& now) {
    EXPECT_EQ(now.owner, 8u) << "kept fields are there already";
    EXPECT_EQ(now.copper, 5u) << "others have their default";
    EXPECT_EQ(old.fields().size(), 2u);
    EXPECT_EQ(old.bytes().size(), 8u);
    EXPECT_FALSE(old.get<std::uint64_t>("coins").has_value());
    EXPECT_FALSE(old.get<std::uint32_t>("silver").has_value());
    now.copper = 100u * old.get<std::uint32_t>("coins").value_or(0);
  });
  ASSERT_TRUE(registry.deserialise(bytes).has_value());
  const second::Purse& purse = *registry.get<second::Purse>(entity);
  EXPECT_EQ(purse.copper, 300u);
  EXPECT_EQ(purse.owner, 8u);
  EXPECT_EQ(purse.lock, 9u);
  EXPECT_EQ(registry.singleton<second::Purse>().copper, 300u);
}

TEST(Migration, MayTurnAComponentIntoATag) {
  Registry old;
  const EntityId entity = old.create(second::Purse{});
  std::vector<std::byte> bytes;
  old.serialise(bytes);
  Registry registry;
  registry.register_migration<tag::Purse>(2, [](const StoredComponent&, tag::Purse&) {});
  ASSERT_TRUE(registry.deserialise(bytes).has_value());
  EXPECT_TRUE(registry.has<tag::Purse>(entity));
}

TEST(Migration, IsAskedForWhenItIsMissing) {
  EntityId entity;
  const auto bytes = checkpoint(first::Purse{}, entity);
  Registry registry;
  registry.register_component<second::Purse>();
  const auto done = registry.deserialise(bytes);
  ASSERT_FALSE(done.has_value());
  EXPECT_NE(done.error().message.find("register a migration"), std::string::npos);
}

TEST(Migration, CannotLeadBack) {
  EntityId entity;
  const auto bytes = checkpoint(second::Purse{}, entity);
  Registry registry;
  registry.register_component<first::Purse>();
  const auto done = registry.deserialise(bytes);
  ASSERT_FALSE(done.has_value());
  EXPECT_NE(done.error().message.find("use a newer build"), std::string::npos);
}

TEST(Migration, IsDemandedWhenFieldsChangedUnderTheSameVersion) {
  EntityId entity;
  const auto bytes = checkpoint(first::Purse{}, entity);
  Registry registry;
  registry.register_component<careless::Purse>();
  const auto done = registry.deserialise(bytes);
  ASSERT_FALSE(done.has_value());
  EXPECT_NE(done.error().message.find("raise its version"), std::string::npos);
}

}  // namespace
}  // namespace tessera::ecs
