// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// All entities of a zone and their components: the state of the world. Owned by the simulation
// thread. Systems reach it through their parameters (rule.h) and change its structure through
// Commands; the functions here act at once and are for everything outside a schedule's run.
//
// The registry is a value that depends only on the sequence of calls made: row order, free list and
// table order are state, are hashed, and survive a checkpoint, so that a restored registry goes on
// exactly as the first would have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/core/error.h"
#include "engine/ecs/checkpoint/migrations.h"
#include "engine/ecs/view.h"

namespace tessera::ecs {

namespace detail {

/// A set of components that entities are created with, under a number of this process.
struct Shape {
  std::uint32_t id = 0;
  std::vector<const ComponentType*> types;  ///< in the order of the template arguments
};
std::uint32_t next_shape_id();

template <Component... C>
const Shape& shape_of() {
  static const Shape shape{next_shape_id(), {&component_type<C>()...}};
  return shape;
}

template <class C>
std::span<const std::byte> bytes_of(const C& value) {
  return std::as_bytes(std::span(&value, 1)).first(std::is_empty_v<C> ? 0 : sizeof(C));
}

}  // namespace detail

class Registry {
 public:
  /// `zone` is part of every id made here.
  explicit Registry(std::uint16_t zone = 0);
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  template <Component... C>
  EntityId create(const C&... components) {
    storage::Table& table = table_of(detail::shape_of<C...>());
    const EntityId entity = entities_.create();
    const std::uint32_t row = table.append(entity, version_);
    entities_.place(entity, table.index(), row);
    (write(table, row, components), ...);
    return entity;
  }
  /// An id that is not alive is ignored.
  void destroy(EntityId entity);
  bool alive(EntityId entity) const { return static_cast<bool>(entities_.find(entity)); }
  std::size_t size() const { return entities_.alive_count(); }

  /// Replaces the value if the entity has one. The entity must be alive. The reference holds until
  /// the next structural change.
  template <Component C>
  C& add_component(EntityId entity, const C& value = {}) {
    const Slot slot = add(entity, component_type<C>());
    if constexpr (std::is_empty_v<C>) {
      return detail::TagPointer<C>{}[0];
    } else {
      C* const target = slot.table->template value_as<C>(slot.row, slot.column);
      *target = value;
      return *target;
    }
  }
  /// Nothing happens when the entity is dead or has no C.
  template <Component C>
  void remove_component(EntityId entity) {
    remove_component(entity, component_type<C>());
  }
  /// nullptr when the entity is dead or has no C. The chunk counts as changed; write at once.
  template <Component C>
  C* get(EntityId entity) {
    return find<C, true>(entity);
  }
  template <Component C>
  const C* get(EntityId entity) const {
    return find<const C, false>(entity);
  }
  template <Component C>
  bool has(EntityId entity) const {
    const auto place = entities_.find(entity);
    return place && tables_[place.table].mask().has(type_id<C>());
  }

  template <class... Terms>
  View<Terms...> view() {
    const detail::QueryShape& shape = detail::query_shape<Terms...>();
    return {query_cache(shape), entities_, tables_, shape.spec, version_};
  }
  /// A view that only reads.
  template <class... Terms>
  View<Terms...> view() const {
    const detail::QueryShape& shape = detail::query_shape<Terms...>();
    static_assert((detail::kReadsOnly<Terms> && ...), "a const registry is only read");
    return {query_cache(shape), entities_, tables_, shape.spec, version_};
  }

  /// The one C of the world, made with its default value when first asked for. Part of state.
  template <Component C>
  C& singleton() {
    static_assert(!std::is_empty_v<C>, "a tag has no value");
    return *reinterpret_cast<C*>(singleton_bytes(component_type<C>()));
  }
  template <Component C>
  const C& singleton() const {
    static const C kDefault{};
    const std::byte* const bytes = find_singleton(type_id<C>());
    return bytes != nullptr ? *reinterpret_cast<const C*>(bytes) : kDefault;
  }

  /// Stamped on every change. A reader keeps version() and asks later what changed since; the
  /// schedule advances it before each phase. Not part of state.
  std::uint64_t version() const { return version_; }
  void advance_version() { ++version_; }

  /// Hash of the whole state: entities, free list, row order, saved components and singletons.
  /// Chunks unchanged since the last call are not read again. Not to be called concurrently.
  std::uint64_t hash() const;

  /// Makes C known to deserialise(); using C in any other way does so too.
  template <Component C>
  void register_component() {
    learn(component_type<C>());
  }
  /// Reads checkpoints in which C had the older version `from`: fn(const StoredComponent&, C&)
  /// finds in its second argument the fields that kept name and type, the others at their default.
  template <Component C, class F>
  void register_migration(std::uint16_t from, F fn) {
    register_component<C>();
    migrations_.add(component_type<C>(), from, [fn](const StoredComponent& old, std::byte* now) {
      fn(old, *reinterpret_cast<C*>(now));
    });
  }

  /// Appends a checkpoint of the whole state (layout in checkpoint/checkpoint.h).
  void serialise(std::vector<std::byte>& out) const;
  /// Replaces the state. After an error the registry is as it was. Components not saved come back
  /// with their default value.
  Result<void> deserialise(std::span<const std::byte> checkpoint);

  /// For code that treats components as bytes: inspector, hand-off, commands.
  std::span<const ComponentType* const> components() const { return known_; }
  const ComponentType* find_component(std::string_view name) const;
  /// The types an entity has, by name; empty when dead.
  std::span<const ComponentType* const> components_of(EntityId entity) const;
  /// The bytes of one component; empty when the entity is dead or lacks it, and for tags.
  std::span<const std::byte> bytes_of(EntityId entity, const ComponentType& type) const;
  /// As add_component(); nothing happens when the entity is dead. `value` has type.size bytes.
  void add_component(EntityId entity, const ComponentType& type, std::span<const std::byte> value);
  void remove_component(EntityId entity, const ComponentType& type);

  /// Allocates and touches memory for so many more entities with these components.
  template <Component... C>
  void reserve(std::size_t count) {
    storage::Table& table = table_of(detail::shape_of<C...>());
    table.reserve(table.rows() + count);
    entities_.reserve(entities_.index_count() + count);
  }

  /// For the schedule: ids that commands reserve (see EntityIndex::peek), and their entities.
  const storage::EntityIndex& entities() const { return entities_; }
  void create_reserved(std::span<const std::uint32_t> numbers) { entities_.create_peeked(numbers); }
  /// `values`: the shape's values, one behind the other.
  void place_reserved(EntityId entity, const detail::Shape& shape, const std::byte* values);
  /// The matching tables, up to date. Const because a cache is no state; not thread-safe when
  /// tables were added since the last call.
  const detail::QueryCache& query_cache(const detail::QueryShape& shape) const;

 private:
  friend class CheckpointWriter;
  friend class CheckpointReader;

  struct Slot {
    storage::Table* table;
    std::uint32_t row;
    std::uint8_t column;
  };
  struct SingletonValue {
    const ComponentType* type;
    std::unique_ptr<std::max_align_t[]> storage;
    std::byte* bytes() const { return reinterpret_cast<std::byte*>(storage.get()); }
  };

  template <class C>
  void write(storage::Table& table, std::uint32_t row, const C& value) {
    if constexpr (!std::is_empty_v<C>) {
      *table.template value_as<C>(row, table.column_of(type_id<C>())) = value;
    }
  }
  template <class C, bool kStamp>
  C* find(EntityId entity) const {
    const auto place = entities_.find(entity);
    if (!place) return nullptr;
    storage::Table& table = tables_[place.table];
    const TypeId type = type_id<std::remove_const_t<C>>();
    if constexpr (std::is_empty_v<C>) {
      return table.mask().has(type) ? &detail::TagPointer<C>{}[0] : nullptr;
    } else {
      const std::uint8_t column = table.column_of(type);
      if (column == storage::kNoColumn) return nullptr;
      if constexpr (kStamp) table.stamp(table.chunk_of(place.row), column, version_);
      return table.template value_as<C>(place.row, column);
    }
  }
  storage::Table& table_of(const detail::Shape& shape) {
    if (shape.id < shapes_.size() && shapes_[shape.id] != nullptr) return *shapes_[shape.id];
    return make_table_of(shape);
  }
  storage::Table& make_table_of(const detail::Shape& shape);
  Slot add(EntityId entity, const ComponentType& type);
  void learn(const ComponentType& type);
  std::byte* singleton_bytes(const ComponentType& type);
  const std::byte* find_singleton(TypeId type) const;

  storage::EntityIndex entities_;
  storage::Archetypes tables_;
  std::uint64_t version_ = 1;
  std::vector<storage::Table*> shapes_;                               ///< by Shape::id
  mutable std::vector<std::unique_ptr<detail::QueryCache>> queries_;  ///< by QueryShape::id
  std::vector<SingletonValue> singletons_;                            ///< sorted by name
  std::vector<const ComponentType*> known_;                           ///< sorted by name
  TypeMask known_mask_;
  Migrations migrations_;
};

}  // namespace tessera::ecs
