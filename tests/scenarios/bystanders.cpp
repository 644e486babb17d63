// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "bystanders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "server/roles/content_folder.h"

namespace tessera::scenarios {

using std::chrono::milliseconds;

Bystanders::Bystanders(const Shard& shard) : shard_(shard) {
  bots::FleetOptions options;
  options.server = shard.url();
  options.zone_folder = server::default_zone_folder();
  options.count = kBystanders;
  options.profile = bots::Profile::Crowd;
  options.passes_file = shard.passes_file();
  auto measuring = std::make_shared<std::promise<void>>();
  std::future<void> begun = measuring->get_future();
  options.when_measuring = [this, measuring] {
    begun_at_tick_ = shard_.tick();
    measuring->set_value();
  };
  fleet_ = std::async(std::launch::async, [this, options] { return run_fleet(options, stop_); });
  for (int i = 0; i < 6'000; ++i) {
    if (begun.wait_for(milliseconds(10)) == std::future_status::ready) return;
    if (fleet_.wait_for(milliseconds(0)) == std::future_status::ready) break;
  }
  ADD_FAILURE() << "the bystanders did not come into the world";
}

Bystanders::~Bystanders() { stop_ = true; }

void Bystanders::expect_nothing_happened() {
  const auto ticks = static_cast<double>(shard_.tick() - begun_at_tick_);
  stop_ = true;
  auto report = fleet_.get();
  ASSERT_TRUE(report) << report.error().message;
  const int all = static_cast<int>(kBystanders);
  EXPECT_EQ(report->connected, all);
  EXPECT_EQ(report->disconnected, 0);
  EXPECT_EQ(report->decode_errors, 0u);
  EXPECT_EQ(report->snapshots_per_tick.size(), kBystanders);
  const auto slowest = static_cast<double>(report->snapshots_per_tick.percentile(0));
  const double missing = std::max(0.0, ticks * (1 / kTicksPerSnapshot - slowest));
  EXPECT_LE(missing, snapshots_missing_max(ticks)) << "in " << ticks << " ticks";
  std::printf("bystanders: %.1f s, %.0f ticks, the slowest missed %.1f snapshots of at most %.1f\n",
              report->seconds, ticks, missing, snapshots_missing_max(ticks));
}

}  // namespace tessera::scenarios
