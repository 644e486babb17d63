// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/combat/numbers_seen.h"

#include <gtest/gtest.h>

namespace tessera::protocol {
namespace {

TEST(NumbersSeen, NotesEachNumberOnceWhateverTheOrder) {
  NumbersSeen seen;
  EXPECT_TRUE(seen.note(0));
  EXPECT_FALSE(seen.note(0));
  EXPECT_TRUE(seen.note(3));
  EXPECT_TRUE(seen.note(1));
  EXPECT_TRUE(seen.note(2));
  EXPECT_FALSE(seen.note(1));
}

TEST(NumbersSeen, GoesRoundAndRound) {
  NumbersSeen seen;
  for (unsigned i = 0; i < 2000; ++i) {
    EXPECT_TRUE(seen.note(static_cast<std::uint8_t>(i)));
    EXPECT_FALSE(seen.note(static_cast<std::uint8_t>(i)));
    EXPECT_TRUE(i < 63 || !seen.note(static_cast<std::uint8_t>(i - 63)));
  }
}

TEST(NumbersSeen, TakesANumberThatWasSkippedARoundAgo) {
  NumbersSeen seen;
  for (unsigned i = 0; i < 512; ++i) {
    EXPECT_TRUE(i == 300 || seen.note(static_cast<std::uint8_t>(i)));
    EXPECT_TRUE(i != 340 || seen.note(static_cast<std::uint8_t>(300)));
  }
}

}  // namespace
}  // namespace tessera::protocol
