// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/detail/segment_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tessera::log::detail {

SegmentWriter::SegmentWriter(const LogOptions& options, LogStorage& storage, LogHeader header)
    : options_(options), storage_(storage), header_(std::move(header)) {}

Result<void> SegmentWriter::put(std::vector<std::byte>& bytes) {
  auto written = file_->append(bytes);
  size_ += bytes.size();
  bytes.clear();
  if (written) written = file_->sync();
  if (!written) file_.reset();
  return written;
}

Result<void> SegmentWriter::start(TickNumber tick, std::uint64_t content_hash,
                                  std::span<const std::byte> checkpoint) {
  if (auto finished = finish(); !finished) return finished;
  header_.tick = tick;
  header_.content_hash = content_hash;
  header_.checkpoint_bytes = checkpoint.size();
  const std::filesystem::path path = options_.record_file.empty()
                                         ? options_.folder / segment_name(options_.run, tick)
                                         : options_.record_file;
  auto file = storage_.create(path);
  if (!file) return std::unexpected(file.error());
  file_ = std::move(*file);
  encoded_ = encode_prologue(header_);
  for (std::size_t at = 0; at < checkpoint.size(); at += kBlockBytesTarget) {
    const auto piece = checkpoint.subspan(at, std::min(kBlockBytesTarget, checkpoint.size() - at));
    compressor_.append(BlockKind::Checkpoint, tick, piece, encoded_);
  }
  size_ = 0;
  written_tick_ = tick;
  if (auto written = put(encoded_); !written) {
    // A full disk must not collect beginnings. What an operator named is not ours to remove: it may
    // be a device.
    if (options_.record_file.empty()) (void)storage_.remove(path);
    return written;
  }
  durable_tick_ = tick;
  return remove_oldest();
}

Result<void> SegmentWriter::write(std::span<const std::byte> records) {
  if (!file_) return {};
  ByteReader in(records);
  while (in.left() > 0) {
    const std::size_t start = in.position();
    TickNumber first_tick = 0;
    while (in.left() > 0 && in.position() - start < kBlockBytesTarget) {
      const Record record = read_record(in);
      TESSERA_ASSERT(in.ok(), "log queue: not a record");
      if (first_tick == 0) first_tick = record.tick;
      if (record.kind == RecordKind::Hash) written_tick_ = record.tick;
    }
    compressor_.append(BlockKind::Ticks, first_tick, records.subspan(start, in.position() - start),
                       encoded_);
  }
  if (auto written = put(encoded_); !written) return written;
  durable_tick_ = written_tick_;
  return {};
}

Result<void> SegmentWriter::finish() {
  if (!file_) return {};
  std::vector<std::byte> end;
  append_end_record(written_tick_, end);
  auto written = write(end);
  file_.reset();
  return written;
}

Result<void> SegmentWriter::remove_oldest() {
  if (!options_.record_file.empty()) return {};
  auto files = storage_.list(options_.folder);
  if (!files) return std::unexpected(files.error());
  std::erase_if(*files, [](const auto& file) { return file.extension() != kSegmentExtension; });
  for (std::size_t i = 0; i + options_.segments_max < files->size(); ++i) {
    if (auto removed = storage_.remove((*files)[i]); !removed) return removed;
  }
  return {};
}

}  // namespace tessera::log::detail
