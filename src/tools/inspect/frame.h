// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cmath>

#include "engine/math/vec.h"
#include "engine/physics/static_geometry.h"

namespace tessera::inspect {

/// Which part of the world an image shows, seen from above: north is up, east is right.
struct Frame {
  physics::Rectangle area;
  float pixels_per_m = 1;

  int width() const { return pixels(area.high.x - area.low.x); }
  int height() const { return pixels(area.high.z - area.low.z); }
  math::Vec2 to_pixel(math::Vec2 place) const { return (place - area.low) * pixels_per_m; }
  /// The place in the middle of a pixel.
  math::Vec2 to_place(int x, int y) const {
    const math::Vec2 pixel{static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f};
    return area.low + pixel * (1 / pixels_per_m);
  }
  /// The same part in twice as many pixels each way.
  Frame doubled() const {
    Frame frame = *this;
    frame.pixels_per_m = 2 * static_cast<float>(width()) / (area.high.x - area.low.x);
    return frame;
  }

 private:
  int pixels(float size_m) const {
    return std::max(static_cast<int>(std::lround(size_m * pixels_per_m)), 1);
  }
};

}  // namespace tessera::inspect
