// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/storage/archetypes.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/ecs/storage/copy_value.h"
#include "engine/ecs/storage/entity_index.h"

namespace tessera::ecs::storage {

Archetypes::Archetypes() { add_table({}); }

Table& Archetypes::add_table(std::span<const ComponentType* const> sorted_types) {
  TESSERA_ASSERT(tables_.size() < kNoTable, "Archetypes: too many tables");
  tables_.push_back(
      std::make_unique<Table>(static_cast<std::uint16_t>(tables_.size()), sorted_types));
  edges_.emplace_back();
  return *tables_.back();
}

Table& Archetypes::table_for(std::span<const ComponentType* const> types) {
  TypeMask mask;
  for (const ComponentType* type : types) mask.set(type->id);
  for (const auto& table : tables_) {
    if (table->mask() == mask) return *table;
  }
  std::vector<const ComponentType*> sorted(types.begin(), types.end());
  std::ranges::sort(sorted, {}, &ComponentType::name);
  return add_table(sorted);
}

const Edge& Archetypes::make_edge(const Table& from, TypeId type) {
  std::vector<const ComponentType*> types(from.types().begin(), from.types().end());
  if (from.mask().has(type)) {
    std::erase_if(types, [&](const ComponentType* t) { return t->id == type; });
  } else {
    types.push_back(&component_type(type));
  }
  auto edge = std::make_unique<Edge>();
  edge->to = &table_for(types);
  for (std::size_t to = 0; to < edge->to->columns().size(); ++to) {
    const Column& column = edge->to->columns()[to];
    const std::uint8_t source = from.column_of(column.type->id);
    if (source == kNoColumn) continue;
    edge->copies.push_back({column.size, source, static_cast<std::uint8_t>(to)});
  }
  if (!from.mask().has(type)) edge->added_column = edge->to->column_of(type);
  auto& slot = edges_[from.index()][type];
  slot = std::move(edge);
  return *slot;
}

std::uint32_t Archetypes::move(Table& from, std::uint32_t row, const Edge& edge,
                               std::uint64_t version, EntityId& displaced) {
  Table& to = *edge.to;
  const std::uint32_t new_row = to.append(from.entity(row), version);
  const std::byte* const* const sources = from.column_starts(from.chunk_of(row));
  std::byte* const* const targets = to.column_starts(to.chunk_of(new_row));
  const std::size_t source_row = from.row_in_chunk(row);
  const std::size_t target_row = to.row_in_chunk(new_row);
  for (const Edge::Copy& copy : edge.copies) {
    copy_value(targets[copy.to] + target_row * copy.size,
               sources[copy.from] + source_row * copy.size, copy.size);
  }
  displaced = from.remove(row, version);
  return new_row;
}

}  // namespace tessera::ecs::storage
