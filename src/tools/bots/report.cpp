// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/report.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

namespace tessera::bots {
namespace {

double rounded(double value, double steps_per_unit) {
  return std::round(value * steps_per_unit) / steps_per_unit;
}

}  // namespace

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
  const auto latency = [this](double share) {
    return rounded(action_latency_ms.percentile(share), 100);
  };
  boost::json::object json{
      {"bots", bots},
      {"connected", connected},
      {"disconnected", disconnected},
      {"failed_logins", failed_logins},
      {"seconds", rounded(seconds, 100)},
      {"sockets", shared_sockets ? "shared" : "one each"},
      {"snapshot_hz_p50", rounded(snapshot_hz.percentile(0.5), 100)},
      {"snapshot_hz_p01", rounded(snapshot_hz.percentile(0.01), 100)},
      {"actions", action_latency_ms.size()},
      {"action_latency_ms", boost::json::object{{"p50", latency(0.5)},
                                                {"p99", latency(0.99)},
                                                {"p999", latency(0.999)},
                                                {"max", latency(1)}}},
      {"bytes_down_per_client_s", std::round(bytes_down_per_client_s)},
      {"bytes_up_per_client_s", std::round(bytes_up_per_client_s)},
      {"visible_p50", visible.percentile(0.5)},
      {"staleness_ms_near_p99", rounded(staleness_ms_near.percentile(0.99), 10)},
      {"position_error_m_near_p99", rounded(position_error_m_near.percentile(0.99), 1000)},
      {"near_samples", staleness_ms_near.size()},
      {"corrections", corrections},
      {"lost_datagrams", lost_datagrams},
      {"decode_errors", decode_errors},
      {"cpu_pct", rounded(cpu_pct, 10)}};
  return boost::json::serialize(json);
}

}  // namespace tessera::bots
