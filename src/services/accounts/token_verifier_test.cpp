// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/token_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "persistence/test_database.h"
#include "services/accounts/detail/base64url.h"
#include "services/accounts/detail/refresh_token.h"
#include "services/accounts/detail/token_signer.h"

namespace tessera::accounts {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kNow = 1'800'000'000;

TokenSigner new_signer() {
  persistence::TestDatabase database;
  persistence::SigningKeyStore store(*database);
  return TokenSigner::load_or_create(store, kNow).value();
}

class TokenVerifierTest : public testing::Test {
 protected:
  std::string token() const { return signer_.sign({AccountId{7}, "Ada", kNow, kNow + 60}).value(); }
  std::string why_not(const std::string& token, std::int64_t now = kNow) const {
    const auto claims = verifier_.verify(token, now);
    if (claims) return "accepted";
    EXPECT_EQ(claims.error().kind, ErrorKind::Unauthenticated);
    return claims.error().message;
  }

  TokenSigner signer_ = new_signer();
  TokenVerifier verifier_ = TokenVerifier::from_key_set(signer_.key_set()).value();
};

TEST_F(TokenVerifierTest, ReadsWhatTheSignerWrote) {
  const auto claims = verifier_.verify(token(), kNow + 59);
  ASSERT_TRUE(claims) << claims.error().message;
  EXPECT_EQ(claims->account, AccountId{7});
  EXPECT_EQ(claims->name, "Ada");
  EXPECT_EQ(claims->issued_at, kNow);
  EXPECT_EQ(claims->expires_at, kNow + 60);
}

TEST_F(TokenVerifierTest, RefusesATokenAfterItsTime) {
  EXPECT_THAT(why_not(token(), kNow + 60), HasSubstr("expired"));
}

TEST_F(TokenVerifierTest, RefusesATokenOfAnotherServer) {
  const std::string foreign = new_signer().sign({AccountId{7}, "Ada", kNow, kNow + 60}).value();
  EXPECT_THAT(why_not(foreign), HasSubstr("not known here"));
}

TEST_F(TokenVerifierTest, RefusesATokenWithOneCharacterChanged) {
  const std::string good = token();
  const std::uint64_t seed = 20'260'101;
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  RandomStream random(seed);
  for (int i = 0; i < 300; ++i) {
    std::string bad = good;
    char& changed = bad[random.below(static_cast<std::uint32_t>(bad.size()))];
    const char before = changed;
    changed = static_cast<char>(random.below(256));
    if (changed == before) continue;
    EXPECT_NE(why_not(bad), "accepted") << bad;
  }
}

TEST_F(TokenVerifierTest, RefusesWhatIsNoToken) {
  const std::string good = token();
  const std::string body = good.substr(good.find('.'));
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), good + ".",
        good + "A", good.substr(0, good.size() - 1), good.substr(0, good.rfind('.')),
        std::string(kAccessTokenBytesMax + 1, 'a'), base64url("[]") + body, base64url("{}") + body,
        base64url(R"({"alg":"none"})") + body, base64url(R"({"alg":"HS256","kid":"x"})") + body,
        base64url(std::string(500, '[')) + body}) {
    EXPECT_NE(why_not(bad), "accepted") << bad;
  }
}

TEST_F(TokenVerifierTest, RefusesASignedTokenThatSaysSomethingElse) {
  const auto key = Es256Key::generate().value();
  const auto point = key.point().value();
  const std::string id = key_id_of(point);
  const std::string key_set = R"({"keys":[{"kty":"EC","crv":"P-256","kid":")" + id + R"(","x":")" +
                              base64url(point.x) + R"(","y":")" + base64url(point.y) + R"("}]})";
  const auto verifier = TokenVerifier::from_key_set(key_set).value();
  const auto verify = [&](const std::string& payload) {
    const std::string text =
        base64url(R"({"alg":"ES256","kid":")" + id + R"("})") + "." + base64url(payload);
    return verifier.verify(text + "." + base64url(key.sign(text).value()), kNow).has_value();
  };
  EXPECT_TRUE(verify(R"({"iss":"tessera","sub":"7","name":"a","iat":1,"exp":2000000000})"));
  for (const char* bad :
       {"", "7", "[]", "{}", R"({"iss":"other","sub":"7","name":"a","iat":1,"exp":2000000000})",
        R"({"iss":"tessera","sub":7,"name":"a","iat":1,"exp":2000000000})",
        R"({"iss":"tessera","sub":"0","name":"a","iat":1,"exp":2000000000})",
        R"({"iss":"tessera","sub":"7x","name":"a","iat":1,"exp":2000000000})",
        R"({"iss":"tessera","sub":"-7","name":"a","iat":1,"exp":2000000000})",
        R"({"iss":"tessera","sub":"99999999999999999999","name":"a","iat":1,"exp":2000000000})",
        R"({"iss":"tessera","sub":"7","iat":1,"exp":2000000000})",
        R"({"iss":"tessera","sub":"7","name":"a","iat":1,"exp":"2000000000"})",
        R"({"iss":"tessera","sub":"7","name":"a","iat":1})"}) {
    EXPECT_FALSE(verify(bad)) << bad;
  }
}

TEST_F(TokenVerifierTest, AcceptsTheExampleOfTheStandard) {
  // RFC 7515, appendix A.3: a key, a text and its ES256 signature that others made.
  Es256Key::Point point;
  std::ranges::copy(*from_base64url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                    point.x.begin());
  std::ranges::copy(*from_base64url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
                    point.y.begin());
  const auto key = Es256Key::from_point(point);
  ASSERT_TRUE(key) << key.error().message;
  const std::string text =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxl"
      "LmNvbS9pc19yb290Ijp0cnVlfQ";
  Es256Key::Signature signature{};
  std::ranges::copy(*from_base64url("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISl"
                                    "SApmWQxfKTUJqPP3-Kg6NU1Q"),
                    signature.begin());
  EXPECT_TRUE(key->verify(text, signature));
  EXPECT_FALSE(key->verify(text + " ", signature));
  EXPECT_FALSE(key->verify(text, {})) << "zeros are a signature of nothing";
  EXPECT_FALSE(key->sign(text)) << "a public key signs nothing";
  EXPECT_FALSE(key->private_pem());
}

TEST(TokenVerifier, RefusesAKeySetThatIsNone) {
  for (const char* bad : {"", "7", "{}", R"({"keys":7})", R"({"keys":[7]})", R"({"keys":[{}]})",
                          R"({"keys":[{"crv":"P-256","kid":"a","x":"AA","y":"AA"}]})"}) {
    const auto verifier = TokenVerifier::from_key_set(bad);
    ASSERT_FALSE(verifier) << bad;
    EXPECT_EQ(verifier.error().kind, ErrorKind::InvalidArgument);
  }
}

TEST(TokenVerifier, RefusesAKeyThatIsNotOnTheCurve) {
  Es256Key::Point point;
  point.x.fill(1);
  EXPECT_FALSE(Es256Key::from_point(point));
}

TEST(TokenSigner, RefusesADamagedKeyInTheDatabase) {
  persistence::TestDatabase database;
  persistence::SigningKeyStore store(*database);
  ASSERT_TRUE(store.add_first({"key", "-----BEGIN NOTHING-----", 1}));
  const auto signer = TokenSigner::load_or_create(store, 2);
  ASSERT_FALSE(signer);
  EXPECT_EQ(signer.error().kind, ErrorKind::Corrupt);
}

TEST(Base64url, FollowsTheStandardStrictly) {
  EXPECT_EQ(base64url(std::string_view("\xfb\xff\xfe")), "-__-");
  EXPECT_EQ(base64url("a"), "YQ");
  EXPECT_EQ(from_base64url("YQ"), "a");
  for (const char* bad : {"Y", "YQ==", "YR", "Y Q", "+//+", "YQ\n", "YWJ\x80"}) {
    EXPECT_FALSE(from_base64url(bad)) << bad;
  }
}

TEST(RefreshToken, IsReadBackAsItWasMade) {
  const RefreshToken made = make_refresh_token();
  const auto read = parse_refresh_token(made.text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->login, made.login);
  EXPECT_EQ(read->secret_hash, made.secret_hash);
  const RefreshToken next = make_refresh_token(made.login);
  EXPECT_EQ(next.login, made.login);
  EXPECT_NE(next.secret_hash, made.secret_hash);
}

}  // namespace
}  // namespace tessera::accounts
