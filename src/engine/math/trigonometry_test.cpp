// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Against the C library in double precision, and against committed bits: the second is what makes
// a client in WebAssembly agree with the server, so the bits must never change.
#include "engine/math/trigonometry.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "engine/core/random.h"

namespace tessera::math {
namespace {

constexpr std::uint64_t kSeed = 20260101;

TEST(Trigonometry, SinAndCosStayWithinTheirStatedErrorOverSmallAngles) {
  double worst = 0;
  for (int i = -400'000; i <= 400'000; ++i) {
    const float x = static_cast<float>(i) * 2.5e-5f;
    worst = std::max(worst, std::abs(double{sin(x)} - std::sin(double{x})));
    worst = std::max(worst, std::abs(double{cos(x)} - std::cos(double{x})));
  }
  EXPECT_LT(worst, 1.1e-7);
}

TEST(Trigonometry, SinAndCosStayWithinTheirStatedErrorOverTheWholeRange) {
  SCOPED_TRACE(kSeed);
  RandomStream random(kSeed);
  double worst = 0;
  for (int i = 0; i < 300'000; ++i) {
    const float x = random.between(-kTrigonometryRange, kTrigonometryRange);
    const SinCos both = sin_cos(x);
    worst = std::max(worst, std::abs(double{both.sin} - std::sin(double{x})));
    worst = std::max(worst, std::abs(double{both.cos} - std::cos(double{x})));
  }
  EXPECT_LT(worst, 1.1e-7);
}

TEST(Trigonometry, Atan2StaysWithinItsStatedErrorInEveryDirection) {
  SCOPED_TRACE(kSeed);
  RandomStream random(kSeed);
  double worst = 0;
  for (int i = 0; i < 300'000; ++i) {
    const float x = random.between(-4, 4);
    const float y = random.chance(0.1f) ? random.between(-1e-3f, 1e-3f) : random.between(-4, 4);
    worst = std::max(worst, std::abs(double{atan2(y, x)} - std::atan2(double{y}, double{x})));
  }
  EXPECT_LT(worst, 3.0e-7);
}

TEST(Trigonometry, Atan2AnswersOnTheAxesAndForHugeAndTinyVectors) {
  EXPECT_EQ(atan2(0, 0), 0);
  EXPECT_EQ(atan2(0, 1), 0);
  EXPECT_EQ(atan2(1, 0), kHalfPi);
  EXPECT_EQ(atan2(-1, 0), -kHalfPi);
  EXPECT_EQ(atan2(0, -1), kPi);
  EXPECT_NEAR(atan2(1e30f, 1e30f), kPi / 4, 1e-6f);
  EXPECT_NEAR(atan2(1e-30f, 1e-30f), kPi / 4, 1e-6f);
}

TEST(Trigonometry, WhatIsNoAngleAnswersAsZero) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  for (const float x : {nan, infinity, -infinity, 1e9f, -1e9f}) {
    EXPECT_EQ(sin(x), 0);
    EXPECT_EQ(cos(x), 1);
  }
  EXPECT_EQ(atan2(nan, 1), 0);
  EXPECT_EQ(atan2(1, nan), 0);
  EXPECT_EQ(atan2(infinity, 1), 0);
}

TEST(Trigonometry, SinAndCosOfARandomAngleLieOnTheUnitCircle) {
  RandomStream random(kSeed);
  for (int i = 0; i < 10'000; ++i) {
    const SinCos angle = sin_cos(random.between(-100, 100));
    EXPECT_NEAR(angle.sin * angle.sin + angle.cos * angle.cos, 1.0f, 5e-7f);
  }
}

struct Golden {
  float argument;
  std::uint32_t sin_bits;
  std::uint32_t cos_bits;
  std::uint32_t atan_bits;  ///< of atan2(argument, 1.5)
};

// Recorded once, with g++ 12 on x86-64.
constexpr Golden kGolden[] = {
    {0.0f, 0x00000000u, 0x3f800000u, 0x00000000u},
    {9.99999975e-05f, 0x38d1b717u, 0x3f800000u, 0x388bcf65u},
    {0.100000001f, 0x3dcc7577u, 0x3f7eb898u, 0x3d8854e4u},
    {0.5f, 0x3ef57744u, 0x3f60a940u, 0x3ea4bc7du},
    {0.785398185f, 0x3f3504f4u, 0x3f3504f3u, 0x3ef6f64fu},
    {1.0f, 0x3f576aa5u, 0x3f0a5140u, 0x3f168758u},
    {1.57079637f, 0x3f800000u, 0xb33bbd30u, 0x3f4ef680u},
    {2.0f, 0x3f68c7b7u, 0xbed51132u, 0x3f6d6339u},
    {3.0f, 0x3e1081c3u, 0xbf7d7026u, 0x3f8db70du},
    {3.14159274f, 0xb3bbbd30u, 0xbf800000u, 0x3f900b1bu},
    {-0.25f, 0xbe7d5777u, 0x3f780aa5u, 0xbe291cbcu},
    {-1.0f, 0xbf576aa5u, 0x3f0a5140u, 0xbf168758u},
    {-2.5f, 0xbf193579u, 0xbf4d17c0u, 0xbf83e364u},
    {6.28318548f, 0x343bbd30u, 0x3f800000u, 0x3fab10ceu},
    {10.0f, 0xbf0b44f7u, 0xbf56cd64u, 0x3fb60108u},
    {100.0f, 0xbf01a12eu, 0x3f5cc0eeu, 0x3fc7245fu},
    {-1234.5f, 0xbe14e299u, 0xbf7d4797u, 0xbfc8e80au},
    {8191.0f, 0xbf435469u, 0xbf2579d9u, 0x3fc909dbu},
};

TEST(Trigonometry, GivesTheRecordedBits) {
  for (const Golden& golden : kGolden) {
    SCOPED_TRACE(golden.argument);
    EXPECT_EQ(std::bit_cast<std::uint32_t>(sin(golden.argument)), golden.sin_bits);
    EXPECT_EQ(std::bit_cast<std::uint32_t>(cos(golden.argument)), golden.cos_bits);
    EXPECT_EQ(std::bit_cast<std::uint32_t>(atan2(golden.argument, 1.5f)), golden.atan_bits);
  }
}

TEST(Trigonometry, AMillionAnswersFoldToTheRecordedBits) {
  RandomStream random(7);
  std::uint64_t folded = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const SinCos both = sin_cos(random.between(-50, 50));
    folded = mix64(folded ^ std::bit_cast<std::uint32_t>(both.sin));
    folded = mix64(folded ^ std::bit_cast<std::uint32_t>(both.cos));
    folded = mix64(folded ^ std::bit_cast<std::uint32_t>(atan2(both.sin, random.between(-2, 2))));
  }
  EXPECT_EQ(folded, 0xc9835b4fd5b14837u);
}

}  // namespace
}  // namespace tessera::math
