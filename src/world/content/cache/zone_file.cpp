// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/cache/zone_file.h"

#include <cstring>

#include "engine/core/hash.h"
#include "engine/physics/geometry_bytes.h"
#include "world/content/cache/detail/zone_fields.h"

namespace tessera::content {
namespace {

using detail::FieldReader;
using detail::FieldWriter;

constexpr std::uint64_t kMagic = 0x454e4f5a53534554;  // "TESSZONE"
constexpr std::size_t kHeaderBytes = 40;
constexpr std::size_t kTilesMax = 1'000'000;

/// Writes one section: its size is filled in when it ends.
template <class Write>
void add_section(std::vector<std::byte>& out, Write&& write) {
  const std::size_t start = out.size();
  out.resize(start + sizeof(std::uint64_t));
  write();
  const std::uint64_t size = out.size() - start - sizeof(size);
  std::memcpy(out.data() + start, &size, sizeof(size));
}

void append(std::vector<std::byte>& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

template <class Io, class Tile>
void tile_fields(Io& io, Tile& tile, std::uint32_t& size) {
  io.number(tile.agent);
  io.number(tile.x);
  io.number(tile.z);
  io.number(tile.input_hash);
  io.number(size);
}

void write_navigation(std::vector<std::byte>& out, const NavigationData& navigation) {
  FieldWriter io(out);
  io.number(static_cast<std::uint32_t>(navigation.tiles.size()));
  for (const NavigationTile& tile : navigation.tiles) {
    auto size = static_cast<std::uint32_t>(tile.bytes.size());
    tile_fields(io, tile, size);
  }
  for (const NavigationTile& tile : navigation.tiles) append(out, tile.bytes);
  for (const std::span<const std::byte> portals : navigation.portals) {
    io.number(static_cast<std::uint32_t>(portals.size()));
    append(out, portals);
  }
}

bool read_navigation(ByteReader& in, NavigationData& navigation) {
  FieldReader io(in);
  std::uint32_t count = 0;
  io.number(count);
  constexpr std::size_t kEntryBytes = 24;
  if (count > kTilesMax || in.left() < count * kEntryBytes) return false;
  std::vector<std::uint32_t> sizes(count);
  navigation.tiles.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) tile_fields(io, navigation.tiles[i], sizes[i]);
  for (std::uint32_t i = 0; i < count; ++i) navigation.tiles[i].bytes = in.bytes(sizes[i]);
  for (std::span<const std::byte>& portals : navigation.portals) {
    portals = in.bytes(in.number<std::uint32_t>());
  }
  return in.done();
}

bool read_geometry(std::span<const std::byte> bytes, ZoneDefinition& zone) {
  auto geometry = physics::geometry_from_bytes(bytes);
  if (!geometry || geometry->doors.size() != zone.door_names.size()) return false;
  zone.bounds = geometry->bounds;
  zone.terrain = geometry->terrain;
  zone.water_level_m = geometry->water_level_m;
  zone.geometry = std::make_shared<const physics::StaticGeometry>(*std::move(geometry));
  return true;
}

bool read_flags(std::span<const std::byte> bytes, ZoneDefinition& zone) {
  if (bytes.size() != zone.geometry->solids.size()) return false;
  zone.triangle_flags.resize(bytes.size());
  if (!bytes.empty()) std::memcpy(zone.triangle_flags.data(), bytes.data(), bytes.size());
  return true;
}

bool is_plausible(const ZoneDefinition& zone) {
  for (std::size_t i = 0; i < zone.creatures.size(); ++i) {
    if (zone.creatures[i].id != i + 1) return false;
    if (zone.creatures[i].size > CreatureSize::Large) return false;
  }
  return !zone.name.empty() && !zone.spawn_points.empty() && zone.weather.kind <= WeatherKind::Fog;
}

std::span<const std::byte> next_section(ByteReader& in) {
  const auto size = in.number<std::uint64_t>();
  if (size > in.left()) in.fail();
  return in.ok() ? in.bytes(size) : std::span<const std::byte>{};
}

}  // namespace

std::string_view to_text(ZoneFileProblem problem) {
  return problem == ZoneFileProblem::OtherVersion ? "made by another version" : "damaged";
}

std::vector<std::byte> encode_zone_file(const ZoneDefinition& zone) {
  std::vector<std::byte> out(kHeaderBytes);
  add_section(out, [&] {
    FieldWriter io(out);
    detail::zone_fields(io, zone);
  });
  add_section(out, [&] { append(out, std::as_bytes(std::span(zone.triangle_flags))); });
  add_section(out, [&] { append(out, physics::to_bytes(*zone.geometry)); });
  add_section(out, [&] { write_navigation(out, zone.navigation); });
  ByteWriter header{std::span(out).first(kHeaderBytes)};
  header.number(kMagic);
  header.number(kZoneFileVersion);
  header.number(std::uint32_t{0});
  header.number(zone.content_hash);
  header.number(hash_bytes(std::span(out).subspan(kHeaderBytes)));
  header.number(std::uint64_t{out.size()});
  return out;
}

std::expected<ZoneDefinition, ZoneFileProblem> decode_zone_file(
    std::shared_ptr<const std::vector<std::byte>> bytes) {
  const auto damaged = std::unexpected(ZoneFileProblem::Damaged);
  ByteReader in(*bytes);
  if (in.number<std::uint64_t>() != kMagic) return damaged;
  if (in.number<std::uint32_t>() != kZoneFileVersion) {
    return std::unexpected(in.ok() ? ZoneFileProblem::OtherVersion : ZoneFileProblem::Damaged);
  }
  (void)in.number<std::uint32_t>();
  ZoneDefinition zone;
  zone.content_hash = in.number<std::uint64_t>();
  const auto checksum = in.number<std::uint64_t>();
  const auto size = in.number<std::uint64_t>();
  if (!in.ok() || size != bytes->size() ||
      checksum != hash_bytes(std::span(*bytes).subspan(kHeaderBytes))) {
    return damaged;
  }
  ByteReader definition(next_section(in));
  const std::span<const std::byte> flags = next_section(in);
  const std::span<const std::byte> solid = next_section(in);
  ByteReader navigation(next_section(in));
  if (!in.done()) return damaged;
  FieldReader io(definition);
  detail::zone_fields(io, zone);
  if (!definition.done() || !is_plausible(zone) || !read_geometry(solid, zone) ||
      !read_flags(flags, zone) || !read_navigation(navigation, zone.navigation)) {
    return damaged;
  }
  zone.navigation.storage = std::move(bytes);
  return zone;
}

}  // namespace tessera::content
