// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A component on the wire, from its description: the fields in their order.
//
//   float, quantised     steps above `low` of (high - low) / (2^bits - 1), in 1, 2 or 4 bytes
//   float, else          4 bytes
//   unsigned, enum, bool one byte when it has one; otherwise a varint. Signed: zigzag varint
//   text                 u8 length, characters
//   EntityId             8 bytes;  other ids: varint
//   arrays               element by element;  other plain structs (vectors): their bytes
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "engine/core/bytes.h"
#include "engine/ecs/component.h"

namespace tessera::protocol {
namespace detail {

inline std::uint32_t quantised_steps(float value, const ecs::Quantisation& q) {
  const double steps = static_cast<double>((std::uint64_t{1} << q.bits) - 1);
  const double share = (double{value} - double{q.low}) / (double{q.high} - double{q.low});
  if (!(share > 0)) return 0;  // and for what is no number
  return static_cast<std::uint32_t>(std::min(share, 1.0) * steps + 0.5);
}
inline float value_of_steps(std::uint32_t step, const ecs::Quantisation& q) {
  const double steps = static_cast<double>((std::uint64_t{1} << q.bits) - 1);
  return static_cast<float>(double{q.low} + (double{q.high} - double{q.low}) * step / steps);
}

inline void write_value(ByteWriter& out, float value, const ecs::Quantisation& q) {
  if (q.bits == 0) return out.number(value);
  const std::uint32_t steps = quantised_steps(value, q);
  if (q.bits <= 8) return out.number(static_cast<std::uint8_t>(steps));
  if (q.bits <= 16) return out.number(static_cast<std::uint16_t>(steps));
  out.number(steps);
}
inline void read_value(ByteReader& in, float& value, const ecs::Quantisation& q) {
  if (q.bits == 0) {
    value = in.number<float>();
    if (!std::isfinite(value)) in.fail();
    return;
  }
  std::uint32_t steps = 0;
  if (q.bits <= 8) {
    steps = in.number<std::uint8_t>();
  } else {
    steps = q.bits <= 16 ? in.number<std::uint16_t>() : in.number<std::uint32_t>();
  }
  if (std::uint64_t{steps} >> q.bits != 0) in.fail();
  value = value_of_steps(steps, q);
}

template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>)
void write_value(ByteWriter& out, T value, const ecs::Quantisation&) {
  if constexpr (sizeof(T) == 1) {
    out.number(value);
  } else if constexpr (std::is_enum_v<T> || std::is_unsigned_v<T>) {
    out.varint(static_cast<std::uint64_t>(value));
  } else {
    const auto wide = static_cast<std::int64_t>(value);
    out.varint(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
  }
}
template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>)
void read_value(ByteReader& in, T& value, const ecs::Quantisation&) {
  if constexpr (std::is_same_v<T, bool>) {
    const auto byte = in.number<std::uint8_t>();
    if (byte > 1) in.fail();
    value = byte == 1;
  } else if constexpr (sizeof(T) == 1) {
    value = in.number<T>();
  } else if constexpr (std::is_enum_v<T>) {
    using Bits = std::make_unsigned_t<std::underlying_type_t<T>>;
    value = static_cast<T>(in.varint_at_most(static_cast<Bits>(-1)));
  } else if constexpr (std::is_unsigned_v<T>) {
    value = static_cast<T>(in.varint_at_most(static_cast<T>(-1)));
  } else {
    const std::uint64_t zigzag = in.varint_at_most(std::make_unsigned_t<T>(-1));
    value = static_cast<T>(zigzag >> 1 ^ (~(zigzag & 1) + 1));
  }
}

template <std::size_t Capacity>
void write_value(ByteWriter& out, const FixedString<Capacity>& text, const ecs::Quantisation&) {
  static_assert(Capacity < 256);
  out.number(static_cast<std::uint8_t>(text.view().size()));
  out.bytes(std::as_bytes(std::span(text.view())));
}
template <std::size_t Capacity>
void read_value(ByteReader& in, FixedString<Capacity>& text, const ecs::Quantisation&) {
  const auto size = in.number<std::uint8_t>();
  const auto bytes = size <= Capacity ? in.bytes(size) : (in.fail(), std::span<const std::byte>{});
  text = FixedString<Capacity>({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (text.view().size() != bytes.size()) in.fail();  // a zero inside
}

inline void write_value(ByteWriter& out, EntityId id, const ecs::Quantisation&) {
  out.number(id.value);
}
inline void read_value(ByteReader& in, EntityId& id, const ecs::Quantisation&) {
  id.value = in.number<std::uint64_t>();
}
template <class Tag, class Rep>
void write_value(ByteWriter& out, StrongId<Tag, Rep> id, const ecs::Quantisation&) {
  out.varint(id.value);
}
template <class Tag, class Rep>
void read_value(ByteReader& in, StrongId<Tag, Rep>& id, const ecs::Quantisation&) {
  id.value = static_cast<Rep>(in.varint_at_most(static_cast<Rep>(-1)));
}

template <class T, std::size_t Count>
void write_value(ByteWriter& out, const std::array<T, Count>& values, const ecs::Quantisation& q) {
  for (const T& value : values) write_value(out, value, q);
}
template <class T, std::size_t Count>
void read_value(ByteReader& in, std::array<T, Count>& values, const ecs::Quantisation& q) {
  for (T& value : values) read_value(in, value, q);
}

/// Vectors and other plain structs.
template <class T>
  requires(std::is_class_v<T> && ecs::kIsPlainField<T>)
void write_value(ByteWriter& out, const T& value, const ecs::Quantisation&) {
  out.bytes(std::as_bytes(std::span(&value, 1)));
}
template <class T>
  requires(std::is_class_v<T> && ecs::kIsPlainField<T>)
void read_value(ByteReader& in, T& value, const ecs::Quantisation&) {
  const auto bytes = in.bytes(sizeof(T));
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof(T));
}

}  // namespace detail

/// Appends the fields of `component`.
template <ecs::Component T>
void write_component(ByteWriter& out, const T& component) {
  std::apply(
      [&](const auto&... fields) {
        (detail::write_value(out, component.*(fields.member), fields.quantisation), ...);
      },
      ecs::kDescription<T>.fields);
}

/// False when the bytes are not exactly one component.
template <ecs::Component T>
bool read_component(std::span<const std::byte> bytes, T& component) {
  ByteReader in(bytes);
  std::apply(
      [&](const auto&... fields) {
        (detail::read_value(in, component.*(fields.member), fields.quantisation), ...);
      },
      ecs::kDescription<T>.fields);
  return in.done();
}

}  // namespace tessera::protocol
