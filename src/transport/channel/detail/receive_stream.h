// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The receiving end of a message stream: puts pieces in order and cuts messages off the front. It
// keeps an incomplete message and what came out of order, never more than message limit + window.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/bytes.h"
#include "transport/channel/detail/ranges.h"

namespace tessera::channel::detail {

class ReceiveStream {
 public:
  static constexpr unsigned kOffsetBits = 24;

  struct Limits {
    std::size_t message_bytes_max = 0;
    std::size_t window_bytes = 0;
  };

  /// The whole offset behind the low 24 bits of it; nothing when it would be negative.
  std::optional<std::uint64_t> whole_offset(std::uint32_t low_bits) const;
  /// False when a correct peer cannot have sent this piece yet.
  bool accepts(Range piece, const Limits& limits) const;

  /// Takes in an accepted piece and calls `on_message(bytes)` for each message that is complete
  /// now. False when the peer announces a message beyond the limit; the stream is of no use then.
  template <class F>
  [[nodiscard]] bool receive(Range piece, std::span<const std::byte> bytes, const Limits& limits,
                             F&& on_message) {
    if (piece.end <= contiguous_) return true;
    if (buffer_.empty() && piece.begin == contiguous_ && ranges_.empty()) {  // as usual: in order
      contiguous_ = piece.end;
      const auto used = take_messages(bytes, limits, on_message);
      if (!used) return false;
      base_ += *used;
      const auto rest = bytes.subspan(*used);
      buffer_.assign(rest.begin(), rest.end());
      return true;
    }
    store(piece, bytes);
    const auto ready =
        std::span<const std::byte>(buffer_).first(static_cast<std::size_t>(contiguous_ - base_));
    const auto used = take_messages(ready, limits, on_message);
    if (!used) return false;
    drop(*used);
    return true;
  }

  std::size_t memory_bytes() const { return buffer_.capacity() + ranges_.memory_bytes(); }

 private:
  /// Returns the bytes of whole messages, or nothing when a length is beyond the limit.
  template <class F>
  static std::optional<std::size_t> take_messages(std::span<const std::byte> bytes,
                                                  const Limits& limits, F&& on_message) {
    std::size_t used = 0;
    while (used < bytes.size()) {
      ByteReader in(bytes.subspan(used));
      const std::uint64_t size = in.varint();
      if (!in.ok()) {
        // Only a length of full size that still goes on is wrong; a shorter one waits for its rest.
        if (bytes.size() - used >= kLengthBytesMax) return std::nullopt;
        break;
      }
      if (size > limits.message_bytes_max) return std::nullopt;
      if (in.left() < size) break;
      on_message(in.bytes(static_cast<std::size_t>(size)));
      used += in.position();
    }
    return used;
  }

  void store(Range piece, std::span<const std::byte> bytes);
  void drop(std::size_t bytes);

  static constexpr std::size_t kLengthBytesMax = 10;

  std::vector<std::byte> buffer_;  // from base_ on, with holes
  std::uint64_t base_ = 0;         // where the first incomplete message begins
  std::uint64_t contiguous_ = 0;   // all below has arrived
  Ranges ranges_;                  // arrived beyond contiguous_
};

}  // namespace tessera::channel::detail
