// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From the files of the rules to the rulebook. Names that files use for each other are resolved,
// and what would go on for ever or does nothing is a fault (content/schema/*.schema.json have the
// forms).
#pragma once

#include "gameplay/definitions/rulebook.h"
#include "world/content/rules/rule_source.h"

namespace tessera::content {

Checked<Rulebook> read_rulebook(const RuleSource& source);

}  // namespace tessera::content
