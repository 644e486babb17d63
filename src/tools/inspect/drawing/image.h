// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A picture in memory. Row by row from the top, 8 bits a channel.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/error.h"

namespace tessera::inspect {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  /// 0xrrggbb.
  static constexpr Colour of(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
            static_cast<std::uint8_t>(rgb)};
  }
  bool operator==(const Colour&) const = default;
};

/// `share` of b and the rest of a; shares beyond 0 and 1 count as these.
inline Colour mix(Colour a, Colour b, float share) {
  const float s = std::clamp(share, 0.0f, 1.0f);
  const auto channel = [s](std::uint8_t from, std::uint8_t to) {
    const float value = static_cast<float>(from) + s * (static_cast<float>(to) - from) + 0.5f;
    return static_cast<std::uint8_t>(value);
  };
  return {channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue)};
}

/// Darker below 1, brighter above.
inline Colour lit(Colour colour, float light) {
  return light < 1 ? mix({}, colour, light) : mix(colour, {255, 255, 255}, light - 1);
}

class Image {
 public:
  Image(int width, int height, Colour colour = {})
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), colour) {}

  int width() const { return width_; }
  int height() const { return height_; }
  bool holds(int x, int y) const { return x >= 0 && y >= 0 && x < width_ && y < height_; }
  /// Of a pixel that the image holds.
  Colour& at(int x, int y) { return pixels_[place(x, y)]; }
  Colour at(int x, int y) const { return pixels_[place(x, y)]; }
  const std::vector<Colour>& pixels() const { return pixels_; }

 private:
  std::size_t place(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(x);
  }

  int width_;
  int height_;
  std::vector<Colour> pixels_;
};

/// Half as wide and high; each pixel is the mean of four. So what was drawn with hard edges at
/// twice the size has soft ones.
Image halved(const Image& image);

/// A PNG file of the image.
Result<std::vector<std::byte>> encode_png(const Image& image);

}  // namespace tessera::inspect
