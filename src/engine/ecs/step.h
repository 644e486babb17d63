// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstdint>

#include "engine/core/tick.h"
#include "engine/jobs/pool.h"

namespace tessera::ecs {

/// What every system may know about the tick it runs in.
struct Step {
  TickNumber now = 0;
  std::uint64_t seed = 0;  ///< of the world; see random.h
  jobs::Pool& jobs;
};

}  // namespace tessera::ecs
