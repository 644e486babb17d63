// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/build/build_info.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera::platform {
namespace {

TEST(BuildInfo, NamesVersionCommitAndCompiler) {
  const BuildInfo& info = build_info();
  EXPECT_THAT(std::string(info.version), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_THAT(std::string(info.commit), testing::MatchesRegex("unknown|[0-9a-f]{12}(\\+changes)?"));
  EXPECT_THAT(std::string(info.compiler), testing::MatchesRegex("(GNU|Clang) .+"));
}

TEST(BuildInfo, HasTheBuildIdOfTheLinker) {
  EXPECT_THAT(build_id(), testing::MatchesRegex("[0-9a-f]{40}"));
  EXPECT_THAT(build_line(), testing::AllOf(testing::StartsWith("tessera "),
                                           testing::HasSubstr(build_id().substr(0, 8))));
}

}  // namespace
}  // namespace tessera::platform
