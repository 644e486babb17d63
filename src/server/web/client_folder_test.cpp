// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/web/client_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace tessera::server {
namespace {

TEST(ClientFolder, IsTheOneThatIsWantedWhateverItHolds) {
  EXPECT_EQ(find_client_folder("/no/such/folder"), "/no/such/folder");
}

TEST(ClientFolder, IsOtherwiseTheOneThatWasBuiltOrNone) {
  const std::string found = find_client_folder("");
  EXPECT_TRUE(found.empty() || std::filesystem::exists(found + "/index.html")) << found;
}

}  // namespace
}  // namespace tessera::server
