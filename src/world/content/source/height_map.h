// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Height maps are grey PNG images with 16 bits a pixel: one pixel a sample, the first row is the
// northern edge, the first column the western. Any image editor that knows 16 bits can change them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"

namespace tessera::content {

struct HeightMap {
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::vector<std::uint16_t> samples;  ///< row by row
};

/// Reads an image that must have this size. `file` names it in errors. An image that lies about
/// itself costs no more memory than the size asked for.
Result<HeightMap> decode_height_map(std::span<const std::byte> png, const std::string& file,
                                    std::uint32_t columns, std::uint32_t rows);

/// As many samples as columns * rows.
Result<std::vector<std::byte>> encode_height_map(const HeightMap& map);

}  // namespace tessera::content
