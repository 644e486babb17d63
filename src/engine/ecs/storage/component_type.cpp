// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/storage/component_type.h"

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "engine/core/assert.h"

namespace tessera::ecs {
namespace {

/// A ComponentType and what its views point to.
struct Entry {
  ComponentType type;
  std::vector<FieldLayout> fields;
  std::vector<std::byte> default_value;
};

struct Catalogue {
  std::mutex mutex;
  std::deque<Entry> entries;  // never move: others keep references
  // Written before the id is published by the release store of its slot.
  std::array<const ComponentType*, kComponentTypesMax> by_id{};
};

Catalogue& catalogue() {
  static Catalogue* const instance = new Catalogue;  // lives until the process ends
  return *instance;
}

}  // namespace

const ComponentType& component_type(TypeId id) {
  const ComponentType* type = catalogue().by_id[id];
  TESSERA_ASSERT(type != nullptr, "component_type: no such id");
  return *type;
}

TypeId detail::enlist(std::atomic<TypeId>& slot, const ComponentType& type) {
  Catalogue& all = catalogue();
  const std::lock_guard lock(all.mutex);
  if (const TypeId known = slot.load(std::memory_order_relaxed); known != 0) return known;
  const std::size_t id = all.entries.size() + 1;
  TESSERA_ASSERT(id < kComponentTypesMax, "too many component types; raise kComponentTypesMax");
  Entry& entry = all.entries.emplace_back();
  entry.fields.assign(type.fields.begin(), type.fields.end());
  entry.default_value.assign(type.default_value.begin(), type.default_value.end());
  entry.type = type;
  entry.type.fields = entry.fields;
  entry.type.default_value = entry.default_value;
  entry.type.id = static_cast<TypeId>(id);
  all.by_id[id] = &entry.type;
  slot.store(entry.type.id, std::memory_order_release);
  return entry.type.id;
}

}  // namespace tessera::ecs
