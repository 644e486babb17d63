// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>

#include <array>
#include <thread>

namespace tessera::platform {
namespace {

TEST(ResidentBytes, GrowWithTouchedMemory) {
  const std::uint64_t before = resident_bytes();
  constexpr std::size_t kBytes = std::size_t{32} << 20;
  const std::vector<char> memory(kBytes, 'x');
  EXPECT_GE(resident_bytes(), before + kBytes / 2);
  EXPECT_EQ(memory[kBytes - 1], 'x');
}

TEST(CpuTimes, AreReadFromTheFirstLine) {
  const CpuTimes times = parse_cpu_times("cpu  10 1 5 100 2 0 3 7 50 60\ncpu0 1 2 3\n");
  EXPECT_EQ(times.total, 128u);  // guest times are within user and nice
  EXPECT_EQ(times.steal, 7u);
  EXPECT_EQ(parse_cpu_times("").total, 0u);
  EXPECT_EQ(parse_cpu_times("intr 1 2").total, 0u);
  EXPECT_GT(cpu_times().total, 0u);
}

TEST(StealPercent, IsTheShareOfStolenTime) {
  EXPECT_DOUBLE_EQ(steal_percent({.total = 100, .steal = 10}, {.total = 300, .steal = 20}), 5.0);
  EXPECT_DOUBLE_EQ(steal_percent({.total = 100, .steal = 10}, {.total = 100, .steal = 10}), 0.0);
}

TEST(UdpCounters, AreFoundByTheNamesOfTheirColumns) {
  constexpr std::string_view kText =
      "Tcp: RtoAlgorithm RtoMin\nTcp: 1 200\n"
      "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors\n"
      "Udp: 11 2 3 14 5 6 7\nUdpLite: InDatagrams\nUdpLite: 9\n";
  const UdpCounters counters = parse_udp_counters(kText);
  EXPECT_EQ(counters.datagrams_in, 11u);
  EXPECT_EQ(counters.datagrams_out, 14u);
  EXPECT_EQ(counters.receive_buffer_errors, 5u);
  EXPECT_EQ(counters.send_buffer_errors, 6u);
  EXPECT_EQ(parse_udp_counters("nothing").datagrams_in, 0u);
  EXPECT_EQ(parse_udp_counters("Udp: InDatagrams\n").datagrams_in, 0u);
  EXPECT_NO_FATAL_FAILURE(udp_counters());
}

TEST(Threads, AreNamedAndPinned) {
  ASSERT_FALSE(allowed_cpus().empty());
  EXPECT_EQ(cpu_count(), allowed_cpus().size());
  const unsigned cpu = allowed_cpus().back();
  std::jthread([cpu] {
    name_thread("simulation thread");
    std::array<char, 32> name{};
    pthread_getname_np(pthread_self(), name.data(), name.size());
    EXPECT_STREQ(name.data(), "simulation thre");
    ASSERT_TRUE(pin_thread_to_cpu(cpu));
    EXPECT_THAT(allowed_cpus(), testing::ElementsAre(cpu));
  }).join();
}

TEST(Threads, CannotBePinnedToAProcessorThatIsNotThere) {
  const auto pinned = pin_thread_to_cpu(1'000'000);
  ASSERT_FALSE(pinned);
  EXPECT_THAT(pinned.error().message, testing::HasSubstr("processor 1000000"));
}

TEST(Threads, StepBackForOthersWhenTheyAreNice) {
  std::jthread([] {
    EXPECT_TRUE(set_thread_nice(19));
    EXPECT_EQ(getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())), 19);
  }).join();
}

TEST(OpenFilesLimit, IsRaisedToWhatTheSystemAllows) {
  const std::uint64_t limit = raise_open_files_limit();
  EXPECT_GT(limit, 0u);
  rlimit now{};
  getrlimit(RLIMIT_NOFILE, &now);
  EXPECT_EQ(now.rlim_cur, limit);
}

}  // namespace
}  // namespace tessera::platform
