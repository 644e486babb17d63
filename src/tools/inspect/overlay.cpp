// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/inspect/overlay.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/core/assert.h"
#include "engine/math/angles.h"
#include "engine/math/trigonometry.h"
#include "engine/nav/mesh/polygons.h"
#include "tools/inspect/drawing/letters.h"
#include "world/content/compile/door_leaf.h"

namespace tessera::inspect {
namespace {

constexpr Colour kInk = Colour::of(0x202020);
constexpr Colour kPaper = Colour::of(0xffffff);

/// Edges of polygons are drawn when a metre is this many strokes.
constexpr float kEdgesFrom = 1.5f;
/// Areas and doors that would be smaller than this are left out.
constexpr float kSmallest = 3;
/// A mesh that lies so much deeper than what one sees is hidden: it is under a roof.
constexpr float kHidden_m = 1;
/// Names are for areas at least as wide, in strokes.
constexpr float kNameFrom = 16;

std::array<math::Vec2, 4> corners_of(const Area& area) {
  const math::SinCos turn = math::sin_cos(area.turn);
  const math::Vec2 east = math::Vec2{turn.cos, turn.sin} * area.half_size.x;
  const math::Vec2 south = math::Vec2{-turn.sin, turn.cos} * area.half_size.z;
  const math::Vec2 centre = area.centre;
  return {centre - east - south, centre + east - south, centre + east + south,
          centre - east + south};
}

}  // namespace

float round_length(float length_m) {
  float best_m = 1;
  for (float power = 1; power <= length_m; power *= 10) {
    for (const float digit : {1.0f, 2.0f, 5.0f}) {
      if (digit * power <= length_m) best_m = digit * power;
    }
  }
  return best_m;
}

Overlay::Overlay(Image& image, const Frame& frame, float stroke)
    : image_(image), frame_(frame), stroke_(stroke), stencil_(image.width(), image.height()) {
  TESSERA_ASSERT(image.width() == frame.width() && image.height() == frame.height(),
                 "inspect: an overlay needs an image of its frame");
}

void Overlay::draw_mesh(const nav::NavigationMesh& mesh, std::span<const float> tops_m) {
  const bool edges = frame_.pixels_per_m >= kEdgesFrom * stroke_;
  Stencil lines(edges ? image_.width() : 1, edges ? image_.height() : 1);
  const auto width = static_cast<std::size_t>(image_.width());
  std::vector<math::Vec2> pixels;
  const auto draw = [&](std::span<const math::Vec3> corners) {
    pixels.clear();
    for (const math::Vec3 corner : corners) pixels.push_back(frame_.to_pixel(flat(corner)));
    const float seen_m = kHidden_m + std::ranges::max_element(corners, {}, &math::Vec3::y)->y;
    bool seen = false;
    each_row(pixels, image_.width(), image_.height(), [&](int y, int from, int to) {
      const float* const row = &tops_m[static_cast<std::size_t>(y) * width];
      for (int x = from; x < to; ++x) {
        if (row[x] > seen_m) continue;
        stencil_.add_pixel(x, y);
        seen = true;
      }
    });
    pixels.push_back(pixels.front());
    if (edges && seen) lines.add_lines(pixels, std::max(stroke_ / 2, 1.0f));
  };
  const nav::TilePlace first = mesh.grid().at(frame_.area.low);
  const nav::TilePlace last = mesh.grid().at(frame_.area.high);
  for (nav::TilePlace tile = first; tile.z <= last.z; ++tile.z) {
    for (tile.x = first.x; tile.x <= last.x; ++tile.x) nav::each_polygon(mesh, tile, draw);
  }
  stencil_.paint(image_, {kMeshColour, 0.2f});
  if (edges) lines.paint(image_, {kMeshColour, 0.7f});
}

void Overlay::draw_areas(const std::vector<Area>& areas) {
  const float smallest_m = kSmallest * stroke_ / frame_.pixels_per_m;
  for (const Area& area : areas) {
    if (2 * std::min(area.half_size.x, area.half_size.z) < smallest_m) continue;
    const auto corners = corners_of(area);
    for (std::size_t i = 0; i < corners.size(); ++i) {
      stencil_.add_dashes(frame_.to_pixel(corners[i]),
                          frame_.to_pixel(corners[(i + 1) % corners.size()]), 1.5f * stroke_,
                          5 * stroke_);
    }
  }
  stencil_.paint(image_, {kAreaColour, 0.85f});
  for (const Area& area : areas) {
    const float size = 2 * std::max(area.half_size.x, area.half_size.z) * frame_.pixels_per_m;
    // A town has too many rooms to name them all from afar.
    const float text = 2 * stroke_ * text_width(area.name);
    if (size < (area.has(AreaProperty::Indoor) ? 0.75f * text : kNameFrom * stroke_)) continue;
    const auto corners = corners_of(area);
    const auto top = std::ranges::min_element(corners, {}, &math::Vec2::z);
    draw_label(frame_.to_pixel({area.centre.x, top->z}), area.name);
  }
}

bool Overlay::is_free(const physics::Rectangle& place) const {
  const auto apart = [&](const physics::Rectangle& other) {
    return place.high.x < other.low.x || place.low.x > other.high.x || place.high.z < other.low.z ||
           place.low.z > other.high.z;
  };
  return place.low.x >= 0 && place.low.z >= 0 &&
         place.high.x <= static_cast<float>(image_.width()) &&
         place.high.z <= static_cast<float>(image_.height()) && std::ranges::all_of(taken_, apart);
}

/// Above or below a place, where no other name is.
void Overlay::draw_label(math::Vec2 middle, std::string_view text) {
  const float dot = 2 * stroke_;
  const math::Vec2 size{text_width(text) * dot, kLetterHeight * dot};
  const float gap = 3 * stroke_;
  for (const float up : {size.z + gap, -gap, 2 * (size.z + gap)}) {
    const math::Vec2 low{middle.x - size.x / 2, middle.z - up};
    const math::Vec2 around{gap, gap};
    const physics::Rectangle place{low - around, low + size + around};
    if (!is_free(place)) continue;
    taken_.push_back(place);
    add_text(stencil_, low, text, dot, 1.2f * stroke_);
    stencil_.paint(image_, {kPaper, 0.8f});
    add_text(stencil_, low, text, dot);
    stencil_.paint(image_, {kAreaColour});
    return;
  }
}

void Overlay::draw_doors(const physics::StaticGeometry& geometry) {
  std::vector<physics::Triangle> triangles;
  std::vector<std::array<math::Vec2, 2>> leaves;
  const float smallest_m = kSmallest * stroke_ / frame_.pixels_per_m;
  for (const physics::Door& door : geometry.doors) {
    triangles.clear();
    for (std::uint32_t i = 0; i < door.triangle_count; ++i) {
      triangles.push_back(geometry.solids.triangle(door.first_triangle + i));
    }
    if (triangles.empty()) continue;
    const nav::Obstacle leaf = content::door_leaf(triangles);
    const bool along_x = leaf.half_size.x >= leaf.half_size.z;
    const float half_m = along_x ? leaf.half_size.x : leaf.half_size.z;
    const math::Vec2 axis = along_x ? leaf.facing : math::Vec2{-leaf.facing.z, leaf.facing.x};
    if (2 * half_m < smallest_m) continue;
    leaves.push_back({frame_.to_pixel(flat(leaf.centre) - axis * half_m),
                      frame_.to_pixel(flat(leaf.centre) + axis * half_m)});
  }
  for (const auto& leaf : leaves) stencil_.add_line(leaf[0], leaf[1], 5 * stroke_);
  stencil_.paint(image_, {kInk});
  for (const auto& leaf : leaves) stencil_.add_line(leaf[0], leaf[1], 3 * stroke_);
  stencil_.paint(image_, {kDoorColour});
}

void Overlay::draw_dot(math::Vec2 pixel, float radius, Colour colour) {
  stencil_.add_disc(pixel, radius + 1.5f * stroke_);
  stencil_.paint(image_, {kPaper});
  stencil_.add_disc(pixel, radius);
  stencil_.paint(image_, {colour});
}

void Overlay::draw_spawn_points(const std::vector<SpawnPoint>& points) {
  for (const SpawnPoint& point : points) draw_spawn(point, kSpawnColour);
}

void Overlay::draw_arrivals(const std::vector<Arrival>& arrivals) {
  for (const Arrival& arrival : arrivals) draw_spawn(arrival.at, kArrivalColour);
}

void Overlay::draw_spawn(const SpawnPoint& point, Colour colour) {
  const math::Vec2 pixel = frame_.to_pixel(point.place);
  const math::Vec2 ahead = math::direction_of_heading(point.heading) * (9 * stroke_);
  stencil_.add_line(pixel, pixel + ahead, 2 * stroke_);
  stencil_.paint(image_, {colour});
  draw_dot(pixel, 3 * stroke_, colour);
}

void Overlay::draw_walk(std::span<const math::Vec3> corners) {
  std::vector<math::Vec2> pixels;
  for (const math::Vec3 corner : corners) pixels.push_back(frame_.to_pixel(flat(corner)));
  stencil_.add_lines(pixels, 5 * stroke_);
  stencil_.paint(image_, {kPaper, 0.9f});
  stencil_.add_lines(pixels, 3 * stroke_);
  for (const math::Vec2 pixel : pixels) stencil_.add_disc(pixel, 2.5f * stroke_);
  stencil_.paint(image_, {kWalkColour});
  if (pixels.empty()) return;
  draw_dot(pixels.front(), 5 * stroke_, kStartColour);
  draw_dot(pixels.back(), 5 * stroke_, kWalkColour);
}

void Overlay::draw_scale() {
  const float width_m = frame_.area.high.x - frame_.area.low.x;
  const float length_m = round_length(width_m / 4);
  const float bar = length_m * frame_.pixels_per_m;
  const float dot = 2 * stroke_;
  const math::Vec2 left{12 * stroke_, static_cast<float>(image_.height()) - 12 * stroke_};
  const math::Vec2 right = left + math::Vec2{bar, 0};
  const std::string text = fmt::format("{:.0f} m", length_m);
  const math::Vec2 text_at{left.x, left.z - (kLetterHeight + 4) * dot};
  stencil_.add_line(left, right, 6 * stroke_);
  add_text(stencil_, text_at, text, dot, 1.2f * stroke_);
  stencil_.paint(image_, {kPaper, 0.85f});
  stencil_.add_line(left, right, 3 * stroke_);
  add_text(stencil_, text_at, text, dot);
  stencil_.paint(image_, {kInk});
}

}  // namespace tessera::inspect
