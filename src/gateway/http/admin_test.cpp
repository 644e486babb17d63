// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "gateway/http/admin_token.h"
#include "gateway/http/testing/fake_parts.h"

namespace tessera::gateway {
namespace {

TEST(Admin, KicksAnAccountAndWritesItDown) {
  TestApi test;
  test.accounts.add("ann", "x");
  const auto response =
      test.post("/api/v1/admin/kick", R"({"account":"ann","reason":"Be nice."})", kTestAdminToken);
  EXPECT_EQ(response.status, 200u);
  EXPECT_EQ(response.body, "{\"done\":true,\"sessions_closed\":1}\n");
  EXPECT_EQ(test.operators.done, std::vector<std::string>{"kick 1 Be nice."});
  ASSERT_EQ(test.operators.rows.size(), 1u);
  EXPECT_EQ(test.operators.rows[0].action, "kick");
  EXPECT_EQ(test.operators.rows[0].target, "ann");
  EXPECT_EQ(test.operators.rows[0].details, R"({"reason":"Be nice."})");
  EXPECT_EQ(test.operators.rows[0].address, "192.0.2.1");
}

TEST(Admin, BansForGoodForATimeAndLiftsIt) {
  TestApi test;
  test.accounts.add("ann", "x");
  const auto& ann = test.accounts.accounts["ann"];
  const auto ban = [&](const std::string& body) {
    return test.post("/api/v1/admin/ban", body, kTestAdminToken).status;
  };
  EXPECT_EQ(ban(R"({"account":"ann","reason":"Bots."})"), 200u);
  EXPECT_EQ(ann.banned_until, accounts::kForever);
  EXPECT_EQ(test.operators.done, std::vector<std::string>{"ban 1 Bots."});
  EXPECT_EQ(ban(R"({"account":"ann","seconds":60})"), 200u);
  EXPECT_EQ(ann.banned_until, 1'800'001'000 + 60);
  EXPECT_EQ(ban(R"({"account":"ann","seconds":0})"), 200u);
  EXPECT_EQ(ann.banned_until, 0);
  EXPECT_EQ(test.operators.done.size(), 2u) << "lifting kicks nobody";
  EXPECT_EQ(test.operators.rows.size(), 3u);
}

TEST(Admin, MutesForATime) {
  TestApi test;
  test.accounts.add("ann", "x");
  const auto mute = [&](const std::string& body) {
    return test.post("/api/v1/admin/mute", body, kTestAdminToken).status;
  };
  EXPECT_EQ(mute(R"({"account":"ann","seconds":60,"reason":"Spam."})"), 200u);
  EXPECT_EQ(test.accounts.accounts["ann"].muted_until, 1'800'001'000 + 60);
  EXPECT_EQ(mute(R"({"account":"ann","seconds":0})"), 200u);
  EXPECT_EQ(test.accounts.accounts["ann"].muted_until, 0);
  EXPECT_EQ(mute(R"({"account":"ann"})"), 400u) << "for how long?";
  ASSERT_EQ(test.operators.done.size(), 2u);
  EXPECT_TRUE(test.operators.done[0].ends_with(" 60"));
  EXPECT_TRUE(test.operators.done[1].ends_with(" 0"));
}

TEST(Admin, AnnouncesAndShutsDown) {
  TestApi test;
  EXPECT_EQ(test.post("/api/v1/admin/announce", R"({"text":"Hello all"})", kTestAdminToken).status,
            200u);
  EXPECT_EQ(test.post("/api/v1/admin/shutdown", R"({"in_s":30,"reason":"Update"})", kTestAdminToken)
                .status,
            200u);
  EXPECT_EQ(test.operators.done,
            (std::vector<std::string>{"announce Hello all", "shutdown 30 Update"}));
  EXPECT_EQ(test.operators.rows.size(), 2u);
}

TEST(Admin, RefusesWhoeverHasNotTheToken) {
  TestApi test;
  const AccountId ann = test.accounts.add("ann", "x");
  for (const std::string& token :
       {std::string(), std::string("wrong"), FakeAccounts::token_of(ann),
        std::string("0123456789abcdef0123456789abcdeF"), std::string(1000, 'a')}) {
    EXPECT_EQ(test.post("/api/v1/admin/shutdown", "{}", token).status, 401u) << token;
  }
  ApiOptions options = TestApi::default_options();
  options.admin_token.clear();
  TestApi closed(options);
  EXPECT_EQ(closed.post("/api/v1/admin/shutdown", "{}", "").status, 401u);
  EXPECT_TRUE(test.operators.done.empty());
}

TEST(Admin, DoesNothingThatCannotBeWrittenDown) {
  TestApi test;
  test.accounts.add("ann", "x");
  test.operators.journal_works = false;
  for (const char* path : {"/api/v1/admin/kick", "/api/v1/admin/ban", "/api/v1/admin/mute",
                           "/api/v1/admin/announce", "/api/v1/admin/shutdown"}) {
    EXPECT_EQ(
        test.post(path, R"({"account":"ann","text":"t","seconds":5})", kTestAdminToken).status,
        503u)
        << path;
  }
  EXPECT_TRUE(test.operators.done.empty());
  EXPECT_EQ(test.accounts.accounts["ann"].banned_until, 0);
}

TEST(Admin, SaysWhatIsWrongWithACall) {
  TestApi test;
  const auto status = [&](const char* path, const char* body) {
    return test.post(path, body, kTestAdminToken).status;
  };
  EXPECT_EQ(status("/api/v1/admin/kick", R"({"account":"nobody"})"), 404u);
  EXPECT_EQ(status("/api/v1/admin/kick", "{}"), 400u);
  EXPECT_EQ(status("/api/v1/admin/kick", R"({"account":"a","reason":5})"), 400u);
  EXPECT_EQ(status("/api/v1/admin/ban", "{}"), 400u);
  EXPECT_EQ(status("/api/v1/admin/ban", R"({"account":"a","seconds":-1})"), 400u);
  EXPECT_EQ(status("/api/v1/admin/mute", "{}"), 400u);
  EXPECT_EQ(status("/api/v1/admin/announce", "{}"), 400u);
  EXPECT_EQ(status("/api/v1/admin/shutdown", R"({"in_s":"soon"})"), 400u);
  EXPECT_EQ(status("/api/v1/admin/shutdown", R"({"reason":1})"), 400u);
}

TEST(AdminToken, IsMadeOnceForItsOwnerOnly) {
  const platform::TempDirectory directory;
  const auto token = load_or_create_admin_token(directory.path());
  ASSERT_TRUE(token);
  EXPECT_EQ(token->size(), 64u);
  struct stat info{};
  ASSERT_EQ(stat(directory.file(kAdminTokenFile).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_EQ(load_or_create_admin_token(directory.path()).value(), *token);
}

TEST(AdminToken, IsRefusedWhenOthersMayReadItOrItIsTooShort) {
  const platform::TempDirectory directory;
  const std::string path = directory.file(kAdminTokenFile);
  ASSERT_TRUE(platform::write_text_file(path, std::string(64, 'a'), 0644));
  const auto readable = load_or_create_admin_token(directory.path());
  EXPECT_EQ(readable.error().kind, ErrorKind::PermissionDenied);
  EXPECT_NE(readable.error().message.find("chmod 600"), std::string::npos);
  ASSERT_TRUE(platform::write_text_file(path, "short\n", 0600));
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  EXPECT_EQ(load_or_create_admin_token(directory.path()).error().kind, ErrorKind::Corrupt);
}

TEST(AdminToken, NeedsADirectory) { EXPECT_FALSE(load_or_create_admin_token("/nowhere/at/all")); }

}  // namespace
}  // namespace tessera::gateway
