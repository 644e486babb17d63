// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/web/rules_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/core/json/json_object.h"

namespace tessera::server {
namespace {

constexpr std::array<std::string_view, 4> kResources{"none", "mana", "rage", "energy"};

double seconds(std::uint16_t ticks) { return static_cast<double>(ticks) / kTicksPerSecond; }

/// What a player must aim at: nothing, a place, an enemy or a friend.
std::string_view aim_of(const Shape& shape) {
  switch (shape.kind) {
    case ShapeKind::Target:
    case ShapeKind::Chain:
      return shape.reach == Reach::Enemies ? "enemy" : "friend";
    case ShapeKind::Circle:
    case ShapeKind::Ring:
      return shape.range_m > 0 ? "place" : "nothing";
    case ShapeKind::Projectile:
      if (shape.turn_rate_rad_per_s == 0) return "way";
      return shape.reach == Reach::Enemies ? "enemy" : "friend";
    case ShapeKind::Self:
    case ShapeKind::Cone:
    case ShapeKind::Line:
      break;
  }
  return "nothing";
}

std::string colour_of(std::uint32_t colour) { return fmt::format("#{:06x}", colour & 0xffffffu); }

std::string ability_json(const AbilityDefinition& ability, std::uint32_t level) {
  return JsonObject()
      .unsigned_number("id", ability.id.value)
      .text("name", ability.name)
      .text("title", ability.title)
      .unsigned_number("level", level)
      .unsigned_number("cost", ability.cost)
      .unsigned_number("combo_points", ability.combo_cost_min)
      .real("cooldown_s", seconds(ability.cooldown_ticks))
      .unsigned_number("charges", ability.charges)
      .real("cast_s",
            seconds(static_cast<std::uint16_t>(ability.cast_ticks + ability.channel_ticks)))
      .truth("global_cooldown", ability.on_global_cooldown)
      .text("aim", aim_of(ability.shape))
      .real("range_m", ability.shape.range_m)
      .real("radius_m", ability.shape.radius_m)
      .text("colour", colour_of(ability.colour))
      .text("animation", ability.animation)
      .text("help", ability.help)
      .done();
}

constexpr std::array<std::string_view, 8> kShapes{"self",   "target", "cone",  "line",
                                                  "circle", "ring",   "chain", "projectile"};
constexpr std::array<std::string_view, 3> kReaches{"enemies", "friends", "everyone"};

/// Of everybody's abilities: what one sees of them.
std::string sight_json(const AbilityDefinition& ability) {
  const Shape& shape = ability.shape;
  return JsonObject()
      .unsigned_number("id", ability.id.value)
      .text("title", ability.title)
      .text("colour", colour_of(ability.colour))
      .text("shape", kShapes[static_cast<std::size_t>(shape.kind)])
      .text("reach", kReaches[static_cast<std::size_t>(shape.reach)])
      .real("range_m", shape.range_m)
      .real("radius_m", shape.radius_m)
      .real("inner_m", shape.inner_m)
      .real("half_angle", shape.half_angle)
      .real("width_m", shape.width_m)
      .done();
}

std::string effect_json(const EffectDefinition& effect) {
  return JsonObject()
      .unsigned_number("id", effect.id.value)
      .text("title", effect.title)
      .text("colour", colour_of(effect.colour))
      .truth("harmful", effect.is_harmful)
      .done();
}

/// A list of what `json` makes of each.
template <class Definition, class F>
std::string list_json(const std::vector<Definition>& all, F json) {
  std::string list = "[";
  for (const Definition& one : all) {
    if (list.size() > 1) list += ',';
    list += json(one);
  }
  return list + "]";
}

std::string talent_json(const TalentDefinition& talent) {
  std::string cooldowns = "[";
  for (const AbilityChange& change : talent.abilities) {
    if (change.cooldown_factor == 1) continue;
    if (cooldowns.size() > 1) cooldowns += ',';
    cooldowns += JsonObject()
                     .unsigned_number("ability", change.ability.value)
                     .real("factor", static_cast<double>(change.cooldown_factor))
                     .done();
  }
  return JsonObject()
      .unsigned_number("id", talent.id.value)
      .text("name", talent.name)
      .text("title", talent.title)
      .text("help", talent.help)
      .unsigned_number("row", talent.row)
      .unsigned_number("ranks", talent.ranks)
      .unsigned_number("after", talent.after.value)
      .raw("cooldowns", cooldowns + "]")
      .done();
}

std::string class_json(const Rulebook& rules, const ClassDefinition& kind) {
  std::string abilities = "[";
  for (const LearnedAbility& learned : kind.abilities) {
    const AbilityDefinition* const ability = rules.abilities.find(learned.ability);
    if (ability == nullptr) continue;
    if (abilities.size() > 1) abilities += ',';
    abilities += ability_json(*ability, learned.level);
  }
  std::string talents = "[";
  for (const TalentDefinition& talent : rules.talents.all()) {
    if (talent.class_id != kind.id) continue;
    if (talents.size() > 1) talents += ',';
    talents += talent_json(talent);
  }
  return JsonObject()
      .unsigned_number("id", kind.id.value)
      .text("name", kind.name)
      .text("title", kind.title)
      .text("resource", kResources[static_cast<std::size_t>(kind.resource)])
      .unsigned_number("combo_max", kind.combo_max)
      .raw("abilities", abilities + "]")
      .raw("talents", talents + "]")
      .done();
}

}  // namespace

std::string rules_json(const Rulebook& rules) {
  std::string classes = "[";
  for (const ClassDefinition& kind : rules.classes.all()) {
    if (!kind.is_playable) continue;
    if (classes.size() > 1) classes += ',';
    classes += class_json(rules, kind);
  }
  return JsonObject()
             .real("global_cooldown_s", seconds(rules.combat.global_cooldown_ticks))
             .raw("classes", classes + "]")
             .raw("abilities", list_json(rules.abilities.all(), sight_json))
             .raw("effects", list_json(rules.effects.all(), effect_json))
             .done() +
         "\n";
}

}  // namespace tessera::server
