// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The HTTP API of a whole server, with the real services behind it.
#include <gtest/gtest.h>
#include <sodium.h>

#include <boost/json.hpp>
#include <filesystem>

#include "engine/platform/testing/temp_directory.h"
#include "server/roles/server.h"
#include "tools/bots/enrolment/http_client.h"
#include "transport/netcode/connect_token.h"
#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::server {
namespace {

class ServerApiTest : public testing::Test {
 protected:
  ServerApiTest() { start({}); }
  /// Starts a server anew, in the same folder.
  void start(const Settings& settings) {
    const auto started = try_to_start(settings);
    ASSERT_TRUE(started) << started.error().message;
  }
  Result<void> try_to_start(Settings settings) {
    http.reset();
    server.reset();
    settings.data = folder.file("data");
    settings.http = "127.0.0.1:0";
    settings.udp = "127.0.0.1:0";
    settings.creatures = 5;
    auto started = Server::start(settings);
    if (!started) return std::unexpected(started.error());
    server = std::move(*started);
    http.emplace(bots::HttpClient::to("http://" + server->http_address()).value());
    return {};
  }
  /// Posts and expects `status`; the answer's JSON.
  boost::json::value post(const std::string& path, const std::string& body, int status,
                          const std::string& token = {}) {
    const auto answer = http->post("/api/v1/" + path, body, token);
    EXPECT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, status) << path << ": " << answer->body;
    return answer->body.empty() ? boost::json::value{} : boost::json::parse(answer->body);
  }
  static std::string text(const boost::json::value& value, const char* key) {
    return std::string(value.at(key).as_string());
  }
  static std::string refresh_form(const boost::json::value& tokens) {
    return R"({"refresh_token":")" + text(tokens, "refresh_token") + "\"}";
  }
  int remove(const std::string& path, const std::string& token) {
    const std::string address = server->http_address();
    const auto port = std::stoul(address.substr(address.rfind(':') + 1));
    websocket::TcpClient client(static_cast<std::uint16_t>(port));
    client.send_all("DELETE /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                    "Bearer " + token + "\r\n\r\n");
    return client.receive_http().status;
  }

  static constexpr const char* kForm = R"({"name":"Anna","password":"correct horse"})";
  platform::TempDirectory folder;
  std::unique_ptr<Server> server;
  std::optional<bots::HttpClient> http;
};

TEST_F(ServerApiTest, KeepsAPlayerLoggedInUntilTheyLogOut) {
  post("register", kForm, 201);
  post("register", R"({"name":"anna","password":"another one"})", 409);
  post("login", R"({"name":"Anna","password":"wrong horse"})", 401);
  const auto first = post("login", kForm, 200);
  const auto second = post("refresh", refresh_form(first), 200);
  EXPECT_NE(text(first, "refresh_token"), text(second, "refresh_token"));
  post("logout", refresh_form(second), 204);
  post("refresh", refresh_form(second), 401);
}

TEST_F(ServerApiTest, EndsALoginWhoseRefreshTokenWasUsedTwice) {
  post("register", kForm, 201);
  const auto first = post("login", kForm, 200);
  const auto second = post("refresh", refresh_form(first), 200);
  post("refresh", refresh_form(first), 401);   // a copy in other hands
  post("refresh", refresh_form(second), 401);  // so nobody goes on with it
}

TEST_F(ServerApiTest, LetsAPlayerMakeEnterAndDeleteACharacter) {
  post("register", kForm, 201);
  const std::string token = text(post("login", kForm, 200), "access_token");
  post("characters", R"({"name":"Annabel","look":1})", 401, "no token");
  const auto made = post("characters", R"({"name":"Annabel","look":1})", 201, token);
  post("characters", R"({"name":"annabel","look":2})", 409, token);
  const std::string path = "characters/" + text(made, "id");
  EXPECT_FALSE(text(post(path + "/enter", "{}", 200, token), "connect_token").empty());
  EXPECT_EQ(remove(path, token), 204);
  EXPECT_EQ(remove(path, token), 404);
  post(path + "/enter", "{}", 404, token);
  const auto listed = http->get("/api/v1/characters", token);
  EXPECT_EQ(boost::json::parse(listed->body).at("characters").as_array().size(), 0u);
}

TEST_F(ServerApiTest, SendsPlayersToThePublicAddress) {
  Settings settings;
  settings.udp_public = "203.0.113.7:7777";
  start(settings);
  ASSERT_NE(server, nullptr);
  post("register", kForm, 201);
  const std::string access = text(post("login", kForm, 200), "access_token");
  const auto made = post("characters", R"({"name":"Annabel","look":1})", 201, access);
  const auto grant = post("characters/" + text(made, "id") + "/enter", "{}", 200, access);
  const std::string base64 = text(grant, "connect_token");
  netcode::ConnectTokenBytes bytes{};
  std::size_t size = 0;
  ASSERT_EQ(
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), base64.data(),
                        base64.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL),
      0);
  const auto token = netcode::read_connect_token(std::span(bytes).first(size));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->servers, std::vector{udp::Address::v4(203, 0, 113, 7, 7777)});
}

TEST_F(ServerApiTest, DoesNotStartWhenItCannotRecordAndLeavesTheFileAlone) {
  Settings settings;
  settings.record = folder.file("run.tlog");
  // Every write fails as on a full disk.
  std::filesystem::create_symlink("/dev/full", settings.record);
  const auto started = try_to_start(settings);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().message, "cannot write to '" + settings.record +
                                         "': No space left on device; make room and try again");
  EXPECT_TRUE(std::filesystem::is_symlink(settings.record)) << "it may be a device";
}

TEST_F(ServerApiTest, PublishesTheKeysThatVerifyItsTokens) {
  const auto keys = boost::json::parse(http->get("/.well-known/jwks.json")->body);
  ASSERT_EQ(keys.at("keys").as_array().size(), 1u);
  EXPECT_EQ(keys.at("keys").at(0).at("crv").as_string(), "P-256");
  EXPECT_FALSE(keys.at("keys").at(0).as_object().contains("d")) << "the private part";
}

TEST_F(ServerApiTest, PrintsItsFiguresAsPlainDecimals) {
  const std::string body = http->get("/api/v1/status")->body;
  const std::size_t figures = body.find("\"uptime_s\":");
  ASSERT_NE(figures, std::string::npos) << body;
  for (std::size_t i = figures; i + 1 < body.size(); ++i) {
    const bool exponent = (body[i] == 'E' || body[i] == 'e') && std::isdigit(body[i - 1]) != 0;
    EXPECT_FALSE(exponent) << body;
  }
}

}  // namespace
}  // namespace tessera::server
