// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/config/nearest_name.h"

#include <gtest/gtest.h>

namespace tessera::platform {
namespace {

TEST(EditDistance, CountsInsertedRemovedChangedAndSwappedLetters) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("port", "prt"), 1u);
  EXPECT_EQ(edit_distance("port", "ports"), 1u);
  EXPECT_EQ(edit_distance("port", "pört"), 2u);  // two bytes
  EXPECT_EQ(edit_distance("port", "prot"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

TEST(NearestName, FindsWhatWasMeantAndNothingFarAway) {
  const std::vector<std::string_view> known{"http.listen", "udp.listen", "udp.port"};
  EXPECT_EQ(nearest_name("udp.prot", known), "udp.port");
  EXPECT_EQ(nearest_name("htp.lisen", known), "http.listen");
  EXPECT_EQ(nearest_name("something_else", known), "");
  EXPECT_EQ(nearest_name("x", {}), "");
}

}  // namespace
}  // namespace tessera::platform
