// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The sections behind the header, as many as the packet has bytes for:
//
//   head        1   bit 7: a piece of a stream; bit 6: the last, its bytes run to the packet's end;
//                   bits 0-5: kind (1..63) or stream (0..63)
//   offset      3   only of a piece: where in the stream it belongs, low 24 bits
//   length      1-2 varint; absent in the last section
//   bytes
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "engine/core/bytes.h"
#include "transport/channel/limits.h"

namespace tessera::channel::detail {

inline constexpr std::uint8_t kPieceFlag = 0x80;
inline constexpr std::uint8_t kLastFlag = 0x40;
inline constexpr std::uint8_t kNumberMask = 0x3f;
/// Head, offset and length of a piece.
inline constexpr std::size_t kPieceOverheadBytes = 1 + 3 + 2;

class SectionWriter {
 public:
  explicit SectionWriter(ByteWriter& out) : out_(out) {}

  void section(std::uint8_t kind, std::span<const std::byte> bytes) {
    begin(kind);
    body(bytes);
  }
  void piece(std::uint8_t stream, std::uint64_t offset, std::span<const std::byte> bytes) {
    begin(static_cast<std::uint8_t>(kPieceFlag | stream));
    for (unsigned shift = 0; shift < 24; shift += 8) {
      out_.number(static_cast<std::uint8_t>(offset >> shift));
    }
    body(bytes);
  }
  bool any() const { return any_; }
  std::size_t room() const { return out_.room(); }

  /// The last section loses its length.
  void finish(std::span<std::byte> packet) {
    if (!any_) return;
    packet[head_at_] |= std::byte{kLastFlag};
    const std::size_t length_bytes = body_at_ - length_at_;
    std::memmove(packet.data() + length_at_, packet.data() + body_at_, out_.size() - body_at_);
    out_.rewind(out_.size() - length_bytes);
  }

 private:
  void begin(std::uint8_t head) {
    any_ = true;
    head_at_ = out_.size();
    out_.number(head);
  }
  void body(std::span<const std::byte> bytes) {
    length_at_ = out_.size();
    out_.varint(bytes.size());
    body_at_ = out_.size();
    out_.bytes(bytes);
  }

  ByteWriter& out_;
  std::size_t head_at_ = 0;
  std::size_t length_at_ = 0;
  std::size_t body_at_ = 0;
  bool any_ = false;
};

/// A section as read; fails the reader when it is malformed.
struct ReadSection {
  bool is_piece = false;
  std::uint8_t number = 0;
  std::uint32_t offset_low = 0;
  std::span<const std::byte> bytes;
};

inline ReadSection read_section(ByteReader& in) {
  const auto head = in.number<std::uint8_t>();
  ReadSection section;
  section.is_piece = (head & kPieceFlag) != 0;
  section.number = head & kNumberMask;
  if (!section.is_piece && section.number == 0) in.fail();
  if (section.is_piece) {
    for (unsigned shift = 0; shift < 24; shift += 8) {
      section.offset_low |= std::uint32_t{in.number<std::uint8_t>()} << shift;
    }
  }
  const bool last = (head & kLastFlag) != 0;
  const std::size_t size =
      last ? in.left() : static_cast<std::size_t>(in.varint_at_most(kPacketBytesMax));
  section.bytes = in.bytes(size);
  if (section.is_piece && section.bytes.empty()) in.fail();
  return section;
}

}  // namespace tessera::channel::detail
