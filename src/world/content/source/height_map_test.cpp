// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/source/height_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace tessera::content {
namespace {

using testing::HasSubstr;

HeightMap random_map(std::uint32_t columns, std::uint32_t rows) {
  RandomStream random(9);
  HeightMap map{columns, rows, {}};
  for (std::uint32_t i = 0; i < columns * rows; ++i) {
    map.samples.push_back(static_cast<std::uint16_t>(random.next()));
  }
  return map;
}

std::string error_of(std::span<const std::byte> png, std::uint32_t columns, std::uint32_t rows) {
  const auto map = decode_height_map(png, "h.png", columns, rows);
  return map ? "no error" : map.error().message;
}

TEST(HeightMap, SurvivesTheRoundTrip) {
  for (const auto& [columns, rows] : {std::pair{2u, 2u}, {17u, 5u}, {300u, 301u}}) {
    const HeightMap map = random_map(columns, rows);
    const auto png = encode_height_map(map);
    ASSERT_TRUE(png);
    const auto back = decode_height_map(*png, "h.png", columns, rows);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->samples, map.samples);
  }
}

TEST(HeightMap, RefusesWhatIsNoPng) {
  EXPECT_THAT(error_of({}, 2, 2), HasSubstr("h.png: this is no PNG image"));
  const std::vector<std::byte> zeros(1000);
  EXPECT_THAT(error_of(zeros, 2, 2), HasSubstr("this is no PNG image"));
}

TEST(HeightMap, RefusesAnotherSize) {
  const auto png = encode_height_map(random_map(4, 5));
  EXPECT_THAT(error_of(*png, 5, 4), HasSubstr("4 x 5 pixels, expected are 5 x 4"));
}

TEST(HeightMap, RefusesOtherColoursAndDepths) {
  auto png = *encode_height_map(random_map(4, 4));
  auto eight_bits = png;
  eight_bits[24] = std::byte{8};
  EXPECT_THAT(error_of(eight_bits, 4, 4), HasSubstr("8 bits a channel, colour type 0;"));
  png[25] = std::byte{2};
  png[28] = std::byte{1};
  EXPECT_THAT(error_of(png, 4, 4), HasSubstr("colour type 2, interlaced; expected is grey"));
}

TEST(HeightMap, RefusesADamagedImageWhereverItIsCut) {
  const auto png = *encode_height_map(random_map(16, 16));
  for (std::size_t size = 0; size < png.size(); size += 7) {
    EXPECT_NE(error_of(std::span(png).first(size), 16, 16), "no error") << size;
  }
  EXPECT_THAT(error_of(std::span(png).first(png.size() / 2), 16, 16),
              HasSubstr("damaged (the file ends too early)"));
}

TEST(HeightMap, RefusesFlippedBytes) {
  const auto png = *encode_height_map(random_map(16, 16));
  for (std::size_t i = 0; i < png.size() - 12; ++i) {  // the last chunk is not needed
    auto broken = png;
    broken[i] ^= std::byte{0x10};
    EXPECT_NE(error_of(broken, 16, 16), "no error") << i;
  }
}

}  // namespace
}  // namespace tessera::content
