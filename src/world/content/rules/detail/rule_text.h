// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <map>
#include <string>

#include "gameplay/definitions/rulebook.h"
#include "world/content/source/yaml_reader.h"

namespace tessera::content::detail {

/// What may be named in any file, before all of it is read.
struct RuleNames {
  std::map<std::string, std::uint16_t, std::less<>> abilities;
  std::map<std::string, std::uint16_t, std::less<>> effects;
  std::map<std::string, std::uint16_t, std::less<>> classes;
  std::map<std::string, std::uint16_t, std::less<>> talents;
};

inline constexpr Limits kSeconds{0, 3600};
inline constexpr Limits kMetresOfRule{0, 100};
inline constexpr Limits kShare{0, 1};
inline constexpr Limits kFactor{0, 100};
inline constexpr std::size_t kRuleNameBytesMax = 32;
inline constexpr std::size_t kTitleBytesMax = 48;
inline constexpr std::size_t kHelpBytesMax = 400;

/// Seconds as ticks.
std::uint16_t ticks_of(MapReader& map, std::string_view key, std::optional<float> fallback = 0.0f);
/// An id and a name of one lower-case word.
struct Named {
  std::uint16_t id = 0;
  std::string name;
  std::string title;
};
Named read_named(MapReader& map);
/// The id of what `key` names; 0 when the key is not there, or unknown, which is a fault.
std::uint16_t read_reference(MapReader& map, std::string_view key,
                             const std::map<std::string, std::uint16_t, std::less<>>& names,
                             std::string_view what);

/// A list of kinds of effects, as kDispel...
std::uint8_t read_dispels(MapReader& map, std::string_view key);
StatModifier read_modifier(YamlSource& source, const YAML::Node& node);
Outcome read_outcome(YamlSource& source, const YAML::Node& node, const RuleNames& names);
AbilityDefinition read_ability(YamlSource& source, const YAML::Node& node, const RuleNames& names);
EffectDefinition read_effect(YamlSource& source, const YAML::Node& node, const RuleNames& names);
ClassDefinition read_class(YamlSource& source, const YAML::Node& node, const RuleNames& names);
BehaviourDefinition read_behaviour(YamlSource& source, const YAML::Node& node,
                                   const RuleNames& names);
TalentDefinition read_talent(YamlSource& source, const YAML::Node& node, const RuleNames& names);
StatTable read_stats(YamlSource& source, const YAML::Node& node);
CombatNumbers read_combat(YamlSource& source, const YAML::Node& node, const RuleNames& names);
PvpNumbers read_pvp(YamlSource& source, const YAML::Node& node, const RuleNames& names);
ExperienceNumbers read_experience(YamlSource& source, const YAML::Node& node);

}  // namespace tessera::content::detail
