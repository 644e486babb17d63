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
  std::size_t offset = rows * sizeof(EntityId);
  for (const ComponentType* type : types_) {
    mask_.set(type->id);
    signature.add(std::as_bytes(std::span(type->name)));
    if (type->is_tag()) continue;
    TESSERA_ASSERT(columns_.size() < kNoColumn, "Table: too many components on one entity");
    column_of_[type->id] = static_cast<std::uint8_t>(columns_.size());
    offset = aligned(offset) + kColumnShift;
    columns_.push_back({type, static_cast<std::uint32_t>(offset), type->size});
    offset += rows * type->size;
  }
  chunk_bytes_ = aligned(offset);
  stamps_per_chunk_ = 1 + columns_.size();
  signature_hash_ = signature.value();
}

void Table::add_chunk() {
  auto* chunk =
      static_cast<std::byte*>(::operator new(chunk_bytes_, std::align_val_t{kColumnAlignment}));
  chunks_.emplace_back(chunk);
  stamps_.resize(stamps_.size() + stamps_per_chunk_, 0);
  hashes_.resize(stamps_.size());
}

void Table::reserve(std::size_t rows) {
  while (chunks_.size() << shift_ < rows) {
    add_chunk();
    std::memset(chunks_.back().get(), 0, chunk_bytes_);  // the first touch of a page costs 10 us
  }
}

EntityId Table::remove(std::uint32_t row, std::uint64_t version) {
  const auto last = static_cast<std::uint32_t>(rows_ - 1);
  stamp_rows(row >> shift_, version);
  EntityId moved;
  if (row != last) {
    stamp_rows(last >> shift_, version);
    moved = entity(last);
    entities(row >> shift_)[row & row_mask_] = moved;
    std::byte* const to = chunks_[row >> shift_].get();
    const std::byte* const from = chunks_[last >> shift_].get();
    for (const Column& column : columns_) {
      copy_value(to + column.offset + (row & row_mask_) * std::size_t{column.size},
                 from + column.offset + (last & row_mask_) * std::size_t{column.size}, column.size);
    }
  }
  --rows_;
  return moved;
}

std::uint64_t Table::chunk_hash(std::size_t chunk, std::size_t part, std::uint64_t version) const {
  CachedHash& cached = hashes_[chunk * stamps_per_chunk_ + part];
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
