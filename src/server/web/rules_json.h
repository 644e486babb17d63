// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <string>

#include "gameplay/definitions/rulebook.h"

namespace tessera::server {

/// What a client shows of the rules, as JSON: the classes players can choose, with their abilities
/// and talents, and what is seen of everybody's abilities and effects.
/// Seconds and metres; colours "#rrggbb". web/game/src/fight/rules.ts reads it.
std::string rules_json(const Rulebook& rules);

}  // namespace tessera::server
