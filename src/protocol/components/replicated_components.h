// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The components that travel by description. A component's place in this list is its index on the
// wire, so new ones go to the end and none is taken out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>

#include "engine/ecs/component.h"
#include "gameplay/shared/components.h"
#include "protocol/limits.h"

namespace tessera::protocol {

using ReplicatedComponents = std::tuple<Appearance, Gesture, Condition, Cast, ShownEffects>;

inline constexpr std::size_t kReplicatedComponents = std::tuple_size_v<ReplicatedComponents>;
static_assert(kReplicatedComponents <= kReplicatedComponentsMax);

namespace detail {
template <class T, std::size_t... I>
constexpr std::uint8_t index_in_list(std::index_sequence<I...>) {
  std::size_t index = kReplicatedComponents;
  ((std::is_same_v<T, std::tuple_element_t<I, ReplicatedComponents>> ? index = I : index), ...);
  return static_cast<std::uint8_t>(index);
}
template <std::size_t... I>
constexpr bool all_for_everyone(std::index_sequence<I...>) {
  return ((ecs::kDescription<std::tuple_element_t<I, ReplicatedComponents>>.options.audience ==
           ecs::Audience::Everyone) &&
          ...);
}
}  // namespace detail

static_assert(detail::all_for_everyone(std::make_index_sequence<kReplicatedComponents>{}),
              "only what everyone may see is told to everyone");

/// The index of T on the wire.
template <class T>
inline constexpr std::uint8_t kComponentIndex =
    detail::index_in_list<T>(std::make_index_sequence<kReplicatedComponents>{});

}  // namespace tessera::protocol
