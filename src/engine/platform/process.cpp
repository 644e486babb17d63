// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/process.h"

#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string>
#include <system_error>

#include "engine/platform/files.h"

namespace tessera::platform {
namespace {

/// Takes the next word off the front of `text`; empty at the end.
std::string_view next_word(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::uint64_t to_number(std::string_view word) {
  std::uint64_t number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

std::string read_proc(const char* path) { return read_text_file(path).value_or(std::string()); }

std::unexpected<Error> thread_error(std::string_view action, int error_number) {
  const ErrorKind kind = error_number == EPERM || error_number == EACCES
                             ? ErrorKind::PermissionDenied
                             : ErrorKind::InvalidArgument;
  return failure(
      kind, fmt::format("cannot {}: {}", action, std::generic_category().message(error_number)));
}

}  // namespace

std::uint64_t resident_bytes() {
  const std::string statm = read_proc("/proc/self/statm");
  std::string_view words = statm;
  next_word(words);  // the virtual size
  return to_number(next_word(words)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

CpuTimes cpu_times() { return parse_cpu_times(read_proc("/proc/stat")); }

CpuTimes parse_cpu_times(std::string_view proc_stat) {
  CpuTimes times;
  std::string_view words = next_line(proc_stat);
  if (next_word(words) != "cpu") return times;
  // user nice system idle iowait irq softirq steal; guest and guest_nice are within user and nice.
  constexpr int kStealColumn = 7;
  for (int column = 0; column <= kStealColumn; ++column) {
    const std::uint64_t value = to_number(next_word(words));
    times.total += value;
    if (column == kStealColumn) times.steal = value;
  }
  return times;
}

double steal_percent(const CpuTimes& before, const CpuTimes& after) {
  if (after.total <= before.total || after.steal <= before.steal) return 0;
  return 100.0 * static_cast<double>(after.steal - before.steal) /
         static_cast<double>(after.total - before.total);
}

UdpCounters udp_counters() { return parse_udp_counters(read_proc("/proc/net/snmp")); }

UdpCounters parse_udp_counters(std::string_view proc_net_snmp) {
  UdpCounters counters;
  std::string_view names;
  while (!proc_net_snmp.empty()) {
    std::string_view line = next_line(proc_net_snmp);
    if (!line.starts_with("Udp:")) continue;
    if (names.empty()) {  // the first of the two lines names the columns of the second
      names = line;
      continue;
    }
    for (std::string_view name = next_word(names); !name.empty(); name = next_word(names)) {
      const std::uint64_t value = to_number(next_word(line));
      if (name == "InDatagrams") counters.datagrams_in = value;
      if (name == "OutDatagrams") counters.datagrams_out = value;
      if (name == "RcvbufErrors") counters.receive_buffer_errors = value;
      if (name == "SndbufErrors") counters.send_buffer_errors = value;
    }
    break;
  }
  return counters;
}

std::vector<unsigned> allowed_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<unsigned> cpus;
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return cpus;
  for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
  }
  return cpus;
}

unsigned cpu_count() { return std::max(1u, static_cast<unsigned>(allowed_cpus().size())); }

void name_thread(std::string_view name) {
  constexpr std::size_t kThreadNameBytesMax = 15;  // the kernel's limit
  pthread_setname_np(pthread_self(), std::string(name.substr(0, kThreadNameBytesMax)).c_str());
}

Result<void> set_thread_nice(int nice) {
  if (setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), nice) != 0) {
    return thread_error(fmt::format("set a thread's nice value to {}", nice), errno);
  }
  return {};
}

Result<void> pin_thread_to_cpu(unsigned cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (cpu < CPU_SETSIZE) CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof(set), &set) != 0) {
    return thread_error(fmt::format("pin a thread to processor {}", cpu), errno);
  }
  return {};
}

std::uint64_t raise_open_files_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const rlim_t before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : before;
}

}  // namespace tessera::platform
