// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Shapes on an image, in pixels: x to the right, z down, pixel (x, y) has its middle at
// (x + 0.5, y + 0.5). Edges are hard: draw at twice the size and halve. What lies beyond the image
// is left out; coordinates may be any finite numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/math/vec.h"
#include "tools/inspect/drawing/image.h"

namespace tessera::inspect {

/// How strongly a colour covers what is below: 1 hides it.
struct Paint {
  Colour colour;
  float cover = 1;
};

/// Calls `visit(y, from, to)` for the rows of pixels, from <= x < to, whose middles lie inside a
/// polygon, within an image of this size. Polygons that cross themselves go by the odd-even rule.
void each_row(std::span<const math::Vec2> corners, int width, int height,
              const std::function<void(int, int, int)>& visit);

/// Collects shapes before they are painted, so that translucent paint covers a place once, however
/// many of them lie on it.
class Stencil {
 public:
  Stencil(int width, int height)
      : width_(width),
        height_(height),
        marked_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

  /// Of a pixel that the image holds.
  void add_pixel(int x, int y) { mark(y, x, x + 1); }
  /// As each_row().
  void add_polygon(std::span<const math::Vec2> corners);
  void add_disc(math::Vec2 centre, float radius);
  /// With round ends.
  void add_line(math::Vec2 from, math::Vec2 to, float width);
  void add_lines(std::span<const math::Vec2> points, float width);
  /// `dash` pixels of line, as many of gap.
  void add_dashes(math::Vec2 from, math::Vec2 to, float width, float dash);

  bool holds(int x, int y) const {
    return marked_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                   static_cast<std::size_t>(x)] != 0;
  }
  /// Paints what was added on an image of this stencil's size, and starts afresh. Costs as much as
  /// the bounds of what was added.
  void paint(Image& image, Paint paint);

 private:
  void mark(int y, int from, int to);

  int width_;
  int height_;
  std::vector<std::uint8_t> marked_;
  int rows_from_ = 1 << 30;
  int rows_to_ = -1;
};

}  // namespace tessera::inspect
