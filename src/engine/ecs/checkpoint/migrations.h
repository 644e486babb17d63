// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Components change their fields over the years; checkpoints keep the old ones. A checkpoint stores
// the layout of every component's fields, so a migration asks an old value for its fields by name
// and needs no copy of the old struct.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ecs/storage/component_type.h"

namespace tessera::ecs {

/// A field as a checkpoint describes it.
struct StoredField {
  std::string_view name;  ///< points into the checkpoint
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  FieldShape shape;
};

/// One value in the layout of its time.
class StoredComponent {
 public:
  StoredComponent(std::span<const StoredField> fields, std::span<const std::byte> bytes)
      : fields_(fields), bytes_(bytes) {}

  /// The field's value; none when there was no field of that name and size.
  template <class T>
  std::optional<T> get(std::string_view name) const {
    const StoredField* const field = find(name);
    if (field == nullptr || field->size != sizeof(T)) return std::nullopt;
    T value{};
    std::memcpy(&value, bytes_.data() + field->offset, sizeof(T));
    return value;
  }
  const StoredField* find(std::string_view name) const;
  std::span<const StoredField> fields() const { return fields_; }
  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const StoredField> fields_;
  std::span<const std::byte> bytes_;
};

class Migrations {
 public:
  /// Writes the new value over one that is preset as Registry::register_migration says.
  using Function = std::function<void(const StoredComponent& old, std::byte* now)>;

  void add(const ComponentType& type, std::uint16_t from, Function function);
  /// nullptr when there is none.
  const Function* find(const ComponentType& type, std::uint16_t from) const;

 private:
  struct Entry {
    TypeId type;
    std::uint16_t from;
    Function function;
  };
  std::vector<Entry> entries_;
};

/// The fields of `old` that kept name, size and shape, copied into `now`; the others at default.
void copy_kept_fields(const StoredComponent& old, const ComponentType& type, std::byte* now);

}  // namespace tessera::ecs
