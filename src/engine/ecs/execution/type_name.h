// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstddef>
#include <string_view>

namespace tessera::ecs {

namespace detail {
/// Cuts "... [with auto kWhat = X; ...]" (g++) and "... [kWhat = X]" (clang++) down to X.
constexpr std::string_view cut_signature(std::string_view text, std::string_view marker) {
  text.remove_prefix(text.find(marker) + marker.size());
  text = text.substr(0, text.find_first_of(";]"));
  const std::size_t templated = text.find('<');
  const std::size_t scope = text.substr(0, templated).rfind("::");
  if (scope != std::string_view::npos) text.remove_prefix(scope + 2);
  if (!text.empty() && text.front() == '&') text.remove_prefix(1);
  return text;
}
}  // namespace detail

/// The name of a type without its namespaces, for people and metrics; not for formats.
template <class What>
constexpr std::string_view type_name() {
  return detail::cut_signature(__PRETTY_FUNCTION__, "What = ");
}

/// The name of a function without its namespaces.
template <auto kWhat>
constexpr std::string_view function_name() {
  return detail::cut_signature(__PRETTY_FUNCTION__, "kWhat = ");
}

}  // namespace tessera::ecs
