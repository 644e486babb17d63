// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a character may be called.
#pragma once

#include <string>

#include "engine/core/error.h"

namespace tessera::characters {

inline constexpr std::size_t kCharacterNameBytesMin = 3;
/// Below the 24 bytes that an entity's name has in the world.
inline constexpr std::size_t kCharacterNameBytesMax = 20;

/// The form of a name by which names are unique: lower case.
std::string folded_name(const std::string& name);
/// Letters, then perhaps digits, and no word that makes others believe it is an operator.
Result<void> check_character_name(const std::string& name);

}  // namespace tessera::characters
