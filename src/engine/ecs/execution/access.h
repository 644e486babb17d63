// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a system touches, as its signature says, and who therefore has to wait for whom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ecs/view.h"

namespace tessera::ecs::detail {

/// Things besides components. Several systems may emit the same events side by side; who reads them
/// comes after those registered before it and before those registered after it.
enum class TouchKind : std::uint8_t { Resource, Singleton, Intent, Event };

struct Touch {
  TouchKind kind;
  std::uint32_t id;  ///< of this process, among its kind
  bool writes;
  std::string_view name;
  bool operator==(const Touch&) const = default;
};

struct Access {
  std::vector<QuerySpec> queries;
  std::vector<Touch> touches;
  bool commands = false;

  bool conflicts(const Access& other) const;
  /// "reads a, b; writes c; consumes D; emits E; commands"
  std::string text() const;
};

/// Stages of a phase: the systems of a stage run side by side, stages follow each other. A system
/// stands in the first stage after all earlier registered ones that it conflicts with.
struct Plan {
  std::vector<std::vector<std::size_t>> stages;  ///< indexes of systems, ascending
};
Plan make_plan(std::span<const Access* const> systems);

}  // namespace tessera::ecs::detail
