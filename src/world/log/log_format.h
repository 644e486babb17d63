// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The bytes of an intent log. A log file (a segment, or a whole recording) is
//
//   prologue      8 bytes kLogMagic, u32 format version, u32 header size,
//                 u64 checksum of the header bytes
//   header        an encoded LogHeader
//   block ...     the checkpoint: LogHeader::checkpoint_bytes in blocks of kind Checkpoint
//   block ...     the ticks, in blocks of kind Ticks
//
// A block is 32 bytes and its zstd-compressed content:
//
//   u32 kBlockMagic   u8 kind   3 zero bytes   u32 raw size   u32 stored size
//   u64 first tick it tells of   u64 checksum of the 24 bytes before and the stored bytes
//
// The content of a Ticks block is a row of whole records: u8 kind, u64 tick, then
//
//   Intents   u32 size, the serialised intents of the tick: written before the tick runs
//   Hash      u64 hash of the state after the tick
//   End       nothing: the file was closed in order
//
// Invariant: Intents(t), Hash(t), Intents(t+1), ... without a gap. The last tick of a process that
// died in it has intents and no hash. All numbers are little-endian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/tick.h"

namespace tessera::log {

inline constexpr std::uint64_t kLogMagic = 0x0a0d474c52455354;  // "TSERLG\r\n"
inline constexpr std::uint32_t kLogFormatVersion = 1;
inline constexpr std::uint32_t kBlockMagic = 0x4b4c4254;  // "TBLK"
inline constexpr std::size_t kPrologueBytes = 24;
inline constexpr std::size_t kBlockHeaderBytes = 32;
/// A block never holds more, compressed or not: a reader may refuse larger sizes unread.
inline constexpr std::size_t kBlockBytesMax = 16u << 20;
/// Writers cut the checkpoint into pieces of this size and start a new block of ticks beyond it.
inline constexpr std::size_t kBlockBytesTarget = 4u << 20;
/// The intents of one tick. 5,000 players take about 0.2 MB.
inline constexpr std::size_t kTickIntentsBytesMax = 8u << 20;
inline constexpr std::size_t kHeaderBytesMax = 64u << 10;
inline constexpr std::size_t kCheckpointBytesMax = std::size_t{4} << 30;

/// What a replay must agree with before it starts.
struct LogHeader {
  std::string build{};             ///< version and revision of the writer
  std::uint64_t content_hash = 0;  ///< of the compiled content
  std::uint64_t seed = 0;
  std::uint16_t zone = 0;
  TickNumber tick = 0;                 ///< the checkpoint is the state after this tick
  std::uint64_t checkpoint_bytes = 0;  ///< 0: an empty world
  std::vector<std::byte> options{};    ///< the zone's own, opaque here

  bool operator==(const LogHeader&) const = default;
};

enum class BlockKind : std::uint8_t { None, Checkpoint, Ticks };
enum class RecordKind : std::uint8_t { None, Intents, Hash, End };

struct BlockHeader {
  BlockKind kind{};
  std::uint32_t raw_size = 0;
  std::uint32_t stored_size = 0;
  TickNumber first_tick = 0;
};

/// Prologue and header, ready to be written.
std::vector<std::byte> encode_prologue(const LogHeader& header);

struct Prologue {
  LogHeader header;
  std::size_t size = 0;  ///< bytes of the file that prologue and header take
};
enum class PrologueError : std::uint8_t { NotALog, OtherFormat, Truncated, Damaged };
std::expected<Prologue, PrologueError> decode_prologue(std::span<const std::byte> file);

/// Compresses `raw` and appends a whole block to `out`.
class BlockCompressor {
 public:
  BlockCompressor();
  ~BlockCompressor();
  BlockCompressor(const BlockCompressor&) = delete;
  BlockCompressor& operator=(const BlockCompressor&) = delete;

  void append(BlockKind kind, TickNumber first_tick, std::span<const std::byte> raw,
              std::vector<std::byte>& out);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

enum class BlockError : std::uint8_t {
  Torn,     ///< the file ends inside the block
  Damaged,  ///< the bytes are not a block, or not what was written
};
/// Reads the block that starts at `file` and puts its content into `raw`. Returns its header; the
/// block took kBlockHeaderBytes + stored_size bytes.
std::expected<BlockHeader, BlockError> read_block(std::span<const std::byte> file,
                                                  std::vector<std::byte>& raw);

void append_intents_record(TickNumber tick, std::span<const std::byte> intents,
                           std::vector<std::byte>& out);
void append_hash_record(TickNumber tick, std::uint64_t hash, std::vector<std::byte>& out);
void append_end_record(TickNumber tick, std::vector<std::byte>& out);

struct Record {
  RecordKind kind{};
  TickNumber tick = 0;
  std::span<const std::byte> intents;  ///< into the block
  std::uint64_t hash = 0;
};
/// The next record; the reader fails at the first bad byte.
Record read_record(ByteReader& in);

}  // namespace tessera::log
