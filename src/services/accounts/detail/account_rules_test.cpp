// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/detail/account_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "persistence/test_database.h"

namespace tessera::accounts {
namespace {

using testing::HasSubstr;

class AccountRulesTest : public testing::Test {
 protected:
  AccountRulesTest() {
    persistence::SigningKeyStore keys(*database_);
    rules_.emplace(
        *database_, TokenSigner::load_or_create(keys, now_).value(),
        AccountRulesOptions{.password_cost = {1, 8192}, .now_s = [this] { return now_; }});
  }
  AccountId add(const std::string& name) {
    return rules_->register_account({name, kPassword}).value();
  }
  SessionTokens log_in(const std::string& name) {
    return rules_->log_in({name, kPassword}).value();
  }
  ErrorKind refresh_error(const std::string& token) {
    const auto tokens = rules_->refresh(token);
    EXPECT_FALSE(tokens);
    return tokens ? ErrorKind::Internal : tokens.error().kind;
  }

  static constexpr const char* kPassword = "correct horse";
  std::int64_t now_ = 1'800'000'000;
  persistence::TestDatabase database_;
  std::optional<AccountRules> rules_;
};

TEST_F(AccountRulesTest, TakeANameOfLettersDigitsAndDashes) {
  for (const char* good : {"ada", "Ada.L-1815_x", "a12", "abcdefghijklmnopqrstuvwxyz012345"}) {
    EXPECT_TRUE(check_account_name(good)) << good;
  }
  for (const char* bad : {"", "ab", "1ada", "-ada", "ada lovelace", "ad\xc3\xa4", "ada\n", "ada'--",
                          "abcdefghijklmnopqrstuvwxyz0123456"}) {
    const auto refused = check_account_name(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
    EXPECT_THAT(refused.error().message, HasSubstr("3 to 32 letters"));
  }
}

TEST_F(AccountRulesTest, TakeAPasswordOfEightCharactersThatIsNotTheName) {
  EXPECT_TRUE(check_password({"ada", "12345678"}));
  EXPECT_TRUE(check_password({"ada", std::string(128, 'x')}));
  EXPECT_FALSE(check_password({"ada", "1234567"}));
  EXPECT_FALSE(check_password({"ada", std::string(129, 'x')}));
  EXPECT_FALSE(check_password({"ada.lovelace", "Ada.Lovelace"}));
}

TEST_F(AccountRulesTest, RefuseToRegisterAgainstTheRules) {
  EXPECT_EQ(rules_->register_account({"a", kPassword}).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(rules_->register_account({"ada", "short"}).error().kind, ErrorKind::InvalidArgument);
}

TEST_F(AccountRulesTest, KeepNamesUniqueWhateverTheirCase) {
  add("Ada");
  EXPECT_EQ(rules_->register_account({"aDA", kPassword}).error().kind, ErrorKind::AlreadyExists);
}

TEST_F(AccountRulesTest, StoreNoPasswordInTheClear) {
  const AccountId ada = add("Ada");
  const auto row = persistence::AccountStore(*database_).find(ada).value();
  ASSERT_TRUE(row);
  EXPECT_THAT(row->password_hash, testing::StartsWith("$argon2id$v=19$m=8,t=1,p=1$"));
  EXPECT_EQ(row->created_at, now_);
}

TEST_F(AccountRulesTest, LogInWithTheNameInAnyCase) {
  const AccountId ada = add("Ada");
  const SessionTokens tokens = log_in("ADA");
  EXPECT_EQ(tokens.account, ada);
  EXPECT_EQ(tokens.name, "Ada");
  EXPECT_EQ(tokens.access_expires_at, now_ + 900);
  EXPECT_EQ(tokens.refresh_expires_at, now_ + 30 * 24 * 3600);
  const auto verifier = TokenVerifier::from_key_set(rules_->key_set()).value();
  const auto claims = verifier.verify(tokens.access_token, now_);
  ASSERT_TRUE(claims) << claims.error().message;
  EXPECT_EQ(claims->account, ada);
  EXPECT_EQ(claims->name, "Ada");
}

TEST_F(AccountRulesTest, AnswerTheSameForAWrongPasswordAndAnUnknownName) {
  add("Ada");
  const auto wrong = rules_->log_in({"Ada", "battery staple"});
  const auto unknown = rules_->log_in({"Bob", kPassword});
  const auto absurd = rules_->log_in({"' OR '1'='1", std::string(5000, 'x')});
  ASSERT_FALSE(wrong || unknown || absurd);
  EXPECT_EQ(wrong.error().kind, ErrorKind::Unauthenticated);
  EXPECT_EQ(unknown.error().kind, ErrorKind::Unauthenticated);
  EXPECT_EQ(absurd.error().kind, ErrorKind::Unauthenticated);
  EXPECT_EQ(wrong.error().message, unknown.error().message);
  EXPECT_EQ(wrong.error().message, absurd.error().message);
}

TEST_F(AccountRulesTest, HashForAnUnknownNameNoLessThanForAKnownOne) {
  const PasswordHasher hasher({1, 8192});
  const auto known = hasher.hash(kPassword).value();
  const auto cost_of = [](const std::string& hash) { return hash.substr(0, hash.find(",p=")); };
  EXPECT_EQ(cost_of(hasher.nobody()), cost_of(known));
  EXPECT_FALSE(hasher.verify(hasher.nobody(), ""));
}

TEST_F(AccountRulesTest, RefreshOnceForEachToken) {
  const AccountId ada = add("Ada");
  const SessionTokens first = log_in("Ada");
  now_ += 1000;
  const auto second = rules_->refresh(first.refresh_token);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->account, ada);
  EXPECT_NE(second->refresh_token, first.refresh_token);
  EXPECT_EQ(second->access_expires_at, now_ + 900);
  EXPECT_TRUE(rules_->refresh(second->refresh_token));
}

TEST_F(AccountRulesTest, EndALoginWhoseTokenIsUsedTwice) {
  add("Ada");
  const SessionTokens first = log_in("Ada");
  const SessionTokens other = log_in("Ada");
  const auto second = rules_->refresh(first.refresh_token);
  ASSERT_TRUE(second);
  EXPECT_EQ(refresh_error(first.refresh_token), ErrorKind::Unauthenticated);
  EXPECT_EQ(refresh_error(second->refresh_token), ErrorKind::Unauthenticated);
  EXPECT_TRUE(rules_->refresh(other.refresh_token)) << "other logins go on";
}

TEST_F(AccountRulesTest, RefuseRefreshTokensThatAreOldOrInvented) {
  add("Ada");
  const SessionTokens tokens = log_in("Ada");
  for (const std::string& bad :
       {std::string(), std::string("x"), std::string(64, 'A'), tokens.refresh_token + "A",
        tokens.access_token, std::string(100'000, 'A')}) {
    EXPECT_EQ(refresh_error(bad), ErrorKind::Unauthenticated);
  }
  now_ = tokens.refresh_expires_at;
  EXPECT_EQ(refresh_error(tokens.refresh_token), ErrorKind::Unauthenticated);
}

TEST_F(AccountRulesTest, LogOutEndsTheLogin) {
  add("Ada");
  const SessionTokens tokens = log_in("Ada");
  EXPECT_TRUE(rules_->log_out("not a token"));
  EXPECT_TRUE(rules_->log_out(tokens.refresh_token));
  EXPECT_TRUE(rules_->log_out(tokens.refresh_token));
  EXPECT_EQ(refresh_error(tokens.refresh_token), ErrorKind::Unauthenticated);
}

TEST_F(AccountRulesTest, KeepABannedAccountOut) {
  const AccountId ada = add("Ada");
  const SessionTokens tokens = log_in("Ada");
  ASSERT_TRUE(rules_->sanction(ada, Sanction::Ban, now_ + 60, "botting"));
  const auto refused = rules_->log_in({"Ada", kPassword});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::PermissionDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("until 2027-01-15 08:01 UTC: botting"));
  EXPECT_EQ(refresh_error(tokens.refresh_token), ErrorKind::Unauthenticated) << "its logins ended";
  EXPECT_EQ(rules_->log_in({"Ada", "wrong password"}).error().kind, ErrorKind::Unauthenticated)
      << "only who knows the password learns of the ban";
  now_ += 60;
  EXPECT_TRUE(rules_->log_in({"Ada", kPassword}));
}

TEST_F(AccountRulesTest, KeepALoginThatBeganDuringABanFromRefreshing) {
  const AccountId ada = add("Ada");
  const SessionTokens tokens = log_in("Ada");
  ASSERT_TRUE(persistence::AccountStore(*database_).set_ban(ada, kForever, ""));
  EXPECT_EQ(refresh_error(tokens.refresh_token), ErrorKind::PermissionDenied);
  EXPECT_THAT(rules_->log_in({"Ada", kPassword}).error().message, HasSubstr("banned for good"));
}

TEST_F(AccountRulesTest, TellTheStandingByIdAndByName) {
  const AccountId ada = add("Ada");
  ASSERT_TRUE(rules_->sanction(ada, Sanction::Mute, now_ + 60, "shouting"));
  const auto standing = rules_->find("ADA");
  ASSERT_TRUE(standing);
  EXPECT_EQ(standing->account, ada);
  EXPECT_TRUE(standing->muted(now_));
  EXPECT_FALSE(standing->muted(now_ + 60));
  EXPECT_FALSE(standing->banned(now_));
  EXPECT_EQ(rules_->standing(ada)->mute_reason, "shouting");
  EXPECT_TRUE(rules_->log_in({"Ada", kPassword})) << "a mute is no ban";
  EXPECT_EQ(rules_->find("nobody").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(rules_->find("'; DROP TABLE accounts; --").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(rules_->standing(AccountId{77}).error().kind, ErrorKind::NotFound);
}

TEST_F(AccountRulesTest, RefuseSanctionsThatMakeNoSense) {
  const AccountId ada = add("Ada");
  EXPECT_EQ(rules_->sanction(ada, Sanction::Ban, -1, "").error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(rules_->sanction(ada, Sanction::Ban, 1, std::string(201, 'x')).error().kind,
            ErrorKind::InvalidArgument);
  EXPECT_EQ(rules_->sanction(AccountId{77}, Sanction::Mute, 1, "").error().kind,
            ErrorKind::NotFound);
}

TEST_F(AccountRulesTest, KeepTheirKeyAcrossARestart) {
  add("Ada");
  const SessionTokens tokens = log_in("Ada");
  const std::string key_set = rules_->key_set();
  rules_.reset();
  database_.reopen();
  persistence::SigningKeyStore keys(*database_);
  const auto signer = TokenSigner::load_or_create(keys, now_ + 5).value();
  EXPECT_EQ(signer.key_set(), key_set);
  EXPECT_TRUE(TokenVerifier::from_key_set(signer.key_set())->verify(tokens.access_token, now_));
}

}  // namespace
}  // namespace tessera::accounts
