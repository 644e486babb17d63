// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A view is all entities that have certain components, visited table by table and chunk by chunk in
// an order that is part of state.
//
//   registry.view<const Position, Velocity>().each([](const Position& p, Velocity& v) {...});
//   registry.view<Health, With<Player>, Without<Dead>>().each([](EntityId e, Health& h) {...});
//
// const says read only. Whoever visits a chunk through a mutable component has changed it, for
// change detection and hashing. While a view is being visited no entity may be created, destroyed
// or given other components; systems do that through Commands.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/ecs/storage/archetypes.h"
#include "engine/ecs/storage/entity_index.h"

namespace tessera::ecs {

/// In a view: only entities that have C, without reading it.
template <Component C>
struct With {};
/// In a view: only entities that lack C.
template <Component C>
struct Without {};

/// What a query asks for and what it does with it.
struct QuerySpec {
  TypeMask with;  ///< reads and writes included
  TypeMask without;
  TypeMask reads;
  TypeMask writes;

  bool matches(const TypeMask& table) const {
    return table.has_all(with) && !table.has_any(without);
  }
  /// No entity can match both.
  bool disjoint(const QuerySpec& other) const {
    return with.has_any(other.without) || other.with.has_any(without);
  }
};

namespace detail {

template <class... C>
struct ComponentList {};

template <class List, class... Terms>
struct DataTerms {
  using Type = List;
};
template <class... C, class Term, class... Rest>
struct DataTerms<ComponentList<C...>, Term, Rest...>
    : DataTerms<ComponentList<C..., Term>, Rest...> {};
template <class... D, class C, class... Rest>
struct DataTerms<ComponentList<D...>, With<C>, Rest...> : DataTerms<ComponentList<D...>, Rest...> {
};
template <class... D, class C, class... Rest>
struct DataTerms<ComponentList<D...>, Without<C>, Rest...>
    : DataTerms<ComponentList<D...>, Rest...> {};

template <class Term>
struct AddTerm {
  static void to(QuerySpec& spec) {
    const TypeId id = type_id<std::remove_const_t<Term>>();
    spec.with.set(id);
    (std::is_const_v<Term> ? spec.reads : spec.writes).set(id);
  }
};
template <class C>
struct AddTerm<With<C>> {
  static void to(QuerySpec& spec) { spec.with.set(type_id<C>()); }
};
template <class C>
struct AddTerm<Without<C>> {
  static void to(QuerySpec& spec) { spec.without.set(type_id<C>()); }
};

/// A query as a registry knows it: what it asks for, under a number of this process.
struct QueryShape {
  std::uint32_t id = 0;
  QuerySpec spec;
};
std::uint32_t next_query_id();

template <class... Terms>
const QueryShape& query_shape() {
  static const QueryShape shape = [] {
    QueryShape s{next_query_id(), {}};
    (AddTerm<Terms>::to(s.spec), ...);
    return s;
  }();
  return shape;
}

/// The matching tables of a registry, kept up to date as tables appear.
struct QueryCache {
  std::vector<storage::Table*> tables;
  std::size_t tables_seen = 0;
};

/// Tags have no column: every element is the same empty object.
template <class C>
struct TagPointer {
  C& operator[](std::size_t) const {
    static constinit std::remove_const_t<C> tag{};
    return tag;
  }
};
template <class C>
using ColumnPointer = std::conditional_t<std::is_empty_v<C>, TagPointer<C>, C*>;

template <class C>
ColumnPointer<C> column_pointer(const storage::Table& table, std::size_t chunk,
                                std::uint8_t column) {
  if constexpr (std::is_empty_v<C>) {
    return {};
  } else {
    return reinterpret_cast<C*>(table.column_data(chunk, column));
  }
}

template <class C>
void stamp_if_mutable(storage::Table& table, std::size_t chunk, std::uint8_t column,
                      std::uint64_t version) {
  if constexpr (!std::is_const_v<C> && !std::is_empty_v<C>) table.stamp(chunk, column, version);
}

template <class List>
class ViewOver;

template <class... C>
class ViewOver<ComponentList<C...>> {
 public:
  ViewOver(const QueryCache& cache, const storage::EntityIndex& entities,
           const storage::Archetypes& tables, const QuerySpec& spec, std::uint64_t version)
      : cache_(&cache), entities_(&entities), tables_(&tables), spec_(&spec), version_(version) {}

  /// fn(C&...) or fn(EntityId, C&...) for every entity.
  template <class F>
  void each(F&& fn) const {
    for (storage::Table* table : cache_->tables) {
      const Columns columns = columns_of(*table);
      const std::size_t chunks = table->chunk_count();
      for (std::size_t chunk = 0; chunk < chunks; ++chunk) each_row(*table, chunk, columns, fn);
    }
  }

  /// fn(std::span<const EntityId>, std::span<C>...) for every chunk. Not for tags.
  template <class F>
  void chunks(F&& fn) const {
    for (storage::Table* table : cache_->tables) {
      const Columns columns = columns_of(*table);
      const std::size_t chunks = table->chunk_count();
      for (std::size_t chunk = 0; chunk < chunks; ++chunk) one_chunk(*table, chunk, columns, fn);
    }
  }

  /// As chunks(), but only where one of the components, or who is in the chunk, changed at a
  /// version greater than `since`.
  template <class F>
  void chunks_changed_since(std::uint64_t since, F&& fn) const {
    for (storage::Table* table : cache_->tables) {
      const Columns columns = columns_of(*table);
      const std::size_t chunks = table->chunk_count();
      for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        if (changed_at(*table, chunk, columns) > since) one_chunk(*table, chunk, columns, fn);
      }
    }
  }

  /// The components of one entity; none when it is dead or does not match.
  std::optional<std::tuple<C&...>> get(EntityId entity) const {
    const auto place = entities_->find(entity);
    if (!place) return std::nullopt;
    storage::Table& table = (*tables_)[place.table];
    if (!spec_->matches(table.mask())) return std::nullopt;
    const Columns columns = columns_of(table);
    const std::size_t chunk = table.chunk_of(place.row);
    const std::size_t row = table.row_in_chunk(place.row);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      (stamp_if_mutable<C>(table, chunk, columns[I], version_), ...);
      return std::tuple<C&...>(column_pointer<C>(table, chunk, columns[I])[row]...);
    }(std::index_sequence_for<C...>{});
  }

  bool contains(EntityId entity) const {
    const auto place = entities_->find(entity);
    return place && spec_->matches((*tables_)[place.table].mask());
  }

  /// Entities that match.
  std::size_t size() const {
    std::size_t rows = 0;
    for (const storage::Table* table : cache_->tables) rows += table->rows();
    return rows;
  }
  bool empty() const { return size() == 0; }

  /// Chunks that each() visits: the pieces of parallel work.
  std::size_t chunk_count() const {
    std::size_t count = 0;
    for (const storage::Table* table : cache_->tables) count += table->chunk_count();
    return count;
  }
  /// As each(), for one of the chunks.
  template <class F>
  void each_in_chunk(std::size_t number, F&& fn) const {
    for (storage::Table* table : cache_->tables) {
      if (number < table->chunk_count()) return each_row(*table, number, columns_of(*table), fn);
      number -= table->chunk_count();
    }
  }

 private:
  using Columns = std::array<std::uint8_t, sizeof...(C)>;

  static Columns columns_of(const storage::Table& table) {
    return {table.column_of(type_id<std::remove_const_t<C>>())...};
  }

  static std::uint64_t changed_at(const storage::Table& table, std::size_t chunk,
                                  const Columns& columns) {
    std::uint64_t newest = table.rows_changed_at(chunk);
    for (const std::uint8_t column : columns) {
      if (column != storage::kNoColumn) {
        newest = std::max(newest, table.changed_at(chunk, column));
      }
    }
    return newest;
  }

  template <class F>
  void each_row(storage::Table& table, std::size_t chunk, const Columns& columns, F& fn) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (stamp_if_mutable<C>(table, chunk, columns[I], version_), ...);
      loop(fn, table.entities(chunk), table.rows_in(chunk),
           column_pointer<C>(table, chunk, columns[I])...);
    }(std::index_sequence_for<C...>{});
  }

  template <class F>
  static void loop(F& fn, const EntityId* entities, std::size_t rows, ColumnPointer<C>... columns) {
    for (std::size_t row = 0; row < rows; ++row) {
      if constexpr (std::is_invocable_v<F&, EntityId, C&...>) {
        fn(entities[row], columns[row]...);
      } else {
        fn(columns[row]...);
      }
    }
  }

  template <class F>
  void one_chunk(storage::Table& table, std::size_t chunk, const Columns& columns, F& fn) const {
    static_assert(!(std::is_empty_v<C> || ...), "a tag has no span: name it in With<>");
    const std::size_t rows = table.rows_in(chunk);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (stamp_if_mutable<C>(table, chunk, columns[I], version_), ...);
      fn(std::span<const EntityId>(table.entities(chunk), rows),
         std::span<C>(column_pointer<C>(table, chunk, columns[I]), rows)...);
    }(std::index_sequence_for<C...>{});
  }

  const QueryCache* cache_;
  const storage::EntityIndex* entities_;
  const storage::Archetypes* tables_;
  const QuerySpec* spec_;
  std::uint64_t version_;
};

template <class Term>
inline constexpr bool kReadsOnly = std::is_const_v<Term>;
template <class C>
inline constexpr bool kReadsOnly<With<C>> = true;
template <class C>
inline constexpr bool kReadsOnly<Without<C>> = true;

template <class... Terms>
using ViewOfTerms = ViewOver<typename DataTerms<ComponentList<>, Terms...>::Type>;

}  // namespace detail

/// See the top of the file. Cheap to make and to copy; valid until the registry's next structural
/// change. `Terms`: components, const or not, With<C> and Without<C>.
template <class... Terms>
class View : public detail::ViewOfTerms<Terms...> {
 public:
  using Base = detail::ViewOfTerms<Terms...>;
  using Base::Base;
};

}  // namespace tessera::ecs
