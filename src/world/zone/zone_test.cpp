// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/zone/zone.h"

#include <gtest/gtest.h>

#include "engine/physics/testing/wall_with_doors.h"
#include "gameplay/emotes/emotes.h"
#include "gameplay/movement/movement.h"
#include "gameplay/navigation/paths.h"
#include "gameplay/pace/pace.h"
#include "gameplay/presence/presence.h"
#include "gameplay/shared/components.h"
#include "gameplay/testing/navigable.h"
#include "world/zone/testing/scripted_crowd.h"
#include "world/zone/testing/test_world.h"

namespace tessera::zone {
namespace {

using Bytes = std::vector<std::byte>;

/// The test zone with meshes to walk on, built once.
const ZoneDefinition& navigable_zone() {
  static const ZoneDefinition zone = [] {
    ZoneDefinition made = make_test_zone();
    add_navigation(made);
    return made;
  }();
  return zone;
}

ZoneOptions options() { return {.zone = 3, .seed = 11, .creatures = 40, .players_max = 200}; }

/// The hash after every tick of a crowd's doings.
std::vector<std::uint64_t> hashes_of_a_crowd(unsigned workers, int ticks, std::uint64_t seed = 5) {
  Zone zone(navigable_zone(), options(), workers);
  ScriptedCrowd crowd(seed, 120);
  std::vector<std::uint64_t> hashes;
  for (int i = 0; i < ticks; ++i) {
    crowd.act(zone);
    zone.step(zone.now() + 1);
    crowd.learn(zone);
    hashes.push_back(zone.hash());
  }
  EXPECT_GT(crowd.playing(), 80u);
  return hashes;
}

TEST(Zone, ComesToTheSameHashesWithAnyNumberOfWorkers) {
  const auto alone = hashes_of_a_crowd(0, 400);
  EXPECT_EQ(hashes_of_a_crowd(1, 400), alone);
  EXPECT_EQ(hashes_of_a_crowd(2, 400), alone);
  EXPECT_EQ(hashes_of_a_crowd(8, 400), alone);
}

TEST(Zone, ComesToOtherHashesWithOtherIntents) {
  EXPECT_NE(hashes_of_a_crowd(0, 300, 5).back(), hashes_of_a_crowd(0, 300, 6).back());
}

TEST(Zone, GoesOnFromACheckpointAsIfNothingHadHappened) {
  Zone zone(navigable_zone(), options(), 0);
  ScriptedCrowd crowd(9, 100);
  const auto tick = [&](Zone& world) {
    crowd.act(world);
    world.step(world.now() + 1);
    crowd.learn(world);
    return world.hash();
  };
  for (int i = 0; i < 300; ++i) tick(zone);
  Bytes checkpoint;
  zone.checkpoint(checkpoint);
  const ScriptedCrowd crowd_then = crowd;
  std::vector<std::uint64_t> expected;
  for (int i = 0; i < 300; ++i) expected.push_back(tick(zone));

  Zone other(navigable_zone(), options(), 2);
  ASSERT_TRUE(other.restore(300, checkpoint));
  EXPECT_EQ(other.now(), 300u);
  crowd = crowd_then;
  std::vector<std::uint64_t> hashes;
  for (int i = 0; i < 300; ++i) hashes.push_back(tick(other));
  EXPECT_EQ(hashes, expected);
}

TEST(Zone, GoesOnWithTheDoorsOfItsCheckpoint) {
  ZoneDefinition definition = make_test_zone();
  definition.geometry = physics::wall_with_doors(definition.bounds);
  Zone zone(definition, {.creatures = 0}, 0);
  const auto walk_north = [](Zone& world, std::uint32_t frame) {
    EntityId ann;
    world.registry().view<const PlayerControl>().each(
        [&](EntityId entity, const PlayerControl&) { ann = entity; });
    movement::MoveInputs intent{.entity = ann, .first_frame = frame, .count = 1, .frames = {}};
    intent.frames[0].move_z = -127;
    world.intents().of<movement::MoveInputs>().push_back(intent);
    world.step(world.now() + 1);
    return world.hash();
  };
  zone.intents().of<presence::EnterWorld>().push_back({.session = {1},
                                                       .character = {1},
                                                       .account = {1},
                                                       .name = {},
                                                       .position = {100, 0, 108},
                                                       .flags = presence::kHasSavedPosition});
  zone.step(1);
  std::uint32_t frame = 0;
  while (!zone.collision().is_open(1) && frame < 200) walk_north(zone, ++frame);
  Bytes checkpoint;
  zone.checkpoint(checkpoint);
  Zone other(definition, {.creatures = 0}, 0);
  ASSERT_TRUE(other.restore(zone.now(), checkpoint));
  EXPECT_TRUE(other.collision().is_open(1));
  for (int i = 0; i < 120; ++i) {
    ++frame;
    ASSERT_EQ(walk_north(other, frame), walk_north(zone, frame));
  }
  EXPECT_FALSE(zone.collision().is_open(1)) << "it has closed behind her";
}

TEST(Zone, RefusesADamagedCheckpointAndStaysAsItWas) {
  TestWorld world({.creatures = 5});
  world.enter("Anna", {100, 100});
  const std::uint64_t before = world.hash();
  Bytes checkpoint;
  world.zone().checkpoint(checkpoint);
  EXPECT_FALSE(world.zone().restore(77, std::span(checkpoint).first(checkpoint.size() / 2)));
  EXPECT_EQ(world.hash(), before);
  EXPECT_EQ(world.zone().now(), 1u);
}

/// Some entity that has the component; none when nobody does.
EntityId owner_of(const ecs::Registry& registry, const ecs::ComponentType& type) {
  EntityId owner;
  registry.view<const Position>().each([&](EntityId entity, const Position&) {
    if (!registry.bytes_of(entity, type).empty()) owner = entity;
  });
  return owner;
}

TEST(Zone, ChangesItsHashWhenAnyBitOfAnyComponentChanges) {
  TestWorld world({.creatures = 3});
  const EntityId anna = world.enter("Anna", {100, 100});
  world.walk(anna, {1, 0}, 30);
  // What nobody has yet, Anna gets.
  for (const ecs::ComponentType* type : world.zone().registry().components()) {
    if (!owner_of(world.zone().registry(), *type)) {
      const_cast<ecs::Registry&>(world.zone().registry())
          .add_component(anna, *type, Bytes(type->size));
    }
  }
  Bytes checkpoint;
  world.zone().checkpoint(checkpoint);
  for (const ecs::ComponentType* type : world.zone().registry().components()) {
    if (type->size == 0) continue;
    const EntityId owner = owner_of(world.zone().registry(), *type);
    ASSERT_TRUE(owner) << type->name;
    // Every bit of its value in turn.
    Zone zone(make_test_zone(), {.creatures = 3}, 0);
    ASSERT_TRUE(zone.restore(31, checkpoint));
    auto& state = const_cast<ecs::Registry&>(zone.registry());
    const auto original = state.bytes_of(owner, *type);
    const Bytes value(original.begin(), original.end());
    const std::uint64_t hash = zone.hash();
    ASSERT_EQ(hash, world.hash());
    for (std::size_t bit = 0; bit < value.size() * 8; ++bit) {
      Bytes flipped = value;
      flipped[bit / 8] ^= static_cast<std::byte>(1u << (bit % 8));
      state.add_component(owner, *type, flipped);
      EXPECT_NE(zone.hash(), hash) << type->name << " bit " << bit;
    }
    state.add_component(owner, *type, value);
    EXPECT_EQ(zone.hash(), hash) << type->name;
  }
  auto& state = const_cast<ecs::Registry&>(world.zone().registry());
  const std::uint64_t hash = world.hash();
  for (const std::span<std::byte> bytes :
       {std::as_writable_bytes(std::span(&state.singleton<pace::Pace>(), 1)),
        std::as_writable_bytes(std::span(&state.singleton<navigation::PathDebt>(), 1))}) {
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] ^= static_cast<std::byte>(1u << (bit % 8));
      EXPECT_NE(world.hash(), hash) << "bit " << bit;
      bytes[bit / 8] ^= static_cast<std::byte>(1u << (bit % 8));
    }
  }
}

TEST(Zone, TellsWhatWasDecidedBeforeAnythingMoves) {
  TestWorld world;
  const EntityId anna = world.enter("Anna", {100, 100});
  world.intend(emotes::PerformEmote{anna, 1, 7});
  bool told = false;
  world.zone().step(world.zone().now() + 1, [&] {
    told = true;
    EXPECT_EQ(world.events<emotes::EmotePerformed>().size(), 1u);
  });
  EXPECT_TRUE(told);
  EXPECT_TRUE(world.zone().intents().empty());
  world.step();
  EXPECT_EQ(world.events<emotes::EmotePerformed>().size(), 0u);
}

TEST(ZoneOptions, SurviveEncoding) {
  const Bytes bytes = encode(options());
  EXPECT_EQ(decode_zone_options(bytes), options());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_zone_options(std::span(bytes).first(size)));
  }
  Bytes longer = bytes;
  longer.push_back({});
  EXPECT_FALSE(decode_zone_options(longer));
}

TEST(TestWorld, LetsCharactersEnterWalkAndLeave) {
  TestWorld world({.creatures = 2, .players_max = 1});
  const EntityId anna = world.enter("Anna", {100, 100});
  ASSERT_TRUE(anna);
  EXPECT_EQ(world.get<Appearance>(anna).name.view(), "Anna");
  EXPECT_FALSE(world.enter("Bert", {120, 100})) << "the world is full";
  const float before = world.get<Position>(anna).metres.x;
  world.walk(anna, {1, 0}, 60);
  EXPECT_GT(world.get<Position>(anna).metres.x, before + 3);
  world.leave(anna);
  EXPECT_FALSE(world.alive(anna));
  EXPECT_EQ(world.events<presence::LeftWorld>().size(), 1u);
}

}  // namespace
}  // namespace tessera::zone
