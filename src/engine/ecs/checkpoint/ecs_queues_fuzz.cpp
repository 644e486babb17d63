// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <cstdint>
#include <vector>

#include "engine/core/assert.h"
#include "engine/ecs/queues.h"
#include "engine/ecs/testing/test_components.h"

using namespace tessera;
using namespace tessera::ecs;
using namespace tessera::ecs::testing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Queues queues;
  queues.register_type<Push>();
  queues.register_type<Weather>();
  queues.register_type<Asleep>();
  if (!queues.deserialise({reinterpret_cast<const std::byte*>(data), size})) {
    TESSERA_ASSERT(queues.empty(), "refused messages must not stay");
    return 0;
  }
  std::vector<std::byte> bytes;
  queues.serialise(bytes);
  Queues again;
  again.register_type<Push>();
  again.register_type<Weather>();
  again.register_type<Asleep>();
  TESSERA_ASSERT(again.deserialise(bytes).has_value(), "our own bytes");
  TESSERA_ASSERT(again.size() == queues.size(), "as many as before");
  return 0;
}
