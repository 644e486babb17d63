// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/report.h"

#include <algorithm>
#include <cmath>

#include "engine/core/json/json_object.h"

namespace tessera::bots {

float Samples::percentile(double share) {
  if (values_.empty()) return 0;
  if (!sorted_ || sorted_size_ != values_.size()) {
    std::sort(values_.begin(), values_.end());
    sorted_ = true;
    sorted_size_ = values_.size();
  }
  const auto rank = static_cast<std::size_t>(
      std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(values_.size())));
  return values_[rank == 0 ? 0 : rank - 1];
}

std::string FleetReport::to_json() {
  const std::string latency = JsonObject()
                                  .real("p50", action_latency_ms.percentile(0.5), 2)
                                  .real("p99", action_latency_ms.percentile(0.99), 2)
                                  .real("p999", action_latency_ms.percentile(0.999), 2)
                                  .real("max", action_latency_ms.max(), 2)
                                  .done();
  JsonObject json;
  json.number("bots", bots)
      .number("connected", connected)
      .number("disconnected", disconnected)
      .number("failed_logins", failed_logins)
      .real("seconds", seconds, 2)
      .text("transport", websocket ? "websocket" : "udp")
      .text("sockets", shared_sockets ? "shared" : "one each")
      .real("snapshot_hz_p50", snapshot_hz.percentile(0.5), 2)
      .real("snapshot_hz_p01", snapshot_hz.percentile(0.01), 2)
      .unsigned_number("actions", action_latency_ms.size())
      .raw("action_latency_ms", latency)
      .unsigned_number("shoves_done", shoves_done)
      .unsigned_number("shoves_refused", shoves_refused)
      .unsigned_number("shoved", shoved)
      .unsigned_number("throws_done", throws_done)
      .unsigned_number("throws_refused", throws_refused)
      .real("bytes_down_per_client_s", bytes_down_per_client_s, 0)
      .real("bytes_up_per_client_s", bytes_up_per_client_s, 0)
      .real("visible_p50", visible.percentile(0.5), 0)
      .real("visible_players_p50", visible_players.percentile(0.5), 0)
      .real("staleness_ms_near_p99", staleness_ms_near.percentile(0.99), 1)
      .real("position_error_m_near_p99", position_error_m_near.percentile(0.99), 3)
      .unsigned_number("near_samples", staleness_ms_near.size())
      .unsigned_number("corrections", corrections)
      .unsigned_number("lost_datagrams", lost_datagrams)
      .unsigned_number("decode_errors", decode_errors)
      .unsigned_number("door_changes", door_changes)
      .unsigned_number("areas_entered", areas_entered)
      .unsigned_number("moves", moves)
      .unsigned_number("stuck", stuck)
      .real("cpu_pct", cpu_pct, 1);
  if (fights) add_fights(json);
  return json.done();
}

void FleetReport::add_fights(JsonObject& json) {
  std::uint64_t used = 0;
  JsonObject uses;
  for (const auto& [name, count] : abilities_used) {
    uses.unsigned_number(name, count);
    used += count;
  }
  JsonObject refusals;
  for (std::size_t i = 0; i < abilities_refused.size(); ++i) {
    refusals.unsigned_number(abilities::kUseRefusalNames[i], abilities_refused[i]);
  }
  json.raw("abilities", uses.done())
      .raw("abilities_refused", refusals.done())
      .real("abilities_per_bot_s", static_cast<double>(used) / std::max(seconds * connected, 1.0),
            3)
      .unsigned_number("finishers", finishers)
      .unsigned_number("controls", controls)
      .unsigned_number("interrupts", interrupts)
      .unsigned_number("dodges", dodges)
      .unsigned_number("deaths", deaths)
      .unsigned_number("revivals", revivals)
      .real("focus_gap_ms_p50", focus_gap_ms.percentile(0.5), 1)
      .real("focus_gap_ms_p95", focus_gap_ms.percentile(0.95), 1)
      .real("focus_gap_ms_p99", focus_gap_ms.percentile(0.99), 1)
      .unsigned_number("focus_samples", focus_gap_ms.size())
      .real("bytes_down_of_client_s_max", bytes_down_of_client_s.max(), 0);
}

}  // namespace tessera::bots
