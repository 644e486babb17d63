// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The fields of a zone that are few and differ in kind, listed once for both ways: `io` is a
// FieldWriter or a FieldReader.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/core/bytes.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::content::detail {

inline constexpr std::uint64_t kTextBytesMax = 1024;
inline constexpr std::uint64_t kListMax = 1'000'000;

class FieldWriter {
 public:
  explicit FieldWriter(std::vector<std::byte>& out) : out_(out) {}

  template <PlainNumber T>
  void number(const T& value) {
    append(std::as_bytes(std::span(&value, 1)));
  }
  void text(const std::string& value) {
    number(static_cast<std::uint32_t>(value.size()));
    append(std::as_bytes(std::span(value)));
  }
  template <class T, class Each>
  void list(const std::vector<T>& values, Each&& each) {
    number(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) each(value);
  }
  template <class T, class Each>
  void optional(const std::optional<T>& value, Each&& each) {
    number(static_cast<std::uint8_t>(value ? 1 : 0));
    if (value) each(*value);
  }

 private:
  void append(std::span<const std::byte> bytes) {
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }
  std::vector<std::byte>& out_;
};

/// Fails for good at what is beyond its limits; floats must be numbers, and may be infinite.
class FieldReader {
 public:
  explicit FieldReader(ByteReader& in) : in_(in) {}

  template <PlainNumber T>
  void number(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = in_.number<std::uint8_t>() != 0;
    } else {
      value = in_.number<T>();
      if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(value)) in_.fail();
      }
    }
  }
  void text(std::string& value) {
    const std::uint64_t size = size_at_most(kTextBytesMax);
    const auto bytes = in_.bytes(size);
    value.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  template <class T, class Each>
  void list(std::vector<T>& values, Each&& each) {
    const std::uint64_t size = size_at_most(kListMax);
    for (std::uint64_t i = 0; i < size && in_.ok(); ++i) each(values.emplace_back());
  }
  template <class T, class Each>
  void optional(std::optional<T>& value, Each&& each) {
    const auto there = in_.number<std::uint8_t>();
    if (there > 1) in_.fail();
    if (there == 1) each(value.emplace());
  }

 private:
  std::uint64_t size_at_most(std::uint64_t limit) {
    const auto size = in_.number<std::uint32_t>();
    if (size > limit) in_.fail();
    return in_.ok() ? size : 0;
  }
  ByteReader& in_;
};

template <class Io, class Vector>
void place_fields(Io& io, Vector& place) {
  io.number(place.x);
  io.number(place.z);
}

template <class Io, class Spawn>
void spawn_fields(Io& io, Spawn& spawn) {
  place_fields(io, spawn.place);
  io.number(spawn.heading);
  io.number(spawn.height_m);
}

template <class Io, class Zone>
void scenery_fields(Io& io, Zone& zone) {
  io.number(zone.weather.kind);
  place_fields(io, zone.weather.wind_m_per_s);
  io.number(zone.light.time_of_day_h);
  io.number(zone.light.sun_colour);
  io.number(zone.light.ambient_colour);
  io.list(zone.areas, [&io](auto& area) {
    io.text(area.name);
    place_fields(io, area.centre);
    place_fields(io, area.half_size);
    io.number(area.turn);
    io.number(area.low_m);
    io.number(area.high_m);
    io.number(area.properties);
    io.optional(area.leads_to, [&io](auto& portal) {
      io.text(portal.zone);
      io.text(portal.arrival);
    });
  });
  io.list(zone.roads, [&io](auto& road) {
    io.text(road.name);
    io.number(road.width_m);
    io.list(road.points, [&io](auto& point) { place_fields(io, point); });
  });
}

template <class Io, class Zone>
void creature_fields(Io& io, Zone& zone) {
  io.number(zone.creature_count);
  io.list(zone.creatures, [&io](auto& kind) {
    io.number(kind.id);
    io.text(kind.name);
    io.number(kind.look);
    io.number(kind.share);
    io.number(kind.size);
    io.text(kind.fights_as);
    io.text(kind.behaves_as);
    io.number(kind.is_hostile);
    io.number(kind.level_min);
    io.number(kind.level_max);
    io.number(kind.walk_m_per_s);
    io.number(kind.run_m_per_s);
    io.number(kind.roam_radius_m);
    io.number(kind.pause_s_min);
    io.number(kind.pause_s_max);
    io.number(kind.home_distance_m_min);
    io.number(kind.home_distance_m_max);
  });
}

template <class Io, class Zone>
void zone_fields(Io& io, Zone& zone) {
  io.text(zone.name);
  io.text(zone.title);
  io.number(zone.is_instance);
  io.number(zone.has_terrain);
  io.number(zone.bottom_m);
  io.number(zone.players_max);
  scenery_fields(io, zone);
  creature_fields(io, zone);
  io.list(zone.spawn_points, [&io](auto& spawn) { spawn_fields(io, spawn); });
  io.list(zone.arrivals, [&io](auto& arrival) {
    io.text(arrival.name);
    spawn_fields(io, arrival.at);
  });
  io.list(zone.door_names, [&io](auto& name) { io.text(name); });
}

}  // namespace tessera::content::detail
