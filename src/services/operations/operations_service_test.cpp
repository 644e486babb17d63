// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/operations/operations_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "persistence/test_database.h"
#include "services/operations/detail/audit_rules.h"
#include "services/operations/operations_client.h"

namespace tessera::operations {
namespace {

class OperationsServiceTest : public testing::Test {
 protected:
  OperationsServiceTest() {
    serve_operations(host_, *database_, {.now_s = [this] { return ++now_; }});
    EXPECT_TRUE(host_.start());
    client_.emplace(host_.channel(), services::CallOptions{std::chrono::seconds(60)});
  }

  std::int64_t now_ = 1000;
  persistence::TestDatabase database_;
  services::Host host_;
  std::optional<OperationsClient> client_;
};

TEST_F(OperationsServiceTest, ListsWhatWasRecordedNewestFirst) {
  const auto first = client_->record({.actor = "root",
                                      .action = "ban",
                                      .target = "Ada",
                                      .detail = "'); DROP TABLE audit; -- \xff",
                                      .result = "ok"});
  ASSERT_TRUE(first) << first.error().message;
  const auto second = client_->record({.actor = "root", .action = "shutdown"});
  ASSERT_TRUE(second);
  EXPECT_GT(*second, *first);
  const auto actions = client_->list(10).value();
  ASSERT_EQ(actions.size(), 2u);
  EXPECT_EQ(actions[0].id, *second);
  EXPECT_EQ(actions[0].action, "shutdown");
  EXPECT_EQ(actions[0].at, 1002);
  EXPECT_EQ(actions[1].actor, "root");
  EXPECT_EQ(actions[1].target, "Ada");
  EXPECT_EQ(actions[1].detail, "'); DROP TABLE audit; -- \xff");
  EXPECT_EQ(actions[1].result, "ok");
  EXPECT_EQ(actions[1].at, 1001);
}

TEST_F(OperationsServiceTest, ListsInPages) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client_->record({.actor = "root", .action = "kick"}));
  const auto newest = client_->list(3).value();
  ASSERT_EQ(newest.size(), 3u);
  EXPECT_EQ(client_->list(3, newest.back().id)->size(), 2u);
}

TEST_F(OperationsServiceTest, RefusesARowThatSaysNothingAndAPageThatIsNone) {
  EXPECT_EQ(client_->record({.actor = "root"}).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(client_->record({.action = "kick"}).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(client_->list(0).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(client_->list(kAuditPageMax + 1).error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(client_->list(1, -1).error().kind, ErrorKind::InvalidArgument);
}

TEST_F(OperationsServiceTest, CutsTextsThatAreTooLong) {
  ASSERT_TRUE(
      client_->record({.actor = "root", .action = "announce", .detail = std::string(5000, 'x')}));
  EXPECT_EQ(client_->list(1)->front().detail.size(), kAuditTextBytesMax);
}

TEST_F(OperationsServiceTest, KeepsItsRowsAcrossARestart) {
  ASSERT_TRUE(client_->record({.actor = "root", .action = "kick"}));
  client_.reset();
  host_.stop();
  database_.reopen();
  AuditRules rules(*database_, [] { return 1; });
  EXPECT_EQ(rules.list(10, 0)->size(), 1u);
}

}  // namespace
}  // namespace tessera::operations
