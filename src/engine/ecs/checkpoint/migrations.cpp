// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/checkpoint/migrations.h"

#include <algorithm>

#include "engine/core/assert.h"

namespace tessera::ecs {

const StoredField* StoredComponent::find(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &StoredField::name);
  return found == fields_.end() ? nullptr : &*found;
}

void Migrations::add(const ComponentType& type, std::uint16_t from, Function function) {
  TESSERA_ASSERT(from < type.options.version, "a migration starts from an older version");
  TESSERA_ASSERT(find(type, from) == nullptr, "a migration is registered twice");
  entries_.push_back({type.id, from, std::move(function)});
}

const Migrations::Function* Migrations::find(const ComponentType& type, std::uint16_t from) const {
  for (const Entry& entry : entries_) {
    if (entry.type == type.id && entry.from == from) return &entry.function;
  }
  return nullptr;
}

void copy_kept_fields(const StoredComponent& old, const ComponentType& type, std::byte* now) {
  std::ranges::copy(type.default_value, now);
  for (const FieldLayout& field : type.fields) {
    const StoredField* const stored = old.find(field.name);
    if (stored == nullptr || stored->size != field.size || stored->shape != field.shape) continue;
    std::memcpy(now + field.offset, old.bytes().data() + stored->offset, field.size);
  }
}

}  // namespace tessera::ecs
