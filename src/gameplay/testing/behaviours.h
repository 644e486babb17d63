// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests and benchmarks: behaviour trees written as they read.
//
//   tree_of({Kind::First, 0, {{Kind::All, 0, {{Kind::Fights}, {Kind::Approach, 2}}},
//   {Kind::Stroll}}})
#pragma once

#include <utility>
#include <vector>

#include "gameplay/definitions/behaviour_definition.h"

namespace tessera {

struct TreeNode {
  BehaviourKind kind{};
  float number = 0;
  std::vector<TreeNode> children{};
};

inline void append_tree(std::vector<BehaviourNode>& nodes, const TreeNode& node,
                        std::uint8_t& timers) {
  const std::size_t place = nodes.size();
  nodes.push_back({.kind = node.kind, .number = node.number});
  if (node.kind == BehaviourKind::Every) nodes[place].timer = timers++;
  for (const TreeNode& child : node.children) append_tree(nodes, child, timers);
  nodes[place].end = static_cast<std::uint16_t>(nodes.size());
}

inline BehaviourDefinition behaviour_of(std::string name, const TreeNode& root) {
  BehaviourDefinition behaviour;
  behaviour.id = {1};
  behaviour.name = std::move(name);
  std::uint8_t timers = 0;
  append_tree(behaviour.nodes, root, timers);
  return behaviour;
}

/// Goes home when it is led too far, uses what it has, and comes near.
inline BehaviourDefinition hunter(float near_m = 2) {
  using enum BehaviourKind;
  return behaviour_of("hunter", {First,
                                 0,
                                 {{All, 0, {{HomeBeyond, 40}, {Fights}, {GoHome}}},
                                  {All, 0, {{CannotReach, 4}, {GoHome}}},
                                  {All, 0, {{Fights}, {First, 0, {{Use}, {Approach, near_m}}}}},
                                  {All, 0, {{IsAlarmed}, {Investigate}}},
                                  {Stroll}}});
}

}  // namespace tessera
