// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "tools/bots/enrolment/enrolment.h"

namespace tessera::bots {
namespace {

using testing::HasSubstr;

TEST(Passes, AreReadAsTheyWereSaved) {
  platform::TempDirectory folder;
  const std::string file = folder.file("passes.json");
  ASSERT_TRUE(save_passes(file, {{"a\"b", "1"}, {"c", "2"}}));
  const auto passes = load_passes(file);
  ASSERT_TRUE(passes) << passes.error().message;
  ASSERT_EQ(passes->size(), 2u);
  EXPECT_EQ((*passes)[0].access_token, "a\"b");
  EXPECT_EQ((*passes)[1].character, "2");
}

TEST(Passes, AreReadableByTheirOwnerOnly) {
  platform::TempDirectory folder;
  const std::string file = folder.file("passes.json");
  ASSERT_TRUE(platform::write_text_file(file, "of an earlier time, for all to read"));
  ASSERT_TRUE(save_passes(file, {{"a", "1"}}));
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(Passes, AreRefusedWithTheNameOfTheFileAndWhatWasExpected) {
  platform::TempDirectory folder;
  const std::string file = folder.file("passes.json");
  for (const char* text : {"", "[]", "{}", "[7]", R"([{"access_token":"a"}])",
                           R"([{"access_token":"a","character":"1"},{"character":"2"}])",
                           R"([{"access_token":"","character":"1"}])"}) {
    ASSERT_TRUE(platform::write_text_file(file, text));
    const auto passes = load_passes(file);
    ASSERT_FALSE(passes) << text;
    EXPECT_EQ(passes.error().kind, ErrorKind::Corrupt);
    EXPECT_THAT(passes.error().message, HasSubstr(file));
    EXPECT_THAT(passes.error().message, HasSubstr("tessera bots --prepare"));
  }
  EXPECT_THAT(load_passes(folder.file("none")).error().message, HasSubstr("none"));
}

}  // namespace
}  // namespace tessera::bots
