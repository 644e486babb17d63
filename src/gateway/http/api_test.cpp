// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The API as its clients see it: accounts, characters, the way in, and what it answers when asked
// wrongly.
#include "gateway/http/api.h"

#include <gtest/gtest.h>

#include "gateway/http/testing/fake_parts.h"

namespace tessera::gateway {
namespace {

using websocket::Response;

bool has(const Response& response, std::string_view text) {
  return response.body.find(text) != std::string::npos;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(Api, RegistersLogsInRefreshesAndLogsOut) {
  TestApi test;
  const std::string form = R"({"name":"ann","password":"correct horse"})";
  Response response = test.post("/api/v1/register", form);
  EXPECT_EQ(response.status, 201u);
  EXPECT_EQ(response.body, "{\"account\":\"1\",\"name\":\"ann\"}\n");
  EXPECT_EQ(test.post("/api/v1/register", form).status, 409u);
  response = test.post("/api/v1/login", form);
  EXPECT_EQ(response.status, 200u);
  EXPECT_TRUE(has(response, R"("access_token":"access-1")"));
  EXPECT_TRUE(has(response, R"("refresh_token":"refresh-ann")"));
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  response = test.post("/api/v1/refresh", R"({"refresh_token":"refresh-ann"})");
  EXPECT_TRUE(has(response, R"("access_token":"access-1")"));
  EXPECT_EQ(test.post("/api/v1/refresh", R"({"refresh_token":"other"})").status, 401u);
  EXPECT_EQ(test.post("/api/v1/logout", R"({"refresh_token":"refresh-ann"})").status, 204u);
}

TEST(Api, SaysOnlyThatNameOrPasswordIsWrong) {
  TestApi test;
  test.accounts.add("ann", "right");
  const Response wrong = test.post("/api/v1/login", R"({"name":"ann","password":"wrong"})");
  const Response nobody = test.post("/api/v1/login", R"({"name":"bob","password":"wrong"})");
  EXPECT_EQ(wrong.status, 401u);
  EXPECT_EQ(wrong.body, nobody.body);
  EXPECT_EQ(header(wrong, "WWW-Authenticate"), "Bearer");
}

TEST(Api, NamesWhatIsWrongWithABody) {
  TestApi test;
  const auto message = [&](const std::string& body) {
    const Response response = test.post("/api/v1/login", body);
    EXPECT_EQ(response.status, 400u) << body;
    return response.body;
  };
  EXPECT_NE(message("").find("'name' is missing"), std::string::npos);
  EXPECT_NE(message("{").find("not JSON"), std::string::npos);
  EXPECT_NE(message("[]").find("must be a JSON object"), std::string::npos);
  EXPECT_NE(message(R"({"name":1,"password":"x"})").find("'name' must be a text"),
            std::string::npos);
  EXPECT_NE(message(R"({"name":"a"})").find("'password' is missing"), std::string::npos);
  EXPECT_NE(message(R"({"name":")" + std::string(65, 'a') + R"(","password":"x"})")
                .find("longer than 64 bytes"),
            std::string::npos);
  EXPECT_NE(message("{\"name\":\"\xff\xfe\",\"password\":\"x\"}").find("not JSON"),
            std::string::npos)
      << "bad UTF-8";
  EXPECT_EQ(test.post("/api/v1/refresh", "{}").status, 400u);
  EXPECT_EQ(test.post("/api/v1/logout", "{}").status, 400u);
}

TEST(Api, RefusesAnotherContentTypeAndBodiesWhereNoneBelongs) {
  TestApi test;
  auto request = TestApi::request("POST", "/api/v1/login", "name=ann", "");
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  EXPECT_EQ(test.call(request).status, 415u);
  EXPECT_EQ(test.call(TestApi::request("GET", "/healthz", "{}", "")).status, 400u);
}

TEST(Api, PassesSqlInNamesThroughAsTheTextItIs) {
  TestApi test;
  const std::string name = "'; DROP TABLE accounts; --";
  const std::string body = R"({"name":"'; DROP TABLE accounts; --","password":"x\" OR 1=1"})";
  EXPECT_EQ(test.post("/api/v1/register", body).status, 201u);
  ASSERT_TRUE(test.accounts.accounts.contains(name));
  EXPECT_EQ(test.accounts.accounts[name].password, "x\" OR 1=1");
}

TEST(Api, ListsCreatesAndDeletesCharactersOfTheCallersAccount) {
  TestApi test;
  const AccountId ann = test.accounts.add("ann", "x");
  const AccountId bob = test.accounts.add("bob", "x");
  test.characters.add(bob, "Bobo");
  const std::string token = FakeAccounts::token_of(ann);
  EXPECT_EQ(test.get("/api/v1/characters", token).body, "{\"characters\":[]}\n");
  Response response = test.post("/api/v1/characters", R"({"name":"Anna","look":7})", token);
  EXPECT_EQ(response.status, 201u);
  EXPECT_TRUE(has(response, R"("id":"2","name":"Anna","look":7)"));
  test.characters.all.back().place = {1, 2048.5f, 3, 2000, 0};
  test.characters.add(ann, "Zwei");
  response = test.get("/api/v1/characters", token);
  EXPECT_TRUE(has(response, R"("place":{"zone":1,"x":2048.500,"y":3.000,"z":2000.000}},{)"));
  EXPECT_FALSE(has(response, "Bobo"));
  EXPECT_EQ(test.call(TestApi::request("DELETE", "/api/v1/characters/2", "", token)).status, 204u);
  response = test.call(TestApi::request("DELETE", "/api/v1/characters/1", "", token));
  EXPECT_EQ(response.status, 404u) << "of another account";
  EXPECT_TRUE(has(response, "There is no such character of your account.")) << "as on entering";
}

TEST(Api, RefusesALookThatIsNoNumberAndTooManyCharacters) {
  TestApi test;
  const std::string token = FakeAccounts::token_of(test.accounts.add("ann", "x"));
  EXPECT_EQ(test.post("/api/v1/characters", R"({"look":1})", token).status, 400u);
  EXPECT_EQ(test.post("/api/v1/characters", R"({"name":"A","look":-1})", token).status, 400u);
  EXPECT_EQ(test.post("/api/v1/characters", R"({"name":"A","look":"red"})", token).status, 400u);
  test.characters.fail_with = Error{ErrorKind::ResourceExhausted, "Ten characters are the limit."};
  const Response response = test.post("/api/v1/characters", R"({"name":"A"})", token);
  EXPECT_EQ(response.status, 409u);
  EXPECT_TRUE(has(response, "limit_reached"));
}

TEST(Api, DemandsAnAccessTokenForCharacters) {
  TestApi test;
  EXPECT_EQ(test.get("/api/v1/characters").status, 401u);
  EXPECT_EQ(test.get("/api/v1/characters", "forged").status, 401u);
  auto request = TestApi::request("GET", "/api/v1/characters", "", "");
  request.headers.emplace_back("authorization", "Basic YW5uOng=");
  EXPECT_EQ(test.call(request).status, 401u);
}

TEST(Api, LetsACharacterInWithAConnectTokenAndAWebSocketAddress) {
  TestApi test;
  const AccountId ann = test.accounts.add("ann", "x");
  const CharacterId anna = test.characters.add(ann, "Anna");
  const Response response =
      test.post("/api/v1/characters/1/enter", "", FakeAccounts::token_of(ann));
  EXPECT_EQ(response.status, 200u);
  EXPECT_TRUE(has(response, R"("udp":"127.0.0.1:7777")"));
  EXPECT_TRUE(has(response, R"("expires_in_s":30,"protocol_version":1)"));
  const auto token = response.body.find(R"("connect_token":")") + 17;
  EXPECT_EQ(response.body.find('"', token) - token, 2732u) << "base64 of 2,048 bytes";
  const std::string address = R"("websocket":"ws://play.test:8080/ws?token=)";
  const auto at = response.body.find(address);
  ASSERT_NE(at, std::string::npos);
  const std::string ticket = response.body.substr(at + address.size(), 32);
  EXPECT_EQ(
      test.tickets.redeem(ticket, test.now_us),
      (admission::SessionClaim{ann, anna, FixedString<admission::kAccountNameBytesMax>("ann")}))
      << "what the session is told of its player";
}

TEST(Api, DoesNotLetInOthersCharactersOrTheBanned) {
  TestApi test;
  const AccountId ann = test.accounts.add("ann", "x");
  const AccountId bob = test.accounts.add("bob", "x");
  test.characters.add(bob, "Bobo");
  const std::string token = FakeAccounts::token_of(ann);
  EXPECT_EQ(test.post("/api/v1/characters/1/enter", "", token).status, 404u);
  EXPECT_EQ(test.post("/api/v1/characters/77/enter", "", token).status, 404u);
  test.accounts.accounts["bob"].banned_until = accounts::kForever;
  test.accounts.accounts["bob"].reason = "Cheating.";
  const Response response =
      test.post("/api/v1/characters/1/enter", "", FakeAccounts::token_of(bob));
  EXPECT_EQ(response.status, 403u);
  EXPECT_TRUE(has(response, "Cheating."));
  EXPECT_EQ(test.tickets.size(), 0u);
}

TEST(Api, TellsThePositionInTheQueueWhenTheWorldIsFull) {
  TestApi test(TestApi::default_options(), {.seats = 1, .queue_max = 1});
  const AccountId ann = test.accounts.add("ann", "x");
  for (int i = 0; i < 3; ++i) test.characters.add(ann, "A" + std::to_string(i));
  const std::string token = FakeAccounts::token_of(ann);
  EXPECT_EQ(test.post("/api/v1/characters/1/enter", "", token).status, 200u);
  const Response queued = test.post("/api/v1/characters/2/enter", "", token);
  EXPECT_EQ(queued.status, 202u);
  EXPECT_EQ(queued.body, "{\"queue\":{\"position\":1,\"size\":1,\"retry_after_s\":5}}\n");
  EXPECT_EQ(header(queued, "Retry-After"), "5");
  const Response full = test.post("/api/v1/characters/3/enter", "", token);
  EXPECT_EQ(full.status, 503u);
  EXPECT_TRUE(has(full, "world_full"));
}

TEST(Api, TellsErrorsOfServicesWithoutTheirInsides) {
  TestApi test;
  const std::string token = FakeAccounts::token_of(test.accounts.add("ann", "x"));
  const auto status_of = [&](ErrorKind kind) {
    test.characters.fail_with = Error{kind, "secret detail"};
    return test.get("/api/v1/characters", token);
  };
  EXPECT_EQ(status_of(ErrorKind::Unavailable).status, 503u);
  EXPECT_EQ(header(status_of(ErrorKind::Unavailable), "Retry-After"), "2");
  EXPECT_EQ(status_of(ErrorKind::StorageFailed).status, 503u);
  EXPECT_EQ(header(status_of(ErrorKind::StorageFailed), "Retry-After"), "30");
  EXPECT_TRUE(has(status_of(ErrorKind::StorageFailed), "The server cannot store this"));
  EXPECT_FALSE(has(status_of(ErrorKind::StorageFailed), "secret"));
  EXPECT_EQ(status_of(ErrorKind::PermissionDenied).status, 403u);
  EXPECT_EQ(status_of(ErrorKind::ResourceExhausted).status, 429u);
  EXPECT_EQ(status_of(ErrorKind::Corrupt).status, 500u);
  EXPECT_FALSE(has(status_of(ErrorKind::Internal), "secret"));
  EXPECT_FALSE(has(status_of(ErrorKind::Unavailable), "secret"));
  EXPECT_EQ(test.post("/api/v1/characters/1/enter", "", token).status, 503u);
  test.accounts.fail_with = Error{ErrorKind::Unavailable, "down"};
  EXPECT_EQ(test.post("/api/v1/characters/1/enter", "", token).status, 503u);
}

TEST(Api, ShowsTheStatusWithExactlyTheFieldsThatMeasurementsRelyOn) {
  TestApi test;
  test.status.now = {.version = "0.1.0",
                     .uptime_s = 12.5,
                     .players = 3,
                     .creatures = 200,
                     .instances = 2,
                     .tick = 750,
                     .tick_ms = {.p50 = 1.5, .p99 = 2.25, .p999 = 3, .max = 4},
                     .late_ticks = 1,
                     .machine_stalls = 2,
                     .overload_level_max = 0,
                     .bytes_out_s = 1000,
                     .datagrams_out_s = 60,
                     .rss_bytes = 123'456'789};
  EXPECT_EQ(
      test.get("/api/v1/status").body,
      "{\"version\":\"0.1.0\",\"uptime_s\":12.500,\"players\":3,\"creatures\":200,\"instances\":2,"
      "\"tick\":750,\"tick_ms\":{\"p50\":1.500,\"p99\":2.250,\"p999\":3.000,\"max\":4.000},"
      "\"late_ticks\":1,\"machine_stalls\":2,\"overload_level_max\":0,"
      "\"bytes_out_s\":1000.000,\"datagrams_out_s\":60.000,\"rss_bytes\":123456789}\n");
}

TEST(Api, LooksBackAsFarAsTheStatusIsAskedTo) {
  TestApi test;
  const auto ask = [&](const std::string& query) {
    websocket::Request request = test.request("GET", "/api/v1/status", "", "");
    request.query = query;
    return test.call(request).status;
  };
  EXPECT_EQ(ask(""), 200u);
  EXPECT_EQ(test.status.asked_last_s, 60u);
  EXPECT_EQ(ask("window_s=5"), 200u);
  EXPECT_EQ(test.status.asked_last_s, 5u);
  for (const char* wrong : {"0", "61", "-1", "5s", "five", "99999999999999999999"}) {
    EXPECT_EQ(ask(std::string("window_s=") + wrong), 400u) << wrong;
  }
}

TEST(Api, RefusesAStatusWithAnUnknownQueryKey) {
  TestApi test;
  for (const char* query : {"window=5", "window_s=5&x=1", "window", "&Window_s=5"}) {
    websocket::Request request = test.request("GET", "/api/v1/status", "", "");
    request.query = query;
    const auto response = test.call(request);
    EXPECT_EQ(response.status, 400u) << query;
    EXPECT_NE(response.body.find("window_s"), std::string::npos) << response.body;
  }
  websocket::Request request = test.request("GET", "/api/v1/status", "", "");
  request.query = "&window_s=5&";
  EXPECT_EQ(test.call(request).status, 200u);
}

TEST(Api, TellsHealthReadinessKeysAndMetrics) {
  TestApi test;
  EXPECT_EQ(test.get("/healthz").status, 200u);
  EXPECT_EQ(test.get("/readyz").status, 200u);
  test.status.ready = {false, "The last tick was 3 s ago."};
  EXPECT_EQ(test.get("/readyz").status, 503u);
  EXPECT_TRUE(has(test.get("/readyz"), "3 s ago"));
  EXPECT_EQ(test.get("/.well-known/jwks.json").body, R"({"keys":[]})");
  EXPECT_EQ(test.get("/metrics").body, "tessera_up 1\n");
  EXPECT_TRUE(test.get("/metrics").content_type.starts_with("text/plain; version=0.0.4"));
}

TEST(Api, KnowsItsPathsAndTheirMethods) {
  TestApi test;
  EXPECT_EQ(test.get("/api/v1/nothing").status, 404u);
  EXPECT_EQ(test.get("/").status, 404u);
  const Response response = test.get("/api/v1/login");
  EXPECT_EQ(response.status, 405u);
  EXPECT_EQ(header(response, "Allow"), "POST");
  EXPECT_EQ(test.call(TestApi::request("BREW", "/healthz", "", "")).status, 405u);
  EXPECT_EQ(test.call(TestApi::request("HEAD", "/healthz", "", "")).status, 200u);
  EXPECT_EQ(header(test.call(TestApi::request("PUT", "/api/v1/characters", "", "")), "Allow"),
            "GET, POST");
}

TEST(Api, AnswersPagesOfAllowedOriginsOnly) {
  ApiOptions options = TestApi::default_options();
  options.allowed_origins = {"https://play.example.org"};
  TestApi test(options);
  auto request = TestApi::request("OPTIONS", "/api/v1/login", "", "");
  request.headers.emplace_back("origin", "https://play.example.org");
  Response response = test.call(request);
  EXPECT_EQ(response.status, 204u);
  EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "https://play.example.org");
  EXPECT_NE(header(response, "Access-Control-Allow-Headers"), "");
  request.method = "GET";
  request.path = "/healthz";
  response = test.call(request);
  EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "https://play.example.org");
  EXPECT_EQ(header(response, "Access-Control-Allow-Methods"), "");
  request.headers.back().second = "https://evil.example.org";
  EXPECT_EQ(header(test.call(request), "Access-Control-Allow-Origin"), "");
}

TEST(Api, LimitsRequestsAndLoginsOfAnAddress) {
  ApiOptions options = TestApi::default_options();
  options.requests_per_address = {.per_second = 1, .burst = 5};
  options.logins_per_address = {.per_second = 0.1, .burst = 2};
  TestApi test(options);
  const std::string form = R"({"name":"ann","password":"x"})";
  EXPECT_EQ(test.post("/api/v1/login", form).status, 401u);
  EXPECT_EQ(test.post("/api/v1/login", form).status, 401u);
  const Response refused = test.post("/api/v1/login", form);
  EXPECT_EQ(refused.status, 429u);
  EXPECT_EQ(header(refused, "Retry-After"), "10");
  EXPECT_EQ(test.get("/healthz").status, 200u) << "other requests are still welcome";
  EXPECT_EQ(test.get("/healthz").status, 200u);
  EXPECT_EQ(test.get("/healthz").status, 429u);
  auto other = TestApi::request("GET", "/healthz", "", "");
  other.peer_address = "192.0.2.2";
  EXPECT_EQ(test.call(other).status, 200u);
  test.now_us += 10'000'000;
  EXPECT_EQ(test.post("/api/v1/login", form).status, 401u);
}

TEST(Api, LimitsLoginsOfAnAccountFromWhereverTheyCome) {
  ApiOptions options = TestApi::default_options();
  options.logins_per_account = {.per_second = 0.1, .burst = 3};
  TestApi test(options);
  int tried = 0;
  for (int i = 0; i < 10; ++i) {
    const std::string name = i % 2 == 0 ? "ann" : "ANN";
    auto request = TestApi::request("POST", "/api/v1/login",
                                    R"({"name":")" + name + R"(","password":"x"})", "");
    request.peer_address = "192.0.2." + std::to_string(i);
    tried += test.call(request).status == 401 ? 1 : 0;
  }
  EXPECT_EQ(tried, 3);
}

TEST(Api, DoesNotLimitItsOwnMachineWhenToldSo) {
  ApiOptions options = TestApi::default_options();
  options.requests_per_address = {.per_second = 1, .burst = 1};
  options.exempt_loopback = true;
  TestApi test(options);
  for (const char* address : {"127.0.0.1", "::1", "::ffff:127.0.0.1"}) {
    auto request = TestApi::request("GET", "/healthz", "", "");
    request.peer_address = address;
    EXPECT_EQ(test.call(request).status, 200u);
    EXPECT_EQ(test.call(request).status, 200u);
  }
  EXPECT_EQ(test.get("/healthz").status, 200u);
  EXPECT_EQ(test.get("/healthz").status, 429u);
}

TEST(Api, TrustsAProxysHeaderOnlyWhenToldSo) {
  ApiOptions options = TestApi::default_options();
  options.requests_per_address = {.per_second = 1, .burst = 1};
  const auto answers = [&](bool trust) {
    options.trust_forwarded_for = trust;
    TestApi test(options);
    std::vector<unsigned> statuses;
    for (const char* forwarded : {"198.51.100.1", "9.9.9.9, 198.51.100.2", ""}) {
      auto request = TestApi::request("GET", "/healthz", "", "");
      request.headers.emplace_back("x-forwarded-for", forwarded);
      statuses.push_back(test.call(request).status);
    }
    return statuses;
  };
  EXPECT_EQ(answers(false), (std::vector<unsigned>{200, 429, 429}));
  EXPECT_EQ(answers(true), (std::vector<unsigned>{200, 200, 200}));
}

}  // namespace
}  // namespace tessera::gateway
