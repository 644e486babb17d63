// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/zones/known_zones.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "world/content/testing/zone_folder.h"
#include "world/content/zone_loader.h"

namespace tessera::bots {
namespace {

class KnownZonesTest : public testing::Test {
 protected:
  KnownZonesTest() {
    const std::filesystem::path cellar = meadow.content() + "/zones/cellar";
    std::filesystem::copy(meadow.path, cellar);
    EXPECT_TRUE(platform::write_text_file((cellar / "zone.yaml").string(),
                                          content::meadow_with("zone: meadow", "zone: cellar")));
    cellar_hash = content::load_zone(cellar.string())->content_hash;
  }
  LoadedZone* wait_for(const std::string& name, std::uint64_t hash) {
    LoadedZone* zone = nullptr;
    while (zone == nullptr) {
      zone = zones.find(name, hash);
      std::this_thread::yield();
    }
    return zone;
  }

  content::ZoneFolder meadow;
  std::uint64_t cellar_hash = 0;
  KnownZones zones{meadow.path};
};

TEST_F(KnownZonesTest, LoadsEachContentOfEachZoneOnce) {
  const auto first = zones.begin();
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ((*first)->name, "meadow");
  EXPECT_EQ(zones.find("meadow", (*first)->content_hash), *first);
  EXPECT_EQ(zones.find("cellar", cellar_hash), nullptr) << "a thread loads it";
  LoadedZone* const cellar = wait_for("cellar", cellar_hash);
  EXPECT_EQ(cellar->name, "cellar");
  EXPECT_EQ(zones.find("cellar", cellar_hash), cellar);
}

TEST_F(KnownZonesTest, LoadsAZoneAgainWhenTheServerHasNewContent) {
  const auto first = zones.begin();
  ASSERT_TRUE(first);
  meadow.write("zone.yaml", content::meadow_with("count: 7", "count: 8"));
  const std::uint64_t hash = content::load_zone(meadow.path)->content_hash;
  LoadedZone* const changed = wait_for("meadow", hash);
  EXPECT_NE(changed, *first);
  EXPECT_EQ(changed->content_hash, hash);
  EXPECT_EQ(wait_for("meadow", 12345)->content_hash, hash) << "the best there is";
}

TEST_F(KnownZonesTest, HasNothingForAZoneThatIsNotThere) {
  ASSERT_TRUE(zones.begin());
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(zones.find("attic", 1), nullptr);
  std::string said;
  while (said.find("attic") == std::string::npos) {
    EXPECT_EQ(zones.find("attic", 1), nullptr);
    std::this_thread::yield();
    said += ::testing::internal::GetCapturedStderr();
    ::testing::internal::CaptureStderr();
  }
  EXPECT_EQ(zones.find("attic", 1), nullptr);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << "said once";
}

TEST(KnownZones, SaysWhyAFleetCannotBegin) {
  const auto begun = KnownZones("/nowhere/at_all").begin();
  ASSERT_FALSE(begun);
  EXPECT_NE(begun.error().message.find("at_all"), std::string::npos);
}

}  // namespace
}  // namespace tessera::bots
