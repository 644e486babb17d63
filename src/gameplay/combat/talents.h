// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The talents that a player has learned, and what they make of him: of his stats (refresh_stats)
// and of his abilities. Only players have the component; for everybody else nothing is looked up
// but that it is not there.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/ecs/component.h"
#include "gameplay/definitions/rulebook.h"
#include "gameplay/shared/rule.h"

namespace tessera::combat {

/// As many as a class may have.
inline constexpr std::size_t kTalentsMax = 24;

struct LearnedTalent {
  TalentId talent{};
  std::uint8_t ranks = 0;
  std::uint8_t reserved = 0;
  constexpr bool operator==(const LearnedTalent&) const = default;
};

}  // namespace tessera::combat

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::combat::LearnedTalent> = true;

namespace tessera::combat {

/// Named by id, for content may change while a character is away. Written by gameplay/talents.
struct Talents {
  std::array<LearnedTalent, kTalentsMax> all{};  ///< in the order learned; unused ones are zero
  std::uint32_t count = 0;
  std::uint32_t reserved = 0;
  constexpr bool operator==(const Talents&) const = default;
  friend constexpr auto describe(ecs::Described<Talents>) {
    return ecs::component<Talents>("talents", {}, ecs::field("all", &Talents::all),
                                   ecs::field("count", &Talents::count),
                                   ecs::field("reserved", &Talents::reserved));
  }
  std::span<const LearnedTalent> learned() const { return std::span(all).first(count); }
};

}  // namespace tessera::combat

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::combat::Talents> = true;

namespace tessera::combat {

/// Who has learned something.
using TalentsOf = Query<const Talents>;
/// Null for creatures.
inline const Talents* find_talents(const TalentsOf& talents, EntityId entity) {
  auto found = talents.get(entity);
  return found ? &std::get<0>(*found) : nullptr;
}

std::uint32_t ranks_of(const Talents& talents, TalentId talent);
std::uint32_t points_spent(const Talents& talents);
/// One point with each level from the second on.
std::uint32_t points_left(const Talents& talents, std::uint32_t level);

/// What all that is learned makes of an ability.
struct AbilityFactors {
  float amount = 1;
  float cooldown = 1;
  float cost = 1;
};
AbilityFactors ability_factors(const Rulebook& rules, const Talents* talents, AbilityId ability);

/// What counts of talents that were saved: those that content still has for the class. Points that
/// the level does not have are all given back.
Talents usable_talents(const Rulebook& rules, ClassId class_id, std::uint32_t level,
                       const Talents& saved);

/// As the database keeps them: "101:2,104:1".
inline constexpr std::size_t kTalentsTextBytesMax = 8 * kTalentsMax;
std::string talents_text(const Talents& talents);
/// What cannot be read is left out.
Talents talents_of_text(std::string_view text);

}  // namespace tessera::combat
