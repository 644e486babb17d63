// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A behaviour tree as designers write it becomes a flat array: a node, then its children.
#include <fmt/format.h>

#include <array>

#include "engine/math/angles.h"
#include "world/content/rules/detail/rule_text.h"

namespace tessera::content::detail {
namespace {

using Kind = BehaviourKind;

/// A word of the language: what it is, and the unit of its number.
struct Word {
  std::string_view name;
  Kind kind{};
  std::string_view unit;  ///< the key of the number; empty: it has none
  Limits limits{};
};

constexpr std::array kQuestions{
    Word{"fights", Kind::Fights, "", {}},
    Word{"alarmed", Kind::IsAlarmed, "", {}},
    Word{"cannot_reach", Kind::CannotReach, "s", {0, 60}},
    Word{"home_beyond", Kind::HomeBeyond, "m", {1, 500}},
    Word{"target_within", Kind::TargetWithin, "m", {0, 100}},
    Word{"target_casts", Kind::TargetCasts, "", {}},
    Word{"health_below", Kind::HealthBelow, "share", kShare},
    Word{"target_health_below", Kind::TargetHealthBelow, "share", kShare},
    Word{"combo_points", Kind::ComboPoints, "points", {1, 10}},
    Word{"chance", Kind::Chance, "share", kShare},
    Word{"every", Kind::Every, "s", {0.1f, 3600}},
};
constexpr std::array kDeeds{
    Word{"use", Kind::Use, "", {}},
    Word{"approach", Kind::Approach, "m", {0.5f, 100}},
    Word{"keep_away", Kind::KeepAway, "m", {1, 100}},
    Word{"flee", Kind::Flee, "s", {0.5f, 30}},
    Word{"go_home", Kind::GoHome, "", {}},
    Word{"investigate", Kind::Investigate, "", {}},
    Word{"patrol", Kind::Patrol, "m", {2, 100}},
    Word{"stroll", Kind::Stroll, "", {}},
    Word{"call_help", Kind::CallHelp, "m", {1, 100}},
};

template <std::size_t N>
constexpr std::array<std::string_view, N> names_of(const std::array<Word, N>& words) {
  std::array<std::string_view, N> names{};
  for (std::size_t i = 0; i < N; ++i) names[i] = words[i].name;
  return names;
}

class TreeReader {
 public:
  TreeReader(YamlSource& source, const RuleNames& names, BehaviourDefinition& behaviour)
      : source_(source), names_(names), behaviour_(behaviour) {}

  void read(const YAML::Node& yaml, std::size_t depth) {
    MapReader map(source_, yaml, "a node of a behaviour");
    const std::size_t place = behaviour_.nodes.size();
    if (place >= kBehaviourNodesMax || depth >= kBehaviourDepthMax) {
      if (!is_too_large_) {
        map.fail(fmt::format("a behaviour has at most {} nodes, {} within each other: split it",
                             kBehaviourNodesMax, kBehaviourDepthMax));
      }
      is_too_large_ = true;
      return;
    }
    behaviour_.nodes.push_back({});
    if (map.is_map()) read_node(map, place, depth);
    behaviour_.nodes[place].end = static_cast<std::uint16_t>(behaviour_.nodes.size());
  }

 private:
  void read_node(MapReader& map, std::size_t place, std::size_t depth) {
    int kinds = 0;
    for (const std::string_view key : {"first", "all", "not", "if", "do"}) kinds += map.has(key);
    if (kinds != 1) {
      map.fail("a node of a behaviour has exactly one of 'first', 'all', 'not', 'if' and 'do'");
      return;
    }
    if (map.has("first") || map.has("all")) {
      const bool is_first = map.has("first");
      node(place).kind = is_first ? Kind::First : Kind::All;
      for (const YAML::Node& child : map.list(is_first ? "first" : "all", 1, 32)) {
        read(child, depth + 1);
      }
    } else if (map.has("not")) {
      node(place).kind = Kind::Not;
      if (const auto child = map.map("not", true)) read(*child, depth + 1);
    } else if (map.has("if")) {
      read_word(map, kQuestions[map.choice("if", kQuestionNames)], place);
    } else {
      read_word(map, kDeeds[map.choice("do", kDeedNames)], place);
    }
    map.finish();
  }

  void read_word(MapReader& map, const Word& word, std::size_t place) {
    node(place).kind = word.kind;
    if (!word.unit.empty()) node(place).number = map.number(word.unit, word.limits);
    if (word.kind == Kind::Every) {
      if (timers_ == kBehaviourTimersMax) {
        map.fail(fmt::format("a behaviour has at most {} times 'every': leave some out",
                             kBehaviourTimersMax));
      } else {
        node(place).timer = timers_++;
      }
    }
    if (word.kind == Kind::Use && map.has("abilities")) read_choices(map, place);
  }

  void read_choices(MapReader& map, std::size_t place) {
    node(place).first_choice = static_cast<std::uint16_t>(behaviour_.choices.size());
    for (const YAML::Node& choice : map.list("abilities", 1, 24)) {
      MapReader entry(source_, choice, "an ability to use");
      if (!entry.has("ability")) entry.fail("an ability to use needs the key 'ability': add it");
      const AbilityId id{read_reference(entry, "ability", names_.abilities, "ability")};
      behaviour_.choices.push_back({id, entry.number("weight", {0.01f, 100}, 1)});
      entry.finish();
      ++node(place).choices;
    }
  }

  BehaviourNode& node(std::size_t place) { return behaviour_.nodes[place]; }

  static constexpr auto kQuestionNames = names_of(kQuestions);
  static constexpr auto kDeedNames = names_of(kDeeds);

  YamlSource& source_;
  const RuleNames& names_;
  BehaviourDefinition& behaviour_;
  std::uint8_t timers_ = 0;
  bool is_too_large_ = false;
};

}  // namespace

BehaviourDefinition read_behaviour(YamlSource& source, const YAML::Node& node,
                                   const RuleNames& names) {
  MapReader map(source, node, "a behaviour");
  BehaviourDefinition behaviour;
  const Named named = read_named(map);
  behaviour.id = {named.id};
  behaviour.name = named.name;
  behaviour.title = named.title;
  behaviour.sight_m = map.number("sight_m", kMetresOfRule, behaviour.sight_m);
  behaviour.sight_half_angle =
      map.number("sight_deg", {0, 360}, 140) * (math::kPi / 360);  // degrees of the whole
  behaviour.hearing_m = map.number("hearing_m", kMetresOfRule, behaviour.hearing_m);
  behaviour.help_m = map.number("help_m", kMetresOfRule, behaviour.help_m);
  behaviour.leash_m = map.number("leash_m", {5, 500}, behaviour.leash_m);
  if (const auto root = map.map("tree", true)) TreeReader(source, names, behaviour).read(*root, 0);
  map.finish();
  return behaviour;
}

}  // namespace tessera::content::detail
