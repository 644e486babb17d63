// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/inspect/inspect_zone.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/core/assert.h"
#include "tools/inspect/overlay.h"
#include "tools/inspect/relief.h"

namespace tessera::inspect {
namespace {

/// A thin line is a pixel wide on pictures of this size, and grows with them.
constexpr float kPixelsOfStroke = 1200;

Result<Frame> frame_of(const ZoneDefinition& zone, const InspectOptions& options) {
  physics::Rectangle area = zone.bounds;
  if (options.area) {
    const math::Vec2 half{options.area->size_m / 2, options.area->size_m / 2};
    area = {options.area->centre - half, options.area->centre + half};
    area.low = {std::max(area.low.x, zone.bounds.low.x), std::max(area.low.z, zone.bounds.low.z)};
    area.high = {std::min(area.high.x, zone.bounds.high.x),
                 std::min(area.high.z, zone.bounds.high.z)};
  }
  const math::Vec2 size = area.high - area.low;
  if (!(size.x > 0 && size.z > 0)) {
    return failure(
        ErrorKind::InvalidArgument,
        fmt::format("the area {:.7g},{:.7g} of {:.7g} m lies outside zone '{}', which "
                    "reaches from {:.0f},{:.0f} to {:.0f},{:.0f}",
                    options.area->centre.x, options.area->centre.z, options.area->size_m, zone.name,
                    zone.bounds.low.x, zone.bounds.low.z, zone.bounds.high.x, zone.bounds.high.z));
  }
  return Frame{area, static_cast<float>(options.pixels) / std::max(size.x, size.z)};
}

std::string properties_of(const Area& area) {
  std::string text;
  const auto add = [&](AreaProperty property, std::string_view name) {
    if (area.has(property)) text += (text.empty() ? "" : ", ") + std::string(name);
  };
  add(AreaProperty::Safe, "safe");
  add(AreaProperty::NoBuild, "no_build");
  add(AreaProperty::Graveyard, "graveyard");
  add(AreaProperty::Indoor, "indoor");
  return text.empty() ? text : " (" + text + ")";
}

/// What the colours mean, of what this zone has.
std::vector<std::string> legend(const ZoneDefinition& zone, const Frame& frame,
                                const InspectOptions& options) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("zone '{}': {:.0f} x {:.0f} m from {:.7g},{:.7g} on {} x {} pixels",
                              zone.name, frame.area.high.x - frame.area.low.x,
                              frame.area.high.z - frame.area.low.z, frame.area.low.x,
                              frame.area.low.z, frame.width(), frame.height()));
  if (zone.has_terrain) lines.emplace_back("  green to white   land by height; grey is steep");
  if (zone.water_level_m > kNoWater) lines.emplace_back("  blue             water by depth");
  lines.emplace_back("  stone to red     what is solid, by its height over the land");
  if (!zone.roads.empty()) lines.emplace_back("  pale lines       roads");
  if (options.show_mesh) {
    lines.push_back(
        fmt::format("  cyan veil        where {} agents can walk", nav::name_of(options.agent)));
  }
  if (zone.geometry != nullptr && !zone.geometry->doors.empty()) {
    lines.push_back(
        fmt::format("  orange           doors ({}), from near", zone.geometry->doors.size()));
  }
  lines.push_back(fmt::format("  blue dots        spawn points ({})", zone.spawn_points.size()));
  for (const Arrival& arrival : zone.arrivals) {
    lines.push_back(fmt::format("  green dot        arrival {} at {:.0f},{:.0f}", arrival.name,
                                arrival.at.place.x, arrival.at.place.z));
  }
  for (const Area& area : zone.areas) {
    if (area.has(AreaProperty::Indoor)) continue;  // each house has one
    lines.push_back(fmt::format("  violet outline   area {}{} round {:.0f},{:.0f}", area.name,
                                properties_of(area), area.centre.x, area.centre.z));
    if (area.leads_to) {
      lines.back() += fmt::format(", leads to {}/{}", area.leads_to->zone, area.leads_to->arrival);
    }
  }
  return lines;
}

}  // namespace

Result<Inspection> inspect_zone(const ZoneDefinition& zone, const InspectOptions& options) {
  TESSERA_ASSERT(options.pixels >= kPixelsMin && options.pixels <= kPixelsMax,
                 "inspect: pixels out of limits");
  const auto frame = frame_of(zone, options);
  if (!frame) return std::unexpected(frame.error());
  Inspection inspection{Image(1, 1), legend(zone, *frame, options)};
  std::optional<Navigation> navigation;
  if (options.show_mesh || options.path) {
    auto loaded = load_navigation(zone, options.agent);
    if (!loaded) return std::unexpected(loaded.error());
    navigation = std::move(*loaded);
  }
  std::optional<Walk> walk;
  if (options.path) {
    const auto& [from, to] = *options.path;
    auto found = find_walk(zone, *navigation, from, to);
    if (!found) return std::unexpected(found.error());
    walk = std::move(*found);
    inspection.lines.push_back(fmt::format(
        "path from {:.7g},{:.7g} to {:.7g},{:.7g}: {:.1f} m, {} corners, {} nodes looked at",
        from.x, from.z, to.x, to.z, walk->length_m, walk->corners.size(), walk->nodes));
  }
  const Frame fine = frame->doubled();
  auto [image, tops_m] = draw_relief(zone, fine, options.below_m);
  Overlay overlay(image, fine, 2 * static_cast<float>(options.pixels) / kPixelsOfStroke);
  if (options.show_mesh) overlay.draw_mesh(navigation->mesh, tops_m);
  overlay.draw_areas(zone.areas);
  if (zone.geometry != nullptr) overlay.draw_doors(*zone.geometry);
  overlay.draw_spawn_points(zone.spawn_points);
  overlay.draw_arrivals(zone.arrivals);
  if (walk) overlay.draw_walk(walk->corners);
  overlay.draw_scale();
  inspection.image = halved(image);
  return inspection;
}

}  // namespace tessera::inspect
