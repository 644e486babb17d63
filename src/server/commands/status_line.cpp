// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/commands/status_line.h"

#include <fmt/format.h>

namespace tessera::server {
namespace {

std::string bytes_per_second(double bytes) {
  if (bytes >= 1e6) return fmt::format("{:.1f} MB/s", bytes / 1e6);
  return fmt::format("{:.1f} kB/s", bytes / 1e3);
}

}  // namespace

std::string status_line(const gateway::ServerStatus& status) {
  std::string line = fmt::format(
      "{:5} players | tick p50 {:.1f} ms p99 {:.1f} ms | out {:.0f} datagrams/s {} | memory {} MiB",
      status.players, status.tick_ms.p50, status.tick_ms.p99, status.datagrams_out_s,
      bytes_per_second(status.bytes_out_s), status.rss_bytes >> 20);
  if (status.late_ticks > 0) line += fmt::format(" | {} late ticks", status.late_ticks);
  if (status.overload_level_max > 0) {
    line += fmt::format(" | overload level {}", status.overload_level_max);
  }
  return line;
}

}  // namespace tessera::server
