// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <array>

#include "engine/core/hash.h"
#include "engine/ecs/checkpoint/checkpoint.h"

namespace tessera::ecs {

void CheckpointWriter::varint(std::uint64_t value) {
  std::array<std::byte, 10> buffer;
  ByteWriter writer(buffer);
  writer.varint(value);
  bytes(writer.written());
}

void CheckpointWriter::text(std::string_view text) {
  varint(text.size());
  bytes(std::as_bytes(std::span(text)));
}

void CheckpointWriter::write() {
  const std::size_t start = out_.size();
  number(kCheckpointMagic);
  number(kCheckpointFormat);
  number(registry_.entities_.zone());
  components();
  entities();
  tables();
  singletons();
  number(hash_bytes(std::span(out_).subspan(start)));
}

std::uint64_t CheckpointWriter::number_of(const ComponentType& type) const {
  const auto where =
      std::ranges::lower_bound(registry_.known_, type.name, {}, &ComponentType::name);
  return static_cast<std::uint64_t>(where - registry_.known_.begin());
}

void CheckpointWriter::components() {
  varint(registry_.known_.size());
  for (const ComponentType* type : registry_.known_) {
    text(type->name);
    number(type->options.version);
    varint(type->size);
    number(static_cast<std::uint8_t>(type->options.saved));
    varint(type->fields.size());
    for (const FieldLayout& field : type->fields) {
      text(field.name);
      varint(field.offset);
      varint(field.size);
      number(field.shape.kind);
      varint(field.shape.count);
    }
  }
}

void CheckpointWriter::entities() {
  const storage::EntityIndex& entities = registry_.entities_;
  varint(entities.index_count());
  for (std::size_t i = 0; i < entities.index_count(); ++i) number(entities.generation(i));
  varint(entities.free_list().size());
  bytes(std::as_bytes(entities.free_list()));
}

void CheckpointWriter::tables() {
  varint(registry_.tables_.size());
  for (std::size_t i = 0; i < registry_.tables_.size(); ++i) {
    const storage::Table& table = registry_.tables_[i];
    varint(table.types().size());
    for (const ComponentType* type : table.types()) varint(number_of(*type));
    varint(table.rows());
    for (std::size_t chunk = 0; chunk < table.chunk_count(); ++chunk) {
      bytes(std::as_bytes(std::span(table.entities(chunk), table.rows_in(chunk))));
    }
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
      const ComponentType& type = *table.columns()[column].type;
      if (!type.options.saved) continue;
      for (std::size_t chunk = 0; chunk < table.chunk_count(); ++chunk) {
        bytes({table.column_data(chunk, column), table.rows_in(chunk) * type.size});
      }
    }
  }
}

void CheckpointWriter::singletons() {
  const auto saved = [](const auto& singleton) { return singleton.type->options.saved; };
  varint(static_cast<std::uint64_t>(std::ranges::count_if(registry_.singletons_, saved)));
  for (const auto& singleton : registry_.singletons_) {
    if (!saved(singleton)) continue;
    varint(number_of(*singleton.type));
    bytes({singleton.bytes(), singleton.type->size});
  }
}

void Registry::serialise(std::vector<std::byte>& out) const {
  CheckpointWriter(*this, out).write();
}

}  // namespace tessera::ecs
