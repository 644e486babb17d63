// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/websocket/web_message.h"

#include <gtest/gtest.h>

namespace tessera::websocket {
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

TEST(ErrorResponse, NamesACodeForProgramsAndASentenceForPeople) {
  const Response response = error_response(404, "not_found", "There is no \"x\".");
  EXPECT_EQ(response.status, 404u);
  EXPECT_EQ(response.body,
            "{\"error\":{\"code\":\"not_found\",\"message\":\"There is no \\\"x\\\".\"}}\n");
}

TEST(QueryValue, FindsAndDecodesAValue) {
  EXPECT_EQ(query_value("a=1&token=x%2Fy+z&b=", "token"), "x/y z");
  EXPECT_EQ(query_value("a=1&b=", "b"), "");
  EXPECT_EQ(query_value("a=1", "token"), "");
  EXPECT_EQ(query_value("token", "token"), "");
  EXPECT_EQ(query_value("token=%aF", "token"), "\xaf");
}

TEST(QueryValue, IsEmptyWhenBadlyEncoded) {
  EXPECT_EQ(query_value("token=%", "token"), "");
  EXPECT_EQ(query_value("token=%2", "token"), "");
  EXPECT_EQ(query_value("token=%zz", "token"), "");
}

TEST(Request, GivesAHeaderByItsLowerCaseName) {
  Request request;
  request.headers = {{"origin", "http://a"}};
  EXPECT_EQ(request.header("origin"), "http://a");
  EXPECT_EQ(request.header("host"), "");
}

}  // namespace
}  // namespace tessera::websocket
