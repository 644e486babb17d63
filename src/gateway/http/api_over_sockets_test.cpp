// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The API behind a real port, asked by clients that were not written by us.
#include <gtest/gtest.h>

#include "gateway/http/testing/fake_parts.h"
#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::gateway {
namespace {

using websocket::RunningWebServer;
using websocket::TcpClient;

std::string post(const std::string& path, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

struct Fixture {
  TestApi test;
  RunningWebServer server{websocket::test_web_options(), test.api};
};

TEST(ApiOverSockets, GoesFromRegistrationToAQueueOfPipelinedRequests) {
  Fixture fixture;
  TcpClient client = fixture.server.connect();
  const std::string form = R"({"name":"ann","password":"correct horse"})";
  client.send_all(post("/api/v1/register", form) + post("/api/v1/login", form) +
                  "GET /healthz HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive_http().status, 201);
  EXPECT_EQ(client.receive_http().status, 200);
  EXPECT_EQ(client.receive_http().body, "{\"status\":\"ok\"}\n");
}

TEST(ApiOverSockets, AnswersAbuseClearlyAndGoesOn) {
  Fixture fixture;
  TcpClient client = fixture.server.connect();
  const std::vector<std::pair<std::string, int>> abuse{
      {post("/api/v1/login", "not json"), 400},
      {post("/api/v1/login", std::string(5000, '[')), 400},
      {post("/api/v1/login", "{\"name\":\"\xc0\xaf\",\"password\":\"x\"}"), 400},
      {post("/api/v1/login", R"({"name":"' OR 1=1; --","password":"' OR 1=1; --"})"), 401},
      {post("/api/v1/login", R"({"name":"a\u0000b","password":"x"})"), 401},
      {post("/../../etc/passwd", "{}"), 404},
      {"GET /%00 HTTP/1.1\r\n\r\n", 404},
      {"GET //api/v1/status HTTP/1.1\r\n\r\n", 404},
      {"TRACE /healthz HTTP/1.1\r\n\r\n", 405},
      {"PROPFIND /api/v1/characters HTTP/1.1\r\n\r\n", 405},
      {"GET /api/v1/characters HTTP/1.1\r\nAuthorization: Bearer " + std::string(3000, 'x') +
           "\r\n\r\n",
       401},
      {"GET /healthz HTTP/1.1\r\n\r\n", 200},
  };
  for (const auto& [request, status] : abuse) {
    client.send_all(request);
    const auto answer = client.receive_http();
    EXPECT_EQ(answer.status, status) << request;
    if (status >= 400) {
      EXPECT_TRUE(answer.body.starts_with("{\"error\":{\"code\":\"")) << answer.body;
    }
  }
  EXPECT_TRUE(fixture.test.accounts.accounts.empty());
}

TEST(ApiOverSockets, HoldsBackAnAddressThatAsksTooOften) {
  Fixture fixture;
  TcpClient client = fixture.server.connect();
  int served = 0;
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    const int status = client.get("/healthz").status;
    served += status == 200 ? 1 : 0;
    refused += status == 429 ? 1 : 0;
  }
  EXPECT_EQ(served, 200);
  EXPECT_EQ(refused, 100);
}

}  // namespace
}  // namespace tessera::gateway
