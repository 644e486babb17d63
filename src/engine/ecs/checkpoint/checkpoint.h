// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A checkpoint is the whole state of a registry as bytes. It describes itself: names, versions and
// field layouts of all components stand in front of the columns, so that a newer build can read it.
//
//   u32 magic "TECS", u16 format, u16 zone
//   components: varint count, then for each (sorted by name)
//       text name, u16 version, varint size, u8 saved
//       varint fields; each: text name, varint offset, varint size, u8 kind, varint count
//   entities:   varint indexes, u32 generation of each; varint free, u32 index of each, next last
//   tables:     varint count (table 0, without components, is one); each, in the order of creation:
//       varint types, varint component number of each, ascending
//       varint rows, u64 entity id of each, then each saved column whole
//   singletons: varint count; each: varint component number, then its bytes
//   u64 hash of all before
//
// Integers are little-endian. A component that is not saved keeps its place in the signatures, so
// that rows stay where they are, but its column is left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/error.h"
#include "engine/ecs/registry.h"

namespace tessera::ecs {

inline constexpr std::uint32_t kCheckpointMagic = 0x53434554;  // "TECS"
inline constexpr std::uint16_t kCheckpointFormat = 1;

class CheckpointWriter {
 public:
  CheckpointWriter(const Registry& registry, std::vector<std::byte>& out)
      : registry_(registry), out_(out) {}

  void write();

 private:
  void components();
  void entities();
  void tables();
  void singletons();
  std::uint64_t number_of(const ComponentType& type) const;

  template <PlainNumber T>
  void number(T value) {
    bytes(std::as_bytes(std::span(&value, 1)));
  }
  void varint(std::uint64_t value);
  void text(std::string_view text);
  void bytes(std::span<const std::byte> data) { out_.insert(out_.end(), data.begin(), data.end()); }

  const Registry& registry_;
  std::vector<std::byte>& out_;
};

/// Reads into an empty registry that knows its components and migrations.
class CheckpointReader {
 public:
  CheckpointReader(Registry& registry, std::span<const std::byte> checkpoint)
      : registry_(registry), in_(checkpoint), checkpoint_size_(checkpoint.size()) {}

  Result<void> read();

 private:
  /// A component of the checkpoint and what it is here.
  struct Source {
    const ComponentType* type = nullptr;
    std::uint32_t stored_size = 0;
    bool stored = true;  ///< has columns in the checkpoint
    std::vector<StoredField> fields;
    const Migrations::Function* migration = nullptr;
    bool as_it_is = true;  ///< same layout: copy the column whole
  };

  Result<void> header();
  Result<void> components();
  Result<void> component();
  Result<void> component_fields(Source& source, std::string_view name);
  Result<void> match(Source& source, std::string_view name, std::uint16_t version);
  Result<void> entities();
  Result<void> tables();
  Result<void> table(std::size_t index);
  Result<void> rows(storage::Table& table, std::span<const Source* const> sources);
  Result<void> singletons();
  void values(const Source& source, std::span<const std::byte> stored, std::byte* to,
              std::size_t count) const;
  std::unexpected<Error> corrupt(std::string_view what) const;

  Registry& registry_;
  ByteReader in_;
  std::size_t checkpoint_size_;
  std::vector<Source> sources_;
};

}  // namespace tessera::ecs
