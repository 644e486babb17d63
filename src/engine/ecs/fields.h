// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Walks the fields of a component by its description: for the inspector, for text, for encoders
// that know the struct. Encoders that do not know it read ComponentType::fields instead.
#pragma once

#include <tuple>

#include "engine/ecs/component.h"

namespace tessera::ecs {

/// visitor(std::string_view name, Member& value, const Quantisation&) for each field, in order.
/// With a const component the values are const.
template <class T, class Visitor>
  requires Component<T>
constexpr void visit_fields(T& component, Visitor&& visitor) {
  std::apply(
      [&](const auto&... field) {
        (visitor(field.name, component.*field.member, field.quantisation), ...);
      },
      kDescription<std::remove_const_t<T>>.fields);
}

}  // namespace tessera::ecs
