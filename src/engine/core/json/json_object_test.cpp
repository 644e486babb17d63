// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/core/json/json_object.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tessera {
namespace {

TEST(JsonString, EscapesWhatJsonDemands) {
  EXPECT_EQ(json_string("a\"b\\c\n\x01"), R"("a\"b\\c\u000a\u0001")");
  EXPECT_EQ(json_string("Zoë 🗡"), "\"Zoë 🗡\"");
}

TEST(JsonString, ReplacesBytesThatAreNotUtf8) {
  const std::string replacement = "\xef\xbf\xbd";
  EXPECT_EQ(json_string("\xff"), "\"" + replacement + "\"");
  EXPECT_EQ(json_string("\xc0\xaf"), "\"" + replacement + replacement + "\"") << "overlong";
  EXPECT_EQ(json_string("\xe0\x80\x80").size(), 2 + 9u) << "overlong";
  EXPECT_EQ(json_string("\xed\xa0\x80").size(), 2 + 9u) << "a surrogate";
  EXPECT_EQ(json_string("\xf0\x80\x80\x80").size(), 2 + 12u) << "overlong";
  EXPECT_EQ(json_string("\xf4\x90\x80\x80").size(), 2 + 12u) << "beyond Unicode";
  EXPECT_EQ(json_string("\xe2\x82"), "\"" + replacement + replacement + "\"") << "cut";
  EXPECT_EQ(json_string("\xe2(x"), "\"" + replacement + "(x\"");
}

TEST(JsonObject, KeepsItsKeysInOrder) {
  EXPECT_EQ(JsonObject().done(), "{}");
  EXPECT_EQ(JsonObject()
                .text("name", "Ann\n")
                .number("n", std::numeric_limits<std::int64_t>::min())
                .unsigned_number("u", std::numeric_limits<std::uint64_t>::max())
                .truth("yes", true)
                .truth("no", false)
                .raw("inner", JsonObject().number("a", 1).done())
                .done(),
            R"({"name":"Ann\u000a","n":-9223372036854775808,"u":18446744073709551615,)"
            R"("yes":true,"no":false,"inner":{"a":1}})");
}

TEST(JsonObject, WritesRealNumbersWithThreeDecimals) {
  EXPECT_EQ(JsonObject().real("x", 1.0 / 3).done(), R"({"x":0.333})");
  EXPECT_EQ(JsonObject().real("x", std::nan("")).done(), R"({"x":0.000})");
  EXPECT_EQ(JsonObject().real("x", std::numeric_limits<double>::infinity()).done(),
            R"({"x":0.000})");
  EXPECT_GT(JsonObject().real("x", -1e308).done().size(), 300u);
}

TEST(JsonObject, WritesAsManyDecimalsAsItIsTold) {
  EXPECT_EQ(JsonObject().real("x", 20, 1).done(), R"({"x":20.0})");
  EXPECT_EQ(JsonObject().real("x", 20.106, 2).done(), R"({"x":20.11})");
  EXPECT_EQ(JsonObject().real("x", 1e6, 0).done(), R"({"x":1000000})");
  EXPECT_EQ(JsonObject().real("x", -std::numeric_limits<double>::max(), 9).done().size(),
            std::string_view(R"({"x":-.})").size() + 309 + 9);
}

TEST(JsonObject, NeverWritesAnExponent) {
  for (double value = 1e-12; value < 1e20; value *= 10) {
    EXPECT_EQ(JsonObject().real("x", value).done().find_first_of("eE"), std::string::npos) << value;
  }
}

}  // namespace
}  // namespace tessera
