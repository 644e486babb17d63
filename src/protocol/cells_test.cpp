// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/cells.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/core/random.h"

namespace tessera::protocol {
namespace {

TEST(Cells, APositionComesBackWithinHalfAStep) {
  RandomStream random(1);
  for (int i = 0; i < 10'000; ++i) {
    const float metres = random.between(0, 4095.98f);
    EXPECT_NEAR(metres_from_steps(steps_from_metres(metres)), metres, kPositionErrorMax + 1e-4f);
  }
}

TEST(Cells, StepsAndMetresAreExactInverses) {
  for (std::int32_t steps = 0; steps < kZoneSteps; steps += 7) {
    ASSERT_EQ(steps_from_metres(metres_from_steps(steps)), steps);
  }
}

TEST(Cells, PlacesOutsideTheZoneAndNonNumbersGoToTheBorder) {
  EXPECT_EQ(steps_from_metres(-5), 0);
  EXPECT_EQ(steps_from_metres(std::numeric_limits<float>::quiet_NaN()), 0);
  EXPECT_EQ(steps_from_metres(5000), kZoneSteps - 1);
  EXPECT_EQ(steps_from_metres(std::numeric_limits<float>::infinity()), kZoneSteps - 1);
}

TEST(Cells, TheNaturalCellHoldsItsPlacesAndItsMarginToo) {
  const GroundSteps at{2048 * kStepsPerMetre, 31 * kStepsPerMetre};
  const Cell cell = cell_of(at);
  EXPECT_EQ(cell, (Cell{64, 0}));
  EXPECT_TRUE(cell_holds(cell, at));
  EXPECT_TRUE(cell_holds(cell, {at.x - kMarginSteps, at.z}));
  EXPECT_FALSE(cell_holds(cell, {at.x - kMarginSteps - 1, at.z}));
  EXPECT_TRUE(cell_holds(cell, {at.x, 48 * kStepsPerMetre - 1}));
  EXPECT_FALSE(cell_holds(cell, {at.x, 48 * kStepsPerMetre}));
}

TEST(Cells, AnEntityThatChangesItsCellDoesNotChangeItsPlace) {
  RandomStream random(2);
  for (int i = 0; i < 1000; ++i) {
    const GroundSteps at{static_cast<std::int32_t>(random.below(kZoneSteps)),
                         static_cast<std::int32_t>(random.below(kZoneSteps))};
    for (int dx = -1; dx <= 1; ++dx) {
      const Cell natural = cell_of(at);
      const Cell cell{static_cast<std::uint8_t>(natural.x + dx), natural.z};
      if (!cell.valid() || !cell_holds(cell, at)) continue;
      const EntityState state = entity_state(cell, at, 1.0f);
      EXPECT_EQ(steps_from_offset(cell.x, state.x()), at.x);
      EXPECT_EQ(steps_from_offset(cell.z, state.z()), at.z);
    }
  }
}

TEST(Cells, HeadingsComeBackWithinHalfAStepWhateverTheTurns) {
  constexpr float kPi = std::numbers::pi_v<float>;
  for (float turns : {-3.0f, 0.0f, 2.0f}) {
    for (float radians = -kPi; radians < kPi; radians += 0.01f) {
      const float back = radians_from_heading(heading_steps(radians + turns * 2 * kPi));
      EXPECT_GE(back, -kPi);
      EXPECT_LT(back, kPi);
      const float off = std::abs(std::remainder(back - radians, 2 * kPi));
      EXPECT_LE(off, kPi / 128 + 1e-5f);
    }
  }
  EXPECT_EQ(heading_steps(std::numeric_limits<float>::quiet_NaN()), 0u);
  EXPECT_EQ(heading_steps(std::numeric_limits<float>::infinity()), 0u);
}

TEST(Cells, HeightsComeBackWithinHalfAStepAndStopAtTheLimits) {
  for (float metres = -512; metres < 1535; metres += 0.37f) {
    EXPECT_NEAR(metres_from_height(height_steps(metres)), metres, 0.5f / 32 + 1e-4f);
  }
  EXPECT_EQ(height_steps(-9999), 0);
  EXPECT_EQ(height_steps(9999), 65535);
  EXPECT_EQ(height_steps(std::numeric_limits<float>::quiet_NaN()), 0);
}

TEST(Cells, AStateKeepsItsPartsApart) {
  const EntityState state = EntityState::make(0xfff, 0x001, 127).with_height(0xabcd);
  EXPECT_EQ(state.x(), 0xfffu);
  EXPECT_EQ(state.z(), 1u);
  EXPECT_EQ(state.heading(), 127u);
  EXPECT_TRUE(state.has_height());
  EXPECT_EQ(state.height(), 0xabcd);
  EXPECT_FALSE(EntityState::make(1, 2, 3).has_height());
}

TEST(Cells, EveryCellWithinReachHasACodeOfItsOwn) {
  const Cell anchor{60, 70};
  for (std::uint8_t code = 0; code < kCellCodes; ++code) {
    Cell cell;
    ASSERT_TRUE(cell_from_code(anchor, code, cell));
    EXPECT_TRUE(within_reach(anchor, cell));
    EXPECT_EQ(cell_code(anchor, cell), code);
  }
  Cell cell;
  EXPECT_FALSE(cell_from_code(anchor, kCellCodes, cell));
  EXPECT_FALSE(within_reach(anchor, {66, 70}));
  EXPECT_FALSE(within_reach(anchor, {60, 64}));
}

TEST(Cells, CodesBeyondTheZonesBordersAreRefused) {
  Cell cell;
  EXPECT_FALSE(cell_from_code({0, 0}, 0, cell));
  EXPECT_FALSE(cell_from_code({127, 127}, 120, cell));
  EXPECT_TRUE(cell_from_code({0, 0}, 60, cell));
  EXPECT_EQ(cell, (Cell{0, 0}));
}

}  // namespace
}  // namespace tessera::protocol
