// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The sending end of a message stream. Messages, each behind its length (varint), form one endless
// row of bytes; packets carry pieces of the row. The bytes stay here from send() until all before
// and including them have arrived.
//
//   base_            next_            end
//    | in flight, lost, or arrived out of order | not sent yet |
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "transport/channel/detail/ranges.h"

namespace tessera::channel::detail {

class SendStream {
 public:
  void append(std::span<const std::byte> message);

  /// The next piece to send, at most `bytes_max` long: what was lost first, then what is new inside
  /// the window. It counts as under way from then on.
  std::optional<Range> take_piece(std::size_t bytes_max, std::size_t window_bytes);
  bool has_piece(std::size_t window_bytes) const;
  bool resends() const { return !lost_.empty(); }
  std::span<const std::byte> bytes(Range piece) const;

  void lost(Range piece);
  /// Returns the bytes that need not be kept any more.
  std::size_t arrived(Range piece);

  std::size_t memory_bytes() const;

 private:
  std::uint64_t end() const { return base_ + (buffer_.size() - head_); }
  void drop_arrived(std::uint64_t offset);

  std::vector<std::byte> buffer_;  // from head_ on: the bytes from base_ on
  std::size_t head_ = 0;
  std::uint64_t base_ = 0;
  std::uint64_t next_ = 0;
  Ranges lost_;
  Ranges arrived_;  // beyond base_
};

}  // namespace tessera::channel::detail
