// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Two passes: first the height of what one sees at each pixel, terrain or the highest triangle
// there, like the depth buffer of a game; then colour, light and shadow from these heights.
#include "tools/inspect/relief.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "tools/inspect/drawing/brush.h"

namespace tessera::inspect {
namespace {

constexpr Colour kNothing = Colour::of(0x26262c);  ///< where a zone has no ground
constexpr Colour kRoad = Colour::of(0xe8d9b0);
constexpr Colour kRock = Colour::of(0xa39d95);
/// Hills are flat against the size of a map, so they are shaded as if they were this much higher.
constexpr float kExaggeration = 2;
/// Towards the sun: north-west, 45 degrees high.
constexpr math::Vec3 kSun{-0.5f, 0.70710678f, -0.5f};
constexpr float kShadow = 0.72f;  ///< the light that is left in a shadow
constexpr float kShadowReach_m = 24;

/// How bright a surface is: 1 when it is level.
float light_on(math::Vec3 normal) {
  const float sun = dot(normal, kSun) / math::length(normal) / kSun.y;
  return std::clamp(0.5f + 0.5f * sun, 0.5f, 1.3f);
}

/// A colour along a row of them, of which the first stands for 0 and the last for 1.
template <std::size_t N>
Colour along(const std::array<Colour, N>& colours, float share) {
  const float at = std::clamp(share, 0.0f, 1.0f) * (N - 1);
  const std::size_t i = std::min(static_cast<std::size_t>(at), N - 2);
  return mix(colours[i], colours[i + 1], at - static_cast<float>(i));
}

constexpr std::array kLand{Colour::of(0xa9c587), Colour::of(0xc3cf95), Colour::of(0xd6c693),
                           Colour::of(0xbfa383), Colour::of(0xa89790), Colour::of(0xf1efed)};
/// Solids from the ground up to 8 m and more.
constexpr std::array kSolid{Colour::of(0xd8d0c0), Colour::of(0xcf9c72), Colour::of(0xc2714f),
                            Colour::of(0xac4f40), Colour::of(0x94403a)};
constexpr float kSolidHeight_m = 8;

enum class Surface : std::uint8_t { None, Land, Solid };

class Relief {
 public:
  Relief(const ZoneDefinition& zone, const Frame& frame)
      : zone_(zone),
        frame_(frame),
        width_(frame.width()),
        height_(frame.height()),
        tops_(size(), zone.bottom_m),
        lights_(size(), 1),
        surfaces_(size(), Surface::None),
        image_(width_, height_, kNothing) {}

  ReliefMap draw(float below_m) {
    if (zone_.has_terrain) draw_land();
    draw_roads();
    if (zone_.geometry != nullptr) raise_solids(below_m);
    draw_solids_and_shadows();
    return {std::move(image_), std::move(tops_)};
  }

 private:
  std::size_t size() const {
    return static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
  }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(x);
  }

  /// The slope over a sample's width, so that the squares of the grid do not show.
  math::Vec2 slope_at(math::Vec2 place) const {
    const float reach = zone_.terrain.options().spacing_m / 2;
    const auto height = [&](float x, float z) {
      return zone_.terrain.height_at({place.x + x, place.z + z});
    };
    return {(height(reach, 0) - height(-reach, 0)) / (2 * reach),
            (height(0, reach) - height(0, -reach)) / (2 * reach)};
  }

  /// The heights between which land is coloured: of all the terrain that is not under water.
  std::pair<float, float> land_heights() const {
    const physics::HeightFieldOptions& options = zone_.terrain.options();
    const auto [low, high] = std::ranges::minmax(zone_.terrain.samples());
    const auto metres = [&](std::uint16_t sample) {
      return options.low_m + (options.high_m - options.low_m) * static_cast<float>(sample) / 65535;
    };
    return {std::max(metres(low), zone_.water_level_m), metres(high)};
  }

  void draw_land() {
    const auto [low_m, high_m] = land_heights();
    const float span_m = std::max(high_m - low_m, 40.0f);  // level land is one colour
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        const math::Vec2 place = frame_.to_place(x, y);
        const float height_m = zone_.terrain.height_at(place);
        const math::Vec2 slope = slope_at(place);
        const std::size_t i = index(x, y);
        tops_[i] = height_m;
        surfaces_[i] = Surface::Land;
        const Colour land =
            mix(along(kLand, (height_m - low_m) / span_m), kRock, 2 * (math::length(slope) - 0.6f));
        const math::Vec3 normal{-kExaggeration * slope.x, 1, -kExaggeration * slope.z};
        image_.at(x, y) = lit(land, light_on(normal));
        const float depth_m = zone_.water_level_m - height_m;
        if (depth_m > 0) image_.at(x, y) = mix(kShallow, kDeep, depth_m / 12);
      }
    }
  }

  void draw_roads() {
    Stencil stencil(width_, height_);
    for (const Road& road : zone_.roads) {
      std::vector<math::Vec2> points;
      for (const math::Vec2 point : road.points) points.push_back(frame_.to_pixel(point));
      // On a map of all the world a road is a line, not its few metres.
      stencil.add_lines(points, std::max(road.width_m * frame_.pixels_per_m, 3.0f));
    }
    stencil.paint(image_, {kRoad, 0.85f});
  }

  void raise_solids(float below_m) {
    const physics::TriangleTree& solids = zone_.geometry->solids;
    physics::Bounds view = solids.bounds();
    view.low.x = frame_.area.low.x;
    view.low.z = frame_.area.low.z;
    view.high.x = frame_.area.high.x;
    view.high.z = frame_.area.high.z;
    solids.each_touching(view, [&](std::uint32_t, const physics::Triangle& triangle) {
      if (physics::bounds_of(triangle).high.y <= below_m) raise(triangle);
    });
  }

  void raise(const physics::Triangle& triangle) {
    const math::Vec3 normal = triangle.normal();
    if (normal.y <= 0) return;  // seen from below, or an upright wall: its top is another's
    const float light = light_on(normal);
    const math::Vec2 a = frame_.to_pixel(flat(triangle.a));
    const math::Vec2 b = frame_.to_pixel(flat(triangle.b));
    const math::Vec2 c = frame_.to_pixel(flat(triangle.c));
    const math::Vec2 low{std::min({a.x, b.x, c.x}), std::min({a.z, b.z, c.z})};
    const math::Vec2 high{std::max({a.x, b.x, c.x}), std::max({a.z, b.z, c.z})};
    // What is smaller than a pixel, as the trunk of a tree, still is seen.
    if (high.x - low.x < 1 && high.z - low.z < 1) {
      const math::Vec2 middle = (low + high) * 0.5f;
      raise(static_cast<int>(std::floor(middle.x)), static_cast<int>(std::floor(middle.z)),
            triangle.a.y, light);
      return;
    }
    const auto first = [](float edge) { return std::max(static_cast<int>(std::floor(edge)), 0); };
    const int end_x = std::min(static_cast<int>(std::ceil(high.x)), width_);
    const int end_y = std::min(static_cast<int>(std::ceil(high.z)), height_);
    const auto side = [](math::Vec2 from, math::Vec2 to, math::Vec2 point) {
      return (to.x - from.x) * (point.z - from.z) - (to.z - from.z) * (point.x - from.x);
    };
    for (int y = first(low.z); y < end_y; ++y) {
      for (int x = first(low.x); x < end_x; ++x) {
        const math::Vec2 pixel{static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f};
        const bool left = side(a, b, pixel) > 0 || side(b, c, pixel) > 0 || side(c, a, pixel) > 0;
        const bool right = side(a, b, pixel) < 0 || side(b, c, pixel) < 0 || side(c, a, pixel) < 0;
        if (left && right) continue;  // outside
        const math::Vec2 away = frame_.to_place(x, y) - flat(triangle.a);
        raise(x, y, triangle.a.y - (normal.x * away.x + normal.z * away.z) / normal.y, light);
      }
    }
  }

  void raise(int x, int y, float height_m, float light) {
    if (!image_.holds(x, y)) return;
    const std::size_t i = index(x, y);
    if (height_m < tops_[i]) return;
    tops_[i] = height_m;
    lights_[i] = light;
    surfaces_[i] = Surface::Solid;
  }

  Colour solid_colour(int x, int y) const {
    const std::size_t i = index(x, y);
    const float ground_m = zone_.has_terrain ? zone_.terrain.height_at(frame_.to_place(x, y)) : 0;
    if (tops_[i] < zone_.water_level_m) return mix(kShallow, kSolid[0], 0.3f);
    return lit(along(kSolid, (tops_[i] - ground_m) / kSolidHeight_m), lights_[i]);
  }

  /// Whether something nearby stands between a pixel and the sun.
  bool in_shadow(int x, int y) const {
    constexpr float kRisePerMetre = 1;  // of a sun 45 degrees high
    constexpr float kTolerance_m = 0.4f;
    const float top_m = tops_[index(x, y)];
    const float step_m = 1.41421356f / frame_.pixels_per_m;
    const int steps = std::min(static_cast<int>(kShadowReach_m / step_m), 64);
    for (int step = 1; step <= steps && image_.holds(x - step, y - step); ++step) {
      const std::size_t i = index(x - step, y - step);
      const float over_m = tops_[i] - top_m - kTolerance_m;
      if (surfaces_[i] == Surface::Solid &&
          over_m > kRisePerMetre * step_m * static_cast<float>(step)) {
        return true;
      }
    }
    return false;
  }

  void draw_solids_and_shadows() {
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        const Surface surface = surfaces_[index(x, y)];
        if (surface == Surface::Solid) image_.at(x, y) = solid_colour(x, y);
        if (surface != Surface::None && in_shadow(x, y)) {
          image_.at(x, y) = lit(image_.at(x, y), kShadow);
        }
      }
    }
  }

  const ZoneDefinition& zone_;
  const Frame& frame_;
  const int width_;
  const int height_;
  std::vector<float> tops_;    ///< height of what one sees
  std::vector<float> lights_;  ///< of solids
  std::vector<Surface> surfaces_;
  Image image_;
};

}  // namespace

ReliefMap draw_relief(const ZoneDefinition& zone, const Frame& frame, float below_m) {
  return Relief(zone, frame).draw(below_m);
}

}  // namespace tessera::inspect
