// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The words of which a rule's signature is made (engine/ecs/rule.h says what each means), under the
// names the rules use.
#pragma once

#include "engine/ecs/rule.h"

namespace tessera {

using ecs::Commands;
using ecs::In;
using ecs::InEvents;
using ecs::Out;
using ecs::Query;
using ecs::Singleton;
using ecs::Step;
using ecs::With;
using ecs::Without;

}  // namespace tessera
