// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A small world for the tests of the ECS: components of all shapes, a message or two.
#pragma once

#include <array>
#include <cstdint>

#include "engine/core/fixed_string.h"
#include "engine/ecs/component.h"
#include "engine/ecs/storage/component_type.h"

namespace tessera::ecs::testing {

struct Spot {
  float x = 0;
  float y = 0;
  bool operator==(const Spot&) const = default;
  friend constexpr auto describe(Described<Spot>) {
    return component<Spot>("spot", {.audience = Audience::Everyone},
                           field("x", &Spot::x, {0, 64, 12}), field("y", &Spot::y, {0, 64, 12}));
  }
};

struct Pace {
  float x = 0;
  float y = 0;
  bool operator==(const Pace&) const = default;
  friend constexpr auto describe(Described<Pace>) {
    return component<Pace>("pace", {}, field("x", &Pace::x), field("y", &Pace::y));
  }
};

struct Life {
  std::int32_t points = 100;
  bool operator==(const Life&) const = default;
  friend constexpr auto describe(Described<Life>) {
    return component<Life>("life", {}, field("points", &Life::points));
  }
};

enum class Mood : std::uint8_t { Calm, Angry };

/// One field of each kind.
struct Everything {
  std::uint64_t u64 = 1;
  std::int64_t i64 = -1;
  double f64 = 0.5;
  EntityId entity{};
  AccountId account{};
  float f32 = 1.5f;
  std::uint32_t u32 = 2;
  std::int32_t i32 = -2;
  std::uint16_t u16 = 3;
  std::int16_t i16 = -3;
  std::array<std::uint16_t, 3> list{};
  Mood mood = Mood::Calm;
  bool flag = false;
  std::int8_t i8 = -4;
  FixedString<7> name{"nobody"};
  bool operator==(const Everything&) const = default;
  friend constexpr auto describe(Described<Everything>) {
    return component<Everything>("everything", {.version = 3}, field("u64", &Everything::u64),
                                 field("i64", &Everything::i64), field("f64", &Everything::f64),
                                 field("entity", &Everything::entity),
                                 field("account", &Everything::account),
                                 field("f32", &Everything::f32), field("u32", &Everything::u32),
                                 field("i32", &Everything::i32), field("u16", &Everything::u16),
                                 field("i16", &Everything::i16), field("list", &Everything::list),
                                 field("mood", &Everything::mood), field("flag", &Everything::flag),
                                 field("i8", &Everything::i8), field("name", &Everything::name));
  }
};

/// A value that checkpoints leave out.
struct Cache {
  std::uint32_t value = 7;
  bool operator==(const Cache&) const = default;
  friend constexpr auto describe(Described<Cache>) {
    return component<Cache>("cache", {.saved = false}, field("value", &Cache::value));
  }
};

/// A tag.
struct Asleep {
  friend constexpr auto describe(Described<Asleep>) { return component<Asleep>("asleep", {}); }
};

/// A singleton.
struct Weather {
  float wind = 0;
  std::uint32_t storms = 0;
  bool operator==(const Weather&) const = default;
  friend constexpr auto describe(Described<Weather>) {
    return component<Weather>("weather", {}, field("wind", &Weather::wind),
                              field("storms", &Weather::storms));
  }
};

/// An intent.
struct Push {
  EntityId entity{};
  float x = 0;
  float y = 0;
  bool operator==(const Push&) const = default;
  friend constexpr auto describe(Described<Push>) {
    return component<Push>("push", {}, field("entity", &Push::entity), field("x", &Push::x),
                           field("y", &Push::y));
  }
};

}  // namespace tessera::ecs::testing
