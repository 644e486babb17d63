// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/build/tile_bytes.h"

#include <recastnavigation/DetourNavMesh.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/core/hash.h"
#include "engine/nav/build/tile_build.h"

namespace tessera::nav {
namespace {

/// Of a polygon reference, ten bits count the lives of a tile.
constexpr int kReferenceBits = 22;
/// Detour links an edge at the border to at most four others.
constexpr std::size_t kLinksAtBorder = 4;
/// Nobody builds further out; beyond, floats are too coarse for a mesh.
constexpr float kCoordinateMax = 1.0e6f;
constexpr std::uint32_t kVerticesMax = 0xfffe;
constexpr std::uint32_t kDetailMax = 1u << 18;

/// Where the parts of Detour's data are, in bytes from its begin. All are multiples of four.
struct Layout {
  explicit Layout(const dtMeshHeader& header, std::size_t links)
      : vertices(sizeof(dtMeshHeader)),
        polygons(vertices + sizeof(float) * 3 * count(header.vertCount)),
        links(polygons + sizeof(dtPoly) * count(header.polyCount)),
        details(this->links + sizeof(dtLink) * links),
        detail_vertices(details + sizeof(dtPolyDetail) * count(header.detailMeshCount)),
        detail_triangles(detail_vertices + sizeof(float) * 3 * count(header.detailVertCount)),
        boxes(detail_triangles + std::size_t{4} * count(header.detailTriCount)),
        end(boxes + sizeof(dtBVNode) * count(header.bvNodeCount)) {}

  static std::size_t count(int number) { return static_cast<std::size_t>(number); }

  std::size_t vertices;
  std::size_t polygons;
  std::size_t links;
  std::size_t details;
  std::size_t detail_vertices;
  std::size_t detail_triangles;
  std::size_t boxes;
  std::size_t end;
};
static_assert(sizeof(dtMeshHeader) == 100 && sizeof(dtPoly) == 32 && sizeof(dtLink) == 12 &&
              sizeof(dtPolyDetail) == 12 && sizeof(dtBVNode) == 16);

template <class T>
T read(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

template <class T>
T at(std::span<const std::byte> bytes, std::size_t offset, std::size_t index) {
  return read<T>(bytes, offset + index * sizeof(T));
}

bool within(int number, std::uint32_t low, std::uint32_t high) {
  return number >= 0 && static_cast<std::uint32_t>(number) >= low &&
         static_cast<std::uint32_t>(number) <= high;
}

bool sane(float value) { return std::fabs(value) <= kCoordinateMax; }

bool sane_header(const dtMeshHeader& header, const TileIdentity& identity) {
  const bool counts =
      within(header.polyCount, 1, polygons_max(identity.grid)) &&
      within(header.vertCount, 3, kVerticesMax) && header.detailMeshCount == header.polyCount &&
      within(header.detailVertCount, 0, kDetailMax) &&
      within(header.detailTriCount, 1, kDetailMax) && header.bvNodeCount == 2 * header.polyCount &&
      header.offMeshConCount == 0 && header.offMeshBase == header.polyCount;
  const bool names = header.magic == DT_NAVMESH_MAGIC && header.version == DT_NAVMESH_VERSION &&
                     header.x == identity.tile.x && header.y == identity.tile.z &&
                     header.layer == 0 && header.userId == 0;
  const AgentShape shape = shape_of(identity.agent);
  const bool agent = header.walkableHeight == shape.height_m &&
                     header.walkableRadius == shape.radius_m &&
                     header.walkableClimb == shape.step_m;
  const bool box = std::ranges::all_of(header.bmin, sane) && std::ranges::all_of(header.bmax, sane);
  return counts && names && agent && box && header.bvQuantFactor >= 0.1f &&
         header.bvQuantFactor <= 100;
}

bool sane_floats(std::span<const std::byte> bytes, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; i += sizeof(float)) {
    if (!sane(read<float>(bytes, i))) return false;  // NaN, too
  }
  return true;
}

/// Corners lie in their own tile, or links would lead astray.
bool corners_in_tile(std::span<const std::byte> bytes, const Layout& layout,
                     const TileIdentity& identity) {
  constexpr float kSlack_m = 0.01f;
  const Rectangle tile = identity.grid.bounds(identity.tile);
  for (std::size_t i = layout.vertices; i < layout.polygons; i += 3 * sizeof(float)) {
    const float x = read<float>(bytes, i);
    const float z = read<float>(bytes, i + 2 * sizeof(float));
    if (x < tile.low.x - kSlack_m || x > tile.high.x + kSlack_m || z < tile.low.z - kSlack_m ||
        z > tile.high.z + kSlack_m) {
      return false;
    }
  }
  return true;
}

bool sane_polygon(const dtPoly& polygon, const dtMeshHeader& header) {
  if (polygon.vertCount < 3 || polygon.vertCount > DT_VERTS_PER_POLYGON) return false;
  if (polygon.areaAndtype > kDoorway || polygon.flags != 1) return false;
  for (unsigned i = 0; i < polygon.vertCount; ++i) {
    if (polygon.verts[i] >= header.vertCount) return false;
    const unsigned neighbour = polygon.neis[i];
    const bool outwards = (neighbour & DT_EXT_LINK) != 0;
    const unsigned side = neighbour & ~unsigned{DT_EXT_LINK};
    if (outwards && side != 0 && side != 2 && side != 4 && side != 6) return false;
    if (!outwards && neighbour > static_cast<unsigned>(header.polyCount)) return false;
  }
  return true;
}

bool sane_detail(std::span<const std::byte> bytes, const Layout& layout, std::size_t index,
                 const dtPoly& polygon, const dtMeshHeader& header) {
  const auto detail = at<dtPolyDetail>(bytes, layout.details, index);
  const auto vertices = static_cast<unsigned>(header.detailVertCount);
  const auto triangles = static_cast<unsigned>(header.detailTriCount);
  if (detail.vertBase > vertices || detail.vertCount > vertices - detail.vertBase) return false;
  if (detail.triBase > triangles || detail.triCount > triangles - detail.triBase) return false;
  const unsigned corners = unsigned{polygon.vertCount} + detail.vertCount;
  // Detour looks for the nearest edge on the polygon's border, and takes it that there is one.
  constexpr unsigned kBorderEdges = 0x15;
  bool border = false;
  for (std::size_t i = 0; i < detail.triCount; ++i) {
    const std::size_t triangle = layout.detail_triangles + (detail.triBase + i) * 4;
    for (std::size_t corner = 0; corner < 3; ++corner) {
      if (read<std::uint8_t>(bytes, triangle + corner) >= corners) return false;
    }
    border = border || (read<std::uint8_t>(bytes, triangle + 3) & kBorderEdges) != 0;
  }
  return border;
}

/// A walk over the boxes goes on, or jumps forward, and stays inside.
bool sane_boxes(std::span<const std::byte> bytes, const Layout& layout,
                const dtMeshHeader& header) {
  const std::int64_t count = header.bvNodeCount;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t to = at<dtBVNode>(bytes, layout.boxes, static_cast<std::size_t>(i)).i;
    if (to >= header.polyCount || (to < 0 && i - to > count)) return false;
  }
  return true;
}

/// Every link that can be: one for an edge inside, four for one at the border.
std::size_t links_of(std::span<const std::byte> bytes, std::size_t polygons, int count) {
  std::size_t links = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto polygon = at<dtPoly>(bytes, polygons, i);
    for (unsigned edge = 0; edge < polygon.vertCount; ++edge) {
      const bool outwards = (polygon.neis[edge] & DT_EXT_LINK) != 0;
      links += outwards ? kLinksAtBorder : static_cast<std::size_t>(polygon.neis[edge] != 0);
    }
  }
  return std::max<std::size_t>(links, 1);  // Detour writes into the last one
}

bool sane_tile(std::span<const std::byte> detour, const TileIdentity& identity) {
  if (detour.size() < sizeof(dtMeshHeader)) return false;
  const auto header = read<dtMeshHeader>(detour, 0);
  if (!sane_header(header, identity)) return false;
  const Layout layout(header, 0);
  if (layout.end != detour.size()) return false;
  if (!sane_floats(detour, layout.vertices, layout.polygons) ||
      !sane_floats(detour, layout.detail_vertices, layout.detail_triangles) ||
      !corners_in_tile(detour, layout, identity) || !sane_boxes(detour, layout, header)) {
    return false;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(header.polyCount); ++i) {
    const auto polygon = at<dtPoly>(detour, layout.polygons, i);
    if (!sane_polygon(polygon, header) || !sane_detail(detour, layout, i, polygon, header)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::uint32_t polygons_max(const TileGrid& grid) {
  const auto tile_bits = static_cast<int>(std::bit_width(std::bit_ceil(grid.count()) - 1));
  return 1u << std::min(kReferenceBits - tile_bits, 15);
}

std::vector<std::byte> encode_tile(const TileIdentity& identity,
                                   std::span<const std::byte> detour) {
  std::vector<std::byte> bytes(kTileHeaderBytes + detour.size());
  std::size_t size = 0;
  if (!detour.empty()) {
    auto header = read<dtMeshHeader>(detour, 0);
    const Layout from(header, static_cast<std::size_t>(header.maxLinkCount));
    header.maxLinkCount = 0;
    const std::span<std::byte> to = std::span(bytes).subspan(kTileHeaderBytes);
    std::ranges::copy(detour.first(from.links), to.begin());
    std::memcpy(to.data(), &header, sizeof(header));
    std::ranges::copy(detour.subspan(from.details, from.end - from.details),
                      to.begin() + static_cast<std::ptrdiff_t>(from.links));
    size = from.links + from.end - from.details;
  }
  bytes.resize(kTileHeaderBytes + size);
  const std::span<std::byte> all(bytes);
  ByteWriter writer(all.first(kTileHeaderBytes));
  writer.number(kTileMagic);
  writer.number(kTileFormat);
  writer.number(static_cast<std::uint32_t>(identity.agent));
  writer.number(identity.tile.x);
  writer.number(identity.tile.z);
  writer.number(static_cast<std::uint32_t>(size));
  writer.number(hash_bytes(all.subspan(kTileHeaderBytes), hash_bytes(writer.written())));
  return bytes;
}

std::expected<std::vector<std::uint32_t>, DecodeError> decode_tile(
    const TileIdentity& identity, std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  bool known = reader.number<std::uint32_t>() == kTileMagic;
  known = known && reader.number<std::uint32_t>() == kTileFormat;
  known = known && reader.number<std::uint32_t>() == static_cast<std::uint32_t>(identity.agent);
  known = known && reader.number<std::int32_t>() == identity.tile.x;
  known = known && reader.number<std::int32_t>() == identity.tile.z;
  if (!known) return std::unexpected(reader.ok() ? DecodeError::Malformed : DecodeError::Truncated);
  const auto size = reader.number<std::uint32_t>();
  const std::size_t checked = reader.position();
  const auto checksum = reader.number<std::uint64_t>();
  const std::span<const std::byte> detour = reader.bytes(size);
  if (!reader.ok()) return std::unexpected(DecodeError::Truncated);
  if (!reader.done()) return std::unexpected(DecodeError::TrailingBytes);
  if (hash_bytes(detour, hash_bytes(bytes.first(checked))) != checksum) {
    return std::unexpected(DecodeError::Malformed);
  }
  if (detour.empty()) return std::vector<std::uint32_t>{};
  if (!sane_tile(detour, identity)) return std::unexpected(DecodeError::OutOfRange);

  auto header = read<dtMeshHeader>(detour, 0);
  const Layout from(header, 0);
  const std::size_t links = links_of(detour, from.polygons, header.polyCount);
  const Layout to(header, links);
  header.maxLinkCount = static_cast<int>(links);
  std::vector<std::uint32_t> data(to.end / sizeof(std::uint32_t));
  auto* const out = reinterpret_cast<std::byte*>(data.data());
  std::memcpy(out, detour.data(), from.links);
  std::memcpy(out, &header, sizeof(header));
  std::memcpy(out + to.details, detour.data() + from.details, from.end - from.details);
  return data;
}

}  // namespace tessera::nav
