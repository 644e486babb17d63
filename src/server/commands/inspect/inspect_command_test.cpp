// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "server/commands/testing/run_command.h"

namespace tessera::server {
namespace {

class InspectCommand : public testing::Test {
 protected:
  Ran inspect(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"inspect", "zone"});
    return run(arguments);
  }

  platform::TempDirectory directory_;
  std::string out_ = directory_.file("picture.png");
};

TEST_F(InspectCommand, DrawsAZoneAndSaysWhatIsWhat) {
  const std::string zone = directory_.file("mine");
  ASSERT_EQ(run({"content", "zone", zone}).code, kExitDone);
  const Ran ran = inspect({zone, "--out", out_, "--size", "300", "--path", "256,262:256,240"});
  EXPECT_EQ(ran.code, kExitDone) << ran.err;
  EXPECT_TRUE(contains(ran.out, "zone 'mine': 512 x 512 m from 0,0 on 300 x 300 pixels\n"))
      << ran.out;
  EXPECT_TRUE(contains(ran.out, "path from 256,262 to 256,240: 22.")) << ran.out;
  EXPECT_TRUE(contains(ran.out, "picture: " + out_)) << ran.out;
  const auto png = platform::read_text_file(out_);
  ASSERT_TRUE(png);
  EXPECT_EQ(png->substr(1, 3), "PNG");

  const Ran off = inspect({zone, "--out", out_, "--path", "256,262:256,30", "--agent", "large"});
  EXPECT_EQ(off.code, kExitFailed);
  EXPECT_TRUE(contains(off.err,
                       "tessera inspect: the goal 256,30 is off the navigation mesh of large "
                       "agents: the nearest place on it is "))
      << off.err;
  const Ran nowhere = inspect({zone, "--out", directory_.file("no/such/picture.png")});
  EXPECT_EQ(nowhere.code, kExitFailed);
  EXPECT_TRUE(contains(nowhere.err, "no/such/picture.png")) << nowhere.err;
}

TEST_F(InspectCommand, NamesTheZonesThereAre) {
  const Ran ran = inspect({"atlantis", "--out", out_});
  EXPECT_EQ(ran.code, kExitFailed);
  EXPECT_TRUE(contains(ran.err, "there is no zone 'atlantis' here nor in ")) << ran.err;
  EXPECT_TRUE(contains(ran.err, "vale")) << ran.err;
  EXPECT_EQ(inspect({directory_.file("nothing"), "--out", out_}).code, kExitFailed);
}

TEST_F(InspectCommand, RefusesFlagsThatMeanNothing) {
  const auto refused = [&](const std::string& flag, const std::string& value) {
    const Ran ran = inspect({"vale", "--out", out_, flag, value});
    EXPECT_EQ(ran.code, kExitWrongUse) << flag << " " << value;
    return ran.err;
  };
  for (const char* const path :
       {"", "1", "1,2", "1,2:3", "1,2:3,4,5", "1,2:3,nan", "1;2:3,4", "1,2:3,9e9", "a,b:c,d"}) {
    EXPECT_TRUE(contains(refused("--path", path), "--path: expected x,z:x,z in metres")) << path;
  }
  EXPECT_TRUE(contains(refused("--area", "1,2"), "--area: expected x,z,size in metres"));
  EXPECT_TRUE(contains(refused("--area", "1,2,-3"), "not '1,2,-3'"));
  EXPECT_TRUE(contains(refused("--agent", "huge"), "expected small, medium or large, not 'huge'"));
  EXPECT_TRUE(contains(refused("--size", "99999"), "expected a whole number from 16 to 4096"));
  EXPECT_EQ(run({"inspect", "zone", "vale"}).code, kExitWrongUse) << "no --out";
}

}  // namespace
}  // namespace tessera::server
