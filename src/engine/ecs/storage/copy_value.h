// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstddef>
#include <cstring>

namespace tessera::ecs::storage {

/// memcpy for the sizes components have: a call with an unknown size costs more than the copy.
inline void copy_value(std::byte* to, const std::byte* from, std::size_t size) {
  switch (size) {
    case 4:
      std::memcpy(to, from, 4);
      return;
    case 8:
      std::memcpy(to, from, 8);
      return;
    case 12:
      std::memcpy(to, from, 12);
      return;
    case 16:
      std::memcpy(to, from, 16);
      return;
    case 24:
      std::memcpy(to, from, 24);
      return;
    case 32:
      std::memcpy(to, from, 32);
      return;
    default:
      std::memcpy(to, from, size);
      return;
  }
}

}  // namespace tessera::ecs::storage
