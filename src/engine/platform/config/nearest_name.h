// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tessera::platform {

/// How many letters must be inserted, removed, changed or swapped with their neighbour to make one
/// text into the other (optimal string alignment distance).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name that was probably meant: the nearest, if at most a third of its letters (and at least
/// two) differ; otherwise empty. Of equally near names the first.
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace tessera::platform
