// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/inspect/drawing/brush.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "engine/core/assert.h"

namespace tessera::inspect {
namespace {

/// The first pixel whose middle is not before `edge`, kept within 0 and `count`.
int first_from(float edge, int count) {
  return static_cast<int>(std::clamp(std::ceil(edge - 0.5f), 0.0f, static_cast<float>(count)));
}

}  // namespace

void each_row(std::span<const math::Vec2> corners, int width, int height,
              const std::function<void(int, int, int)>& visit) {
  if (corners.size() < 3) return;
  const auto [low, high] =
      std::ranges::minmax_element(corners, [](math::Vec2 a, math::Vec2 b) { return a.z < b.z; });
  std::vector<float> crossings;
  for (int y = first_from(low->z, height); y < first_from(high->z, height); ++y) {
    const float z = static_cast<float>(y) + 0.5f;
    crossings.clear();
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const math::Vec2 a = corners[i];
      const math::Vec2 b = corners[(i + 1) % corners.size()];
      if ((a.z <= z) == (b.z <= z)) continue;
      crossings.push_back(a.x + (b.x - a.x) * (z - a.z) / (b.z - a.z));
    }
    std::ranges::sort(crossings);
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
      visit(y, first_from(crossings[i], width), first_from(crossings[i + 1], width));
    }
  }
}

void Stencil::mark(int y, int from, int to) {
  if (from >= to) return;
  std::memset(&marked_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                       static_cast<std::size_t>(from)],
              1, static_cast<std::size_t>(to - from));
  rows_from_ = std::min(rows_from_, y);
  rows_to_ = std::max(rows_to_, y);
}

void Stencil::add_polygon(std::span<const math::Vec2> corners) {
  each_row(corners, width_, height_, [this](int y, int from, int to) { mark(y, from, to); });
}

void Stencil::add_disc(math::Vec2 centre, float radius) {
  for (int y = first_from(centre.z - radius, height_); y < first_from(centre.z + radius, height_);
       ++y) {
    const float z = static_cast<float>(y) + 0.5f - centre.z;
    const float half = std::sqrt(std::max(radius * radius - z * z, 0.0f));
    mark(y, first_from(centre.x - half, width_), first_from(centre.x + half, width_));
  }
}

void Stencil::add_line(math::Vec2 from, math::Vec2 to, float width) {
  const math::Vec2 way = to - from;
  const float long_m = math::length(way);
  add_disc(from, width / 2);
  add_disc(to, width / 2);
  if (long_m <= 0) return;
  const math::Vec2 aside = math::Vec2{-way.z, way.x} * (width / 2 / long_m);
  add_polygon(std::array{from + aside, to + aside, to - aside, from - aside});
}

void Stencil::add_lines(std::span<const math::Vec2> points, float width) {
  for (std::size_t i = 1; i < points.size(); ++i) add_line(points[i - 1], points[i], width);
}

void Stencil::add_dashes(math::Vec2 from, math::Vec2 to, float width, float dash) {
  TESSERA_ASSERT(dash > 0, "drawing: dashes have a length");
  const math::Vec2 way = to - from;
  const float length = math::length(way);
  if (!(length > 0)) return;
  // Only the dashes near the image: a line may be a thousand times as long.
  const math::Vec2 centre{static_cast<float>(width_) / 2, static_cast<float>(height_) / 2};
  const float nearest = dot(centre - from, way) / length;
  const float reach = centre.x + centre.z;
  const auto first = static_cast<int>(std::max(nearest - reach, 0.0f) / (2 * dash));
  const float end = std::min(length, nearest + reach);
  for (float at = static_cast<float>(first) * 2 * dash; at < end; at += 2 * dash) {
    add_line(from + way * (at / length), from + way * (std::min(at + dash, length) / length),
             width);
  }
}

void Stencil::paint(Image& image, Paint paint) {
  TESSERA_ASSERT(image.width() == width_ && image.height() == height_,
                 "drawing: a stencil paints images of its own size");
  for (int y = rows_from_; y <= rows_to_; ++y) {
    for (int x = 0; x < width_; ++x) {
      if (holds(x, y)) image.at(x, y) = mix(image.at(x, y), paint.colour, paint.cover);
    }
    std::memset(&marked_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_)], 0,
                static_cast<std::size_t>(width_));
  }
  rows_from_ = 1 << 30;
  rows_to_ = -1;
}

}  // namespace tessera::inspect
