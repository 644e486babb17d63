// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A component is described once, beside its struct, and everything else follows from that:
// serialisation, checkpoint, hash, replication, inspector, hand-off.
//
//   struct Vitals {
//     float health = 0;
//     float mana = 0;
//     friend constexpr auto describe(ecs::Described<Vitals>) {
//       return ecs::component<Vitals>("vitals", {.audience = ecs::Audience::Everyone},
//                                     ecs::field("health", &Vitals::health, {0, 1000, 10}),
//                                     ecs::field("mana", &Vitals::mana));
//     }
//   };
//
// Invariant, checked when compiling: the fields follow each other without padding and none is
// forgotten. So the bytes of a component are its value, and a column can be hashed and copied
// whole.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "engine/core/bytes.h"
#include "engine/core/fixed_string.h"
#include "engine/core/ids.h"

namespace tessera::ecs {

/// Who may see a component. Owner: only the client that plays the entity.
enum class Audience : std::uint8_t { Nobody, Owner, Everyone };

/// When a change may be told to clients. WhenDurable: after the log has it on disk (gains).
enum class Told : std::uint8_t { AtOnce, WhenDurable };

struct ComponentOptions {
  std::uint16_t version = 1;  ///< raise it when the fields change; a migration reads the older
  bool saved = true;          ///< part of checkpoints
  Audience audience = Audience::Nobody;
  Told told = Told::AtOnce;
};

/// How a float travels to clients: `bits` steps over [low, high]. bits = 0: as it is.
/// The simulation keeps full precision.
struct Quantisation {
  float low = 0;
  float high = 0;
  unsigned bits = 0;
};

template <class T, class Member>
struct Field {
  using Type = Member;
  std::string_view name;
  Member T::* member;
  Quantisation quantisation;
};

template <class T, class... Members>
struct Description {
  using Type = T;
  std::string_view name;  ///< unique, stable for ever: it names the column in checkpoints
  ComponentOptions options;
  std::tuple<Field<T, Members>...> fields;
  static constexpr std::size_t kFieldBytes = (sizeof(Members) + ... + 0);
};

/// The tag that finds `describe` by argument-dependent lookup.
template <class T>
struct Described {};

template <class T, class Member>
constexpr Field<T, Member> field(std::string_view name, Member T::* member,
                                 Quantisation quantisation = {}) {
  return {name, member, quantisation};
}

template <class T, class... Members>
constexpr Description<T, Members...> component(std::string_view name, ComponentOptions options,
                                               Field<T, Members>... fields) {
  return {name, options, {fields...}};
}

/// Types whose bytes are their value. Specialise it for plain structs such as vectors.
template <class T>
inline constexpr bool kIsPlainField = PlainNumber<T>;
template <class Tag, class Rep>
inline constexpr bool kIsPlainField<StrongId<Tag, Rep>> = true;
template <>
inline constexpr bool kIsPlainField<EntityId> = true;
template <std::size_t Capacity>
inline constexpr bool kIsPlainField<FixedString<Capacity>> = true;
template <class T, std::size_t Count>
inline constexpr bool kIsPlainField<std::array<T, Count>> = kIsPlainField<T>;

template <class T>
inline constexpr auto kDescription = describe(Described<T>{});

namespace detail {
template <class T, class... Members>
constexpr bool fields_are_plain(const Description<T, Members...>&) {
  return (kIsPlainField<Members> && ...);
}
template <class T>
constexpr bool is_component() {
  if constexpr (requires { describe(Described<T>{}); }) {
    // An empty struct is a tag; it occupies no column.
    static_assert(std::is_empty_v<T> || decltype(kDescription<T>)::kFieldBytes == sizeof(T),
                  "a field is not described, or there is padding between fields");
    static_assert(std::is_trivially_copyable_v<T>, "a component is plain bytes");
    static_assert(fields_are_plain(kDescription<T>), "a field's type has no plain bytes");
    return true;
  } else {
    return false;
  }
}
}  // namespace detail

template <class T>
concept Component = detail::is_component<std::remove_cv_t<T>>();

}  // namespace tessera::ecs
