// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A compiled zone as one file, read in one go: nothing is computed a triangle.
//
//   header      magic u64, version u32, reserved u32, content hash u64, checksum u64, size u64
//   sections    each a size u64 and so many bytes:
//     definition  names, limits, scenery, spawn points, creatures, names of doors (zone_fields.h)
//     flags       of triangles, a byte each
//     geometry    ground, walls and doors (engine/physics/geometry_bytes.h)
//     navigation  count u32; each tile agent u32, x i32, z i32, input hash u64, size u32; the
//     bytes;
//                 then the portals of each agent: size u32, bytes
//
// Little-endian. The checksum covers all behind the header. The content hash names what the zone
// was made from; the version is part of it, so a file of another version is never asked for by
// name, and refused if it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "gameplay/definitions/zone_definition.h"

namespace tessera::content {

/// Raise it with every change of the format or of what the compiler makes of the same sources.
inline constexpr std::uint32_t kZoneFileVersion = 5;

enum class ZoneFileProblem : std::uint8_t {
  OtherVersion,  ///< made by another build: compile again
  Damaged,       ///< cut off, changed, or no such file at all: compile again
};

/// "made by another version", "damaged".
std::string_view to_text(ZoneFileProblem problem);

std::vector<std::byte> encode_zone_file(const ZoneDefinition& zone);

/// Never asserts, whatever the bytes. The zone's navigation tiles refer to `bytes` and keep them
/// alive. Some 1 ms a MiB.
std::expected<ZoneDefinition, ZoneFileProblem> decode_zone_file(
    std::shared_ptr<const std::vector<std::byte>> bytes);

}  // namespace tessera::content
