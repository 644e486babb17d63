// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/enrolment/enrolment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/core/random.h"
#include "tools/bots/enrolment/testing/fake_gateway.h"

namespace tessera::bots {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kLogin = "POST /api/v1/login";
const std::string kRegister = "POST /api/v1/register";
const std::string kList = "GET /api/v1/characters";
const std::string kCreate = "POST /api/v1/characters";
const std::string kEnter = "POST /api/v1/characters/7/enter";

const std::string kForm = R"( {"name":"bot00000","password":"a bot has no secrets"})";

/// What became of a fleet at the door.
struct Outcome {
  std::set<std::size_t> let_in;
  std::vector<std::byte> last_token;
  std::size_t failed = 0;
  std::string why;
};

class EnrolmentTest : public testing::Test {
 protected:
  EnrolmentOptions options(std::size_t count) {
    EnrolmentOptions options;
    options.server = gateway.url();
    options.count = count;
    options.threads = 1;
    options.busy_pause = std::chrono::milliseconds(1);
    return options;
  }
  /// Brings all in, or has them fail.
  static Outcome enrol(const EnrolmentOptions& options) {
    Enrolment enrolment(options);
    const auto started = enrolment.start();
    EXPECT_TRUE(started) << started.error().message;
    Outcome outcome;
    EXPECT_TRUE(websocket::RunningWebServer::eventually([&] {
      while (auto entry = enrolment.next()) {
        outcome.let_in.insert(entry->bot);
        outcome.last_token = std::move(entry->connect_token);
      }
      return outcome.let_in.size() + enrolment.failed() >= options.count;
    }));
    outcome.failed = enrolment.failed();
    outcome.why = enrolment.last_failure();
    return outcome;
  }
  /// Has one bot fail and says why.
  static std::string why_it_failed(const EnrolmentOptions& options) {
    const Outcome outcome = enrol(options);
    EXPECT_TRUE(outcome.let_in.empty());
    EXPECT_EQ(outcome.failed, 1u);
    return outcome.why;
  }

  FakeGateway gateway;
};

TEST_F(EnrolmentTest, LogsInAndEntersWithTheFirstCharacter) {
  const Outcome outcome = enrol(options(1));
  EXPECT_EQ(outcome.let_in, std::set<std::size_t>{0});
  EXPECT_EQ(outcome.last_token, FakeGateway::connect_token());
  EXPECT_EQ(outcome.why, "");
  EXPECT_THAT(gateway.asked(), ElementsAre("GET /healthz", kLogin + kForm, kList + " Bearer access",
                                           kEnter + " {} Bearer access"));
}

TEST_F(EnrolmentTest, RegistersAndMakesACharacterTheFirstTime) {
  gateway.answer_in_turn(kLogin, {{401, "{}"}, {200, R"({"access_token":"access"})"}});
  gateway.answer(kList, 200, R"({"characters":[]})");
  EXPECT_EQ(enrol(options(1)).failed, 0u);
  EXPECT_THAT(gateway.asked(),
              ElementsAre("GET /healthz", kLogin + kForm, kRegister + kForm, kLogin + kForm,
                          kList + " Bearer access",
                          kCreate + R"( {"name":"Botaaaa","look":)" +
                              std::to_string(mix64(0) & 0x1fff) + R"(,"class":1} Bearer access)",
                          "POST /api/v1/characters/8/enter {} Bearer access"));
}

TEST_F(EnrolmentTest, BringsEveryBotInOnceWithManyThreads) {
  EnrolmentOptions many = options(40);
  many.threads = 4;
  const Outcome outcome = enrol(many);
  EXPECT_EQ(outcome.let_in.size(), 40u);
  EXPECT_EQ(outcome.failed, 0u);
  EXPECT_EQ(gateway.count(kLogin), 40u);
}

TEST_F(EnrolmentTest, OnlyEntersWithAPass) {
  EnrolmentOptions with_pass = options(1);
  with_pass.passes = {{"prepared", "7"}};
  EXPECT_EQ(enrol(with_pass).failed, 0u);
  EXPECT_THAT(gateway.asked(), ElementsAre("GET /healthz", kEnter + " {} Bearer prepared"));
}

TEST_F(EnrolmentTest, SaysThatTheServerIsAway) {
  EnrolmentOptions away = options(1);
  {
    FakeGateway gone;
    away.server = gone.url();
  }
  const auto started = Enrolment(away).start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, ErrorKind::Unavailable);
  EXPECT_EQ(started.error().message, away.server + "/healthz does not answer: Connection refused");
}

TEST_F(EnrolmentTest, SaysWhatAServerLooksLike) {
  EnrolmentOptions wrong = options(1);
  wrong.server = "localhost";
  const auto started = Enrolment(wrong).start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().message, "'localhost' is not a server: expected http://HOST:PORT");
}

TEST_F(EnrolmentTest, SaysWhyNoBotCouldLogIn) {
  gateway.answer(kLogin, 403, R"({"error":{"code":"banned"}})");
  EXPECT_EQ(why_it_failed(options(1)),
            R"(bot00000: /api/v1/login was answered with 403: {"error":{"code":"banned"}})");
  EXPECT_EQ(gateway.count(kRegister), 0u);
}

TEST_F(EnrolmentTest, SaysThatAPasswordIsWrongAfterTheAccountWasMade) {
  gateway.answer(kLogin, 401, "no");
  EXPECT_EQ(why_it_failed(options(1)), "bot00000: /api/v1/login was answered with 401: no");
  EXPECT_EQ(gateway.count(kRegister), 1u);
  EXPECT_EQ(gateway.count(kLogin), 2u);
}

TEST_F(EnrolmentTest, SaysThatItsNameBelongsToAnotherPassword) {
  gateway.answer(kLogin, 401, "no");
  gateway.answer(kRegister, 409, "taken");
  EXPECT_EQ(why_it_failed(options(1)), "bot00000: /api/v1/register was answered with 409: taken");
  EXPECT_EQ(gateway.count(kLogin), 1u);
}

TEST_F(EnrolmentTest, SaysThatItsCharacterWasRefused) {
  gateway.answer(kList, 200, R"({"characters":[]})");
  gateway.answer(kCreate, 409, "taken");
  EXPECT_EQ(why_it_failed(options(1)), "bot00000: /api/v1/characters was answered with 409: taken");
}

TEST_F(EnrolmentTest, SaysThatItMayNotEnter) {
  gateway.answer(kEnter, 404, "no such character");
  EXPECT_EQ(why_it_failed(options(1)),
            "bot00000: /api/v1/characters/7/enter was answered with 404: no such character");
}

TEST_F(EnrolmentTest, MakesNoSecondCharacterWhenTheListFails) {
  gateway.answer(kList, 500, "broken");
  EXPECT_EQ(why_it_failed(options(1)),
            "bot00000: /api/v1/characters was answered with 500: broken");
  EXPECT_EQ(gateway.count(kCreate + " "), 0u);
}

TEST_F(EnrolmentTest, AsksAgainForItsCharactersWhenTheServerIsBusy) {
  gateway.answer_in_turn(kList, {{429, "{}"}, {200, R"({"characters":[{"id":"7"}]})"}});
  EXPECT_EQ(enrol(options(1)).failed, 0u);
  EXPECT_EQ(gateway.count(kList), 2u);
  EXPECT_EQ(gateway.count(kCreate + " "), 0u);
}

TEST_F(EnrolmentTest, QueuesUntilTheWorldHasRoom) {
  gateway.answer_in_turn(kEnter, {{202, R"({"position":2})"},
                                  {202, R"({"position":1})"},
                                  {503, "{}"},
                                  {429, "{}"},
                                  {200, FakeGateway::grant_of(FakeGateway::connect_token())}});
  EXPECT_EQ(enrol(options(1)).let_in, std::set<std::size_t>{0});
  EXPECT_EQ(gateway.count(kEnter), 5u);
}

TEST_F(EnrolmentTest, SaysWithWhatItIsKeptWaitingAsLongAsItIs) {
  gateway.answer(kLogin, 401, "no");
  gateway.answer(kRegister, 503, "{\"error\":\"busy\"}\n");
  Enrolment enrolment(options(1));
  ASSERT_TRUE(enrolment.start());
  EXPECT_TRUE(websocket::RunningWebServer::eventually([&] {
    return enrolment.why_waiting() == R"(/api/v1/register was answered with 503: {"error":"busy"})";
  }));
  EXPECT_EQ(enrolment.failed(), 0u);
  EXPECT_EQ(enrolment.last_failure(), "");
  gateway.answer(kLogin, 200, R"({"access_token":"access"})");
  gateway.answer(kRegister, 201, "{}");
  EXPECT_TRUE(
      websocket::RunningWebServer::eventually([&] { return enrolment.next().has_value(); }));
  EXPECT_EQ(enrolment.why_waiting(), "");
}

TEST_F(EnrolmentTest, BringsABotInAgainWithoutALogIn) {
  Enrolment enrolment(options(2));
  ASSERT_TRUE(enrolment.start());
  const auto next = [&] {
    std::optional<Enrolment::Entry> entry;
    EXPECT_TRUE(websocket::RunningWebServer::eventually([&] {
      entry = enrolment.next();
      return entry.has_value();
    }));
    return entry.value_or(Enrolment::Entry{});
  };
  EXPECT_EQ(next().bot + next().bot, 1u);
  const std::size_t logins = gateway.count(kLogin);
  const std::size_t enters = gateway.count(kEnter);
  enrolment.enter_again(1);
  const Enrolment::Entry again = next();
  EXPECT_EQ(again.bot, 1u);
  EXPECT_FALSE(again.connect_token.empty());
  EXPECT_EQ(gateway.count(kLogin), logins);
  EXPECT_EQ(gateway.count(kEnter), enters + 1);
  gateway.answer(kEnter, 404, "no such character");
  enrolment.enter_again(1);
  EXPECT_TRUE(next().connect_token.empty());
  EXPECT_NE(enrolment.last_failure().find("404"), std::string::npos);
  EXPECT_EQ(enrolment.failed(), 0u) << "it was in";
}

TEST_F(EnrolmentTest, LeavesTheQueueWhenItsPatienceIsOver) {
  EnrolmentOptions hasty = options(1);
  hasty.patience_s = 0;
  gateway.answer(kEnter, 202, R"({"position":900})");
  EXPECT_EQ(why_it_failed(hasty),
            R"(bot00000: /api/v1/characters/7/enter was answered with 202: {"position":900})");
}

TEST_F(EnrolmentTest, LeavesTheQueueWhenItIsStopped) {
  EnrolmentOptions patient = options(1);
  patient.patience_s = 24 * 3600;  // a destructor that waits for it fails by the test's time limit
  gateway.answer(kEnter, 202, R"({"position":900})");
  Enrolment enrolment(std::move(patient));
  ASSERT_TRUE(enrolment.start());
  EXPECT_TRUE(websocket::RunningWebServer::eventually([&] { return gateway.count(kEnter) >= 2; }));
}

TEST_F(EnrolmentTest, GoesOnWithTheOthersAfterAFailure) {
  gateway.answer_in_turn(kLogin, {{500, "a"}, {200, R"({"access_token":"access"})"}});
  const Outcome outcome = enrol(options(3));
  EXPECT_EQ(outcome.let_in, (std::set<std::size_t>{1, 2}));
  EXPECT_EQ(outcome.failed, 1u);
  EXPECT_EQ(outcome.why, "bot00000: /api/v1/login was answered with 500: a");
}

TEST_F(EnrolmentTest, SaysWhatIsMissingInMalformedAnswers) {
  struct Case {
    std::string call;
    unsigned status;
    std::string body;
    std::string why;
  };
  const std::string empty_list = R"({"characters":[]})";
  const std::vector<Case> cases{
      {kLogin, 200, "<html>", "/api/v1/login was answered without an access token: <html>"},
      {kLogin, 200, R"({"access_token":7})", "without an access token"},
      {kLogin, 200, "[]", "without an access token"},
      {kList, 200, "nothing", "/api/v1/characters was answered without a list of characters"},
      {kList, 200, R"({"characters":7})", "without a list of characters"},
      {kList, 200, R"({"characters":[{}]})", "without a character's id"},
      {kList, 200, R"({"characters":[{"id":7}]})", "without a character's id"},
      {kEnter, 200, "{}", "the server's connect token is not the base64 of 2048 bytes"},
      {kEnter, 200, R"({"connect_token":"?"})", "is not the base64 of 2048 bytes"},
      {kEnter, 200, R"({"connect_token":"AAAA"})", "is not the base64 of 2048 bytes"},
      {kEnter, 200, FakeGateway::grant_of(std::vector<std::byte>(2049)),
       "is not the base64 of 2048 bytes"},
  };
  for (const Case& one : cases) {
    FakeGateway malformed;
    malformed.answer(one.call, one.status, one.body);
    EnrolmentOptions asking = options(1);
    asking.server = malformed.url();
    EXPECT_THAT(why_it_failed(asking), HasSubstr(one.why)) << one.call << " " << one.body;
  }
  gateway.answer(kList, 200, empty_list);
  gateway.answer(kCreate, 201, "{}");
  EXPECT_THAT(why_it_failed(options(1)), HasSubstr("without a character's id: {}"));
}

TEST(BotNames, AreDifferentForEveryBot) {
  std::set<std::string> names;
  for (std::size_t bot = 0; bot < 65'000; ++bot) {
    names.insert(account_of(bot));
    names.insert(character_name_of(bot));
  }
  EXPECT_EQ(names.size(), 130'000u);
  EXPECT_EQ(account_of(42), "bot00042");
  EXPECT_EQ(character_name_of(27), "Botbbaa");
}

}  // namespace
}  // namespace tessera::bots
