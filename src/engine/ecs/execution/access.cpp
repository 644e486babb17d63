// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/execution/access.h"

#include <algorithm>

namespace tessera::ecs::detail {
namespace {

bool queries_conflict(const QuerySpec& a, const QuerySpec& b) {
  if (a.disjoint(b)) return false;
  return a.writes.has_any(b.reads) || a.writes.has_any(b.writes) || b.writes.has_any(a.reads);
}

bool touches_conflict(const Touch& a, const Touch& b) {
  if (a.kind != b.kind || a.id != b.id) return false;
  return a.kind == TouchKind::Event ? a.writes != b.writes : a.writes || b.writes;
}

class List {
 public:
  void add(std::string_view name) { names_.emplace_back(name); }
  /// Appends "verb a, b" to the sentence, nothing when the list is empty.
  void finish(std::string_view verb, std::string& sentence) {
    if (names_.empty()) return;
    std::ranges::sort(names_);
    const auto repeated = std::ranges::unique(names_);
    names_.erase(repeated.begin(), repeated.end());
    if (!sentence.empty()) sentence += "; ";
    sentence += verb;
    std::string_view separator = " ";
    for (const std::string& name : names_) {
      sentence.append(separator).append(name);
      separator = ", ";
    }
  }

 private:
  std::vector<std::string> names_;
};

}  // namespace

bool Access::conflicts(const Access& other) const {
  for (const QuerySpec& mine : queries) {
    for (const QuerySpec& theirs : other.queries) {
      if (queries_conflict(mine, theirs)) return true;
    }
  }
  for (const Touch& mine : touches) {
    for (const Touch& theirs : other.touches) {
      if (touches_conflict(mine, theirs)) return true;
    }
  }
  return false;
}

std::string Access::text() const {
  List reads;
  List writes;
  List consumes;
  List hears;
  List emits;
  for (const QuerySpec& query : queries) {
    for (std::size_t id = 1; id < kComponentTypesMax; ++id) {
      const auto type = static_cast<TypeId>(id);
      if (query.reads.has(type)) reads.add(component_type(type).name);
      if (query.writes.has(type)) writes.add(component_type(type).name);
    }
  }
  for (const Touch& touch : touches) {
    if (touch.kind == TouchKind::Intent) {
      consumes.add(touch.name);
    } else if (touch.kind == TouchKind::Event) {
      (touch.writes ? emits : hears).add(touch.name);
    } else {
      (touch.writes ? writes : reads).add(touch.name);
    }
  }
  std::string sentence;
  consumes.finish("consumes", sentence);
  hears.finish("hears", sentence);
  reads.finish("reads", sentence);
  writes.finish("writes", sentence);
  emits.finish("emits", sentence);
  if (commands) sentence += sentence.empty() ? "commands" : "; commands";
  return sentence;
}

Plan make_plan(std::span<const Access* const> systems) {
  Plan plan;
  std::vector<std::size_t> stage_of(systems.size(), 0);
  for (std::size_t i = 0; i < systems.size(); ++i) {
    for (std::size_t before = 0; before < i; ++before) {
      if (systems[i]->conflicts(*systems[before])) {
        stage_of[i] = std::max(stage_of[i], stage_of[before] + 1);
      }
    }
    if (stage_of[i] >= plan.stages.size()) plan.stages.resize(stage_of[i] + 1);
    plan.stages[stage_of[i]].push_back(i);
  }
  return plan;
}

}  // namespace tessera::ecs::detail
