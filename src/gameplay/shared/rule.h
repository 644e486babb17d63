// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The words of which a rule's signature is made (see engine/ecs): what it reads, writes, consumes
// and emits. The schedule derives order and parallelism from them.
#pragma once

namespace tessera {
namespace ecs {

struct Step;
class Registry;
class Commands;
template <class... C>
class Query;
template <class Intent>
class In;
template <class Event>
class Out;

}  // namespace ecs

using ecs::Commands;
using ecs::In;
using ecs::Out;
using ecs::Query;
using ecs::Step;

}  // namespace tessera
