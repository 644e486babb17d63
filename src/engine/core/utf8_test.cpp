// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/core/utf8.h"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(Utf8, KnowsWhatIsNot) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\u00e9\u4e16\U0001f600"));
  EXPECT_FALSE(is_utf8("\xc3"));
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(is_utf8("\xc0\xaf"));          // longer than it need be
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
}

TEST(Utf8, OneLineHasNoControlCharacters) {
  EXPECT_EQ(one_line("  a\r\nb\u0085c\u2028d\u007f "), "a  b c d");
  EXPECT_EQ(one_line("\n\t "), "");
  EXPECT_EQ(one_line("\u4e16\u754c"), "\u4e16\u754c");
}

}  // namespace
}  // namespace tessera
