// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/log_format.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>

#include "engine/core/assert.h"
#include "engine/core/hash.h"

namespace tessera::log {
namespace {

/// The fastest level: 500 MB/s a core here, and inputs shrink to a fifth all the same.
constexpr int kCompressionLevel = 1;
constexpr std::size_t kTextBytesMax = 256;

/// Room for `size` more bytes at the end of `out`.
std::span<std::byte> grow(std::vector<std::byte>& out, std::size_t size) {
  const std::size_t before = out.size();
  out.resize(before + size);
  return std::span(out).subspan(before);
}

std::uint64_t block_checksum(std::span<const std::byte> head, std::span<const std::byte> stored) {
  return hash_bytes(stored, hash_bytes(head));
}

}  // namespace

std::vector<std::byte> encode_prologue(const LogHeader& header) {
  TESSERA_ASSERT(header.build.size() <= kTextBytesMax, "log header: build name too long");
  std::vector<std::byte> bytes(kHeaderBytesMax);
  ByteWriter out(bytes);
  out.number(kLogMagic);
  out.number(kLogFormatVersion);
  out.number(std::uint32_t{0});
  out.number(std::uint64_t{0});
  out.text(header.build);
  out.number(header.content_hash);
  out.number(header.seed);
  out.number(header.zone);
  out.number(header.tick);
  out.number(header.checkpoint_bytes);
  out.varint(header.options.size());
  out.bytes(header.options);
  out.patch(12, static_cast<std::uint32_t>(out.size() - kPrologueBytes));
  out.patch(16, hash_bytes(out.written().subspan(kPrologueBytes)));
  bytes.resize(out.size());
  return bytes;
}

std::expected<Prologue, PrologueError> decode_prologue(std::span<const std::byte> file) {
  ByteReader in(file);
  if (in.number<std::uint64_t>() != kLogMagic) return std::unexpected(PrologueError::NotALog);
  const auto version = in.number<std::uint32_t>();
  if (!in.ok()) return std::unexpected(PrologueError::Truncated);
  if (version != kLogFormatVersion) return std::unexpected(PrologueError::OtherFormat);
  const auto size = in.number<std::uint32_t>();
  const auto checksum = in.number<std::uint64_t>();
  if (!in.ok()) return std::unexpected(PrologueError::Truncated);
  if (size > kHeaderBytesMax) return std::unexpected(PrologueError::Damaged);
  const auto bytes = in.bytes(size);
  if (!in.ok()) return std::unexpected(PrologueError::Truncated);
  if (hash_bytes(bytes) != checksum) return std::unexpected(PrologueError::Damaged);

  ByteReader body(bytes);
  Prologue prologue;
  prologue.size = kPrologueBytes + size;
  LogHeader& header = prologue.header;
  header.build = body.text(kTextBytesMax);
  header.content_hash = body.number<std::uint64_t>();
  header.seed = body.number<std::uint64_t>();
  header.zone = body.number<std::uint16_t>();
  header.tick = body.number<TickNumber>();
  header.checkpoint_bytes = body.number<std::uint64_t>();
  const auto options = body.bytes(static_cast<std::size_t>(body.varint_at_most(kHeaderBytesMax)));
  header.options.assign(options.begin(), options.end());
  if (!body.done() || header.checkpoint_bytes > kCheckpointBytesMax) {
    return std::unexpected(PrologueError::Damaged);
  }
  return prologue;
}

struct BlockCompressor::Context {
  ZSTD_CCtx* zstd = ZSTD_createCCtx();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { ZSTD_freeCCtx(zstd); }
};

BlockCompressor::BlockCompressor() : context_(std::make_unique<Context>()) {
  TESSERA_ASSERT(context_->zstd != nullptr, "no memory for a zstd context");
}

BlockCompressor::~BlockCompressor() = default;

void BlockCompressor::append(BlockKind kind, TickNumber first_tick, std::span<const std::byte> raw,
                             std::vector<std::byte>& out) {
  TESSERA_ASSERT(raw.size() <= kBlockBytesMax, "log block too large");
  const std::size_t start = out.size();
  const std::size_t bound = ZSTD_compressBound(raw.size());
  const auto room = grow(out, kBlockHeaderBytes + bound);
  const auto stored = room.subspan(kBlockHeaderBytes);
  const std::size_t stored_size = ZSTD_compressCCtx(context_->zstd, stored.data(), stored.size(),
                                                    raw.data(), raw.size(), kCompressionLevel);
  TESSERA_ASSERT(ZSTD_isError(stored_size) == 0, "zstd refused to compress");
  ByteWriter head(room.first(kBlockHeaderBytes));
  head.number(kBlockMagic);
  head.number(kind);
  for (int i = 0; i < 3; ++i) head.number(std::uint8_t{0});
  head.number(static_cast<std::uint32_t>(raw.size()));
  head.number(static_cast<std::uint32_t>(stored_size));
  head.number(first_tick);
  head.number(block_checksum(head.written(), stored.first(stored_size)));
  out.resize(start + kBlockHeaderBytes + stored_size);
}

std::expected<BlockHeader, BlockError> read_block(std::span<const std::byte> file,
                                                  std::vector<std::byte>& raw) {
  ByteReader in(file);
  const auto magic = in.number<std::uint32_t>();
  BlockHeader block;
  block.kind = in.number<BlockKind>();
  in.bytes(3);
  block.raw_size = in.number<std::uint32_t>();
  block.stored_size = in.number<std::uint32_t>();
  block.first_tick = in.number<TickNumber>();
  const auto checksum = in.number<std::uint64_t>();
  if (!in.ok()) return std::unexpected(BlockError::Torn);
  if (magic != kBlockMagic || block.raw_size > kBlockBytesMax ||
      block.stored_size > ZSTD_COMPRESSBOUND(kBlockBytesMax)) {
    return std::unexpected(BlockError::Damaged);
  }
  const auto stored = in.bytes(block.stored_size);
  if (!in.ok()) return std::unexpected(BlockError::Torn);
  if (block_checksum(file.first(kBlockHeaderBytes - sizeof checksum), stored) != checksum) {
    return std::unexpected(BlockError::Damaged);
  }
  raw.resize(block.raw_size);
  const std::size_t size = ZSTD_decompress(raw.data(), raw.size(), stored.data(), stored.size());
  if (ZSTD_isError(size) != 0 || size != block.raw_size ||
      (block.kind != BlockKind::Checkpoint && block.kind != BlockKind::Ticks)) {
    return std::unexpected(BlockError::Damaged);
  }
  return block;
}

void append_intents_record(TickNumber tick, std::span<const std::byte> intents,
                           std::vector<std::byte>& out) {
  TESSERA_ASSERT(intents.size() <= kTickIntentsBytesMax, "more intents in a tick than a log takes");
  ByteWriter record(grow(out, 13 + intents.size()));
  record.number(RecordKind::Intents);
  record.number(tick);
  record.number(static_cast<std::uint32_t>(intents.size()));
  record.bytes(intents);
}

void append_hash_record(TickNumber tick, std::uint64_t hash, std::vector<std::byte>& out) {
  ByteWriter record(grow(out, 17));
  record.number(RecordKind::Hash);
  record.number(tick);
  record.number(hash);
}

void append_end_record(TickNumber tick, std::vector<std::byte>& out) {
  ByteWriter record(grow(out, 9));
  record.number(RecordKind::End);
  record.number(tick);
}

Record read_record(ByteReader& in) {
  Record record;
  record.kind = in.number<RecordKind>();
  record.tick = in.number<TickNumber>();
  switch (record.kind) {
    case RecordKind::Intents: {
      const auto size = in.number<std::uint32_t>();
      if (size > kTickIntentsBytesMax) in.fail();
      record.intents = in.bytes(size);
      break;
    }
    case RecordKind::Hash:
      record.hash = in.number<std::uint64_t>();
      break;
    case RecordKind::End:
      break;
    default:
      in.fail();
  }
  return record;
}

}  // namespace tessera::log
