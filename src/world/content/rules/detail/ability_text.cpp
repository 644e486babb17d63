// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <array>

#include "engine/math/trigonometry.h"
#include "world/content/rules/detail/rule_text.h"

namespace tessera::content::detail {
namespace {

constexpr std::array<std::string_view, 4> kResources{"none", "mana", "rage", "energy"};
constexpr std::array<std::string_view, 8> kShapes{"self",   "target", "cone",  "line",
                                                  "circle", "ring",   "chain", "projectile"};
constexpr std::array<std::string_view, 3> kReaches{"enemies", "friends", "everyone"};
constexpr std::size_t kOutcomesMax = 12;

Shape read_shape(YamlSource& source, const YAML::Node& node) {
  MapReader map(source, node, "a shape");
  Shape shape;
  shape.kind = static_cast<ShapeKind>(map.choice("kind", kShapes));
  shape.reach = static_cast<Reach>(map.choice("reach", kReaches));
  shape.range_m = map.number("range_m", kMetresOfRule, 0);
  shape.radius_m = map.number("radius_m", {0, 40}, 0);
  shape.inner_m = map.number("inner_m", {0, 40}, 0);
  shape.half_angle = map.number("angle_deg", {0, 360}, 0) * (math::kPi / 360);
  shape.width_m = map.number("width_m", {0, 40}, 0);
  shape.jump_m = map.number("jump_m", {0, 40}, 0);
  shape.jumps = static_cast<std::uint8_t>(map.count("jumps", 0, 10, 0));
  shape.jump_share = map.number("jump_share", {0, 2}, 1);
  shape.speed_m_per_s = map.number("speed_m_per_s", {0, 120}, 0);
  shape.gravity_m_per_s2 = map.number("gravity_m_per_s2", {0, 40}, 0);
  shape.turn_rate_rad_per_s = map.number("turn_rate_rad_per_s", {0, 20}, 0);
  shape.targets_max = static_cast<std::uint8_t>(map.count("targets_max", 1, 40, 20));
  map.finish();
  const auto needs = [&](bool is_there, std::string_view key) {
    if (!is_there)
      map.fail("a shape of this kind needs the key '" + std::string(key) + "': add it");
  };
  switch (shape.kind) {
    case ShapeKind::Self:
      break;
    case ShapeKind::Target:
      needs(shape.range_m > 0, "range_m");
      break;
    case ShapeKind::Cone:
      needs(shape.range_m > 0, "range_m");
      needs(shape.half_angle > 0, "angle_deg");
      break;
    case ShapeKind::Line:
      needs(shape.range_m > 0, "range_m");
      needs(shape.width_m > 0, "width_m");
      break;
    case ShapeKind::Circle:
    case ShapeKind::Ring:
      needs(shape.radius_m > 0, "radius_m");
      break;
    case ShapeKind::Chain:
      needs(shape.range_m > 0, "range_m");
      needs(shape.jump_m > 0 && shape.jumps > 0, "jump_m' and 'jumps");
      break;
    case ShapeKind::Projectile:
      needs(shape.range_m > 0, "range_m");
      needs(shape.speed_m_per_s > 0, "speed_m_per_s");
      break;
  }
  return shape;
}

ComboLink read_link(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "a link of a combo");
  ComboLink link;
  link.after = {read_reference(map, "after", names.abilities, "ability")};
  link.from_tick = ticks_of(map, "from_s");
  link.to_tick = ticks_of(map, "to_s", std::nullopt);
  map.finish();
  if (!link.after) map.fail("a link of a combo needs the key 'after': add it");
  if (link.to_tick <= link.from_tick) {
    map.fail("'to_s' of a link of a combo must be above its 'from_s'");
  }
  return link;
}

}  // namespace

AbilityDefinition read_ability(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "an ability");
  AbilityDefinition ability;
  const Named named = read_named(map);
  ability.id = {named.id};
  ability.name = named.name;
  ability.title = named.title;
  ability.resource = static_cast<ResourceKind>(map.choice("resource", kResources));
  ability.cost = static_cast<std::uint16_t>(map.count("cost", 0, 10'000, 0));
  ability.combo_cost_min = static_cast<std::uint8_t>(map.count("combo_points", 0, 10, 0));
  ability.cast_ticks = ticks_of(map, "cast_s");
  ability.channel_ticks = ticks_of(map, "channel_s");
  ability.channel_period = ticks_of(map, "channel_every_s");
  ability.cooldown_ticks = ticks_of(map, "cooldown_s");
  ability.charges = static_cast<std::uint8_t>(map.count("charges", 1, 10, 1));
  ability.is_spell = map.flag("spell", false);
  ability.on_global_cooldown = map.flag("global_cooldown", true);
  ability.moves_while_casting = map.flag("moves_while_casting", false);
  ability.can_be_interrupted = map.flag("can_be_interrupted", true);
  ability.can_be_blocked = map.flag("can_be_blocked", true);
  ability.can_miss = map.flag("can_miss", true);
  ability.needs_behind = map.flag("needs_behind", false);
  ability.needs_effect = {read_reference(map, "needs_effect", names.effects, "effect")};
  ability.consumes_effect = map.flag("consumes_effect", false);
  for (const YAML::Node& link : map.list("combo", 0, 8)) {
    ability.combo.push_back(read_link(source, link, names));
  }
  if (const auto shape = map.map("shape", true)) ability.shape = read_shape(source, *shape);
  for (const YAML::Node& outcome : map.list("do", 1, kOutcomesMax)) {
    ability.outcomes.push_back(read_outcome(source, outcome, names));
    if (ability.shape.kind == ShapeKind::Self) ability.outcomes.back().to_self = true;
  }
  ability.animation = map.has("animation") ? map.text("animation", kRuleNameBytesMax) : "";
  ability.colour = map.colour("colour", ability.colour);
  ability.help = map.has("help") ? map.text("help", kHelpBytesMax) : "";
  map.finish();
  if (ability.channel_ticks > 0 && ability.channel_period == 0) {
    map.fail("an ability with 'channel_s' needs 'channel_every_s', how often it lands: add it");
  }
  if (ability.cost > 0 && ability.resource == ResourceKind::None) {
    map.fail("an ability with a 'cost' needs 'resource', what it is paid in: add it");
  }
  if (ability.charges > 1 && ability.cooldown_ticks == 0) {
    map.fail("an ability with 'charges' needs 'cooldown_s', how long one takes to come back");
  }
  for (const ComboLink& link : ability.combo) {
    if (link.after == ability.id) map.fail("an ability cannot follow itself in a combo");
  }
  return ability;
}

}  // namespace tessera::content::detail
