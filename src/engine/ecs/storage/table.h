// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// All entities with the same set of components, one row each.
//
//              chunk 0        chunk 1       chunk 2
//   ids        r0 .. rN-1     rN ..         ...
//   heading    ...            ...           ...         columns in the order of their names
//   position   ...            ...           ...
//
// Rows live in chunks of a fixed number of rows, a power of two that depends on nothing but the
// row's size; rows are dense, a removed row is filled by the last. So which rows share a chunk, and
// in which order, follows from the sequence of structural changes alone. Chunks are the unit of
// parallel work, of change detection and of hashing; once allocated they stay, so that a table
// that shrinks and grows again touches no new memory.
//
// Chunks allocated together lie column by column: a column runs on from one chunk to the next. With
// all columns of a chunk side by side instead, every chunk broke the processor's prefetch streams,
// and iterating a million entities took 1.6 times as long.
//
// A stamp is the registry's version at the last change. Stamps are no state: a restored registry
// starts with all chunks stamped as changed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/ids.h"
#include "engine/ecs/storage/component_type.h"
#include "engine/ecs/storage/pages.h"

namespace tessera::ecs::storage {

/// A chunk aims at this size: 1,024 rows of 64 bytes. Small enough that a few thousand entities
/// give every worker some chunks, large enough that the work per chunk vanishes.
inline constexpr std::size_t kChunkBytes = 64 * 1024;
inline constexpr std::size_t kChunkRowsMin = 8;
inline constexpr std::size_t kChunkRowsMax = 1024;
/// Columns start at cache lines and, by this shift from each to the next, not all in the same set
/// of the first-level cache.
inline constexpr std::size_t kColumnAlignment = 64;
inline constexpr std::size_t kColumnShift = 192;

/// A growing table takes at most so many chunks at a time.
inline constexpr std::size_t kGrowthChunksMax = 64;

inline constexpr std::uint8_t kNoColumn = 0xff;

struct Column {
  const ComponentType* type = nullptr;
  std::uint32_t size = 0;  ///< bytes of one value
};

class Table {
 public:
  /// `types` sorted by name, without duplicates; tags included.
  Table(std::uint16_t index, std::span<const ComponentType* const> types);

  std::uint16_t index() const { return index_; }
  const TypeMask& mask() const { return mask_; }
  std::span<const ComponentType* const> types() const { return types_; }
  std::span<const Column> columns() const { return columns_; }
  /// kNoColumn when the table lacks it or it is a tag.
  std::uint8_t column_of(TypeId id) const { return column_of_[id]; }

  std::size_t rows() const { return rows_; }
  std::size_t chunk_rows() const { return std::size_t{1} << shift_; }
  /// Chunks with at least one row.
  std::size_t chunk_count() const { return (rows_ + chunk_rows() - 1) >> shift_; }
  std::size_t rows_in(std::size_t chunk) const {
    const std::size_t left = rows_ - (chunk << shift_);
    return left < chunk_rows() ? left : chunk_rows();
  }
  std::size_t chunk_of(std::uint32_t row) const { return row >> shift_; }
  std::size_t row_in_chunk(std::uint32_t row) const { return row & row_mask_; }

  std::byte* column_data(std::size_t chunk, std::size_t column) const {
    return starts_[chunk * parts_ + 1 + column];
  }
  /// Where each column starts in a chunk.
  std::byte* const* column_starts(std::size_t chunk) const { return &starts_[chunk * parts_] + 1; }
  EntityId* entities(std::size_t chunk) const {
    return reinterpret_cast<EntityId*>(starts_[chunk * parts_]);
  }
  std::byte* value(std::uint32_t row, std::size_t column) const {
    return column_data(row >> shift_, column) +
           (row & row_mask_) * std::size_t{columns_[column].size};
  }
  /// The same with the size known when compiling.
  template <class T>
  T* value_as(std::uint32_t row, std::size_t column) const {
    return reinterpret_cast<T*>(column_data(row >> shift_, column)) + (row & row_mask_);
  }
  EntityId entity(std::uint32_t row) const { return entities(row >> shift_)[row & row_mask_]; }

  /// A row at the end; its columns hold rubbish until the caller has written all of them.
  std::uint32_t append(EntityId entity, std::uint64_t version) {
    const std::size_t chunk = rows_ >> shift_;
    if (chunk == chunks_) [[unlikely]]
      grow();
    entities(chunk)[rows_ & row_mask_] = entity;
    stamp_rows(chunk, version);
    return static_cast<std::uint32_t>(rows_++);
  }
  /// Fills the hole with the last row and returns the entity that moved; none if it was the last.
  EntityId remove(std::uint32_t row, std::uint64_t version);
  /// Allocates and touches chunks for so many rows, on huge pages if they are many. Growth without
  /// reserve() doubles the table, on small pages that are touched as rows come.
  void reserve(std::size_t rows);

  /// The version at which a column of a chunk last changed, in values or in rows.
  std::uint64_t changed_at(std::size_t chunk, std::size_t column) const {
    const std::uint64_t rows = stamps_[chunk * parts_];
    const std::uint64_t values = stamps_[chunk * parts_ + 1 + column];
    return rows > values ? rows : values;
  }
  std::uint64_t rows_changed_at(std::size_t chunk) const { return stamps_[chunk * parts_]; }
  void stamp(std::size_t chunk, std::size_t column, std::uint64_t version) {
    stamps_[chunk * parts_ + 1 + column] = version;
  }

  /// Hash of signature, row order and saved columns. Chunks unchanged since the last call are not
  /// read again.
  std::uint64_t hash(std::uint64_t version) const;

 private:
  struct CachedHash {
    std::uint64_t hash = 0;
    std::uint64_t at_version = 0;  ///< 0: never
  };

  void stamp_rows(std::size_t chunk, std::uint64_t version) { stamps_[chunk * parts_] = version; }
  void grow();
  /// Memory for `count` chunks in one piece.
  void add_chunks(std::size_t count, PageSize size);
  std::uint64_t chunk_hash(std::size_t chunk, std::size_t part, std::uint64_t version) const;

  std::vector<std::byte*> starts_;  ///< for each chunk: of its ids, then of each column
  std::vector<Column> columns_;
  std::size_t parts_ = 1;   ///< ids and columns
  std::size_t chunks_ = 0;  ///< allocated
  std::size_t rows_ = 0;
  unsigned shift_ = 0;
  std::uint32_t row_mask_ = 0;
  std::uint16_t index_;
  std::vector<std::uint64_t> stamps_;       ///< parallel to starts_; the first is that of the rows
  mutable std::vector<CachedHash> hashes_;  ///< parallel to starts_
  std::uint64_t signature_hash_ = 0;
  TypeMask mask_;
  std::vector<const ComponentType*> types_;
  std::array<std::uint8_t, kComponentTypesMax> column_of_;
  std::vector<Pages> memory_;  ///< what starts_ points into
};

}  // namespace tessera::ecs::storage
