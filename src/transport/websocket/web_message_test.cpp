// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/websocket/web_message.h"

#include <gtest/gtest.h>

namespace tessera::websocket {
namespace {

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
