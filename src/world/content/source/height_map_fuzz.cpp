// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any bytes as a height map. Sizes up to 64 x 64 are asked for as the image itself claims them.
#include <cstdint>
#include <span>

#include "engine/core/assert.h"
#include "world/content/source/height_map.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  if (size < 24) return 0;
  const std::uint32_t columns = data[19] % 65;
  const std::uint32_t rows = data[23] % 65;
  if (columns < 2 || rows < 2) return 0;
  const auto map =
      content::decode_height_map(std::as_bytes(std::span(data, size)), "h.png", columns, rows);
  if (map) {
    TESSERA_ASSERT(map->samples.size() == std::size_t{columns} * rows, "a map of another size");
    TESSERA_ASSERT(content::encode_height_map(*map).has_value(), "a map that cannot be written");
  }
  return 0;
}
