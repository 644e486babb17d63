// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Snapshots that come in the wrong order, twice, or not at all. They are made by hand here.
#include "client/replica.h"

#include <gtest/gtest.h>

#include <functional>

#include "protocol/components/component_codec.h"

namespace tessera::client {
namespace {

using protocol::PageKey;

constexpr PageKey kPage{{64, 64}, 0};
constexpr PageKey kOther{{65, 64}, 1};

EntityId id(std::uint32_t index) { return EntityId::make(1, 3, index); }

/// Writes a snapshot and gives it to the replica.
class Teller {
 public:
  explicit Teller(Replica& replica) : replica_(replica) {}
  using Story = std::function<void(protocol::SnapshotWriter&)>;

  void tell(std::uint32_t tick, const Story& story, std::uint8_t epoch = 0) {
    std::array<std::byte, protocol::kSnapshotBytesMax> bytes;
    protocol::SnapshotWriter out(bytes, tick, epoch);
    out.begin_view({64, 64});
    story(out);
    protocol::Snapshot snapshot;
    ASSERT_TRUE(read_snapshot(out.written(), snapshot).has_value());
    replica_.apply(snapshot);
  }

  static void introduce(protocol::SnapshotWriter& out, PageKey page, std::uint8_t slot,
                        EntityId entity, std::string_view name, bool complete = false) {
    std::array<std::byte, 200> scratch;
    std::array<std::byte, 100> fields;
    ByteWriter writer(fields);
    Appearance appearance;
    appearance.name = FixedString<kNameBytesMax>(name);
    protocol::write_component(writer, appearance);
    std::array<std::byte, 100> components;
    ByteWriter head(components);
    head.number(protocol::kComponentIndex<Appearance>);
    head.number(static_cast<std::uint8_t>(writer.size()));
    head.bytes(writer.written());
    ByteWriter entries(scratch);
    protocol::write_introduced_slot(entries, entity, head.written());
    out.roster(page, 1u << slot, complete, entries.written());
  }
  static void known(protocol::SnapshotWriter& out, PageKey page, std::uint8_t slot,
                    std::uint32_t index) {
    std::array<std::byte, 8> scratch;
    ByteWriter entries(scratch);
    protocol::write_known_slot(entries, index);
    out.roster(page, 1u << slot, false, entries.written());
  }
  static void nobody(protocol::SnapshotWriter& out, PageKey page, std::uint8_t slot) {
    const std::array<std::byte, 1> entry{};
    out.roster(page, 1u << slot, false, entry);
  }
  static void close(protocol::SnapshotWriter& out, PageKey page) { out.roster(page, 0, true, {}); }
  static void state(protocol::SnapshotWriter& out, PageKey page, std::uint8_t slot, std::uint32_t x,
                    bool alone = false) {
    std::array<protocol::EntityState, protocol::kPageSlots> states{};
    states[slot] = protocol::EntityState::make(x, 2000, 5);
    std::array<std::byte, protocol::kPageStatesBytesMax + protocol::kBodySlack> body;
    const std::uint32_t mask = 1u << slot;
    const std::uint64_t bitmap = mask | (alone ? protocol::kSlotsAlone : 0);
    out.page(page, bitmap, std::span(body).first(write_page_states(body, mask, states)));
  }

 private:
  Replica& replica_;
};

class ReplicaTest : public ::testing::Test {
 protected:
  void introduce(std::uint32_t tick, PageKey page, std::uint8_t slot, std::uint32_t index,
                 std::uint8_t epoch = 0) {
    teller_.tell(
        tick,
        [&](protocol::SnapshotWriter& out) {
          Teller::introduce(out, page, slot, id(index), "Ada");
          Teller::state(out, page, slot, 1000);
        },
        epoch);
  }
  void state(std::uint32_t tick, PageKey page, std::uint8_t slot, std::uint32_t x) {
    teller_.tell(tick, [&](auto& out) { Teller::state(out, page, slot, x); });
  }
  void nobody(std::uint32_t tick, PageKey page, std::uint8_t slot) {
    teller_.tell(tick, [&](auto& out) { Teller::nobody(out, page, slot); });
  }
  void known(std::uint32_t tick, PageKey page, std::uint8_t slot, std::uint32_t index) {
    teller_.tell(tick, [&](auto& out) { Teller::known(out, page, slot, index); });
  }
  std::uint32_t newest_x(std::uint32_t index) const {
    return static_cast<std::uint32_t>(
        protocol::offset_in_cell(64, replica_.find(id(index))->history.newest().at.x));
  }

  Replica replica_;
  Teller teller_{replica_};
};

TEST_F(ReplicaTest, AnEntityAppearsMovesAndGoes) {
  introduce(100, kPage, 3, 7);
  const RemoteEntity* ada = replica_.find(id(7));
  ASSERT_NE(ada, nullptr);
  EXPECT_EQ(ada->appearance.name.view(), "Ada");
  EXPECT_EQ(replica_.visible_count(), 1u);
  state(103, kPage, 3, 1010);
  EXPECT_EQ(newest_x(7), 1010u);
  EXPECT_EQ(replica_.find(id(7))->history.size(), 2u);
  nobody(106, kPage, 3);
  EXPECT_EQ(replica_.find(id(7)), nullptr);
  EXPECT_EQ(replica_.visible_count(), 0u);
}

TEST_F(ReplicaTest, AStateThatWasOvertakenIsIgnored) {
  introduce(100, kPage, 3, 7);
  state(106, kPage, 3, 1020);
  state(103, kPage, 3, 1010);
  EXPECT_EQ(newest_x(7), 1020u);
}

TEST_F(ReplicaTest, AStateMayComeBeforeTheRoster) {
  state(103, kPage, 3, 1010);
  EXPECT_EQ(replica_.visible_count(), 0u);
  teller_.tell(100, [&](auto& out) { Teller::introduce(out, kPage, 3, id(7), "Ada"); });
  ASSERT_NE(replica_.find(id(7)), nullptr);
  EXPECT_EQ(newest_x(7), 1010u);
}

TEST_F(ReplicaTest, AStateOfAFormerOccupantIsNotTheNextOnes) {
  introduce(100, kPage, 3, 7);
  nobody(110, kPage, 3);
  state(106, kPage, 3, 1010);  // late: of Ada
  teller_.tell(240, [&](auto& out) { Teller::introduce(out, kPage, 3, id(8), "Bob"); });
  EXPECT_EQ(replica_.find(id(8)), nullptr) << "nothing was told of where Bob is";
  state(240, kPage, 3, 1500);
  EXPECT_EQ(newest_x(8), 1500u);
}

TEST_F(ReplicaTest, AnEntityThatChangesItsPageKeepsItsHistory) {
  introduce(100, kPage, 3, 7);
  teller_.tell(103, [&](auto& out) {
    std::array<std::byte, 8> scratch;
    ByteWriter entries(scratch);
    protocol::write_known_slot(entries, 7);
    const std::array<std::byte, 1> gone{};
    out.roster(kPage, 1u << 3, false, gone);
    out.roster(kOther, 1u << 0, false, entries.written());
    Teller::state(out, kOther, 0, 300);
  });
  ASSERT_NE(replica_.find(id(7)), nullptr);
  EXPECT_EQ(replica_.find(id(7))->history.size(), 2u);
  EXPECT_EQ(replica_.visible_count(), 1u);
}

TEST_F(ReplicaTest, TheLeavingOfASlotMayComeAfterTheEnteringOfTheNext) {
  introduce(100, kPage, 3, 7);
  known(106, kOther, 0, 7);
  nobody(103, kPage, 3);  // overtaken
  EXPECT_NE(replica_.find(id(7)), nullptr);
  known(104, kPage, 5, 7);  // overtaken: it was there for a moment
  state(107, kOther, 0, 300);
  EXPECT_EQ(replica_.find(id(7))->history.newest().tick, 107u);
  EXPECT_EQ(replica_.visible_count(), 1u);
}

TEST_F(ReplicaTest, AShortNameMayComeBeforeTheIntroduction) {
  known(106, kOther, 0, 7);
  state(106, kOther, 0, 300);
  EXPECT_EQ(replica_.visible_count(), 0u);
  teller_.tell(103, [&](auto& out) { Teller::introduce(out, kPage, 3, id(7), "Ada"); });
  ASSERT_NE(replica_.find(id(7)), nullptr);
  EXPECT_EQ(replica_.find(id(7))->page, replica_.find(id(7))->page);
  EXPECT_EQ(replica_.find(id(7))->history.newest().tick, 106u);
}

TEST_F(ReplicaTest, AskForANewViewWhenAShortNameStaysUnknown) {
  known(100, kPage, 0, 7);
  EXPECT_FALSE(replica_.wants_new_view());
  for (std::uint32_t tick = 103; tick < 400; tick += 3) state(tick, kPage, 1, tick);
  EXPECT_TRUE(replica_.wants_new_view());
  introduce(403, kPage, 0, 7, 1);  // a new epoch
  EXPECT_FALSE(replica_.wants_new_view());
  EXPECT_EQ(replica_.visible_count(), 1u);
}

TEST_F(ReplicaTest, AClosedPageIsEmpty) {
  introduce(100, kPage, 3, 7);
  introduce(100, kPage, 4, 8);
  teller_.tell(110, [&](auto& out) { Teller::close(out, kPage); });
  EXPECT_EQ(replica_.visible_count(), 0u);
  introduce(120, kPage, 4, 8);
  teller_.tell(110, [&](auto& out) { Teller::close(out, kPage); });  // a copy, late
  EXPECT_EQ(replica_.visible_count(), 1u);
}

TEST_F(ReplicaTest, ACompleteRosterEmptiesTheOtherSlots) {
  introduce(100, kPage, 3, 7);
  teller_.tell(110, [&](auto& out) { Teller::introduce(out, kPage, 4, id(8), "Bob", true); });
  EXPECT_EQ(replica_.find(id(7)), nullptr);
}

TEST_F(ReplicaTest, ANewEpochForgetsThePagesAndAnOldOneIsIgnored) {
  introduce(100, kPage, 3, 7);
  introduce(200, kOther, 0, 9, 1);
  EXPECT_EQ(replica_.visible_count(), 1u);
  introduce(199, kPage, 3, 7, 0);
  EXPECT_EQ(replica_.find(id(7)), nullptr);
  EXPECT_NE(replica_.find(id(9)), nullptr);
}

TEST_F(ReplicaTest, AnotherEntityWithTheSameShortNameIsAnother) {
  introduce(100, kPage, 3, 7);
  nobody(103, kPage, 3);
  const EntityId next = EntityId::make(1, 4, 7);
  teller_.tell(300, [&](auto& out) {
    Teller::introduce(out, kPage, 3, next, "Eve");
    Teller::state(out, kPage, 3, 1234);
  });
  EXPECT_EQ(replica_.find(id(7)), nullptr);
  ASSERT_NE(replica_.find(next), nullptr);
  EXPECT_EQ(replica_.find(next)->appearance.name.view(), "Eve");
  EXPECT_EQ(replica_.find(next)->history.size(), 1u);
}

TEST_F(ReplicaTest, WhoIsOutOfViewForLongIsForgotten) {
  introduce(100, kPage, 3, 7);
  nobody(103, kPage, 3);
  for (std::uint32_t tick = 200; tick < 1000; tick += 20) state(tick, kPage, 9, tick);
  known(1003, kPage, 3, 7);
  state(1003, kPage, 3, 1000);
  EXPECT_EQ(replica_.find(id(7)), nullptr);
}

TEST_F(ReplicaTest, OneWhoStoodStillUntilNowDoesNotDriftThere) {
  introduce(100, kPage, 3, 7);
  state(130, kPage, 9, 1);  // the page was told without it
  state(133, kPage, 3, 1010);
  const History& history = replica_.find(id(7))->history;
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[1].tick, 130u);
  EXPECT_TRUE(history[1].same_place(history[0]));
}

TEST_F(ReplicaTest, WhoIsToldAloneSaysNothingOfTheOthersOfItsPage) {
  introduce(100, kPage, 3, 7);
  introduce(100, kPage, 4, 8);
  for (std::uint32_t tick = 112; tick <= 172; tick += 12) {
    state(tick, kPage, 4, 1000 + tick);
    for (std::uint32_t ahead = 3; ahead < 12; ahead += 3) {
      teller_.tell(tick + ahead,
                   [&](auto& out) { Teller::state(out, kPage, 3, 1000 + tick + ahead, true); });
    }
  }
  const RemoteEntity& minded = *replica_.find(id(7));
  const RemoteEntity& other = *replica_.find(id(8));
  EXPECT_EQ(replica_.told_tick(minded), 181u);
  EXPECT_EQ(replica_.told_tick(other), 172u);
  EXPECT_EQ(newest_x(7), 1181u);
  for (std::size_t i = 1; i < other.history.size(); ++i) {
    EXPECT_EQ(other.history[i].tick % 12, 4u) << "it was not seen to stand still between";
  }
  for (int i = 0; i < 600; ++i) replica_.advance(1);
  EXPECT_EQ(replica_.later_ticks(minded), 0) << "told so often, it need not be shown late";
  EXPECT_GT(replica_.later_ticks(other), 9);
}

TEST_F(ReplicaTest, ComponentsOfANewerServerAreSkipped) {
  teller_.tell(100, [&](auto& out) {
    std::array<std::byte, 64> scratch;
    ByteWriter entries(scratch);
    const std::array<std::byte, 4> future{std::byte{31}, std::byte{2}, std::byte{1}, std::byte{2}};
    protocol::write_introduced_slot(entries, id(7), future);
    out.roster(kPage, 1, false, entries.written());
    Teller::state(out, kPage, 0, 1000);
  });
  EXPECT_NE(replica_.find(id(7)), nullptr);
  replica_.clear();
  EXPECT_EQ(replica_.visible_count(), 0u);
}

}  // namespace
}  // namespace tessera::client
