// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/registry.h"

#include <algorithm>
#include <atomic>

#include "engine/core/assert.h"
#include "engine/core/hash.h"
#include "engine/ecs/storage/copy_value.h"

namespace tessera::ecs {

std::uint32_t detail::next_shape_id() {
  static std::atomic<std::uint32_t> next{0};
  return next.fetch_add(1);
}

std::uint32_t detail::next_query_id() {
  static std::atomic<std::uint32_t> next{0};
  return next.fetch_add(1);
}

Registry::Registry(std::uint16_t zone) : entities_(zone) {}
Registry::~Registry() = default;

void Registry::destroy(EntityId entity) {
  const auto place = entities_.find(entity);
  if (!place) return;
  const EntityId displaced = tables_[place.table].remove(place.row, version_);
  if (displaced) entities_.place(displaced, place.table, place.row);
  entities_.destroy(entity);
}

storage::Table& Registry::make_table_of(const detail::Shape& shape) {
  for (const ComponentType* type : shape.types) learn(*type);
  storage::Table& table = tables_.table_for(shape.types);
  TESSERA_ASSERT(table.types().size() == shape.types.size(), "a component is named twice");
  if (shape.id >= shapes_.size()) shapes_.resize(shape.id + 1, nullptr);
  shapes_[shape.id] = &table;
  return table;
}

void Registry::place_reserved(EntityId entity, const detail::Shape& shape,
                              const std::byte* values) {
  storage::Table& table = table_of(shape);
  const std::uint32_t row = table.append(entity, version_);
  entities_.place(entity, table.index(), row);
  for (const ComponentType* type : shape.types) {
    if (type->is_tag()) continue;
    storage::copy_value(table.value(row, table.column_of(type->id)), values, type->size);
    values += type->size;
  }
}

Registry::Slot Registry::add(EntityId entity, const ComponentType& type) {
  const auto place = entities_.find(entity);
  TESSERA_ASSERT(place, "add_component: no such entity");
  storage::Table& table = tables_[place.table];
  if (table.mask().has(type.id)) {
    const std::uint8_t column = table.column_of(type.id);
    if (column != storage::kNoColumn) table.stamp(table.chunk_of(place.row), column, version_);
    return {&table, place.row, column};
  }
  if (!known_mask_.has(type.id)) [[unlikely]]
    learn(type);
  const storage::Edge& edge = tables_.edge(table, type.id);
  EntityId displaced;
  const std::uint32_t row = storage::Archetypes::move(table, place.row, edge, version_, displaced);
  if (displaced) entities_.place(displaced, place.table, place.row);
  entities_.place(entity, edge.to->index(), row);
  return {edge.to, row, edge.added_column};
}

void Registry::add_component(EntityId entity, const ComponentType& type,
                             std::span<const std::byte> value) {
  TESSERA_ASSERT(value.size() == type.size, "add_component: a value of another size");
  if (!alive(entity)) return;
  const Slot slot = add(entity, type);
  if (slot.column == storage::kNoColumn) return;
  storage::copy_value(slot.table->value(slot.row, slot.column), value.data(), value.size());
}

void Registry::remove_component(EntityId entity, const ComponentType& type) {
  const auto place = entities_.find(entity);
  if (!place) return;
  storage::Table& table = tables_[place.table];
  if (!table.mask().has(type.id)) return;
  const storage::Edge& edge = tables_.edge(table, type.id);
  EntityId displaced;
  const std::uint32_t row = storage::Archetypes::move(table, place.row, edge, version_, displaced);
  if (displaced) entities_.place(displaced, place.table, place.row);
  entities_.place(entity, edge.to->index(), row);
}

void Registry::learn(const ComponentType& type) {
  if (known_mask_.has(type.id)) return;
  const auto where = std::ranges::lower_bound(known_, type.name, {}, &ComponentType::name);
  TESSERA_ASSERT(where == known_.end() || (*where)->name != type.name,
                 "two components have the same name");
  known_.insert(where, &type);
  known_mask_.set(type.id);
}

const ComponentType* Registry::find_component(std::string_view name) const {
  const auto where = std::ranges::lower_bound(known_, name, {}, &ComponentType::name);
  return where == known_.end() || (*where)->name != name ? nullptr : *where;
}

std::span<const ComponentType* const> Registry::components_of(EntityId entity) const {
  const auto place = entities_.find(entity);
  if (!place) return {};
  return tables_[place.table].types();
}

std::span<const std::byte> Registry::bytes_of(EntityId entity, const ComponentType& type) const {
  const auto place = entities_.find(entity);
  if (!place) return {};
  const storage::Table& table = tables_[place.table];
  const std::uint8_t column = table.column_of(type.id);
  if (column == storage::kNoColumn) return {};
  return {table.value(place.row, column), type.size};
}

const detail::QueryCache& Registry::query_cache(const detail::QueryShape& shape) const {
  if (shape.id >= queries_.size()) queries_.resize(shape.id + 1);
  auto& cache = queries_[shape.id];
  if (!cache) cache = std::make_unique<detail::QueryCache>();
  for (; cache->tables_seen < tables_.size(); ++cache->tables_seen) {
    storage::Table& table = tables_[cache->tables_seen];
    if (shape.spec.matches(table.mask())) cache->tables.push_back(&table);
  }
  return *cache;
}

const std::byte* Registry::find_singleton(TypeId type) const {
  for (const SingletonValue& value : singletons_) {
    if (value.type->id == type) return value.bytes();
  }
  return nullptr;
}

std::byte* Registry::singleton_bytes(const ComponentType& type) {
  for (SingletonValue& value : singletons_) {
    if (value.type == &type) return value.bytes();
  }
  learn(type);
  const std::size_t units = (type.size + sizeof(std::max_align_t) - 1) / sizeof(std::max_align_t);
  SingletonValue value{&type, std::make_unique<std::max_align_t[]>(units)};
  std::ranges::copy(type.default_value, value.bytes());
  const auto where = std::ranges::lower_bound(singletons_, type.name, {},
                                              [](const SingletonValue& v) { return v.type->name; });
  return singletons_.insert(where, std::move(value))->bytes();
}

std::uint64_t Registry::hash() const {
  StateHash hash;
  hash.add(entities_.hash());
  for (std::size_t i = 0; i < tables_.size(); ++i) hash.add(tables_[i].hash(version_));
  for (const SingletonValue& singleton : singletons_) {
    if (!singleton.type->options.saved) continue;
    hash.add(std::as_bytes(std::span(singleton.type->name)));
    hash.add(std::span<const std::byte>(singleton.bytes(), singleton.type->size));
  }
  return hash.value();
}

}  // namespace tessera::ecs
