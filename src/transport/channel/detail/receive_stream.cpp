// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/channel/detail/receive_stream.h"

#include <algorithm>

namespace tessera::channel::detail {
namespace {

constexpr std::size_t kKeptBytes = 1024;
/// More holes than a correct peer can leave: it has at most 64 packets under way.
constexpr std::size_t kRangesMax = 512;

}  // namespace

std::optional<std::uint64_t> ReceiveStream::whole_offset(std::uint32_t low_bits) const {
  constexpr std::uint32_t kMask = (1u << kOffsetBits) - 1;
  constexpr std::uint32_t kHalf = 1u << (kOffsetBits - 1);
  const std::uint32_t ahead = (low_bits - static_cast<std::uint32_t>(contiguous_)) & kMask;
  if (ahead < kHalf) return contiguous_ + ahead;
  const std::uint32_t behind = kMask + 1 - ahead;
  if (behind > contiguous_) return std::nullopt;
  return contiguous_ - behind;
}

bool ReceiveStream::accepts(Range piece, const Limits& limits) const {
  return piece.end <= contiguous_ + limits.window_bytes && ranges_.count() < kRangesMax;
}

void ReceiveStream::store(Range piece, std::span<const std::byte> bytes) {
  const std::uint64_t begin = std::max(piece.begin, contiguous_);
  bytes = bytes.subspan(static_cast<std::size_t>(begin - piece.begin));
  const auto at = static_cast<std::size_t>(begin - base_);
  if (buffer_.size() < at + bytes.size()) buffer_.resize(at + bytes.size());
  std::ranges::copy(bytes, buffer_.begin() + static_cast<std::ptrdiff_t>(at));
  ranges_.add({begin, piece.end});
  if (ranges_.first().begin == contiguous_) {
    contiguous_ = ranges_.first().end;
    ranges_.remove_below(contiguous_);
  }
}

void ReceiveStream::drop(std::size_t bytes) {
  if (bytes == 0) return;
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(bytes));
  base_ += bytes;
  if (buffer_.empty() && buffer_.capacity() > kKeptBytes) buffer_.shrink_to_fit();
}

}  // namespace tessera::channel::detail
