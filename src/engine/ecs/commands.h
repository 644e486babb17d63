// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Structural changes that systems ask for. They are recorded while the systems of a phase run and
// applied between phases, in the order (system, chunk, index).
//
// spawn() tells the new id at once although nothing exists yet. For that, ids are numbered ahead
// (EntityIndex::peek) and dealt out like cards: of S systems in a phase, system s takes the numbers
// s, s+S, s+2S, ...; of L pieces of a par_each, piece p takes every L-th of its system's numbers.
// So ids depend neither on threads nor on timing, and nobody waits for anybody. Numbers that were
// skipped stay free.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "engine/ecs/execution/lanes.h"
#include "engine/ecs/registry.h"

namespace tessera::ecs {

class Commands final : public detail::Staged {
 public:
  /// The entity appears after the phase; until then its id is not alive.
  template <Component... C>
  EntityId spawn(const C&... components) {
    Lane& lane = lanes_[detail::current_lane()];
    const EntityId entity = reserve(lane);
    begin(lane, Kind::Spawn, entity);
    put(lane, &detail::shape_of<C...>());
    (put_bytes(lane, detail::bytes_of(components)), ...);
    return entity;
  }
  /// Commands for an entity that is dead when they are applied do nothing.
  void destroy(EntityId entity) { begin(lanes_[detail::current_lane()], Kind::Destroy, entity); }
  /// Replaces the value if the entity has one by then.
  template <Component C>
  void add(EntityId entity, const C& value = {}) {
    Lane& lane = lanes_[detail::current_lane()];
    begin(lane, Kind::Add, entity);
    put(lane, &component_type<C>());
    put_bytes(lane, detail::bytes_of(value));
  }
  template <Component C>
  void remove(EntityId entity) {
    Lane& lane = lanes_[detail::current_lane()];
    begin(lane, Kind::Remove, entity);
    put(lane, &component_type<C>());
  }

  // For the schedule and tests:

  /// Before a phase; `slot` of `slots` users of commands.
  void prepare(const storage::EntityIndex& entities, std::uint32_t slot, std::uint32_t slots);
  /// The numbers of the ids that were reserved.
  std::span<const std::uint32_t> reserved() const { return lanes_[0].reserved; }
  /// Carries everything out; create_reserved() has been called for all users of the phase.
  void apply(Registry& registry);
  bool empty() const { return lanes_[0].bytes.empty(); }

  void begin_lanes(std::size_t count) override;
  void end_lanes(std::size_t count) override;

 private:
  enum class Kind : std::uint8_t { Spawn, Destroy, Add, Remove };
  struct Lane {
    std::vector<std::byte> bytes;
    std::vector<std::uint32_t> reserved;
    std::uint32_t next = 0;  ///< the next number, counted within the system
    std::uint32_t step = 1;
  };

  EntityId reserve(Lane& lane);
  void begin(Lane& lane, Kind kind, EntityId entity) {
    put(lane, kind);
    put(lane, entity);
  }
  template <class T>
  void put(Lane& lane, const T& value) {
    put_bytes(lane, std::as_bytes(std::span(&value, 1)));
  }
  static void put_bytes(Lane& lane, std::span<const std::byte> data) {
    lane.bytes.insert(lane.bytes.end(), data.begin(), data.end());
  }

  const storage::EntityIndex* entities_ = nullptr;
  std::uint32_t slot_ = 0;
  std::uint32_t slots_ = 1;
  std::vector<Lane> lanes_{1};
};

}  // namespace tessera::ecs
