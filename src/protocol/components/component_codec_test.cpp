// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/components/component_codec.h"

#include <gtest/gtest.h>

#include "gameplay/shared/components.h"
#include "protocol/components/replicated_components.h"

namespace tessera::protocol {
namespace {

enum class Colour : std::uint16_t { None, Blue = 300 };

struct Everything {
  EntityId entity;
  StrongId<struct GuildTag, std::uint64_t> guild;
  math::Vec3 place;
  float ratio = 0;
  float plain = 0;
  std::uint32_t count = 0;
  std::int32_t change = 0;
  float health = 0;
  Colour colour{};
  std::array<std::uint16_t, 2> slots{};
  FixedString<6> word;
  bool alive = false;
  std::int8_t small = 0;
  std::array<std::uint8_t, 2> filler{};
  friend constexpr auto describe(ecs::Described<Everything>) {
    return ecs::component<Everything>(
        "everything", {.audience = ecs::Audience::Everyone},
        ecs::field("entity", &Everything::entity), ecs::field("guild", &Everything::guild),
        ecs::field("place", &Everything::place),
        ecs::field("ratio", &Everything::ratio, {-1, 1, 8}),
        ecs::field("plain", &Everything::plain), ecs::field("count", &Everything::count),
        ecs::field("change", &Everything::change),
        ecs::field("health", &Everything::health, {0, 1000, 20}),
        ecs::field("colour", &Everything::colour), ecs::field("slots", &Everything::slots),
        ecs::field("word", &Everything::word), ecs::field("alive", &Everything::alive),
        ecs::field("small", &Everything::small), ecs::field("filler", &Everything::filler));
  }
};

template <class T>
std::vector<std::byte> written(const T& component) {
  std::vector<std::byte> bytes(256);
  ByteWriter out(bytes);
  write_component(out, component);
  bytes.resize(out.size());
  return bytes;
}

Everything example() {
  Everything e;
  e.entity = EntityId::make(1, 2, 3);
  e.guild.value = 77;
  e.place = {1, 2, 3};
  e.ratio = 0.5f;
  e.plain = -7.25f;
  e.count = 4'000'000'000u;
  e.change = -123456;
  e.health = 456.7f;
  e.colour = Colour::Blue;
  e.slots = {1, 65535};
  e.word = FixedString<6>("abcdef");
  e.alive = true;
  e.small = -3;
  return e;
}

TEST(ComponentCodec, EveryKindOfFieldComesBack) {
  const Everything e = example();
  Everything back;
  ASSERT_TRUE(read_component(written(e), back));
  EXPECT_EQ(back.entity, e.entity);
  EXPECT_EQ(back.guild, e.guild);
  EXPECT_EQ(back.place, e.place);
  EXPECT_NEAR(back.ratio, e.ratio, 1.0f / 255);
  EXPECT_EQ(back.plain, e.plain);
  EXPECT_EQ(back.count, e.count);
  EXPECT_EQ(back.change, e.change);
  EXPECT_NEAR(back.health, e.health, 0.001f);
  EXPECT_EQ(back.colour, e.colour);
  EXPECT_EQ(back.slots, e.slots);
  EXPECT_EQ(back.word, e.word);
  EXPECT_TRUE(back.alive);
  EXPECT_EQ(back.small, e.small);
}

TEST(ComponentCodec, AQuantisedValueIsStableWhenWrittenAgain) {
  Everything e = example();
  for (float ratio : {-2.0f, -1.0f, -0.333f, 0.0f, 0.999f, 1.0f, 5.0f}) {
    e.ratio = ratio;
    Everything back;
    ASSERT_TRUE(read_component(written(e), back));
    EXPECT_EQ(written(back), [&] {
      e.ratio = back.ratio;
      e.health = back.health;
      return written(e);
    }());
    EXPECT_GE(back.ratio, -1);
    EXPECT_LE(back.ratio, 1);
  }
}

TEST(ComponentCodec, TruncatedAndTrailingBytesAreRefused) {
  auto bytes = written(example());
  Everything back;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(read_component(std::span(bytes).first(size), back)) << size;
  }
  bytes.push_back(std::byte{0});
  EXPECT_FALSE(read_component(bytes, back));
}

TEST(ComponentCodec, ValuesNoWriterMakesAreRefused) {
  const Appearance appearance{
      .name = FixedString<24>("Ada"), .look = 5, .kind = EntityKind::Player};
  auto bytes = written(appearance);
  Appearance back;
  ASSERT_TRUE(read_component(bytes, back));
  EXPECT_EQ(back.name.view(), "Ada");
  bytes[1] = std::byte{0};  // a zero inside the name
  EXPECT_FALSE(read_component(bytes, back));
  bytes[0] = std::byte{25};  // longer than its capacity
  EXPECT_FALSE(read_component(bytes, back));

  Everything e = example();
  e.plain = std::numeric_limits<float>::infinity();
  Everything other;
  EXPECT_FALSE(read_component(written(e), other));
}

TEST(ComponentCodec, TheReplicatedComponentsHaveStableIndices) {
  EXPECT_EQ(kComponentIndex<Appearance>, 0);
  EXPECT_EQ(kComponentIndex<Gesture>, 1);
}

}  // namespace
}  // namespace tessera::protocol
