// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"

namespace tessera::platform {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

/// Runs `write` with the log going to a file, and returns what stands in it then.
template <class F>
std::string logged(LogOptions options, F write) {
  const TempDirectory directory;
  options.file = directory.file("log");
  options.to_stderr = false;
  const auto started = start_logging(options);
  EXPECT_TRUE(started) << started.error().message;
  write();
  stop_logging();
  return read_text_file(options.file).value_or("");
}

TEST(Log, WritesTimeLevelMessageAndNamedValues) {
  const std::string text = logged({}, [] {
    log_info("listening", {{"address", "0.0.0.0"}, {"port", 7777}, {"ratio", 0.5}, {"open", true}});
  });
  EXPECT_THAT(text, MatchesRegex("[0-9-]+T[0-9:]+\\.[0-9]+Z info listening address=0.0.0.0 "
                                 "port=7777 ratio=0.5 open=true\n"));
}

TEST(Log, QuotesAndEscapesWhatWouldBreakTheLine) {
  const std::string text = logged({}, [] {
    log_warning("two\nlines", {{"name", "a \"b\"\\\x01"}, {"empty", ""}, {"path", "/tmp"}});
  });
  EXPECT_THAT(text, EndsWith("warning two\\nlines name=\"a \\\"b\\\"\\\\\\u0001\" empty=\"\" "
                             "path=/tmp\n"));
}

TEST(Log, WritesOneJsonObjectALine) {
  const std::string text = logged({.format = LogFormat::Json}, [] {
    const double not_a_number = std::numeric_limits<double>::quiet_NaN();
    log_error(
        "say \"hi\"",
        {{"count", std::uint64_t{18446744073709551615u}}, {"bad", not_a_number}, {"less", -1}});
  });
  EXPECT_THAT(text, MatchesRegex("\\{\"time\":\"[^\"]+\",\"level\":\"error\",\"message\":"
                                 "\"say \\\\\"hi\\\\\"\",\"count\":18446744073709551615,"
                                 "\"bad\":\"nan\",\"less\":-1\\}\n"));
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  const std::string text = logged({.level = LogLevel::Warning}, [] {
    log_info("quiet");
    log_warning("loud");
    EXPECT_FALSE(log_enabled(LogLevel::Info));
    set_log_level(LogLevel::Debug);
    log_debug("chatty");
    log(LogLevel::Off, "never");
    set_log_level(LogLevel::Info);
  });
  EXPECT_THAT(text, AllOf(HasSubstr("loud"), HasSubstr("chatty"), Not(HasSubstr("quiet")),
                          Not(HasSubstr("never"))));
}

TEST(Log, CutsTextsThatAreTooLong) {
  const std::string text = logged({}, [] { log_info("m", {{"key", std::string(10'000, 'x')}}); });
  EXPECT_LT(text.size(), 2'200u);
  EXPECT_THAT(text, EndsWith("...\"\n"));
}

TEST(Log, LosesNoLineOfManyThreads) {
  const std::string text = logged({}, [] {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([] {
        for (int i = 0; i < 500; ++i) log_info("line", {{"i", i}});
      });
    }
  });
  EXPECT_EQ(std::ranges::count(text, '\n'), 2'000);
}

TEST(Log, FailsWithThePathWhenItsFileCannotBeOpened) {
  const auto started = start_logging({.file = "/proc/none/log", .to_stderr = false});
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("/proc/none/log"));
}

TEST(Log, GoesToStderrWhenItWasNotStarted) {
  testing::internal::CaptureStderr();
  log_info("early");
  flush_log();
  EXPECT_THAT(testing::internal::GetCapturedStderr(), EndsWith("info early\n"));
}

TEST(LogLimit, LetsOneLinePassPerIntervalAndCountsTheRest) {
  LogLimit limit(100);
  std::uint64_t suppressed = 0;
  EXPECT_TRUE(limit.allow(1'000, suppressed));
  EXPECT_EQ(suppressed, 0u);
  EXPECT_FALSE(limit.allow(1'050, suppressed));
  EXPECT_FALSE(limit.allow(1'099, suppressed));
  EXPECT_TRUE(limit.allow(1'100, suppressed));
  EXPECT_EQ(suppressed, 2u);
  EXPECT_TRUE(limit.allow(2'000, suppressed));
  EXPECT_EQ(suppressed, 0u);
}

TEST(LogLimit, SaysInTheNextLineHowManyWereHeldBack) {
  const std::string text = logged({}, [] {
    LogLimit always(0);
    LogLimit rarely(std::int64_t{1} << 60);
    always.log(LogLevel::Info, "first");
    for (int i = 0; i < 100; ++i) rarely.log(LogLevel::Warning, "flood", {{"i", i}});
    rarely.log(LogLevel::Debug, "below the level");
  });
  EXPECT_THAT(text, AllOf(HasSubstr("first\n"), HasSubstr("flood i=0\n"), Not(HasSubstr("i=1"))));
}

}  // namespace
}  // namespace tessera::platform
