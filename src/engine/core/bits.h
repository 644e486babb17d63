// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Bit packing, least significant bit first. As with bytes.h the writer asserts and the reader
// stays failed after the first bad read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "engine/core/assert.h"

namespace tessera {

class BitWriter {
 public:
  explicit BitWriter(std::span<std::byte> out) : out_(out) {}

  /// The low `count` bits of `value`, 0 <= count <= 32; higher bits must be zero.
  void bits(std::uint32_t value, unsigned count) {
    TESSERA_ASSERT(count <= 32 && (count == 32 || value >> count == 0),
                   "BitWriter: value too wide");
    scratch_ |= std::uint64_t{value} << filled_;
    filled_ += count;
    while (filled_ >= 8) put_byte();
  }
  void flag(bool value) { bits(value ? 1 : 0, 1); }
  /// Zero bits up to the next byte; call it once at the end. Returns the bytes written.
  std::size_t finish() {
    if (filled_ > 0) {
      filled_ = 8;
      put_byte();
    }
    return size_;
  }
  std::size_t bits_written() const { return size_ * 8 + filled_; }

 private:
  void put_byte() {
    TESSERA_ASSERT(size_ < out_.size(), "BitWriter: buffer too small");
    out_[size_++] = static_cast<std::byte>(scratch_ & 0xff);
    scratch_ >>= 8;
    filled_ -= 8;
  }

  std::span<std::byte> out_;
  std::uint64_t scratch_ = 0;
  unsigned filled_ = 0;
  std::size_t size_ = 0;
};

class BitReader {
 public:
  explicit BitReader(std::span<const std::byte> in) : in_(in) {}

  /// The next `count` bits, 0 <= count <= 32; zero once the input is used up.
  std::uint32_t bits(unsigned count) {
    while (filled_ < count) {
      if (position_ >= in_.size()) {
        failed_ = true;
        return 0;
      }
      scratch_ |= std::uint64_t{std::to_integer<std::uint8_t>(in_[position_++])} << filled_;
      filled_ += 8;
    }
    const auto value = static_cast<std::uint32_t>(scratch_ & ((std::uint64_t{1} << count) - 1));
    scratch_ >>= count;
    filled_ -= count;
    return value;
  }
  bool flag() { return bits(1) != 0; }
  bool ok() const { return !failed_; }
  /// Bytes consumed so far, a started byte counting whole.
  std::size_t bytes_read() const { return position_ - filled_ / 8; }

 private:
  std::span<const std::byte> in_;
  std::uint64_t scratch_ = 0;
  unsigned filled_ = 0;
  std::size_t position_ = 0;
  bool failed_ = false;
};

}  // namespace tessera
