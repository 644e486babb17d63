// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/inspect/drawing/image.h"

#include <png.h>

#include <string>

#include "engine/core/assert.h"

namespace tessera::inspect {

Image halved(const Image& image) {
  Image half(image.width() / 2, image.height() / 2);
  for (int y = 0; y < half.height(); ++y) {
    for (int x = 0; x < half.width(); ++x) {
      const auto mean = [&](std::uint8_t Colour::* channel) {
        const unsigned sum = image.at(2 * x, 2 * y).*channel + image.at(2 * x + 1, 2 * y).*channel +
                             image.at(2 * x, 2 * y + 1).*channel +
                             image.at(2 * x + 1, 2 * y + 1).*channel;
        return static_cast<std::uint8_t>((sum + 2) / 4);
      };
      half.at(x, y) = {mean(&Colour::red), mean(&Colour::green), mean(&Colour::blue)};
    }
  }
  return half;
}

Result<std::vector<std::byte>> encode_png(const Image& image) {
  static_assert(sizeof(Colour) == 3, "libpng reads three bytes a pixel");
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.width());
  png.height = static_cast<png_uint_32>(image.height());
  png.format = PNG_FORMAT_RGB;
  // First the size, then the bytes; libpng's simple interface reports errors by its result.
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
  std::vector<std::byte> out(size);
  if (png_image_write_to_memory(&png, out.data(), &size, 0, image.pixels().data(), 0, nullptr) ==
      0) {
    return failure(ErrorKind::InvalidArgument,
                   "cannot make a PNG image of " + std::to_string(image.width()) + " x " +
                       std::to_string(image.height()) + " pixels (" + png.message + ")");
  }
  out.resize(size);
  return out;
}

}  // namespace tessera::inspect
