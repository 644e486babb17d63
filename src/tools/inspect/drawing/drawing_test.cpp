// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>
#include <png.h>

#include <array>
#include <cmath>

#include "engine/core/random.h"
#include "tools/inspect/drawing/brush.h"
#include "tools/inspect/drawing/image.h"
#include "tools/inspect/drawing/letters.h"

namespace tessera::inspect {
namespace {

constexpr Colour kWhite{255, 255, 255};
constexpr Colour kRed{255, 0, 0};

int count(const Image& image, Colour colour) {
  return static_cast<int>(std::ranges::count(image.pixels(), colour));
}

TEST(Image, MixesAndLightsColours) {
  EXPECT_EQ(Colour::of(0x0180ff), (Colour{1, 128, 255}));
  EXPECT_EQ(mix({}, {200, 100, 0}, 0.5f), (Colour{100, 50, 0}));
  EXPECT_EQ(mix({}, kWhite, 7), kWhite);
  EXPECT_EQ(lit({100, 100, 100}, 0.5f), (Colour{50, 50, 50}));
  EXPECT_EQ(lit({}, 2), kWhite);
}

TEST(Image, HalvesToTheMeanOfFourPixels) {
  Image image(4, 2);
  image.at(0, 0) = {100, 0, 8};
  image.at(1, 0) = {100, 4, 0};
  image.at(0, 1) = {100, 0, 0};
  image.at(1, 1) = {100, 0, 0};
  const Image half = halved(image);
  ASSERT_EQ(half.width(), 2);
  ASSERT_EQ(half.height(), 1);
  EXPECT_EQ(half.at(0, 0), (Colour{100, 1, 2}));
  EXPECT_EQ(half.at(1, 0), Colour{});
}

TEST(Image, IsThereAgainWhenItsPngIsRead) {
  Image image(5, 3, {10, 20, 30});
  image.at(4, 2) = kRed;
  const auto bytes = encode_png(image);
  ASSERT_TRUE(bytes) << bytes.error().message;
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  ASSERT_NE(png_image_begin_read_from_memory(&png, bytes->data(), bytes->size()), 0);
  EXPECT_EQ(png.width, 5u);
  EXPECT_EQ(png.height, 3u);
  png.format = PNG_FORMAT_RGB;
  std::vector<Colour> pixels(15);
  ASSERT_NE(png_image_finish_read(&png, nullptr, pixels.data(), 0, nullptr), 0);
  EXPECT_EQ(pixels, image.pixels());
}

TEST(Stencil, FillsThePixelsWhoseMiddlesLieInAPolygon) {
  Image image(10, 10);
  Stencil stencil(10, 10);
  stencil.add_polygon(std::array<math::Vec2, 4>{{{2, 3}, {5, 3}, {5, 7}, {2, 7}}});
  stencil.paint(image, {kRed});
  EXPECT_EQ(count(image, kRed), 12);
  EXPECT_EQ(image.at(2, 3), kRed);
  EXPECT_EQ(image.at(5, 3), Colour{});
}

/// Whether a point is in a polygon: an odd number of edges lie to its left.
bool inside(std::span<const math::Vec2> corners, math::Vec2 point) {
  bool odd = false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const math::Vec2 a = corners[i];
    const math::Vec2 b = corners[(i + 1) % corners.size()];
    if ((a.z <= point.z) == (b.z <= point.z)) continue;
    odd ^= a.x + (b.x - a.x) * (point.z - a.z) / (b.z - a.z) <= point.x;
  }
  return odd;
}

TEST(Stencil, FillsAnyPolygonAsAskingEveryPixelDoes) {
  constexpr std::uint64_t kSeed = 3;
  RandomStream random(kSeed);
  for (int round = 0; round < 300; ++round) {
    std::vector<math::Vec2> corners(3 + random.below(5));
    for (math::Vec2& corner : corners) {
      corner = {random.between(-10, 40), random.between(-10, 40)};
    }
    Stencil stencil(30, 30);
    stencil.add_polygon(corners);
    for (int y = 0; y < 30; ++y) {
      for (int x = 0; x < 30; ++x) {
        const math::Vec2 middle{static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f};
        ASSERT_EQ(stencil.holds(x, y), inside(corners, middle))
            << "seed " << kSeed << " round " << round << " at " << x << "," << y;
      }
    }
  }
}

TEST(Stencil, CoversAPlaceOnceHoweverManyShapesLieOnIt) {
  Image image(20, 20, {100, 100, 100});
  Stencil stencil(20, 20);
  stencil.add_disc({10, 10}, 5);
  stencil.add_disc({10, 10}, 5);
  stencil.add_line({5, 10}, {15, 10}, 2);
  stencil.paint(image, {{}, 0.5f});
  EXPECT_EQ(image.at(10, 10), (Colour{50, 50, 50}));
  EXPECT_EQ(image.at(1, 1), (Colour{100, 100, 100}));
  stencil.paint(image, {{}, 0.5f});
  EXPECT_EQ(image.at(10, 10), (Colour{50, 50, 50})) << "what was painted is gone from it";
}

TEST(Stencil, LeavesNoGapInALineOfOnePixel) {
  Stencil stencil(40, 40);
  stencil.add_line({0, 3.2f}, {40, 3.2f}, 1);
  for (int x = 0; x < 40; ++x) EXPECT_TRUE(stencil.holds(x, 2) || stencil.holds(x, 3)) << x;
}

TEST(Stencil, LeavesGapsBetweenDashes) {
  Stencil stencil(100, 10);
  stencil.add_dashes({0, 5}, {100, 5}, 2, 10);
  EXPECT_TRUE(stencil.holds(5, 5));
  EXPECT_FALSE(stencil.holds(15, 5));
  EXPECT_TRUE(stencil.holds(25, 5));
}

TEST(Stencil, TakesShapesFarBeyondTheImage) {
  Stencil stencil(10, 10);
  stencil.add_line({-1e6f, 5}, {1e6f, 5}, 2);
  stencil.add_disc({1e6f, -1e6f}, 3);
  stencil.add_dashes({-1e6f, 8.5f}, {1e6f, 8.5f}, 1, 4);
  stencil.add_polygon(std::array<math::Vec2, 2>{});
  EXPECT_TRUE(stencil.holds(0, 5) && stencil.holds(9, 5));
  EXPECT_FALSE(stencil.holds(0, 0));
  int dashed = 0;
  for (int x = 0; x < 10; ++x) dashed += stencil.holds(x, 8) ? 1 : 0;
  EXPECT_TRUE(dashed > 2 && dashed < 10) << dashed;
}

TEST(Letters, DrawCapitalsForSmallLettersAndGapsForTheRest) {
  const auto dots = [](std::string_view text) {
    Image image(64, 16);
    Stencil stencil(64, 16);
    add_text(stencil, {1, 1}, text, 1);
    stencil.paint(image, {kWhite});
    return count(image, kWhite);
  };
  EXPECT_EQ(dots("i"), 11);
  EXPECT_EQ(dots("I"), 11);
  EXPECT_EQ(dots("1_1"), 2 * dots("1"));
  EXPECT_EQ(dots("\xff ?"), 0);
  EXPECT_EQ(text_width("ab"), 11);
  EXPECT_EQ(text_width(""), 0);
}

}  // namespace
}  // namespace tessera::inspect
