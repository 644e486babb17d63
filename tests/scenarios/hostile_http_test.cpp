// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// HTTP that is none of a client's business: bodies too large, bodies that are no JSON, SQL where
// names belong. All of it comes again and again for two seconds.
#include <boost/json.hpp>

#include "abuse_scenario.h"
#include "tools/bots/enrolment/http_client.h"

namespace tessera::scenarios {
namespace {

class HostileHttp : public AbuseScenario {
 protected:
  /// Posts, and expects a refusal with this status and a sentence that contains `part`.
  void expect_refused(const std::string& path, const std::string& body, int status,
                      const std::string& part, const std::string& bearer = {}) {
    const auto answer = http.post(path, body, bearer);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, status) << answer->body;
    EXPECT_NE(answer->body.find(part), std::string::npos) << answer->body;
  }
  static std::string credentials(const std::string& name, const std::string& password) {
    return boost::json::serialize(boost::json::object{{"name", name}, {"password", password}});
  }

  bots::HttpClient http = bots::HttpClient::to(shard().url()).value();
};

TEST_F(HostileHttp, WithBodiesTooLargeOrNoJsonIsToldWhatWasWrong) {
  const std::string token = shard().pass(0).access_token;
  for_ticks(kAttackTicks, [&] {
    expect_refused("/api/v1/login", std::string(1 << 20, 'x'), 413, "16384");
    expect_refused("/api/v1/login", "this is no JSON", 400, "JSON");
    expect_refused("/api/v1/login", std::string(10'000, '['), 400, "JSON");
    expect_refused("/api/v1/login", R"({"name":["a"],"password":{}})", 400, "'name'");
    expect_refused("/api/v1/characters", R"({"name":"Anna","look":1e300})", 400, "'look'", token);
    expect_refused("/api/v1/characters/99999999999999999999/enter", "{}", 404, "", token);
  });
}

TEST_F(HostileHttp, WithSqlInNamesIsRefusedOrTakenAsTextAndTheTablesStayWhole) {
  const std::string sql = "Robert'); DROP TABLE characters; DROP TABLE accounts;--";
  const std::string always = "' OR '1'='1";
  const auto accounts = [] { return shard().query("SELECT COUNT(*) FROM accounts"); };
  const auto characters = [] { return shard().query("SELECT COUNT(*) FROM characters"); };
  const long long accounts_before = accounts();
  const long long characters_before = characters();
  const std::string token = shard().pass(0).access_token;
  for_ticks(kAttackTicks, [&] {
    expect_refused("/api/v1/register", credentials(sql, "correct horse"), 400, "name");
    expect_refused("/api/v1/characters", R"({"name":"x'); DROP TABLE a;--"})", 400, "name", token);
    expect_refused("/api/v1/characters/1%20OR%201=1/enter", "{}", 404, "", token);
    expect_refused("/api/v1/characters", "{}", 401, "", always);
  });
  // Logins are limited for each account, so these come once.
  expect_refused("/api/v1/login", credentials(always, always), 401, "wrong name or password");
  expect_refused("/api/v1/login", credentials(bots::account_of(0) + "'--", always), 401, "wrong");
  // A password may be anything.
  ASSERT_EQ(http.post("/api/v1/register", credentials("Roberta", sql))->status, 201);
  EXPECT_EQ(http.post("/api/v1/login", credentials("Roberta", sql))->status, 200);
  expect_refused("/api/v1/login", credentials("Roberta", always), 401, "wrong");
  EXPECT_EQ(accounts(), accounts_before + 1);
  EXPECT_EQ(characters(), characters_before);
}

}  // namespace
}  // namespace tessera::scenarios
