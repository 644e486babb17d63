// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/storage/table.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/core/assert.h"
#include "engine/core/hash.h"
#include "engine/ecs/storage/copy_value.h"

namespace tessera::ecs::storage {
namespace {

std::size_t rows_per_chunk(std::size_t row_bytes) {
  return std::clamp(std::bit_floor(kChunkBytes / row_bytes), kChunkRowsMin, kChunkRowsMax);
}

std::size_t aligned(std::size_t bytes) {
  return (bytes + kColumnAlignment - 1) / kColumnAlignment * kColumnAlignment;
}

}  // namespace

Table::Table(std::uint16_t index, std::span<const ComponentType* const> types)
    : index_(index), types_(types.begin(), types.end()) {
  column_of_.fill(kNoColumn);
  std::size_t row_bytes = sizeof(EntityId);
  for (const ComponentType* type : types_) row_bytes += type->size;
  const std::size_t rows = rows_per_chunk(row_bytes);
  shift_ = static_cast<unsigned>(std::countr_zero(rows));
  row_mask_ = static_cast<std::uint32_t>(rows - 1);
  StateHash signature;
  for (const ComponentType* type : types_) {
    mask_.set(type->id);
    signature.add(std::as_bytes(std::span(type->name)));
    if (type->is_tag()) continue;
    TESSERA_ASSERT(columns_.size() < kNoColumn, "Table: too many components on one entity");
    column_of_[type->id] = static_cast<std::uint8_t>(columns_.size());
    columns_.push_back({type, type->size});
  }
  parts_ = 1 + columns_.size();
  signature_hash_ = signature.value();
}

void Table::grow() {
  add_chunks(std::clamp(chunks_, std::size_t{1}, kGrowthChunksMax), PageSize::Small);
}

void Table::add_chunks(std::size_t count, PageSize page_size) {
  const std::size_t rows = count << shift_;
  const auto part_bytes = [&](std::size_t part) {
    return rows * (part == 0 ? sizeof(EntityId) : columns_[part - 1].size);
  };
  std::size_t bytes = 0;
  for (std::size_t part = 0; part < parts_; ++part)
    bytes += aligned(part_bytes(part)) + kColumnShift;
  memory_.push_back(make_pages(bytes, page_size));
  starts_.resize((chunks_ + count) * parts_);
  std::byte* start = memory_.back().get();
  for (std::size_t part = 0; part < parts_; ++part) {
    for (std::size_t i = 0; i < count; ++i) {
      starts_[(chunks_ + i) * parts_ + part] = start + part_bytes(part) / count * i;
    }
    start += aligned(part_bytes(part)) + kColumnShift;
  }
  chunks_ += count;
  stamps_.resize(starts_.size(), 0);
  hashes_.resize(starts_.size());
}

void Table::reserve(std::size_t rows) {
  const std::size_t chunks = (rows + chunk_rows() - 1) >> shift_;
  if (chunks <= chunks_) return;
  add_chunks(chunks - chunks_, PageSize::Huge);
  // The first touch of a page costs microseconds: now rather than in a tick.
  std::memset(memory_.back().get(), 0, memory_.back().get_deleter().bytes);
}

EntityId Table::remove(std::uint32_t row, std::uint64_t version) {
  const auto last = static_cast<std::uint32_t>(rows_ - 1);
  stamp_rows(row >> shift_, version);
  EntityId moved;
  if (row != last) {
    stamp_rows(last >> shift_, version);
    moved = entity(last);
    entities(row >> shift_)[row & row_mask_] = moved;
    std::byte* const* const to = column_starts(row >> shift_);
    const std::byte* const* const from = column_starts(last >> shift_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::size_t size = columns_[i].size;
      copy_value(to[i] + (row & row_mask_) * size, from[i] + (last & row_mask_) * size, size);
    }
  }
  --rows_;
  return moved;
}

std::uint64_t Table::chunk_hash(std::size_t chunk, std::size_t part, std::uint64_t version) const {
  CachedHash& cached = hashes_[chunk * parts_ + part];
  const std::uint64_t changed = part == 0 ? rows_changed_at(chunk) : changed_at(chunk, part - 1);
  // A change in the version of the hash may have come before or after it: only older ones are
  // known.
  if (changed < cached.at_version) return cached.hash;
  const std::size_t rows = rows_in(chunk);
  if (part == 0) {
    cached.hash = hash_bytes(std::as_bytes(std::span(entities(chunk), rows)));
  } else {
    cached.hash = hash_bytes({column_data(chunk, part - 1), rows * columns_[part - 1].size});
  }
  cached.at_version = version;
  return cached.hash;
}

std::uint64_t Table::hash(std::uint64_t version) const {
  StateHash hash;
  hash.add(signature_hash_);
  hash.add(rows_);
  for (std::size_t chunk = 0; chunk < chunk_count(); ++chunk) {
    hash.add(chunk_hash(chunk, 0, version));
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      if (columns_[column].type->options.saved) hash.add(chunk_hash(chunk, column + 1, version));
    }
  }
  return hash.value();
}

}  // namespace tessera::ecs::storage
