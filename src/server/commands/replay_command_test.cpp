// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "server/commands/testing/run_command.h"
#include "server/roles/server.h"
#include "world/log/log_format.h"

namespace tessera::server {
namespace {

using Bytes = std::vector<std::byte>;

/// A folder with the recording of a server that ran for a few ticks.
class ReplayCommandTest : public testing::Test {
 protected:
  ReplayCommandTest() {
    Settings settings;
    settings.data = folder.file("data");
    settings.http = "127.0.0.1:0";
    settings.udp = "127.0.0.1:0";
    settings.creatures = 3;
    settings.record = recording;
    auto server = Server::start(settings);
    EXPECT_TRUE(server && (*server)->stop(""));
  }

  /// The recording with another writer and another hash in the first tick.
  Bytes forged() const {
    const Bytes file = platform::read_file(recording).value();
    auto prologue = log::decode_prologue(file).value();
    prologue.header.build = "tessera of another day";
    Bytes forgery = log::encode_prologue(prologue.header);
    log::BlockCompressor compressor;
    bool changed = false;
    Bytes raw;
    for (std::size_t at = prologue.size; at < file.size();) {
      const auto block = log::read_block(std::span(file).subspan(at), raw).value();
      at += log::kBlockHeaderBytes + block.stored_size;
      Bytes records;
      ByteReader in(raw);
      while (block.kind == log::BlockKind::Ticks && in.left() > 0) {
        const log::Record record = log::read_record(in);
        if (record.kind == log::RecordKind::Intents) {
          log::append_intents_record(record.tick, record.intents, records);
        } else if (record.kind == log::RecordKind::Hash) {
          log::append_hash_record(record.tick, record.hash + (changed ? 0 : 1), records);
          changed = true;
        } else {
          log::append_end_record(record.tick, records);
        }
      }
      compressor.append(block.kind, block.first_tick,
                        block.kind == log::BlockKind::Ticks ? records : raw, forgery);
    }
    return forgery;
  }

  platform::TempDirectory folder;
  const std::string recording = folder.file("run.tlog");
};

TEST_F(ReplayCommandTest, ComesToTheRecordedHashes) {
  const Ran ran = run({"replay", recording});
  EXPECT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_TRUE(contains(ran.out, " ok\n")) << ran.out;
  EXPECT_EQ(ran.err, "");
}

TEST_F(ReplayCommandTest, SaysThatTheServerWasKilledWhenTheLogIsTorn) {
  std::filesystem::resize_file(recording, std::filesystem::file_size(recording) - 5);
  const Ran ran = run({"replay", recording});
  EXPECT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_TRUE(contains(ran.err, "run.tlog: ")) << ran.err;
  EXPECT_TRUE(contains(ran.err, "the server was killed; all before it was replayed")) << ran.err;
}

TEST_F(ReplayCommandTest, NamesTheTickThatDivergedAndBothBuilds) {
  ASSERT_TRUE(platform::write_file(recording, forged()));
  const Ran ran = run({"replay", recording});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.out, " DIVERGED at tick 1\n")) << ran.out;
  EXPECT_TRUE(contains(ran.err, "recorded by tessera of another day\nreplayed by ")) << ran.err;
}

TEST_F(ReplayCommandTest, RefusesADamagedFile) {
  Bytes damaged = platform::read_file(recording).value();
  damaged.back() ^= std::byte{1};  // of the last block
  ASSERT_TRUE(platform::write_file(recording, damaged));
  const Ran ran = run({"replay", recording});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "tessera replay: " + recording)) << ran.err;
}

TEST(ReplayCommand, ExplainsFilesItCannotUse) {
  platform::TempDirectory folder;
  Ran ran = run({"replay", folder.file("missing.tlog")});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "missing.tlog")) << ran.err;
  ASSERT_TRUE(platform::write_text_file(folder.file("text"), "not a log at all, just some text"));
  EXPECT_TRUE(contains(run({"replay", folder.file("text")}).err, "not a Tessera log"));
  const auto foreign = log::encode_prologue({.build = "x", .content_hash = 12345});
  ASSERT_TRUE(platform::write_file(folder.file("foreign"), foreign));
  ran = run({"replay", folder.file("foreign")});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "--content")) << ran.err;
  EXPECT_EQ(run({"replay", folder.file("foreign"), "--content", folder.file("no")}).code,
            kExitFailed);
}

}  // namespace
}  // namespace tessera::server
