// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The tables of a registry and the ways between them. Table 0 has no components. An edge says where
// a row goes when one component is added to, or removed from, a table, and which columns it takes
// along; it is worked out the first time and then followed.
//
// Tables are numbered in the order in which they were first needed and are never dropped: queries
// visit them in this order, so it is state and part of checkpoints.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/ecs/storage/table.h"

namespace tessera::ecs::storage {

/// The move of a row from one table to another.
struct Edge {
  struct Copy {  ///< of a column's value
    std::uint32_t size;
    std::uint8_t from;
    std::uint8_t to;
  };
  Table* to = nullptr;
  std::uint8_t added_column = kNoColumn;  ///< of the destination; the caller writes it
  std::vector<Copy> copies;
};

class Archetypes {
 public:
  Archetypes();

  std::size_t size() const { return tables_.size(); }
  Table& operator[](std::size_t index) const { return *tables_[index]; }

  /// The table with exactly these types (any order), made if need be.
  Table& table_for(std::span<const ComponentType* const> types);
  /// The edge that adds `type` where `from` lacks it and removes it where it has it.
  const Edge& edge(const Table& from, TypeId type) {
    const auto& known = edges_[from.index()][type];
    return known ? *known : make_edge(from, type);
  }
  /// Moves a row along; returns the new row, whose added column is still unwritten. `displaced` is
  /// the entity that filled the hole, none if the row was the last.
  static std::uint32_t move(Table& from, std::uint32_t row, const Edge& edge, std::uint64_t version,
                            EntityId& displaced);

 private:
  using Edges = std::array<std::unique_ptr<Edge>, kComponentTypesMax>;

  Table& add_table(std::span<const ComponentType* const> sorted_types);
  const Edge& make_edge(const Table& from, TypeId type);

  std::vector<std::unique_ptr<Table>> tables_;
  std::vector<Edges> edges_;  ///< by table
};

}  // namespace tessera::ecs::storage
