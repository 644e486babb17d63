// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What is drawn over the ground: the navigation mesh, areas, doors, spawn points, a way, names, a
// scale. Strokes are as wide on every picture, whatever its part of the world.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/nav/mesh/navigation_mesh.h"
#include "gameplay/definitions/zone_definition.h"
#include "tools/inspect/drawing/brush.h"
#include "tools/inspect/frame.h"

namespace tessera::inspect {

inline constexpr Colour kMeshColour = Colour::of(0x1ba3c6);
inline constexpr Colour kAreaColour = Colour::of(0x6a2c91);
inline constexpr Colour kDoorColour = Colour::of(0xff9d00);
inline constexpr Colour kSpawnColour = Colour::of(0x1565ff);
inline constexpr Colour kArrivalColour = Colour::of(0x0e7a34);
inline constexpr Colour kWalkColour = Colour::of(0xe6007a);
inline constexpr Colour kStartColour = Colour::of(0x1faa3c);

class Overlay {
 public:
  /// `image` is of the frame's size, and `stroke` how many of its pixels a thin line is wide.
  Overlay(Image& image, const Frame& frame, float stroke);

  /// Where one sees it, translucent; its polygons too when they are large enough to be told apart.
  /// `tops_m`: of each pixel, what hides a mesh that lies deeper.
  void draw_mesh(const nav::NavigationMesh& mesh, std::span<const float> tops_m);
  /// Dashed outlines; names where there is room.
  void draw_areas(const std::vector<Area>& areas);
  void draw_doors(const physics::StaticGeometry& geometry);
  /// A dot each, and a line to where one looks.
  void draw_spawn_points(const std::vector<SpawnPoint>& points);
  void draw_arrivals(const std::vector<Arrival>& arrivals);
  /// From a green dot to one of the way's colour, with its corners.
  void draw_walk(std::span<const math::Vec3> corners);
  /// How long a round number of metres is, in the lower left corner.
  void draw_scale();

 private:
  void draw_label(math::Vec2 middle, std::string_view text);
  void draw_spawn(const SpawnPoint& point, Colour colour);
  void draw_dot(math::Vec2 pixel, float radius, Colour colour);
  bool is_free(const physics::Rectangle& place) const;

  Image& image_;
  const Frame& frame_;
  const float stroke_;
  Stencil stencil_;
  std::vector<physics::Rectangle> taken_;  ///< by names
};

/// The longest of 1, 2, 5, 10, 20, 50, ... metres that is no longer than this.
float round_length(float length_m);

}  // namespace tessera::inspect
