// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/refresh_token_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "persistence/stores/account_store.h"
#include "persistence/test_database.h"

namespace tessera::persistence {
namespace {

class RefreshTokenStoreTest : public testing::Test {
 protected:
  Result<void> start(const std::string& login, std::int64_t now = 100,
                     std::int64_t expires_at = 1000) {
    return store_.start({login, account_, "hash 0", now, expires_at});
  }
  RotationOutcome rotate(const std::string& login, const std::string& presented,
                         const std::string& next, std::int64_t now = 200) {
    return store_.rotate(login, presented, next, now, now + 900).value().outcome;
  }

  TestDatabase database_;
  RefreshTokenStore store_{*database_};
  AccountId account_ = AccountStore(*database_).create({.name = "ada", .name_key = "ada"}).value();
};

TEST_F(RefreshTokenStoreTest, RotatesFromSecretToSecret) {
  ASSERT_TRUE(start("login"));
  EXPECT_EQ(rotate("login", "hash 0", "hash 1"), RotationOutcome::Rotated);
  const auto rotation = store_.rotate("login", "hash 1", "hash 2", 300, 1200).value();
  EXPECT_EQ(rotation.outcome, RotationOutcome::Rotated);
  EXPECT_EQ(rotation.account, account_);
}

TEST_F(RefreshTokenStoreTest, EndsALoginWhoseOldSecretComesBack) {
  ASSERT_TRUE(start("login"));
  ASSERT_EQ(rotate("login", "hash 0", "hash 1"), RotationOutcome::Rotated);
  EXPECT_EQ(rotate("login", "hash 0", "hash 2"), RotationOutcome::Reused);
  EXPECT_EQ(rotate("login", "hash 1", "hash 3"), RotationOutcome::Unknown);
}

TEST_F(RefreshTokenStoreTest, RefusesASecretAfterItsTime) {
  ASSERT_TRUE(start("login"));
  EXPECT_EQ(rotate("login", "hash 0", "hash 1", 1000), RotationOutcome::Expired);
  EXPECT_EQ(rotate("login", "hash 0", "hash 1", 200), RotationOutcome::Unknown);
}

TEST_F(RefreshTokenStoreTest, EndsALoginOnlyForWhoHoldsItsSecret) {
  ASSERT_TRUE(start("login"));
  ASSERT_TRUE(store_.end("login", "guess"));
  EXPECT_EQ(rotate("login", "hash 0", "hash 1"), RotationOutcome::Rotated);
  ASSERT_TRUE(store_.end("login", "hash 1"));
  EXPECT_EQ(rotate("login", "hash 1", "hash 2"), RotationOutcome::Unknown);
}

TEST_F(RefreshTokenStoreTest, EndsAllLoginsOfAnAccount) {
  ASSERT_TRUE(start("one"));
  ASSERT_TRUE(start("two"));
  ASSERT_TRUE(store_.end_all(account_));
  EXPECT_EQ(rotate("one", "hash 0", "hash 1"), RotationOutcome::Unknown);
  EXPECT_EQ(rotate("two", "hash 0", "hash 1"), RotationOutcome::Unknown);
}

TEST_F(RefreshTokenStoreTest, KeepsTheNewestLoginsOfAnAccount) {
  for (int i = 0; i < kLoginsPerAccountMax + 2; ++i) {
    ASSERT_TRUE(start("login " + std::to_string(i), 100 + i));
  }
  EXPECT_EQ(rotate("login 1", "hash 0", "hash 1"), RotationOutcome::Unknown);
  EXPECT_EQ(rotate("login 2", "hash 0", "hash 1"), RotationOutcome::Rotated);
  EXPECT_EQ(rotate("login 11", "hash 0", "hash 1"), RotationOutcome::Rotated);
}

TEST_F(RefreshTokenStoreTest, NotesTheLoginAtTheAccount) {
  ASSERT_TRUE(start("login", 123));
  EXPECT_EQ(AccountStore(*database_).find(account_).value()->last_login_at, 123);
}

TEST_F(RefreshTokenStoreTest, RefusesALoginOfNoAccount) {
  EXPECT_FALSE(store_.start({"login", AccountId{99}, "hash", 1, 2}));
}

TEST_F(RefreshTokenStoreTest, LetsOneOfTwoParallelUsesWin) {
  for (int round = 0; round < 10; ++round) {
    const std::string login = "login " + std::to_string(round);
    ASSERT_TRUE(start(login));
    std::atomic<int> rotated = 0;
    const auto use = [&](const std::string& next) {
      if (rotate(login, "hash 0", next) == RotationOutcome::Rotated) ++rotated;
    };
    std::thread other([&] { use("hash a"); });
    use("hash b");
    other.join();
    EXPECT_EQ(rotated, 1);
  }
}

}  // namespace
}  // namespace tessera::persistence
