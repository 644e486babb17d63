// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Checkpoints from anywhere. The trailing hash is made to fit, so that the reader itself is tried.
#include <cstdint>
#include <cstring>
#include <vector>

#include "engine/core/assert.h"
#include "engine/core/hash.h"
#include "engine/ecs/registry.h"
#include "engine/ecs/testing/test_components.h"

using namespace tessera;
using namespace tessera::ecs;
using namespace tessera::ecs::testing;

namespace {

void introduce(Registry& registry) {
  registry.register_component<Life>();
  registry.register_component<Spot>();
  registry.register_component<Cache>();
  registry.register_component<Asleep>();
  registry.register_component<Weather>();
  registry.register_migration<Everything>(2, [](const StoredComponent& old, Everything& now) {
    now.u64 = old.get<std::uint64_t>("u64").value_or(3);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* const bytes = reinterpret_cast<const std::byte*>(data);
  std::vector<std::byte> checkpoint(bytes, bytes + size);
  const std::uint64_t hash = hash_bytes(checkpoint);
  const auto* const hash_data = reinterpret_cast<const std::byte*>(&hash);
  checkpoint.insert(checkpoint.end(), hash_data, hash_data + sizeof hash);

  Registry registry;
  introduce(registry);
  if (!registry.deserialise(checkpoint)) return 0;
  // What was accepted is a whole world: it can be saved and read again, and used.
  std::vector<std::byte> saved;
  registry.serialise(saved);
  Registry again;
  introduce(again);
  TESSERA_ASSERT(again.deserialise(saved).has_value(), "our own checkpoint");
  TESSERA_ASSERT(again.hash() == registry.hash(), "the same world");
  registry.create(Life{}, Spot{});
  registry.view<Life>().each([](EntityId, Life& life) { life.points = 1; });
  registry.hash();
  return 0;
}
