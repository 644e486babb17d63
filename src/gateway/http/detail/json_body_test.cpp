// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/http/detail/json_body.h"

#include <gtest/gtest.h>

#include "engine/core/json/json_object.h"

namespace tessera::gateway {
namespace {

TEST(JsonBody, ReadsTextsAndNumbers) {
  const auto body = JsonBody::parse(R"({"a":"x\u00e9","n":-5,"t":true,"z":null})");
  ASSERT_TRUE(body);
  EXPECT_EQ(body->text("a", 10).value(), "xé");
  EXPECT_EQ(body->number("n", -10, 10).value(), -5);
  EXPECT_EQ(body->number("absent", 0, 10, 7).value(), 7);
  EXPECT_EQ(body->optional_text("absent", 10).value(), "");
  EXPECT_EQ(body->optional_text("a", 10).value(), "xé");
}

TEST(JsonBody, NamesTheKeyThatIsWrong) {
  const auto body = JsonBody::parse(R"({"a":"long text","n":11,"t":true,"z":null})").value();
  EXPECT_EQ(body.text("b", 10).error().message, "The key 'b' is missing.");
  EXPECT_EQ(body.text("t", 10).error().message, "The key 't' must be a text.");
  EXPECT_EQ(body.text("a", 4).error().message, "The key 'a' is longer than 4 bytes.");
  EXPECT_EQ(body.number("n", 0, 10).error().message,
            "The key 'n' must be a whole number from 0 to 10.");
  EXPECT_FALSE(body.number("t", 0, 10));
  EXPECT_FALSE(body.number("z", 0, 10, 5)) << "null is not absent";
  EXPECT_FALSE(body.number("b", 0, 10));
}

TEST(JsonBody, RefusesWhatIsNotAFlatObject) {
  for (const char* bad :
       {"", "{", "null", "5", "[1]", R"({"a":{}})", R"({"a":[]})", R"({"a":1.5})", R"({"a":1} x)",
        R"({"a":18446744073709551615})", "{\"a\":\"\xc3\"}", R"({'a':1})",
        R"({"a":{"b":{"c":{"d":{"e":1}}}}})", R"({"a":"\ud800"})", R"({"a":nan})"}) {
    EXPECT_FALSE(JsonBody::parse(bad)) << bad;
  }
}

TEST(JsonBody, NamesTheKeyWhoseValueIsOfNoKindThatWeTake) {
  EXPECT_EQ(JsonBody::parse(R"({"name":"a","look":1e300})").error().message,
            "The key 'look' must be a text, a whole number, true, false or null.");
  const std::string long_key(9'000, 'k');
  EXPECT_LT(JsonBody::parse("{\"" + long_key + "\":[]}").error().message.size(), 200u);
}

TEST(JsonBody, RefusesDeepAndWideBodies) {
  EXPECT_FALSE(JsonBody::parse(std::string(10'000, '[')));
  std::string wide = "{";
  for (int i = 0; i < 40; ++i) wide += "\"k" + std::to_string(i) + "\":1,";
  wide += "\"last\":1}";
  EXPECT_EQ(JsonBody::parse(wide).error().message, "The body has too many keys.");
}

TEST(JsonBody, ReadsWhatJsonObjectWrites) {
  const std::string text = JsonObject()
                               .text("t", "a\"\n\xff")
                               .number("n", INT64_MIN)
                               .unsigned_number("u", 7)
                               .truth("b", false)
                               .done();
  const auto body = JsonBody::parse(text);
  ASSERT_TRUE(body) << text;
  EXPECT_EQ(body->text("t", 100).value(), "a\"\n\xef\xbf\xbd");
  EXPECT_EQ(body->number("n", INT64_MIN, 0).value(), INT64_MIN);
}

}  // namespace
}  // namespace tessera::gateway
