// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Bytes in and out. All integers are little-endian; a varint is LEB128 (7 bits a byte, low first).
// The writer trusts its caller and asserts; the reader trusts nobody and never asserts: after the
// first bad read it stays failed and yields zeros, so a decoder checks ok() once, at the end or
// before it acts.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include "engine/core/assert.h"

namespace tessera {

static_assert(std::endian::native == std::endian::little, "the formats are written by memcpy");

enum class DecodeError : std::uint8_t {
  Truncated,   ///< the bytes ended before the value did
  OutOfRange,  ///< a number, length or count beyond its limit
  Malformed,   ///< bytes that no correct peer would send
  TrailingBytes,
};

template <class T>
concept PlainNumber = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class ByteWriter {
 public:
  explicit ByteWriter(std::span<std::byte> out) : out_(out) {}

  template <PlainNumber T>
  void number(T value) {
    TESSERA_ASSERT(room() >= sizeof(T), "ByteWriter: buffer too small");
    std::memcpy(out_.data() + size_, &value, sizeof(T));
    size_ += sizeof(T);
  }
  void varint(std::uint64_t value) {
    while (value >= 0x80) {
      number(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    number(static_cast<std::uint8_t>(value));
  }
  void bytes(std::span<const std::byte> data) {
    TESSERA_ASSERT(room() >= data.size(), "ByteWriter: buffer too small");
    if (!data.empty()) std::memcpy(out_.data() + size_, data.data(), data.size());
    size_ += data.size();
  }
  /// bytes() for data behind which `Slack` bytes may be read: small data is one copy of fixed size.
  template <std::size_t Slack>
  void bytes_of_room(std::span<const std::byte> data) {
    if (data.size() > Slack || room() < Slack) return bytes(data);
    std::memcpy(out_.data() + size_, data.data(), Slack);
    size_ += data.size();
  }
  /// A varint length, then the characters.
  void text(std::string_view text) {
    varint(text.size());
    bytes(std::as_bytes(std::span(text)));
  }

  std::size_t size() const { return size_; }
  std::size_t room() const { return out_.size() - size_; }
  std::span<const std::byte> written() const { return out_.first(size_); }
  /// Back to an earlier size(), to take back what did not fit.
  void rewind(std::size_t size) { size_ = size; }
  /// Overwrites a number written earlier at `offset`.
  template <PlainNumber T>
  void patch(std::size_t offset, T value) {
    TESSERA_ASSERT(offset + sizeof(T) <= size_, "ByteWriter: patch beyond the end");
    std::memcpy(out_.data() + offset, &value, sizeof(T));
  }

 private:
  std::span<std::byte> out_;
  std::size_t size_ = 0;
};

/// The bytes that `ByteWriter::varint(value)` takes.
constexpr std::size_t varint_size(std::uint64_t value) {
  std::size_t size = 1;
  while (value >= 0x80) {
    value >>= 7;
    ++size;
  }
  return size;
}

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> in) : in_(in) {}

  template <PlainNumber T>
  T number() {
    T value{};
    if (!take(sizeof(T))) return value;
    std::memcpy(&value, in_.data() + position_ - sizeof(T), sizeof(T));
    return value;
  }
  /// At most 10 bytes; a longer or overflowing encoding fails the reader.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = number<std::uint8_t>();
      if (failed_ || (shift == 63 && byte > 1)) break;
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    failed_ = true;
    return 0;
  }
  /// A varint that must not exceed `limit`; otherwise the reader fails and 0 is returned.
  std::uint64_t varint_at_most(std::uint64_t limit) {
    const std::uint64_t value = varint();
    if (value <= limit) return value;
    failed_ = true;
    return 0;
  }
  /// A view into the input; empty when there are fewer bytes left.
  std::span<const std::byte> bytes(std::size_t count) {
    return take(count) ? in_.subspan(position_ - count, count) : std::span<const std::byte>{};
  }
  std::string_view text(std::size_t size_max) {
    const auto data = bytes(static_cast<std::size_t>(varint_at_most(size_max)));
    return {reinterpret_cast<const char*>(data.data()), data.size()};
  }

  void fail() { failed_ = true; }
  bool ok() const { return !failed_; }
  /// True when all was read and nothing failed.
  bool done() const { return !failed_ && position_ == in_.size(); }
  std::size_t left() const { return failed_ ? 0 : in_.size() - position_; }
  std::size_t position() const { return position_; }

 private:
  bool take(std::size_t count) {
    if (failed_ || in_.size() - position_ < count) {
      failed_ = true;
      return false;
    }
    position_ += count;
    return true;
  }

  std::span<const std::byte> in_;
  std::size_t position_ = 0;
  bool failed_ = false;
};

}  // namespace tessera
