// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/queues.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

struct Fallen {
  EntityId entity;
};

Queues intents() {
  Queues queues;
  queues.register_type<Push>();
  queues.register_type<Weather>();
  queues.register_type<Asleep>();
  return queues;
}

TEST(Queues, KeepMessagesByTypeUntilTheyAreCleared) {
  Queues queues;
  EXPECT_TRUE(queues.empty());
  EXPECT_TRUE(queues.read<Fallen>().empty());
  queues.of<Fallen>().push_back({EntityId{7}});
  queues.of<Push>().push_back({EntityId{8}, 1, 2});
  EXPECT_EQ(queues.size(), 2u);
  EXPECT_EQ(queues.read<Fallen>()[0].entity.value, 7u);
  queues.clear();
  EXPECT_TRUE(queues.empty());
  EXPECT_TRUE(queues.read<Push>().empty());
}

TEST(Queues, ComeBackFromTheirBytes) {
  Queues sent = intents();
  sent.of<Weather>().push_back({1, 2});
  for (int i = 0; i < 3; ++i) sent.of<Push>().push_back({EntityId{1}, static_cast<float>(i), 0});
  sent.of<Asleep>().resize(4);
  std::vector<std::byte> bytes;
  sent.serialise(bytes);
  Queues received = intents();
  ASSERT_TRUE(received.deserialise(bytes).has_value());
  EXPECT_EQ(received.of<Push>(), sent.of<Push>());
  EXPECT_EQ(received.of<Weather>(), sent.of<Weather>());
  EXPECT_EQ(received.of<Asleep>().size(), 4u);
  std::vector<std::byte> again;
  received.serialise(again);
  EXPECT_EQ(again, bytes);
}

TEST(Queues, ThatAreEmptyTakeOneByte) {
  std::vector<std::byte> bytes;
  intents().serialise(bytes);
  EXPECT_EQ(bytes.size(), 1u);
}

TEST(Queues, RefuseTypesTheyDoNotKnow) {
  Queues sent = intents();
  sent.of<Push>().push_back({});
  std::vector<std::byte> bytes;
  sent.serialise(bytes);
  Queues received;
  received.register_type<Weather>();
  const auto done = received.deserialise(bytes);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().kind, ErrorKind::InvalidArgument);
  EXPECT_NE(done.error().message.find("'push'"), std::string::npos);
}

struct NewerPush {
  EntityId entity;
  friend constexpr auto describe(Described<NewerPush>) {
    return component<NewerPush>("push", {.version = 2}, field("entity", &NewerPush::entity));
  }
};

TEST(Queues, RefuseOtherVersions) {
  Queues sent = intents();
  sent.of<Push>().push_back({});
  std::vector<std::byte> bytes;
  sent.serialise(bytes);
  Queues received;
  received.register_type<NewerPush>();
  const auto done = received.deserialise(bytes);
  ASSERT_FALSE(done.has_value());
  EXPECT_NE(done.error().message.find("version 1, this build has 2"), std::string::npos);
}

TEST(Queues, RefuseDamageAndStayEmpty) {
  Queues sent = intents();
  for (int i = 0; i < 5; ++i) sent.of<Push>().push_back({EntityId{1}, 1, 1});
  sent.of<Weather>().push_back({1, 2});
  std::vector<std::byte> bytes;
  sent.serialise(bytes);
  Queues received = intents();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(received.deserialise(std::span(bytes).first(size)).has_value()) << size;
    EXPECT_TRUE(received.empty());
  }
  bytes.push_back(std::byte{0});
  EXPECT_FALSE(received.deserialise(bytes).has_value());
  bytes.pop_back();
  constexpr std::uint64_t kSeed = 3;
  RandomStream random(kSeed);
  for (int i = 0; i < 2000; ++i) {  // whatever comes out: it must not crash
    std::vector<std::byte> damaged = bytes;
    damaged[random.below(static_cast<std::uint32_t>(bytes.size()))] =
        static_cast<std::byte>(random.next());
    const bool accepted = received.deserialise(damaged).has_value();
    EXPECT_TRUE(accepted || received.empty());
    received.clear();
  }
}

// A fuzzer found that one type, told twice, got past the limit of each part.
TEST(Queues, RefuseMoreMessagesThanATickHoldsHoweverTheyAreTold) {
  Queues half = intents();
  half.of<Asleep>().resize(kMessagesMax / 2 + 1);
  std::vector<std::byte> bytes;
  half.serialise(bytes);
  Queues received = intents();
  ASSERT_TRUE(received.deserialise(bytes).has_value());
  EXPECT_FALSE(received.deserialise(bytes).has_value());
  EXPECT_TRUE(received.empty());
}

TEST(QueuesDeathTest, TakeNoUnregisteredTypeOnceTypesAreRegistered) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Queues queues = intents();
  EXPECT_DEATH(queues.of<Fallen>(), "not registered");
}

}  // namespace
}  // namespace tessera::ecs::testing
