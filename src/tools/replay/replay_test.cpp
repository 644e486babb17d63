// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/replay/replay.h"

#include <gtest/gtest.h>

#include "gameplay/reload/reload.h"
#include "world/log/log_format.h"
#include "world/zone/testing/scripted_crowd.h"
#include "world/zone/testing/test_world.h"

namespace tessera::replay {
namespace {

using Bytes = std::vector<std::byte>;

Result<ZoneDefinition> no_other_content(std::uint64_t /*content_hash*/) {
  return failure(ErrorKind::NotFound, "there is no other content");
}

/// The test's zone after somebody has built a house where its crowd walks.
ZoneDefinition changed_zone() {
  ZoneDefinition zone = zone::make_test_zone();
  zone.content_hash = 0xc4a9ed;
  const math::Vec2 place = zone.spawn_points[0].place;
  zone.boxes.push_back({{place.x, zone.terrain.height_at(place) + 2, place.z}, {8, 3, 8}, 0.3f});
  return zone;
}

/// A crowd of 80 for some ticks, written as a log; from a checkpoint after `before` ticks.
class Recording {
 public:
  explicit Recording(int ticks, int before = 0) : zone_(zone::make_test_zone(), options_, 0) {
    for (int i = 0; i < before; ++i) step();
    Bytes checkpoint;
    if (before > 0) zone_.checkpoint(checkpoint);
    header = {.build = "the test's build",
              .content_hash = zone_.definition().content_hash,
              .seed = options_.seed,
              .zone = options_.zone,
              .tick = zone_.now(),
              .checkpoint_bytes = checkpoint.size(),
              .options = zone::encode(options_)};
    file = log::encode_prologue(header);
    if (before > 0) compressor_.append(log::BlockKind::Checkpoint, zone_.now(), checkpoint, file);
    Bytes records;
    for (int i = 0; i < ticks; ++i) {
      const Bytes intents = step();
      log::append_intents_record(zone_.now(), intents, records);
      log::append_hash_record(zone_.now(), zone_.hash() + (i == wrong_hash_at ? 1 : 0), records);
      if (i % 10 == 9 || i + 1 == ticks) {
        if (i + 1 == ticks) log::append_end_record(zone_.now(), records);
        compressor_.append(log::BlockKind::Ticks, zone_.now(), records, file);
        records.clear();
      }
    }
    hash = zone_.hash();
  }

  static inline int wrong_hash_at = -1;
  static inline TickNumber content_changes_at = 0;
  log::LogHeader header;
  Bytes file;
  std::uint64_t hash = 0;

 private:
  Bytes step() {
    crowd_.act(zone_);
    if (zone_.now() + 1 == content_changes_at) {
      zone_.intents().of<reload::ReplaceContent>().push_back({changed_zone().content_hash});
      zone_.offer(std::make_unique<zone::ZoneContent>(changed_zone(), options_));
    }
    Bytes intents;
    zone_.intents().serialise(intents);
    zone_.step(zone_.now() + 1);
    crowd_.learn(zone_);
    return intents;
  }

  zone::ZoneOptions options_{.zone = 1, .seed = 3, .creatures = 30, .players_max = 60};
  zone::Zone zone_;
  zone::ScriptedCrowd crowd_{17, 80};
  log::BlockCompressor compressor_;
};

TEST(Replay, ChangesTheContentWhereTheZoneDid) {
  Recording::content_changes_at = 120;
  const Recording changed(200);
  Recording::content_changes_at = 0;
  EXPECT_NE(changed.hash, Recording(200).hash);
  for (const unsigned workers : {0u, 2u}) {
    auto outcome = replay(changed.file, zone::make_test_zone(), workers, [](std::uint64_t hash) {
      EXPECT_EQ(hash, changed_zone().content_hash);
      return Result<ZoneDefinition>(changed_zone());
    });
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->ticks, 200u);
    EXPECT_FALSE(outcome->diverged_at);
    EXPECT_EQ(outcome->hash, changed.hash);
  }
  const auto without = replay(changed.file, zone::make_test_zone(), 0, no_other_content);
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().message, "there is no other content");
}

TEST(Replay, ComesToTheRecordedHashAtEveryTickWithAnyNumberOfWorkers) {
  const Recording recording(200);
  for (const unsigned workers : {0u, 1u, 2u, 8u}) {
    auto outcome = replay(recording.file, zone::make_test_zone(), workers, no_other_content);
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->ticks, 200u);
    EXPECT_EQ(outcome->hash, recording.hash);
    EXPECT_FALSE(outcome->diverged_at);
    EXPECT_EQ(outcome->end, "");
    EXPECT_EQ(outcome->recorded_by, "the test's build");
  }
}

TEST(Replay, BeginsWithTheCheckpointOfASegment) {
  const Recording recording(100, 150);
  auto outcome = replay(recording.file, zone::make_test_zone(), 0, no_other_content);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->ticks, 100u);
  EXPECT_EQ(outcome->hash, recording.hash);
}

TEST(Replay, NamesTheTickAtWhichItDiverged) {
  Recording::wrong_hash_at = 41;
  const Recording recording(100);
  Recording::wrong_hash_at = -1;
  auto outcome = replay(recording.file, zone::make_test_zone(), 0, no_other_content);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->diverged_at, 42u);
}

TEST(Replay, RunsATornLogUpToItsEndAndSaysSo) {
  const Recording recording(100);
  auto outcome = replay(std::span(recording.file).first(recording.file.size() - 5),
                        zone::make_test_zone(), 0, no_other_content);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->ticks, 90u);
  EXPECT_NE(outcome->end.find("last whole tick is 90"), std::string::npos) << outcome->end;
}

TEST(Replay, RefusesDamagedAndForeignFiles) {
  Recording recording(100);
  Bytes damaged = recording.file;
  damaged[damaged.size() / 2] ^= std::byte{1};
  EXPECT_FALSE(replay(damaged, zone::make_test_zone(), 0, no_other_content));
  EXPECT_FALSE(replay({}, zone::make_test_zone(), 0, no_other_content));
  EXPECT_FALSE(content_hash_of({}));
  EXPECT_EQ(*content_hash_of(recording.file), 0x7e57u);
}

TEST(Replay, RefusesOtherContentAndSaysWhatToDo) {
  const Recording recording(10);
  ZoneDefinition other = zone::make_test_zone();
  other.content_hash = 1;
  auto outcome = replay(recording.file, std::move(other), 0, no_other_content);
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("--content"), std::string::npos);
}

TEST(Replay, RefusesOptionsCheckpointsAndIntentsOfAnotherForm) {
  const auto file_with = [](const Bytes& options, const Bytes& checkpoint, const Bytes& intents) {
    log::BlockCompressor compressor;
    Bytes file = log::encode_prologue({.build = "another",
                                       .content_hash = 0x7e57,
                                       .checkpoint_bytes = checkpoint.size(),
                                       .options = options});
    if (!checkpoint.empty()) {
      compressor.append(log::BlockKind::Checkpoint, 0, checkpoint, file);
    }
    Bytes records;
    log::append_intents_record(1, intents, records);
    compressor.append(log::BlockKind::Ticks, 1, records, file);
    return file;
  };
  const Bytes good = zone::encode(zone::ZoneOptions{});
  const Bytes rubbish(40, std::byte{0xee});
  EXPECT_FALSE(replay(file_with({}, {}, {}), zone::make_test_zone(), 0, no_other_content));
  EXPECT_FALSE(replay(file_with(good, rubbish, {}), zone::make_test_zone(), 0, no_other_content));
  auto outcome = replay(file_with(good, {}, rubbish), zone::make_test_zone(), 0, no_other_content);
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("another"), std::string::npos);
}

}  // namespace
}  // namespace tessera::replay
