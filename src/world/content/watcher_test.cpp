// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/watcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world/content/testing/zone_folder.h"

namespace tessera::content {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// Waits for an outcome; fails the test when none comes.
Reload next(Watcher& watcher) {
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (std::chrono::steady_clock::now() < deadline) {
    if (auto outcome = watcher.take()) return std::move(*outcome);
    std::this_thread::sleep_for(2ms);
  }
  ADD_FAILURE() << "no outcome for half a minute";
  return std::unexpected(Faults{});
}

TEST(Watcher, YieldsTheZoneAnewWhenAFileChanges) {
  const ZoneFolder folder;
  Watcher watcher(folder.path, load_zone(folder.path)->content_hash, {}, 5ms);
  std::this_thread::sleep_for(50ms);
  EXPECT_FALSE(watcher.take()) << "nothing changed";
  folder.write("zone.yaml", meadow_with("count: 7", "count: 8"));
  const Reload zone = next(watcher);
  ASSERT_TRUE(zone) << to_error(zone.error()).message;
  EXPECT_EQ(zone->creature_count, 8u);
  EXPECT_FALSE(watcher.take()) << "it was taken";
}

TEST(Watcher, SaysWhatIsWrongAndGoesOnWatching) {
  const ZoneFolder folder;
  Watcher watcher(folder.path, load_zone(folder.path)->content_hash, {}, 5ms);
  folder.write("zone.yaml", meadow_with("count: 7", "count: many"));
  const Reload broken = next(watcher);
  ASSERT_FALSE(broken);
  EXPECT_THAT(to_error(broken.error()).message,
              HasSubstr("zone.yaml:14: 'count' of the creatures"));
  folder.write("zone.yaml", meadow_with("count: 7", "count: 9"));
  const Reload mended = next(watcher);
  ASSERT_TRUE(mended);
  EXPECT_EQ(mended->creature_count, 9u);
}

TEST(Watcher, NoticesWhatChangedBeforeItBegan) {
  const ZoneFolder folder;
  Watcher watcher(folder.path, 12345, {}, 5ms);
  EXPECT_TRUE(next(watcher));
}

TEST(Watcher, EndsAtOnceHoweverLongItsInterval) {
  const ZoneFolder folder;
  const auto start = std::chrono::steady_clock::now();
  {
    const Watcher watcher(folder.path, 1, {}, 1h);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

}  // namespace
}  // namespace tessera::content
