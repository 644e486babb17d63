// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The server's side alone; client/testing/replication_test.cpp has both ends.
#include "world/replication/replication.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/core/random.h"
#include "engine/ecs/registry.h"
#include "engine/physics/collision_world.h"
#include "gameplay/combat/combat.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/shared/components.h"
#include "protocol/components/replicated_components.h"

namespace tessera::replication {
namespace {

struct Sent {
  std::uint32_t number;
  bool at_once;
  std::vector<std::byte> bytes;
};

class ReplicationTest : public ::testing::Test, public SnapshotSink {
 protected:
  void send(SessionId session, std::uint32_t number, std::span<const std::byte> bytes,
            bool at_once) override {
    sent_[session.value].push_back({number, at_once, {bytes.begin(), bytes.end()}});
  }
  void start(const Options& options = {}) {
    replication_ = std::make_unique<Replication>(options, world_);
  }
  EntityId create(float x, float z, float y = 0) {
    Appearance appearance;
    appearance.name = FixedString<kNameBytesMax>("somebody");
    return registry_.create(Position{{x, y, z}}, Heading{}, Velocity{}, Gesture{}, appearance,
                            movement::InputQueue{}, movement::Roll{});
  }
  void run(int ticks, bool confirm = true) {
    for (; ticks > 0; --ticks) {
      registry_.advance_version();
      registry_.view<Position>().each([&](Position& position) {
        position.metres.x += moving_ * (random_.chance(0.5f) ? 0.1f : -0.1f);
      });
      ++tick_;
      replication_->publish(tick_, tick_, registry_, *this);
      if (!confirm) continue;
      for (auto& [session, list] : sent_) {
        for (; confirmed_[session] < list.size(); ++confirmed_[session]) {
          replication_->delivered(SessionId{session}, list[confirmed_[session]].number, true);
        }
      }
    }
  }
  protocol::Snapshot last(std::uint64_t session) {
    protocol::Snapshot snapshot;
    EXPECT_TRUE(read_snapshot(sent_[session].back().bytes, snapshot).has_value());
    return snapshot;
  }

  physics::CollisionWorld world_{{{0, 0}, {4096, 4096}}, physics::HeightField(), {}};
  ecs::Registry registry_{1};
  std::unique_ptr<Replication> replication_;
  std::map<std::uint64_t, std::vector<Sent>> sent_;
  std::map<std::uint64_t, std::size_t> confirmed_;
  RandomStream random_{1};
  TickNumber tick_ = 100;
  float moving_ = 1;
};

TEST_F(ReplicationTest, AViewerGetsTwentySnapshotsASecond) {
  start();
  for (std::uint64_t i = 1; i <= 7; ++i) replication_->open_view(SessionId{i}, create(2048, 2048));
  EXPECT_EQ(replication_->view_count(), 7u);
  run(60);
  for (std::uint64_t i = 1; i <= 7; ++i) {
    EXPECT_EQ(sent_[i].size(), 20u);
    EXPECT_EQ(sent_[i].back().number, 20u);
  }
  EXPECT_EQ(replication_->figures().snapshots, 140u);
}

TEST_F(ReplicationTest, LowerDetailSendsLess) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  for (int i = 0; i < 200; ++i) {
    create(2048 + random_.between(-110, 110), 2048 + random_.between(-110, 110));
  }
  run(120);
  std::uint64_t before = 0;
  const auto bytes_of = [&](Detail detail) {
    replication_->set_detail(detail);
    EXPECT_EQ(replication_->detail(), detail);
    run(60);
    before = replication_->figures().bytes;
    run(240);
    return replication_->figures().bytes - before;
  };
  const std::uint64_t full = bytes_of(Detail::Full);
  const std::uint64_t far = bytes_of(Detail::FarHalved);
  const std::uint64_t middle = bytes_of(Detail::MiddleHalved);
  const std::uint64_t halved = bytes_of(Detail::SnapshotsHalved);
  EXPECT_LT(far, full * 95 / 100);
  EXPECT_LT(middle, far * 98 / 100);
  EXPECT_LT(halved, middle * 75 / 100);
}

/// The slots that a snapshot tells of, each as its page's cell, number and its own.
std::vector<std::tuple<std::uint32_t, std::uint8_t, std::uint8_t>> told_slots(
    const protocol::Snapshot& snapshot) {
  std::vector<std::tuple<std::uint32_t, std::uint8_t, std::uint8_t>> slots;
  for (const protocol::PageUpdate& page : snapshot.pages) {
    for (std::uint32_t i = 0; i < page.state_count; ++i) {
      slots.emplace_back(page.page.cell.index(), page.page.page,
                         snapshot.states[page.first_state + i].slot);
    }
  }
  std::ranges::sort(slots);
  return slots;
}

TEST_F(ReplicationTest, EverySnapshotTellsOfTheTargetAndOfEnemiesInWhateverCrowd) {
  start({.snapshot_bytes = 400});
  const EntityId own = create(2048, 2048);
  PlayerControl control;
  control.session = {1};
  registry_.add_component(own, control);
  replication_->open_view(SessionId{1}, own);
  std::vector<EntityId> crowd;
  for (int i = 0; i < 400; ++i) {
    crowd.push_back(create(2048 + random_.between(-25, 25), 2048 + random_.between(-25, 25)));
  }
  run(1200);
  const auto told_often = [&] {
    std::map<std::tuple<std::uint32_t, std::uint8_t, std::uint8_t>, int> times;
    sent_[1].clear();
    confirmed_[1] = 0;
    run(120);
    std::erase_if(sent_[1], [](const Sent& sent) { return sent.at_once; });  // lines of the fight
    for (const Sent& sent : sent_[1]) {
      EXPECT_LE(sent.bytes.size(), 400u);
      protocol::Snapshot snapshot;
      EXPECT_TRUE(read_snapshot(sent.bytes, snapshot).has_value());
      const auto slots = told_slots(snapshot);
      EXPECT_EQ(std::ranges::adjacent_find(slots), slots.end()) << "told twice";
      for (const auto& slot : slots) ++times[slot];
    }
    EXPECT_EQ(sent_[1].size(), 40u);
    EXPECT_EQ(times.size(), 401u) << "nobody starves";
    return std::ranges::count_if(times, [](const auto& one) { return one.second == 40; });
  };
  EXPECT_EQ(told_often(), 0);
  replication_->choose_target(SessionId{1}, crowd[5]);
  EXPECT_EQ(told_often(), 1);
  std::vector<combat::CombatEvent> blows;
  for (std::size_t i = 0; i < 5; ++i) blows.push_back({.actor = crowd[i * 70 + 5], .target = own});
  replication_->tell_combat(blows, registry_);
  EXPECT_EQ(told_often(), 5) << "the target is one of them";
  replication_->choose_target(SessionId{1}, EntityId::make(1, 1, 1'000'000));
  run(300);
  EXPECT_EQ(told_often(), 0) << "nobody has that id, and the fight is over";
}

TEST_F(ReplicationTest, WhereAllFightAllAreToldOfOneAfterTheOther) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  std::vector<EntityId> crowd;
  for (int i = 0; i < 300; ++i) {
    crowd.push_back(create(2050 + random_.between(0, 20), 2050 + random_.between(0, 20)));
    registry_.add_component(crowd.back(), Condition{});
    registry_.add_component(crowd.back(), ShownEffects{});
  }
  using Slot = std::tuple<std::uint32_t, std::uint8_t, std::uint8_t>;
  std::map<Slot, std::uint32_t> conditions;
  std::map<Slot, std::uint32_t> states;
  std::uint32_t longest_condition = 0;
  std::uint32_t longest_state = 0;
  const auto note = [](std::map<Slot, std::uint32_t>& told, const Slot& slot, std::uint32_t tick,
                       std::uint32_t& longest) {
    const auto [found, is_first] = told.try_emplace(slot, tick);
    if (!is_first) longest = std::max(longest, tick - std::exchange(found->second, tick));
  };
  for (int ticks = 0; ticks < 1200; ++ticks) {
    for (std::size_t i = 0; i < crowd.size(); ++i) {
      registry_.get<Condition>(crowd[i])->health = static_cast<std::uint8_t>(tick_ * 7 + i);
      ShownEffects& effects = *registry_.get<ShownEffects>(crowd[i]);
      effects.ends_at.fill(static_cast<std::uint32_t>(tick_ + 1000));
    }
    sent_[1].clear();
    confirmed_[1] = 0;
    run(1);
    if (ticks < 300 || sent_[1].empty()) continue;  // they were introduced
    const protocol::Snapshot snapshot = last(1);
    for (const Slot& slot : told_slots(snapshot)) note(states, slot, snapshot.tick, longest_state);
    for (const protocol::PageUpdate& page : snapshot.pages) {
      for (std::uint32_t i = 0; i < page.component_count; ++i) {
        const auto& component = snapshot.components[page.first_component + i];
        if (component.component != protocol::kComponentIndex<Condition>) continue;
        note(conditions, {page.page.cell.index(), page.page.page, component.slot}, snapshot.tick,
             longest_condition);
      }
    }
  }
  EXPECT_GE(conditions.size(), crowd.size());
  EXPECT_GE(states.size(), crowd.size());
  EXPECT_LE(longest_state, 30u) << "what changes otherwise does not keep them from moving";
  EXPECT_LE(longest_condition, 300u) << "and nobody starves";
}

TEST_F(ReplicationTest, ACrowdThatCrossesTheBordersOfCellsIsIntroducedAllTheSame) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  std::vector<EntityId> crowd;
  for (int i = 0; i < 600; ++i) {
    crowd.push_back(create(2048 + random_.between(-25, 25), 2048 + random_.between(-25, 25)));
  }
  for (int ticks = 0; ticks < 900; ++ticks) {
    // Across the border and back, a tenth of them at a time.
    for (std::size_t i = static_cast<std::size_t>(ticks) % 40; i < crowd.size(); i += 40) {
      Position& position = *registry_.get<Position>(crowd[i]);
      const bool is_west = position.metres.x < 2048;
      position.metres.x = is_west ? 2048 + 40.0f : 2048 - 40.0f;
    }
    run(1);
  }
  EXPECT_EQ(replication_->figures().new_views, 0u);
  EXPECT_EQ(replication_->figures().introductions, 601u);
  EXPECT_EQ(replication_->visible_count(SessionId{1}), 601u);
}

TEST_F(ReplicationTest, NoSnapshotIsLargerThanItsBudgetAndAllAreToldInTime) {
  start({.snapshot_bytes = 256});
  replication_->open_view(SessionId{1}, create(2048, 2048));
  for (int i = 0; i < 400; ++i) {
    create(2048 + random_.between(-40, 40), 2048 + random_.between(-40, 40));
  }
  run(1200);
  for (const Sent& sent : sent_[1]) EXPECT_LE(sent.bytes.size(), 256u);
  EXPECT_EQ(replication_->figures().introductions, 401u);
  EXPECT_GT(replication_->figures().snapshots_full, 100u);
  EXPECT_EQ(replication_->figures().new_views, 0u);
}

TEST_F(ReplicationTest, AViewWithoutAnEntityStillGetsTicks) {
  start();
  replication_->open_view(SessionId{1}, EntityId::make(1, 9, 9));
  run(3);
  const auto snapshot = last(1);
  EXPECT_FALSE(snapshot.has_own_state);
  EXPECT_FALSE(snapshot.has_view);
  EXPECT_EQ(sent_[1].back().bytes.size(), protocol::kSnapshotHeaderBytes);
  EXPECT_EQ(replication_->visible_count(SessionId{1}), 0u);
}

TEST_F(ReplicationTest, ASessionThatGetsAnotherEntityBeginsAnew) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  run(6);
  const std::uint8_t epoch = last(1).epoch;
  const EntityId other = create(500, 500);
  replication_->open_view(SessionId{1}, other);
  run(3);
  EXPECT_NE(last(1).epoch, epoch);
  EXPECT_EQ(last(1).own_state.entity, other);
  EXPECT_EQ(replication_->view_count(), 1u);
  EXPECT_EQ(replication_->visible_count(SessionId{1}), 1u);
}

TEST_F(ReplicationTest, OwnStateIsToldOnceThenChecked) {
  start();
  const EntityId own = create(2048, 2048);
  replication_->open_view(SessionId{1}, own);
  run(3);
  EXPECT_TRUE(last(1).has_own_state);
  run(3);
  EXPECT_FALSE(last(1).has_own_state);
  EXPECT_TRUE(last(1).has_own_check);
  moving_ = 0;
  run(6);
  EXPECT_FALSE(last(1).has_own_check) << "nothing changed";
  replication_->want_own_state(SessionId{1});
  run(3, false);
  EXPECT_TRUE(last(1).has_own_state);
  replication_->delivered(SessionId{1}, sent_[1].back().number, false);
  run(3);
  EXPECT_TRUE(last(1).has_own_state) << "it was lost";
}

TEST_F(ReplicationTest, TheServersOwnFramesAreToldWhole) {
  start();
  const EntityId own = create(2048, 2048);
  replication_->open_view(SessionId{1}, own);
  registry_.get<movement::InputQueue>(own)->empty_ticks = movement::kEmptyTicksMax;
  run(9);
  EXPECT_TRUE(last(1).has_own_state);
}

TEST_F(ReplicationTest, AnswersGoAtOnceAndOnlyOnce) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  run(3);
  replication_->answer(SessionId{1}, {5, protocol::ActionVerdict::Done, 2});
  replication_->answer(SessionId{1}, {6, protocol::ActionVerdict::OnCooldown, 2});
  replication_->flush_answers(tick_ + 1, *this);
  ASSERT_TRUE(sent_[1].back().at_once);
  EXPECT_EQ(last(1).answers.size(), 2u);
  EXPECT_EQ(last(1).tick, tick_ + 1);
  const std::size_t count = sent_[1].size();
  replication_->flush_answers(tick_ + 1, *this);
  EXPECT_EQ(sent_[1].size(), count);
  run(3);
  EXPECT_TRUE(last(1).answers.empty());
}

TEST_F(ReplicationTest, ANewViewMayBeAskedForOnceASecond) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  run(3);
  for (int i = 0; i < 40; ++i) {
    replication_->want_new_view(SessionId{1});
    run(3);
  }
  EXPECT_GE(replication_->figures().new_views, 2u);
  EXPECT_LE(replication_->figures().new_views, 3u);
}

TEST_F(ReplicationTest, SessionsThatAreGoneAreNobody) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  replication_->answer(SessionId{1}, {5, {}, 2});
  replication_->close_view(SessionId{1});
  replication_->close_view(SessionId{1});
  replication_->delivered(SessionId{1}, 1, false);
  replication_->want_own_state(SessionId{1});
  replication_->want_new_view(SessionId{1});
  replication_->answer(SessionId{1}, {5, {}, 2});
  replication_->flush_answers(tick_, *this);
  run(6);
  EXPECT_TRUE(sent_.empty());
  EXPECT_EQ(replication_->view_count(), 0u);
  EXPECT_EQ(replication_->visible_count(SessionId{1}), 0u);
}

TEST_F(ReplicationTest, AViewerWhoConfirmsNothingBeginsAnewBeforeSlotsAreUsedAgain) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  std::vector<EntityId> others;
  for (int i = 0; i < 40; ++i) others.push_back(create(2050, 2050));
  run(30);
  registry_.destroy(others[3]);
  run(static_cast<int>(protocol::kSlotRestTicks), false);
  EXPECT_GE(replication_->figures().new_views, 1u);
}

TEST_F(ReplicationTest, HeightsAreToldOnlyOffTheGround) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  create(2050, 2048, 9);  // on a roof
  run(12);
  std::size_t with = 0;
  std::size_t without = 0;
  for (const Sent& sent : sent_[1]) {
    protocol::Snapshot snapshot;
    ASSERT_TRUE(read_snapshot(sent.bytes, snapshot).has_value());
    for (const auto& state : snapshot.states) (state.state.has_height() ? with : without) += 1;
  }
  EXPECT_GT(with, 0u);
  EXPECT_EQ(with, without);
}

TEST_F(ReplicationTest, ManyGesturesInOnePageAreAllTold) {
  start();
  replication_->open_view(SessionId{1}, create(2048, 2048));
  std::vector<EntityId> others;
  for (int i = 0; i < 31; ++i) others.push_back(create(2050, 2050));
  run(60);
  registry_.advance_version();
  for (EntityId other : others) {
    *registry_.get<Gesture>(other) = {~TickNumber{0} >> 1, 0xffffffff, 0xffffffff};
  }
  std::map<std::uint8_t, int> told;
  const std::size_t before = sent_[1].size();
  run(12);
  for (std::size_t i = before; i < sent_[1].size(); ++i) {
    protocol::Snapshot snapshot;
    ASSERT_TRUE(read_snapshot(sent_[1][i].bytes, snapshot).has_value());
    for (const auto& component : snapshot.components) ++told[component.slot];
  }
  EXPECT_EQ(told.size(), 31u) << "those that did not fit came with the next";
}

}  // namespace
}  // namespace tessera::replication
