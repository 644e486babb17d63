// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A component's description with its type erased, for the code that treats columns as bytes:
// tables, checkpoint, hash, replication, inspector. There is one ComponentType for each described
// struct in the process. Its TypeId is handed out at first use and so differs from run to run: it
// may find a column, but neither order nor state may depend on it. Names order columns.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "engine/ecs/component.h"

namespace tessera::ecs {

/// How the bytes of a field are to be read. Bytes: a plain struct without a known inside.
enum class FieldKind : std::uint8_t {
  Bytes,
  Bool,
  U8,
  I8,
  U16,
  I16,
  U32,
  I32,
  U64,
  I64,
  F32,
  F64,
  Text,
};

/// What a field's type is made of: `count` elements of `kind`. Specialise kFieldShape beside
/// kIsPlainField for plain structs such as vectors, so that their floats can be quantised.
struct FieldShape {
  FieldKind kind = FieldKind::Bytes;
  std::uint32_t count = 1;
  constexpr bool operator==(const FieldShape&) const = default;
};

namespace detail {
template <class T>
constexpr FieldKind number_kind() {
  if constexpr (std::is_enum_v<T>) {
    return number_kind<std::underlying_type_t<T>>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return FieldKind::Bool;
  } else if constexpr (std::is_floating_point_v<T>) {
    return sizeof(T) == 4 ? FieldKind::F32 : FieldKind::F64;
  } else {
    constexpr bool is_signed = std::is_signed_v<T>;
    switch (sizeof(T)) {
      case 1:
        return is_signed ? FieldKind::I8 : FieldKind::U8;
      case 2:
        return is_signed ? FieldKind::I16 : FieldKind::U16;
      case 4:
        return is_signed ? FieldKind::I32 : FieldKind::U32;
      default:
        return is_signed ? FieldKind::I64 : FieldKind::U64;
    }
  }
}
}  // namespace detail

template <class T>
inline constexpr FieldShape kFieldShape = FieldShape{FieldKind::Bytes, sizeof(T)};
template <PlainNumber T>
inline constexpr FieldShape kFieldShape<T> = FieldShape{detail::number_kind<T>(), 1};
template <class Tag, class Rep>
inline constexpr FieldShape kFieldShape<StrongId<Tag, Rep>> = kFieldShape<Rep>;
template <>
inline constexpr FieldShape kFieldShape<EntityId> = FieldShape{FieldKind::U64, 1};
template <std::size_t Capacity>
inline constexpr FieldShape kFieldShape<FixedString<Capacity>> =
    FieldShape{FieldKind::Text, Capacity};
template <class T, std::size_t Count>
inline constexpr FieldShape kFieldShape<std::array<T, Count>> =
    FieldShape{kFieldShape<T>.kind, kFieldShape<T>.count * static_cast<std::uint32_t>(Count)};

struct FieldLayout {
  std::string_view name;
  std::uint32_t offset = 0;  ///< bytes from the component's start
  std::uint32_t size = 0;    ///< bytes of all elements
  FieldShape shape;
  Quantisation quantisation;
};

/// Names a ComponentType within this run of the process. 0 is none.
using TypeId = std::uint16_t;

/// Component types a process can have. A mask of them is 4 words; raise it in steps of 64.
inline constexpr std::size_t kComponentTypesMax = 256;

struct ComponentType {
  std::string_view name;
  ComponentOptions options;
  std::uint32_t size = 0;  ///< bytes of a value; 0 for tags
  std::span<const FieldLayout> fields;
  std::span<const std::byte> default_value;  ///< T{}; empty for tags
  TypeId id = 0;

  bool is_tag() const { return size == 0; }
};

/// The ComponentType with this id; it must have been handed out.
const ComponentType& component_type(TypeId id);

namespace detail {

/// Copies the description for the life of the process and gives it the next id.
/// Thread-safe; of two calls with the same `slot` the second gets the id of the first.
TypeId enlist(std::atomic<TypeId>& slot, const ComponentType& type);

template <class T>
inline constinit std::atomic<TypeId> g_type_id{0};

template <class T>
std::uint32_t offset_in(const T& object, const void* member) {
  return static_cast<std::uint32_t>(static_cast<const std::byte*>(member) -
                                    reinterpret_cast<const std::byte*>(&object));
}

template <class T>
TypeId enlist_type() {
  const auto& description = kDescription<T>;
  ComponentType type;
  type.name = description.name;
  type.options = description.options;
  if constexpr (std::is_empty_v<T>) {
    return enlist(g_type_id<T>, type);
  } else {
    const T value{};
    constexpr std::size_t kCount = std::tuple_size_v<decltype(description.fields)>;
    std::array<FieldLayout, kCount> fields;
    std::size_t next = 0;
    std::apply(
        [&]<class... F>(const F&... field) {
          ((fields[next++] = FieldLayout{field.name, offset_in(value, &(value.*field.member)),
                                         sizeof(typename F::Type), kFieldShape<typename F::Type>,
                                         field.quantisation}),
           ...);
        },
        description.fields);
    type.size = sizeof(T);
    type.fields = fields;
    type.default_value = std::as_bytes(std::span(&value, 1));
    return enlist(g_type_id<T>, type);
  }
}

}  // namespace detail

template <Component C>
TypeId type_id() {
  using T = std::remove_cv_t<C>;
  const TypeId id = detail::g_type_id<T>.load(std::memory_order_acquire);
  return id != 0 ? id : detail::enlist_type<T>();
}

template <Component C>
const ComponentType& component_type() {
  return component_type(type_id<C>());
}

/// A set of component types.
class TypeMask {
 public:
  void set(TypeId id) { words_[id / 64] |= std::uint64_t{1} << id % 64; }
  void reset(TypeId id) { words_[id / 64] &= ~(std::uint64_t{1} << id % 64); }
  bool has(TypeId id) const { return (words_[id / 64] >> id % 64 & 1) != 0; }
  bool has_all(const TypeMask& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((other.words_[i] & ~words_[i]) != 0) return false;
    }
    return true;
  }
  bool has_any(const TypeMask& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((other.words_[i] & words_[i]) != 0) return true;
    }
    return false;
  }
  bool operator==(const TypeMask&) const = default;

 private:
  std::array<std::uint64_t, kComponentTypesMax / 64> words_{};
};

}  // namespace tessera::ecs
