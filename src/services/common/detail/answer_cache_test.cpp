// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/detail/answer_cache.h"

#include <gtest/gtest.h>

namespace tessera::services {
namespace {

using Found = AnswerCache::Found;

TEST(AnswerCache, AnswersTheSameKeyWithTheSameBytes) {
  AnswerCache cache;
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
  cache.finish("a", "bytes");
  const auto again = cache.begin("a", 1, 10);
  EXPECT_EQ(again.found, Found::Answered);
  EXPECT_EQ(again.bytes, "bytes");
  EXPECT_EQ(cache.begin("b", 1, 10).found, Found::New);
}

TEST(AnswerCache, TellsACallThatStillRuns) {
  AnswerCache cache;
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::Running);
}

TEST(AnswerCache, LetsACallThatFailedBeTriedAgain) {
  AnswerCache cache;
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
  cache.forget("a");
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
}

TEST(AnswerCache, RefusesAKeyThatCameWithAnotherRequest) {
  AnswerCache cache;
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
  EXPECT_EQ(cache.begin("a", 2, 0).found, Found::Mismatch);
}

TEST(AnswerCache, ForgetsAfterItsTime) {
  AnswerCache cache({.answers_max = 10, .keep_ms = 100});
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
  cache.finish("a", "bytes");
  EXPECT_EQ(cache.begin("a", 1, 99).found, Found::Answered);
  EXPECT_EQ(cache.begin("a", 1, 100).found, Found::New);
}

TEST(AnswerCache, KeepsTheNewestWhenItIsFull) {
  AnswerCache cache({.answers_max = 2, .keep_ms = 1000});
  for (const char* key : {"a", "b", "c"}) {
    EXPECT_EQ(cache.begin(key, 1, 0).found, Found::New);
    cache.finish(key, key);
  }
  EXPECT_EQ(cache.begin("c", 1, 0).found, Found::Answered);
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
  cache.finish("never begun", "bytes");
  EXPECT_EQ(cache.begin("never begun", 1, 0).found, Found::New);
}

TEST(AnswerCache, DoesNotDropANewCallForTheAgeOfOneThatFailed) {
  AnswerCache cache({.answers_max = 10, .keep_ms = 100});
  EXPECT_EQ(cache.begin("a", 1, 0).found, Found::New);
  cache.forget("a");
  EXPECT_EQ(cache.begin("a", 1, 90).found, Found::New);
  cache.finish("a", "bytes");
  EXPECT_EQ(cache.begin("a", 1, 110).found, Found::Answered);
}

}  // namespace
}  // namespace tessera::services
