// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/content/make_town.h"

#include <cmath>

#include "engine/core/random.h"
#include "engine/math/angles.h"

namespace tessera::tools {
namespace {

constexpr float kWallDistance = 110;  ///< from the centre
constexpr float kWallThickness = 2;
constexpr float kWallHeight = 5;
constexpr float kGateWidth = 10;
constexpr float kArchBase = 4;  ///< a jump reaches 3 m
constexpr float kPlot = 20;
constexpr float kStreetHalfWidth = 9;
constexpr float kMarketHalfWidth = 32;
constexpr int kStalls = 12;
constexpr int kCrates = 16;
constexpr int kFarms = 24;
constexpr int kSpawnPoints = 12;

class TownMaker {
 public:
  TownMaker(std::uint64_t seed, math::Vec2 centre) : random_(mix64(seed)), centre_(centre) {}

  Town make() {
    wall("northern", 0);
    wall("eastern", 1);
    wall("southern", 2);
    wall("western", 3);
    houses();
    market();
    farms();
    return town_;
  }

 private:
  /// Adds a box at an offset from the centre that is turned by quarters of a circle, clockwise.
  void add(math::Vec2 offset, math::Vec3 size, const std::string& note, int quarters = 0,
           float turn_deg = 0, float base_m = 0) {
    for (int i = 0; i < quarters; ++i) {
      offset = {-offset.z, offset.x};
      size = {size.z, size.y, size.x};
    }
    TownBox& box = town_.boxes.emplace_back();
    box.at = centre_ + offset;
    box.size = size;
    box.turn_deg = turn_deg;
    box.base_m = base_m;
    box.note = note;
  }

  void wall(const std::string& side, int quarters) {
    const float length = kWallDistance - kGateWidth / 2;
    const float middle = (kWallDistance + kGateWidth / 2) / 2;
    add({-middle, -kWallDistance}, {length, kWallHeight, kWallThickness}, side + " wall, left",
        quarters);
    add({middle, -kWallDistance}, {length, kWallHeight, kWallThickness}, side + " wall, right",
        quarters);
    for (const float left : {-1.0f, 1.0f}) {
      add({left * (kGateWidth / 2 + 2), -kWallDistance}, {4, 7, 4}, side + " gate, tower",
          quarters);
    }
    add({0, -kWallDistance}, {kGateWidth, 2, 3}, side + " gate, arch", quarters, 0, kArchBase);
    add({kWallDistance, -kWallDistance}, {7, 8, 7}, side + " corner tower", quarters);
  }

  void houses() {
    for (float z = -4.5f; z <= 4.5f; z += 1) {
      for (float x = -4.5f; x <= 4.5f; x += 1) {
        const math::Vec2 plot{x * kPlot, z * kPlot};
        const float ax = std::fabs(plot.x);
        const float az = std::fabs(plot.z);
        const bool on_street = ax < kStreetHalfWidth || az < kStreetHalfWidth;
        const bool on_market = ax < kMarketHalfWidth && az < kMarketHalfWidth;
        if (on_street || on_market || random_.chance(0.1f)) continue;
        const math::Vec3 size{rounded(8, 12), rounded(4, 8), rounded(8, 11)};
        // Streets are one plot wide: houses beside them keep a little off.
        const math::Vec2 away{plot.x > 0 ? 1.0f : -1.0f, plot.z > 0 ? 1.0f : -1.0f};
        add(plot + away, size, "house", 0, rounded(-8, 8));
      }
    }
  }

  void market() {
    add({0, 0}, {2.4f, 1, 2.4f}, "well");
    add({0, -20}, {9, 0.3f, 6}, "stage");
    add({0, -22}, {9, 0.6f, 2}, "stage, upper step");
    for (int i = 0; i < kStalls; ++i) {
      const float turn = static_cast<float>(i) * (math::kTwoPi / kStalls) + 0.26f;
      add(around(turn, 24), {3.2f, 1.1f, 1.4f}, "market stall", 0, degrees(turn));
    }
    for (int i = 0; i < kCrates; ++i) {
      const float size = rounded(0.6f, 1.2f);
      add(around(random_.between(-3, 3), random_.between(27, 31)), {size, size, size}, "crate", 0,
          rounded(0, 90));
    }
    for (int i = 0; i < kSpawnPoints; ++i) {
      const float turn = static_cast<float>(i) * (math::kTwoPi / kSpawnPoints);
      town_.spawn_points.push_back({centre_ + around(turn, 12), degrees(turn - math::kPi)});
    }
  }

  /// On hills: their walls reach into the ground.
  void farms() {
    for (int i = 0; i < kFarms; ++i) {
      const math::Vec2 place = around(random_.between(-3.14f, 3.14f), random_.between(320, 900));
      add(place, {rounded(10, 16), rounded(8, 10), rounded(8, 12)}, "farm", 0, rounded(-90, 90),
          -4);
    }
  }

  math::Vec2 around(float turn, float distance) {
    const math::Vec2 offset = math::direction_of_heading(math::wrap_angle(turn)) * distance;
    return {tenths(offset.x), tenths(offset.z)};
  }
  /// By chance, in tenths: a file for people needs no more digits.
  float rounded(float low, float high) { return tenths(random_.between(low, high)); }
  static float tenths(float value) { return std::floor(value * 10 + 0.5f) / 10; }
  static float degrees(float radians) {
    return std::floor(math::wrap_angle(radians) * (180 / math::kPi) + 0.5f);
  }

  RandomStream random_;
  math::Vec2 centre_;
  Town town_;
};

}  // namespace

Town make_town(std::uint64_t seed, math::Vec2 centre) { return TownMaker(seed, centre).make(); }

}  // namespace tessera::tools
