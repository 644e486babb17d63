// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/snapshot.h"

#include <gtest/gtest.h>

#include <bit>

#include "engine/core/random.h"

namespace tessera::protocol {
namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
  std::vector<std::byte> bytes;
  for (int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

/// What was written, in a form that can be compared with what was read.
struct Story {
  std::vector<std::byte> bytes;
  std::vector<EntityState> states;
  std::vector<std::uint32_t> known;
  std::vector<EntityId> introduced;
  std::vector<std::vector<std::byte>> components;
  std::size_t answers = 0;
  std::vector<CombatLine> combat;
  std::size_t rosters = 0;
  std::size_t pages = 0;
  bool own = false;
};

PageKey random_page(RandomStream& random, Cell anchor) {
  Cell cell;
  while (!cell_from_code(anchor, static_cast<std::uint8_t>(random.below(kCellCodes)), cell)) {
  }
  return {cell, static_cast<std::uint8_t>(random.chance(0.7f) ? 0 : random.below(256))};
}

std::vector<std::byte> random_fields(RandomStream& random) {
  std::vector<std::byte> fields(random.below(20));
  for (std::byte& byte : fields) byte = static_cast<std::byte>(random.below(256));
  return fields;
}

void write_random_roster(SnapshotWriter& out, RandomStream& random, Cell anchor, Story& story) {
  auto mask = static_cast<std::uint32_t>(random.next() & random.next() & random.next());
  const bool complete = mask == 0 || random.chance(0.3f);
  const std::uint32_t told = mask;
  std::array<std::byte, 4096> scratch;
  ByteWriter entries(scratch);
  ++story.rosters;
  for (; mask != 0; mask &= mask - 1) {
    const std::uint32_t choice = random.below(3);
    if (choice == 0) {
      write_empty_slot(entries);
    } else if (choice == 1) {
      story.known.push_back(random.below(EntityId::kIndexMax + 1));
      write_known_slot(entries, story.known.back());
    } else {
      const auto fields = random_fields(random);
      std::vector<std::byte> components{std::byte{1}, static_cast<std::byte>(fields.size())};
      components.insert(components.end(), fields.begin(), fields.end());
      story.components.push_back(fields);
      story.introduced.push_back(EntityId::make(static_cast<std::uint16_t>(random.below(65536)),
                                                1 + random.below(EntityId::kGenerationMax),
                                                random.below(EntityId::kIndexMax + 1)));
      write_introduced_slot(entries, story.introduced.back(), components);
    }
  }
  out.roster(random_page(random, anchor), told, complete, entries.written());
}

void write_random_page(SnapshotWriter& out, RandomStream& random, Cell anchor, Story& story) {
  std::array<EntityState, kPageSlots> states{};
  for (EntityState& state : states) {
    state = EntityState::make(random.below(4096), random.below(4096), random.below(128));
    if (random.chance(0.2f)) state = state.with_height(static_cast<std::uint16_t>(random.next()));
  }
  const bool components = random.chance(0.3f);
  auto mask = static_cast<std::uint32_t>(random.next() & random.next());
  if (mask == 0 && !components) mask = 1;
  std::array<std::byte, 512> body;
  ByteWriter writer(body);
  std::array<std::byte, kPageStatesBytesMax> head;
  writer.bytes(std::span(head).first(write_page_states(head, mask, states)));
  for (auto m = mask; m != 0; m &= m - 1) {
    story.states.push_back(states[static_cast<unsigned>(std::countr_zero(m))]);
  }
  for (std::uint32_t i = components ? 1 + random.below(3) : 0; i > 0; --i) {
    story.components.push_back(random_fields(random));
    write_page_component(writer, static_cast<std::uint8_t>(random.below(32)), 1,
                         story.components.back(), i == 1);
  }
  out.page(random_page(random, anchor), mask | (components ? kComponentsFollow : 0),
           writer.written());
  ++story.pages;
}

Story random_story(std::uint64_t seed) {
  RandomStream random(seed);
  Story story;
  story.bytes.resize(64 * 1024);
  SnapshotWriter out(story.bytes, static_cast<std::uint32_t>(seed),
                     static_cast<std::uint8_t>(seed));
  if (random.chance(0.5f)) out.own_check({static_cast<std::uint16_t>(seed), 77});
  if ((story.own = random.chance(0.3f))) {
    out.own_state({9, EntityId::make(1, 2, 3), {{1, 2, 3}, {4, 5, 6}, false}});
  }
  if (random.chance(0.3f)) {
    const std::array<ActionAnswer, 2> answers{{{1, ActionVerdict::Done, 5}, {2, {}, 6}}};
    story.answers = 2;
    std::array<std::byte, kCombatBytesMax> scratch;
    CombatWriter lines(scratch);
    for (auto i = random.below(4); i > 0; --i) {
      story.combat.push_back({.amount = static_cast<std::int32_t>(random.below(1000)),
                              .number = static_cast<std::uint8_t>(i),
                              .own = true});
      lines.add(story.combat.back());
    }
    out.answers(answers, lines.count(), lines.finish());
  }
  const Cell anchor{static_cast<std::uint8_t>(random.below(128)),
                    static_cast<std::uint8_t>(random.below(128))};
  out.begin_view(anchor);
  for (auto i = random.below(3); i > 0; --i) write_random_roster(out, random, anchor, story);
  for (auto i = random.below(6); i > 0; --i) write_random_page(out, random, anchor, story);
  story.bytes.resize(out.size());
  return story;
}

void expect_story(const Story& story, const Snapshot& read) {
  EXPECT_EQ(read.rosters.size(), story.rosters);
  EXPECT_EQ(read.pages.size(), story.pages);
  EXPECT_EQ(read.answers.size(), story.answers);
  EXPECT_EQ(read.combat, story.combat);
  EXPECT_EQ(read.has_own_state, story.own);
  ASSERT_EQ(read.states.size(), story.states.size());
  for (std::size_t i = 0; i < story.states.size(); ++i) {
    EXPECT_EQ(read.states[i].state, story.states[i]);
  }
  std::vector<std::uint32_t> known;
  std::vector<EntityId> introduced;
  for (const RosterEntry& entry : read.entries) {
    if (entry.kind == RosterEntry::Kind::Known) known.push_back(entry.entity_index);
    if (entry.kind == RosterEntry::Kind::Introduced) introduced.push_back(entry.entity);
  }
  EXPECT_EQ(known, story.known);
  EXPECT_EQ(introduced, story.introduced);
  ASSERT_EQ(read.components.size(), story.components.size());
  for (std::size_t i = 0; i < story.components.size(); ++i) {
    EXPECT_TRUE(std::ranges::equal(read.components[i].fields, story.components[i]));
  }
}

TEST(Snapshot, WhatIsWrittenIsRead) {
  Snapshot read;
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const Story story = random_story(seed);
    if (story.bytes.size() > kSnapshotBytesMax) continue;
    ASSERT_TRUE(read_snapshot(story.bytes, read).has_value()) << "seed " << seed;
    EXPECT_EQ(read.tick, seed);
    EXPECT_EQ(read.epoch, seed & 7);
    expect_story(story, read);
    ++compared;
  }
  EXPECT_GT(compared, 2000);
}

TEST(Snapshot, TruncatedBytesNeverReadMoreThanThereIs) {
  Snapshot read;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Story story = random_story(seed);
    for (std::size_t size = 0; size < std::min<std::size_t>(story.bytes.size(), 600); ++size) {
      // A cut between two pages is a shorter snapshot; everywhere else it is refused.
      const std::vector<std::byte> cut(story.bytes.begin(),
                                       story.bytes.begin() + static_cast<std::ptrdiff_t>(size));
      if (!read_snapshot(cut, read)) continue;
      EXPECT_LE(read.pages.size(), story.pages);
    }
  }
}

TEST(Snapshot, AMovedEntityCostsFourBytesAndAPageOneMore) {
  std::array<EntityState, kPageSlots> states{};
  std::array<std::byte, kPageStatesBytesMax + kBodySlack> body;
  EXPECT_EQ(write_page_states(body, 0b1, states), 4u);
  EXPECT_EQ(write_page_states(body, 0xffffffff, states), 32u * 4);
  std::array<std::byte, 1000> bytes;
  SnapshotWriter out(bytes, 1, 0);
  out.begin_view({60, 60});
  const auto cost = [&](PageKey page, std::uint64_t bitmap) {
    const std::size_t before = out.size();
    const auto mask = static_cast<std::uint32_t>(bitmap);
    out.page(page, bitmap, std::span(body).first(write_page_states(body, mask, states)));
    return out.size() - before;
  };
  EXPECT_EQ(cost({{60, 60}, 0}, 0b1), 2u + 4) << "the first names its cell";
  EXPECT_EQ(cost({{61, 60}, 0}, 0b1111), 1u + 16);
  EXPECT_EQ(cost({{58, 61}, 0}, 0b10), 1u + 4);
  EXPECT_EQ(cost({{59, 61}, 0}, 0b10000), 2u + 4);
  EXPECT_EQ(cost({{59, 61}, 1}, 0b1), 3u + 4);
  EXPECT_EQ(cost({{60, 61}, 9}, 0xffffffff), kPageHeadBytesMax + 128);
  Snapshot read;
  ASSERT_TRUE(read_snapshot(out.written(), read).has_value());
  ASSERT_EQ(read.pages.size(), 6u);
  EXPECT_EQ(read.pages[2].page, (PageKey{{58, 61}, 0}));
  EXPECT_EQ(read.pages[4].page, (PageKey{{59, 61}, 1}));
  EXPECT_EQ(read.pages[5].page, (PageKey{{60, 61}, 9}));
}

TEST(Snapshot, AnOwnAnswerAloneIsSmall) {
  std::array<std::byte, 64> bytes;
  SnapshotWriter out(bytes, 1000, 2);
  const ActionAnswer answer{7, ActionVerdict::OnCooldown, 3};
  out.answers({&answer, 1});
  EXPECT_EQ(out.size(), kSnapshotHeaderBytes + 1 + kAnswerBytes);
  Snapshot read;
  ASSERT_TRUE(read_snapshot(out.written(), read).has_value());
  ASSERT_EQ(read.answers.size(), 1u);
  EXPECT_EQ(read.answers[0], answer);
  EXPECT_FALSE(read.has_view);
}

TEST(Snapshot, OwnStateKeepsEveryBitOfTheMotion) {
  std::array<std::byte, 64> bytes;
  SnapshotWriter out(bytes, 1, 0);
  const OwnState own{
      123456, EntityId::make(3, 4, 5), {{0.1f, -0.0f, 1e-30f}, {7, 8, 9}, false, {0x1234, 60, 8}}};
  out.own_check({1, 2});
  out.own_state(own);
  Snapshot read;
  ASSERT_TRUE(read_snapshot(out.written(), read).has_value());
  EXPECT_EQ(read.own_state, own);
  EXPECT_EQ(read.own_check, (OwnCheck{1, 2}));
  EXPECT_EQ(motion_check(read.own_state.motion), motion_check(own.motion));
}

TEST(Snapshot, TheCheckTellsMotionsApartThatDifferInOneBit) {
  const Motion motion{{1, 2, 3}, {4, 5, 6}, true};
  Motion other = motion;
  other.position.x = std::nextafter(1.0f, 2.0f);
  EXPECT_NE(motion_check(motion), motion_check(other));
  other = motion;
  other.grounded = false;
  EXPECT_NE(motion_check(motion), motion_check(other));
  other = motion;
  other.roll.ticks = 1;
  EXPECT_NE(motion_check(motion), motion_check(other));
}

TEST(Snapshot, BytesNoServerWouldSendAreRefused) {
  Snapshot read;
  const auto refused = [&](std::initializer_list<int> values) {
    return !read_snapshot(bytes_of(values), read).has_value();
  };
  EXPECT_TRUE(refused({}));
  EXPECT_TRUE(refused({0, 1, 0, 0}));                     // no whole header
  EXPECT_TRUE(refused({kFlagRosters, 1, 0, 0, 0}));       // rosters without a view
  EXPECT_TRUE(refused({kFlagView, 1, 0, 0, 0, 128, 0}));  // no such anchor
  EXPECT_TRUE(
      refused({kFlagView, 1, 0, 0, 0, 9, 9, 0x80 + 121, 2, 0, 0, 0, 0}));  // no such cell code
  EXPECT_TRUE(refused({kFlagView, 1, 0, 0, 0, 9, 9, 0x80 + 60, 0}));       // an empty page body
  EXPECT_TRUE(refused({kFlagView, 1, 0, 0, 0, 9, 9, 0x10}));  // a short head without a slot
  EXPECT_TRUE(refused({kFlagView, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}));           // beyond the border
  EXPECT_TRUE(refused({kFlagView, 1, 0, 0, 0, 9, 9, 0xbc, 3, 0, 0, 0, 0, 0}));  // page 0, long form
  EXPECT_TRUE(refused({kFlagView | kFlagRosters, 1, 0, 0, 0, 9, 9, 0}));        // no roster
  EXPECT_TRUE(refused(
      {kFlagView | kFlagRosters, 1, 0, 0, 0, 9, 9, 1, 60, 0}));  // a roster that says nothing
  EXPECT_TRUE(refused({kFlagView | kFlagRosters, 1, 0, 0, 0, 9, 9, 1, 60, 2, 3}));  // tag 3
  EXPECT_TRUE(
      refused({kFlagView | kFlagRosters, 1, 0, 0, 0, 9, 9, 1, 60, 2, 4}));  // nobody with an index
  EXPECT_TRUE(
      refused({kFlagView | kFlagRosters, 1, 0, 0, 0, 9, 9, 1, 60, 2, 2, 0, 0, 0}));  // generation 0
  EXPECT_TRUE(refused({kFlagAnswers, 1, 0, 0, 0, 0}));                               // no answer
  EXPECT_TRUE(refused({kFlagAnswers, 1, 0, 0, 0, 1, 1, 0, 99, 0, 0, 0, 0}));  // unknown verdict
  EXPECT_TRUE(refused({0, 1, 0, 0, 0, 7}));  // something after the end
  EXPECT_FALSE(refused({0, 1, 0, 0, 0}));
  EXPECT_EQ(read_snapshot(std::vector<std::byte>(kSnapshotBytesMax + 1), read).error(),
            DecodeError::OutOfRange);
}

TEST(Snapshot, AnOwnStateThatIsNoNumberIsRefused) {
  std::array<std::byte, 64> bytes;
  SnapshotWriter out(bytes, 1, 0);
  out.own_state({1, EntityId::make(1, 1, 1), {{std::nanf(""), 0, 0}, {}, true}});
  Snapshot read;
  EXPECT_FALSE(read_snapshot(out.written(), read).has_value());
}

}  // namespace
}  // namespace tessera::protocol
