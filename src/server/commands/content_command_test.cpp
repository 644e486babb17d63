// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "server/commands/testing/run_command.h"

namespace tessera::server {
namespace {

TEST(ContentCommand, LeadsFromNothingToACompiledZone) {
  const platform::TempDirectory directory;
  const std::string zone = directory.file("content/zones/mine");
  EXPECT_EQ(run({"content", "zone", zone, "--seed", "7"}).code, kExitDone);
  const Ran checked = run({"content", "check", zone});
  EXPECT_EQ(checked.code, kExitDone) << checked.out << checked.err;
  EXPECT_TRUE(contains(checked.out, "zone 'mine' is in order: 512 x 512 m")) << checked.out;
  const Ran built = run({"content", "build", directory.file("content")});
  EXPECT_EQ(built.code, kExitDone);
  EXPECT_TRUE(contains(built.out, "zone 'mine': unchanged\ncontent: 0 of 1 zones compiled in "))
      << built.out;
}

TEST(ContentCommand, BuildsIntoTheCacheThatItIsTold) {
  const platform::TempDirectory directory;
  const std::string zone = directory.file("mine");
  ASSERT_EQ(run({"content", "zone", zone}).code, kExitDone);
  const Ran built = run({"content", "build", zone, "--cache", directory.file("cache")});
  EXPECT_EQ(built.code, kExitDone) << built.err;
  EXPECT_TRUE(contains(built.out, "zone 'mine': compiled")) << built.out;
  EXPECT_TRUE(contains(built.err, "content: mine: geometry\n")) << "no terminal: plain lines";
  EXPECT_EQ(platform::list_files(directory.file("cache"))->size(), 2u) << "the zone and its lock";
  EXPECT_EQ(run({"content", "build", zone, "--cache", "/proc/nowhere"}).code, kExitFailed);
}

TEST(ContentCommand, PrintsEveryFaultOnALineWithItsPlace) {
  const platform::TempDirectory directory;
  const std::string zone = directory.file("mine");
  ASSERT_EQ(run({"content", "zone", zone}).code, kExitDone);
  std::string text = *platform::read_text_file(zone + "/zone.yaml");
  text.replace(text.find("title: Mine"), 11, "titel: Mine");
  text.replace(text.find("count: 12"), 9, "count: -1");
  ASSERT_TRUE(platform::write_text_file(zone + "/zone.yaml", text));
  for (const char* const command : {"check", "build"}) {
    const Ran ran = run({"content", command, zone});
    EXPECT_EQ(ran.code, kExitFailed);
    EXPECT_TRUE(contains(ran.out, zone + "/zone.yaml:4: the zone needs the key 'title': add it\n"));
    EXPECT_TRUE(contains(ran.out, zone + "/zone.yaml:5: the zone has no key 'titel'; is 'title' "
                                         "meant?\n"));
    EXPECT_TRUE(contains(ran.out, "'count' of the creatures is '-1'"));
    EXPECT_TRUE(contains(ran.err, "tessera content: 3 faults"));
  }
}

TEST(ContentCommand, ChecksAllContentUnlessToldOtherwise) {
  const Ran ran = run({"content", "check"});
  EXPECT_EQ(ran.code, kExitDone) << ran.out;
  EXPECT_TRUE(contains(ran.out, "zone 'vale' is in order: 4096 x 4096 m")) << ran.out;
}

}  // namespace
}  // namespace tessera::server
