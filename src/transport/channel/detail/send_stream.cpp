// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/channel/detail/send_stream.h"

#include <array>

#include "engine/core/assert.h"
#include "engine/core/bytes.h"

namespace tessera::channel::detail {
namespace {

/// An empty buffer larger than this is given back.
constexpr std::size_t kKeptBytes = 1024;

}  // namespace

void SendStream::append(std::span<const std::byte> message) {
  std::array<std::byte, 10> length;
  ByteWriter out(length);
  out.varint(message.size());
  buffer_.insert(buffer_.end(), length.begin(), length.begin() + static_cast<int>(out.size()));
  buffer_.insert(buffer_.end(), message.begin(), message.end());
}

std::optional<Range> SendStream::take_piece(std::size_t bytes_max, std::size_t window_bytes) {
  if (!has_piece(window_bytes) || bytes_max == 0) return std::nullopt;
  if (!lost_.empty()) {
    Range piece = lost_.first();
    piece.end = std::min(piece.end, piece.begin + bytes_max);
    lost_.remove_below(piece.end);
    return piece;
  }
  const std::uint64_t limit = std::min(end(), base_ + window_bytes);
  const Range piece{next_, std::min(limit, next_ + bytes_max)};
  next_ = piece.end;
  return piece;
}

bool SendStream::has_piece(std::size_t window_bytes) const {
  return !lost_.empty() || next_ < std::min(end(), base_ + window_bytes);
}

std::span<const std::byte> SendStream::bytes(Range piece) const {
  TESSERA_ASSERT(piece.begin >= base_ && piece.end <= end(), "SendStream: piece is not kept");
  return std::span(buffer_).subspan(head_ + static_cast<std::size_t>(piece.begin - base_),
                                    static_cast<std::size_t>(piece.end - piece.begin));
}

void SendStream::lost(Range piece) { lost_.add(piece); }

std::size_t SendStream::arrived(Range piece) {
  const std::uint64_t before = base_;
  if (piece.begin == base_ && arrived_.empty()) {  // as usual: in order
    drop_arrived(piece.end);
    return static_cast<std::size_t>(base_ - before);
  }
  arrived_.add(piece);
  if (arrived_.first().begin > base_) return 0;
  drop_arrived(arrived_.first().end);
  return static_cast<std::size_t>(base_ - before);
}

void SendStream::drop_arrived(std::uint64_t offset) {
  head_ += static_cast<std::size_t>(offset - base_);
  base_ = offset;
  arrived_.remove_below(base_);
  if (head_ == buffer_.size()) {
    buffer_.clear();
    head_ = 0;
    if (buffer_.capacity() > kKeptBytes) buffer_.shrink_to_fit();
  } else if (head_ > buffer_.size() / 2) {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
}

std::size_t SendStream::memory_bytes() const {
  return buffer_.capacity() + lost_.memory_bytes() + arrived_.memory_bytes();
}

}  // namespace tessera::channel::detail
