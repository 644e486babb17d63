// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <utility>

#include "engine/core/hash.h"
#include "engine/ecs/checkpoint/checkpoint.h"

namespace tessera::ecs {
namespace {

// Bounds of what is stored, far beyond what a build can have: they keep broken bytes from asking
// for much memory.
constexpr std::size_t kNameBytesMax = 256;
constexpr std::size_t kFieldsMax = 1024;
constexpr std::size_t kComponentBytesMax = 1 << 20;

std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

}  // namespace

std::unexpected<Error> CheckpointReader::corrupt(std::string_view what) const {
  return failure(ErrorKind::Corrupt, "checkpoint is damaged at byte " +
                                         std::to_string(in_.position()) + " of " +
                                         std::to_string(checkpoint_size_) + ": " +
                                         std::string(what) + "; use an older checkpoint");
}

Result<void> CheckpointReader::read() {
  if (auto done = header(); !done) return done;
  if (auto done = components(); !done) return done;
  if (auto done = entities(); !done) return done;
  if (auto done = tables(); !done) return done;
  if (auto done = singletons(); !done) return done;
  if (!in_.done()) return corrupt("bytes missing, or left over, at the end");
  if (!registry_.entities_.complete()) return corrupt("an entity has no row");
  return {};
}

Result<void> CheckpointReader::header() {
  if (checkpoint_size_ < sizeof(std::uint64_t)) return corrupt("too short");
  ByteReader whole = in_;
  const auto body = whole.bytes(checkpoint_size_ - sizeof(std::uint64_t));
  const auto stored_hash = whole.number<std::uint64_t>();
  in_ = ByteReader(body);
  if (in_.number<std::uint32_t>() != kCheckpointMagic) return corrupt("not a checkpoint");
  if (stored_hash != hash_bytes(body)) return corrupt("the hash does not match");
  if (const auto format = in_.number<std::uint16_t>(); format != kCheckpointFormat) {
    return failure(ErrorKind::InvalidArgument,
                   "checkpoint has format " + std::to_string(format) + ", this build reads " +
                       std::to_string(kCheckpointFormat) + "; use the build that wrote it");
  }
  if (const auto zone = in_.number<std::uint16_t>(); zone != registry_.entities_.zone()) {
    return failure(ErrorKind::InvalidArgument, "checkpoint is of zone " + std::to_string(zone) +
                                                   ", this is zone " +
                                                   std::to_string(registry_.entities_.zone()) +
                                                   "; check the data directory of this zone");
  }
  return {};
}

Result<void> CheckpointReader::components() {
  const auto count = in_.varint_at_most(kComponentTypesMax);
  sources_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (auto done = component(); !done) return done;
  }
  return {};
}

Result<void> CheckpointReader::component() {
  const std::string_view name = in_.text(kNameBytesMax);
  const auto version = in_.number<std::uint16_t>();
  Source source;
  source.stored_size = static_cast<std::uint32_t>(in_.varint_at_most(kComponentBytesMax));
  source.stored = in_.number<std::uint8_t>() != 0;
  if (auto done = component_fields(source, name); !done) return done;
  for (const Source& other : sources_) {
    if (other.type->name == name) return corrupt("component " + quoted(name) + " comes twice");
  }
  if (auto done = match(source, name, version); !done) return done;
  sources_.push_back(std::move(source));
  return {};
}

Result<void> CheckpointReader::component_fields(Source& source, std::string_view name) {
  const auto count = in_.varint_at_most(kFieldsMax);
  for (std::size_t i = 0; i < count && in_.ok(); ++i) {
    StoredField field;
    field.name = in_.text(kNameBytesMax);
    field.offset = static_cast<std::uint32_t>(in_.varint_at_most(source.stored_size));
    field.size = static_cast<std::uint32_t>(in_.varint_at_most(source.stored_size - field.offset));
    const auto kind = in_.number<std::uint8_t>();
    if (kind > std::to_underlying(FieldKind::Text)) return corrupt("a field of unknown kind");
    field.shape.kind = static_cast<FieldKind>(kind);
    field.shape.count = static_cast<std::uint32_t>(in_.varint_at_most(source.stored_size));
    source.fields.push_back(field);
  }
  if (!in_.ok()) return corrupt("the description of component " + quoted(name));
  return {};
}

Result<void> CheckpointReader::match(Source& source, std::string_view name, std::uint16_t version) {
  source.type = registry_.find_component(name);
  if (source.type == nullptr) {
    return failure(ErrorKind::InvalidArgument,
                   "checkpoint has component " + quoted(name) +
                       ", which this build does not know; register it, or use the build that "
                       "wrote the checkpoint");
  }
  const ComponentType& type = *source.type;
  const std::string versions = "component " + quoted(name) + " has version " +
                               std::to_string(version) + " in the checkpoint and " +
                               std::to_string(type.options.version) + " in this build";
  if (version > type.options.version) {
    return failure(ErrorKind::InvalidArgument, versions + "; use a newer build");
  }
  if (version < type.options.version) {
    source.migration = registry_.migrations_.find(type, version);
    source.as_it_is = false;
    if (source.migration != nullptr || !source.stored) return {};
    return failure(ErrorKind::InvalidArgument, versions + "; register a migration");
  }
  const auto same = [](const StoredField& stored, const FieldLayout& field) {
    return stored.name == field.name && stored.offset == field.offset &&
           stored.size == field.size && stored.shape == field.shape;
  };
  if (source.stored_size != type.size || !std::ranges::equal(source.fields, type.fields, same)) {
    return failure(ErrorKind::InvalidArgument, "component " + quoted(name) +
                                                   " has other fields in the checkpoint, but the " +
                                                   "same version " + std::to_string(version) +
                                                   "; raise its version and register a migration");
  }
  return {};
}

Result<void> CheckpointReader::entities() {
  const auto indexes = in_.varint_at_most(in_.left() / sizeof(std::uint32_t));
  std::vector<std::uint32_t> generations(indexes);
  for (std::uint32_t& generation : generations) generation = in_.number<std::uint32_t>();
  const auto free_count = in_.varint_at_most(in_.left() / sizeof(std::uint32_t));
  std::vector<std::uint32_t> free(free_count);
  for (std::uint32_t& index : free) index = in_.number<std::uint32_t>();
  if (!in_.ok() || !registry_.entities_.restore(generations, free)) {
    return corrupt("the list of entities");
  }
  return {};
}

Result<void> CheckpointReader::tables() {
  const auto count = in_.varint_at_most(storage::kNoTable);
  for (std::size_t i = 0; i < count; ++i) {
    if (auto done = table(i); !done) return done;
  }
  if (count == 0) return corrupt("no tables");
  return {};
}

Result<void> CheckpointReader::table(std::size_t index) {
  const auto type_count = in_.varint_at_most(sources_.size());
  std::vector<const ComponentType*> types;
  std::vector<const Source*> sources;
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < type_count; ++i) {
    const std::uint64_t number = in_.varint();
    if (!in_.ok() || number < next || number >= sources_.size()) {
      return corrupt("the components of a table");
    }
    next = number + 1;
    sources.push_back(&sources_[number]);
    types.push_back(sources_[number].type);
  }
  storage::Table& table = registry_.tables_.table_for(types);
  if (table.index() != index) return corrupt("a table out of order");
  return rows(table, sources);
}

Result<void> CheckpointReader::rows(storage::Table& table, std::span<const Source* const> sources) {
  const auto count = in_.varint_at_most(in_.left() / sizeof(EntityId));
  std::size_t column_bytes = count * sizeof(EntityId);
  for (const Source* source : sources) {
    if (source->stored) column_bytes += count * source->stored_size;
  }
  if (column_bytes > in_.left()) return corrupt("a table longer than the checkpoint");
  for (std::size_t i = 0; i < count; ++i) {
    const EntityId entity{in_.number<std::uint64_t>()};
    const std::uint32_t row = table.append(entity, registry_.version_);
    if (!registry_.entities_.revive(entity, table.index(), row)) return corrupt("an entity's id");
  }
  for (const Source* source : sources) {
    const std::uint8_t to = table.column_of(source->type->id);
    const std::size_t stored_size = source->stored ? source->stored_size : 0;
    for (std::size_t chunk = 0; chunk < table.chunk_count(); ++chunk) {
      const std::size_t rows = table.rows_in(chunk);
      const auto stored = in_.bytes(rows * stored_size);
      if (to == storage::kNoColumn) continue;
      values(*source, stored, table.column_data(chunk, to), rows);
    }
  }
  return {};
}

void CheckpointReader::values(const Source& source, std::span<const std::byte> stored,
                              std::byte* to, std::size_t count) const {
  const ComponentType& type = *source.type;
  if (source.stored && source.as_it_is) {
    std::ranges::copy(stored, to);
    return;
  }
  for (std::size_t i = 0; i < count; ++i, to += type.size) {
    if (source.stored) {
      const StoredComponent old(source.fields,
                                stored.subspan(i * source.stored_size, source.stored_size));
      copy_kept_fields(old, type, to);
      (*source.migration)(old, to);
    } else {
      std::ranges::copy(type.default_value, to);
    }
  }
}

Result<void> CheckpointReader::singletons() {
  const auto count = in_.varint_at_most(sources_.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t number = in_.varint();
    if (!in_.ok() || number >= sources_.size()) return corrupt("a singleton's component");
    const Source& source = sources_[number];
    if (!source.stored || source.type->is_tag() ||
        registry_.find_singleton(source.type->id) != nullptr) {
      return corrupt("a singleton that cannot be");
    }
    const auto stored = in_.bytes(source.stored_size);
    if (!in_.ok()) return corrupt("a singleton's value");
    values(source, stored, registry_.singleton_bytes(*source.type), 1);
  }
  return {};
}

Result<void> Registry::deserialise(std::span<const std::byte> checkpoint) {
  Registry fresh(entities_.zone());
  fresh.known_ = known_;
  fresh.known_mask_ = known_mask_;
  fresh.migrations_ = migrations_;
  fresh.version_ = version_ + 1;
  if (auto done = CheckpointReader(fresh, checkpoint).read(); !done) return done;
  entities_ = std::move(fresh.entities_);
  tables_ = std::move(fresh.tables_);
  singletons_ = std::move(fresh.singletons_);
  shapes_.clear();
  queries_.clear();
  version_ = fresh.version_;
  return {};
}

}  // namespace tessera::ecs
