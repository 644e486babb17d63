// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The service as its callers see it: through the client, over an in-process channel.
#include "services/accounts/accounts_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "persistence/test_database.h"
#include "services/accounts/accounts_client.h"
#include "services/accounts/token_verifier.h"

namespace tessera::accounts {
namespace {

const Credentials kAda{"Ada", "correct horse"};

class AccountsServiceTest : public testing::Test {
 protected:
  explicit AccountsServiceTest(const AccountsOptions& options = {.hashing_passes = 1,
                                                                 .hashing_memory_bytes = 8192}) {
    EXPECT_TRUE(serve_accounts(host_, *database_, options));
    EXPECT_TRUE(host_.start());
    channel_ = host_.channel();
    client_.emplace(channel_, services::CallOptions{std::chrono::seconds(60)});
  }

  persistence::TestDatabase database_;
  services::Host host_;
  services::ServiceChannel channel_;
  std::optional<AccountsClient> client_;
};

TEST_F(AccountsServiceTest, RegistersLogsInRefreshesAndLogsOut) {
  const auto account = client_->register_account(kAda);
  ASSERT_TRUE(account) << account.error().message;
  const auto tokens = client_->log_in(kAda);
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->account, *account);
  EXPECT_EQ(tokens->name, "Ada");
  const auto verifier = TokenVerifier::from_key_set(client_->key_set().value()).value();
  EXPECT_TRUE(verifier.verify(tokens->access_token, tokens->access_expires_at - 1));
  const auto next = client_->refresh(tokens->refresh_token);
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(next->account, *account);
  EXPECT_GT(next->refresh_expires_at, next->access_expires_at);
  EXPECT_TRUE(client_->log_out(next->refresh_token));
  EXPECT_EQ(client_->refresh(next->refresh_token).error().kind, ErrorKind::Unauthenticated);
}

TEST_F(AccountsServiceTest, TellsRefusalsByKind) {
  ASSERT_TRUE(client_->register_account(kAda));
  EXPECT_EQ(client_->register_account(kAda).error().kind, ErrorKind::AlreadyExists);
  const auto bad_name = client_->register_account({"\xff\xfe; DROP TABLE accounts", "12345678"});
  ASSERT_FALSE(bad_name);
  EXPECT_EQ(bad_name.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(bad_name.error().message, testing::HasSubstr("beginning with a letter"));
  EXPECT_EQ(client_->log_in({"Ada", "wrong password"}).error().kind, ErrorKind::Unauthenticated);
  EXPECT_EQ(client_->standing(AccountId{99}).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(client_->find("nobody").error().kind, ErrorKind::NotFound);
}

TEST_F(AccountsServiceTest, BansAndMutes) {
  const AccountId ada = client_->register_account(kAda).value();
  ASSERT_TRUE(client_->sanction(ada, Sanction::Mute, 100, "shouting"));
  ASSERT_TRUE(client_->sanction(ada, Sanction::Ban, kForever, "botting \xf0\x9f\xa4\x96"));
  const auto standing = client_->find("ada");
  ASSERT_TRUE(standing) << standing.error().message;
  EXPECT_EQ(standing->account, ada);
  EXPECT_EQ(standing->banned_until, kForever);
  EXPECT_EQ(standing->ban_reason, "botting \xf0\x9f\xa4\x96");
  EXPECT_EQ(standing->muted_until, 100);
  EXPECT_EQ(client_->standing(ada)->mute_reason, "shouting");
  const auto refused = client_->log_in(kAda);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::PermissionDenied);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("botting \xf0\x9f\xa4\x96"));
  ASSERT_TRUE(client_->sanction(ada, Sanction::Ban, 0, ""));
  EXPECT_TRUE(client_->log_in(kAda));
}

TEST_F(AccountsServiceTest, AnswersCallbacks) {
  std::latch done(2);
  client_->register_account_async(kAda, [&](Result<AccountId> account) {
    EXPECT_TRUE(account);
    client_->log_in_async(kAda, [&](Result<SessionTokens> tokens) {
      EXPECT_TRUE(tokens);
      done.count_down();
    });
    client_->standing_async(*account, [&](Result<Standing> standing) {
      EXPECT_EQ(standing->name, "Ada");
      done.count_down();
    });
  });
  done.wait();
}

TEST_F(AccountsServiceTest, LetsOneOfManyParallelRegistrationsHaveTheName) {
  std::vector<std::thread> threads;
  std::atomic<int> registered = 0;
  std::atomic<int> logged_in = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      if (client_->register_account(kAda)) ++registered;
      for (int j = 0; j < 5; ++j) {
        if (client_->log_in(kAda)) ++logged_in;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(registered, 1);
  EXPECT_EQ(logged_in, 20);
}

TEST_F(AccountsServiceTest, SaysThatItIsGoneAfterItStopped) {
  host_.stop();
  const auto refused = client_->log_in(kAda);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable) << refused.error().message;
}

TEST_F(AccountsServiceTest, CountsCallsByResult) {
  ASSERT_FALSE(client_->log_in(kAda));
  EXPECT_THAT(host_.metrics().prometheus_text(),
              testing::HasSubstr("tessera_service_calls_total{method=\"LogIn\",result="
                                 "\"unauthenticated\",service=\"accounts\"} 1"));
}

/// One hashing thread that can be stopped: the rules ask for the time after each hash.
struct StoppableClock {
  std::int64_t now() {
    if (stopping_) {
      stopped_.count_down();
      go_on_.wait();
    }
    return 1'800'000'000;
  }
  std::atomic<bool> stopping_ = false;
  std::latch stopped_{1};
  std::latch go_on_{1};
};

class FullHashingQueueTest : protected StoppableClock, public AccountsServiceTest {
 protected:
  FullHashingQueueTest()
      : AccountsServiceTest({.hashing_queue_max = 1,
                             .hashing_passes = 1,
                             .hashing_memory_bytes = 8192,
                             .now_s = [this] { return now(); }}) {}

  void wait_until_queued(const std::string& count) {
    while (!host_.metrics().prometheus_text().contains("tessera_password_hashes_queued " + count)) {
      std::this_thread::yield();
    }
  }
};

TEST_F(FullHashingQueueTest, RefusesAtOnceAndServesTheRest) {
  stopping_ = true;
  std::latch done(2);
  const auto count_down = [&](Result<AccountId> account) {
    EXPECT_TRUE(account) << account.error().message;
    done.count_down();
  };
  client_->register_account_async({"first", "12345678"}, count_down);
  stopped_.wait();
  stopping_ = false;
  client_->register_account_async({"second", "12345678"}, count_down);
  wait_until_queued("1");
  const auto refused = client_->log_in(kAda);
  EXPECT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_TRUE(client_->key_set()) << "what needs no hash goes on";
  go_on_.count_down();
  done.wait();
}

TEST_F(FullHashingQueueTest, GivesUpAtTheDeadlineAndHashesNothingForWhoGaveUp) {
  stopping_ = true;
  std::latch done(1);
  client_->register_account_async({"first", "12345678"},
                                  [&](Result<AccountId>) { done.count_down(); });
  stopped_.wait();
  stopping_ = false;
  AccountsClient hasty(channel_, {std::chrono::milliseconds(20)});
  const auto late = hasty.register_account({"second", "12345678"});
  EXPECT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::Unavailable);
  go_on_.count_down();
  done.wait();
  wait_until_queued("0");
  EXPECT_TRUE(client_->register_account({"third", "12345678"})) << "after what was queued";
  EXPECT_EQ(client_->find("second").error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace tessera::accounts
