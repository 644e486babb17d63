// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Each test crashes a child process and reads the report that it leaves.
#include "engine/platform/crash/crash_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

#include "engine/core/assert.h"
#include "engine/platform/files.h"
#include "engine/platform/process.h"
#include "engine/platform/testing/temp_directory.h"

namespace tessera::platform {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::KilledBySignal;
using testing::Not;

volatile int* volatile g_nowhere = reinterpret_cast<volatile int*>(std::uintptr_t{16});

[[gnu::noinline]] void crash_here() { *g_nowhere = 1; }

[[gnu::noinline]] int overflow_the_stack(int depth) {
  // A larger block could step over the forbidden page below the stack. A block that stays in this
  // function is shrunk to one byte by clang; then 65,536 calls fit, and the thread sanitizer's own
  // record of calls overflows before the stack does.
  std::array<char, 2048> block;
  block[0] = static_cast<char>(depth);
  asm volatile("" : : "r"(block.data()) : "memory");
  // The end is out of reach: 16 GiB of stack. Without one the compiler would rightly complain.
  if (depth == 8'000'000) return 0;
  return overflow_the_stack(depth + 1) + block[0];
}

class CrashReportDeathTest : public testing::Test {
 protected:
  CrashReportDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  void install(const std::string& symbolizer = "") {
    // The child of a threadsafe death test runs the test anew: both must use the same folder.
    ASSERT_TRUE(install_crash_reports(
        {.directory = folder(), .build = "tessera 9.9.9 test", .symbolizer = symbolizer}));
  }
  static std::string folder() {
    const char* const given = std::getenv("TESSERA_CRASH_TEST_FOLDER");
    return given == nullptr ? "" : given;
  }
  void SetUp() override {
    if (folder().empty()) setenv("TESSERA_CRASH_TEST_FOLDER", directory_.path().c_str(), 1);
  }
  void TearDown() override { unsetenv("TESSERA_CRASH_TEST_FOLDER"); }
  std::string report() {
    const auto files = list_files(folder());
    if (!files || files->size() != 1) return "not exactly one report";
    EXPECT_THAT(files->front(), ContainsRegex("^crash-[0-9]+-[0-9]+\\.txt$"));
    return read_text_file(folder() + "/" + files->front()).value_or("unreadable");
  }

 private:
  TempDirectory directory_;
};

TEST_F(CrashReportDeathTest, NamesSignalBuildThreadAndTheFunctionThatCrashed) {
  EXPECT_EXIT(
      {
        install();
        name_thread("crasher");
        crash_here();
      },
      KilledBySignal(SIGSEGV), "ended by SIGSEGV.*the report is in");
  EXPECT_THAT(report(), AllOf(HasSubstr("build: tessera 9.9.9 test\n"),
                              HasSubstr("signal: SIGSEGV (bad memory access) at address 0x10\n"),
                              HasSubstr("thread: crasher ("), HasSubstr("crash_here"),
                              HasSubstr("crash_report_test.cpp:"), HasSubstr("end of report")));
}

TEST_F(CrashReportDeathTest, TellsTheAssertionThatFailed) {
  EXPECT_EXIT(
      {
        install();
        TESSERA_ASSERT(1 + 1 == 3, "numbers went wrong");
      },
      KilledBySignal(SIGABRT), "numbers went wrong");
  EXPECT_THAT(report(), AllOf(HasSubstr("signal: SIGABRT"),
                              ContainsRegex("cause: .*crash_report_test.cpp:[0-9]+: assertion "
                                            "failed: numbers went wrong \\(1 \\+ 1 == 3\\)"),
                              HasSubstr("assertion_failed")));
}

TEST_F(CrashReportDeathTest, TellsTheExceptionThatNobodyCaught) {
  EXPECT_EXIT(
      {
        install();
        std::thread([] { throw std::runtime_error("disk on fire"); }).join();
      },
      KilledBySignal(SIGABRT), "");
  EXPECT_THAT(report(), HasSubstr("cause: an exception was not caught: disk on fire"));
}

TEST_F(CrashReportDeathTest, TellsOfExceptionsWithoutATextAndOfNone) {
  EXPECT_EXIT(
      {
        install();
        std::thread([] { throw 42; }).join();
      },
      KilledBySignal(SIGABRT), "");
  EXPECT_THAT(report(), HasSubstr("an exception that is no std::exception"));
}

TEST_F(CrashReportDeathTest, TellsOfTerminateWithoutAnException) {
  EXPECT_EXIT(
      {
        install();
        std::terminate();
      },
      KilledBySignal(SIGABRT), "");
  EXPECT_THAT(report(), HasSubstr("terminate was called without an exception"));
}

TEST_F(CrashReportDeathTest, ListsTheLastTicksNewestFirst) {
  EXPECT_EXIT(
      {
        install();
        for (std::uint64_t tick = 1; tick <= 100; ++tick) note_tick(tick, 0xabc0 + tick, 5'000);
        abort();
      },
      KilledBySignal(SIGABRT), "");
  EXPECT_THAT(report(), AllOf(HasSubstr("  100 0xac24 5\n  99 0xac23 5\n"), HasSubstr("\n  37 "),
                              Not(HasSubstr("\n  36 "))));
}

TEST_F(CrashReportDeathTest, SaysThatNoTickRanBeforeTheFirst) {
  EXPECT_EXIT(
      {
        install();
        raise(SIGFPE);
      },
      KilledBySignal(SIGFPE), "bad arithmetic");
  EXPECT_THAT(report(), HasSubstr("duration in us\n  none\n"));
}

TEST_F(CrashReportDeathTest, FallsBackToDynamicSymbolsWithoutASymbolizer) {
  EXPECT_EXIT(
      {
        install("/nonexistent/addr2line");
        abort();
      },
      KilledBySignal(SIGABRT), "");
  EXPECT_THAT(report(), AllOf(HasSubstr("abort"), Not(HasSubstr("crash_report_test.cpp:"))));
}

TEST_F(CrashReportDeathTest, ReportsAStackOverflowOfAPreparedThread) {
  EXPECT_EXIT(
      {
        install();
        std::thread([] {
          prepare_thread_for_crashes();
          overflow_the_stack(0);
        }).join();
      },
      KilledBySignal(SIGSEGV), "");
  EXPECT_THAT(report(), HasSubstr("overflow_the_stack"));
}

TEST_F(CrashReportDeathTest, WritesToStderrWhenTheFolderIsGone) {
  EXPECT_EXIT(
      {
        install();
        rmdir(folder().c_str());
        raise(SIGILL);
      },
      KilledBySignal(SIGILL), "signal: SIGILL(.|\n)*end of report");
}

TEST(CrashReport, RefusesAFolderItCannotMake) {
  EXPECT_FALSE(install_crash_reports({.directory = "/proc/none/crashes", .build = ""}));
  EXPECT_FALSE(install_crash_reports({.directory = std::string(2'000, 'x'), .build = ""}));
}

}  // namespace
}  // namespace tessera::platform
