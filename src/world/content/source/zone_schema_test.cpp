// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "world/content/source/testing/schema_agreement.h"
#include "world/content/source/zone_text.h"

namespace tessera::content {
namespace {

constexpr const char* kWholeZone = R"(
zone: meadow
title: The Meadow
size_m: [64, 64]
players_max: 100
instance: false
terrain: {file: height.png, spacing_m: 32, low_m: 0, high_m: 100}
bottom_m: -100
water_level_m: 6
weather: {kind: rain, wind_m_per_s: [1, 2]}
light: {time_of_day_h: 14, sun_colour: "#fff4e0", ambient_colour: "#8aa0b8"}
models: [{file: town.glb, at: [20, 20], height_m: 20, turn_deg: 0, scale: 1}]
spawn_points: [{at: [1, 2], height_m: 3, facing_deg: 4}]
areas:
  - {name: market, at: [9, 9], size_m: [1, 2], turn_deg: 3, low_m: 1, high_m: 9, properties: [safe],
     leads_to: barrow/entrance}
arrivals: [{name: gate, at: [1, 2], height_m: 3, facing_deg: 4}]
roads: [{name: north, points: [[1, 1], [2, 2]], width_m: 3}]
boxes: [{at: [4, 4], size: [2, 3, 4], turn_deg: 45, base_m: -1}]
creatures:
  count: 7
  kinds:
    - {name: Hare, look: 5, share: 2, size: small, fights_as: prey, behaves_as: hunter,
       hostile: true, run_m_per_s: 5, level: [1, 3], walk_m_per_s: 2, roam_radius_m: 9,
       pause_s: [1, 2], home_distance_m: [3, 4]}
)";

TEST(ZoneSchema, AgreesWithTheParserOnKeysNeedsAndLimits) {
  SchemaAgreement("content/schema/zone.schema.json", kWholeZone, [](const std::string& text) {
    return parse_zone_text(text, "z.yaml").has_value();
  }).check();
}

}  // namespace
}  // namespace tessera::content
