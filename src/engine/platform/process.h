// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the system says about this process and the machine below it, and how threads are placed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/core/error.h"

namespace tessera::platform {

/// Resident memory of this process; 0 when /proc is missing.
std::uint64_t resident_bytes();

/// Ticks of all processors since boot, from /proc/stat.
struct CpuTimes {
  std::uint64_t total = 0;
  std::uint64_t steal = 0;  ///< the hypervisor ran somebody else although we wanted to run
};
CpuTimes cpu_times();
CpuTimes parse_cpu_times(std::string_view proc_stat);
/// The share of stolen time between two readings, in per cent.
double steal_percent(const CpuTimes& before, const CpuTimes& after);

/// UDP of this network namespace, from /proc/net/snmp.
struct UdpCounters {
  std::uint64_t datagrams_in = 0;
  std::uint64_t datagrams_out = 0;
  std::uint64_t receive_buffer_errors = 0;  ///< dropped because a socket's buffer was full
  std::uint64_t send_buffer_errors = 0;
};
UdpCounters udp_counters();
UdpCounters parse_udp_counters(std::string_view proc_net_snmp);

/// The processors this thread may run on, ascending.
std::vector<unsigned> allowed_cpus();
/// How many they are; at least 1.
unsigned cpu_count();

/// Names the calling thread for debuggers, `top -H` and crash reports; cut to 15 bytes.
void name_thread(std::string_view name);
/// -20 (first) to 19 (last) for the calling thread; below 0 needs a privilege.
Result<void> set_thread_nice(int nice);
/// Of threads that work beside a simulation thread. Where they share a processor with it they let
/// it finish its tick and have the time between two ticks; elsewhere it makes no difference.
inline constexpr int kNiceBesideSimulation = 10;
/// Keeps the calling thread, and threads it starts from now on, on one processor.
Result<void> pin_thread_to_cpu(unsigned cpu);
/// Lets the process open as many files and sockets as the system allows; returns that number.
std::uint64_t raise_open_files_limit();

}  // namespace tessera::platform
