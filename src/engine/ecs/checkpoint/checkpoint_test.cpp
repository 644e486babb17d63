// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/checkpoint/checkpoint.h"

#include <gtest/gtest.h>

#include "engine/core/hash.h"
#include "engine/ecs/testing/random_world.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

std::vector<std::byte> checkpoint_of(const Registry& registry) {
  std::vector<std::byte> bytes;
  registry.serialise(bytes);
  return bytes;
}

/// A registry that knows the components of random_world.h.
std::unique_ptr<Registry> knowing(std::uint16_t zone = 0) {
  auto registry = std::make_unique<Registry>(zone);
  registry->register_component<Life>();
  registry->register_component<Spot>();
  registry->register_component<Pace>();
  registry->register_component<Everything>();
  registry->register_component<Cache>();
  registry->register_component<Asleep>();
  registry->register_component<Weather>();
  return registry;
}

/// Makes the trailing hash fit again, so that what stands before it is judged.
void seal(std::vector<std::byte>& bytes) {
  const std::uint64_t hash = hash_bytes(std::span(bytes).first(bytes.size() - 8));
  std::memcpy(bytes.data() + bytes.size() - 8, &hash, 8);
}

TEST(Checkpoint, GivesBackAllButWhatIsNotSaved) {
  Registry registry(3);
  const EntityId entity = registry.create(Everything{.name = FixedString<7>("Ida")}, Cache{99});
  const EntityId tagged = registry.create(Asleep{}, Life{5});
  registry.destroy(registry.create(Life{}));
  registry.singleton<Weather>().wind = 2;
  registry.singleton<Cache>().value = 1;
  auto restored = knowing(3);
  ASSERT_TRUE(restored->deserialise(checkpoint_of(registry)).has_value());
  EXPECT_EQ(*restored->get<Everything>(entity), *registry.get<Everything>(entity));
  EXPECT_EQ(*restored->get<Cache>(entity), Cache{});
  EXPECT_TRUE(restored->has<Asleep>(tagged));
  EXPECT_EQ(restored->singleton<Weather>().wind, 2);
  EXPECT_EQ(restored->singleton<Cache>(), Cache{});
  EXPECT_EQ(restored->size(), 2u);
  EXPECT_EQ(restored->hash(), registry.hash());
  EXPECT_EQ(restored->view<const Life>().size(), 1u);
}

TEST(Checkpoint, OfAnEmptyRegistryIsOneToo) {
  Registry registry;
  auto restored = knowing();
  restored->create(Life{});
  ASSERT_TRUE(restored->deserialise(checkpoint_of(registry)).has_value());
  EXPECT_EQ(restored->size(), 0u);
  EXPECT_EQ(restored->hash(), registry.hash());
}

TEST(Checkpoint, IsTheSameBytesAgainAfterRestoring) {
  Registry registry;
  RandomChanges changes(31);
  changes.run(registry, 2000);
  const auto bytes = checkpoint_of(registry);
  auto restored = knowing();
  ASSERT_TRUE(restored->deserialise(bytes).has_value());
  EXPECT_EQ(checkpoint_of(*restored), bytes);
}

TEST(Checkpoint, LetsARestoredRegistryGoOnExactlyAsTheFirst) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    auto original = knowing();
    RandomChanges changes(seed);
    changes.run(*original, 3000);
    auto restored = knowing();
    restored->create(Life{}, Spot{}, Pace{});  // is replaced
    ASSERT_TRUE(restored->deserialise(checkpoint_of(*original)).has_value());
    RandomChanges same_changes = changes;
    for (int round = 0; round < 10; ++round) {
      changes.run(*original, 200);
      same_changes.run(*restored, 200);
      ASSERT_EQ(restored->hash(), original->hash());
    }
    EXPECT_EQ(same_changes.entities(), changes.entities());
  }
}

TEST(Checkpoint, IsRefusedWhenAnyByteIsDamagedOrMissing) {
  Registry registry;
  registry.create(Life{1}, Spot{2, 3});
  registry.singleton<Weather>();
  const auto bytes = checkpoint_of(registry);
  auto target = knowing();
  const EntityId kept = target->create(Life{77});
  const std::uint64_t hash = target->hash();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto damaged = bytes;
    damaged[i] ^= std::byte{1};
    EXPECT_FALSE(target->deserialise(damaged).has_value()) << i;
    EXPECT_FALSE(target->deserialise(std::span(bytes).first(i)).has_value()) << i;
  }
  EXPECT_EQ(target->hash(), hash) << "a refused checkpoint must change nothing";
  EXPECT_EQ(target->get<Life>(kept)->points, 77);
}

TEST(Checkpoint, NeverCrashesOnDamageThatItsHashDoesNotShow) {
  Registry registry;
  RandomChanges changes(5);
  changes.run(registry, 120);
  const auto bytes = checkpoint_of(registry);
  constexpr std::uint64_t kSeed = 17;
  RandomStream random(kSeed);
  for (int i = 0; i < 5000; ++i) {
    auto damaged = bytes;
    const std::uint32_t hits = 1 + random.below(3);
    for (std::uint32_t hit = 0; hit < hits; ++hit) {
      damaged[random.below(static_cast<std::uint32_t>(bytes.size()))] =
          static_cast<std::byte>(random.next());
    }
    if (random.chance(0.2f)) damaged.resize(8 + random.below(400));
    seal(damaged);
    auto target = knowing();
    if (target->deserialise(damaged)) {
      target->create(Life{}, Spot{});
      target->view<Life>().each([](EntityId, Life& life) { life.points = 0; });
      target->hash();
    }
  }
}

TEST(Checkpoint, OfAnotherZoneOrFormatOrOfNothingIsRefusedWithAReason) {
  Registry registry(4);
  auto bytes = checkpoint_of(registry);
  const auto foreign = knowing(5)->deserialise(bytes);
  ASSERT_FALSE(foreign.has_value());
  EXPECT_NE(foreign.error().message.find("of zone 4, this is zone 5"), std::string::npos);
  bytes[4] = std::byte{99};
  seal(bytes);
  const auto newer = knowing(4)->deserialise(bytes);
  ASSERT_FALSE(newer.has_value());
  EXPECT_NE(newer.error().message.find("format 99"), std::string::npos);
  bytes[0] = std::byte{0};
  EXPECT_EQ(knowing(4)->deserialise(bytes).error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(knowing(4)->deserialise({}).error().kind, ErrorKind::Corrupt);
}

TEST(Checkpoint, WithAnUnknownComponentNamesIt) {
  Registry registry;
  registry.create(Life{});
  Registry other;
  const auto done = other.deserialise(checkpoint_of(registry));
  ASSERT_FALSE(done.has_value());
  EXPECT_NE(done.error().message.find("'life'"), std::string::npos);
}

}  // namespace
}  // namespace tessera::ecs::testing
