// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/ai/mind.h"

namespace tessera::ai {
namespace {

Threat* find_threat(Mind& mind, EntityId whom) {
  const auto found = std::ranges::find(mind.hated(), whom, &Threat::whom);
  return found == mind.hated().end() ? nullptr : &*found;
}

}  // namespace

float threat_of(const Mind& mind, EntityId whom) {
  const auto hated = mind.hated();
  const auto found = std::ranges::find(hated, whom, &Threat::whom);
  return found == hated.end() ? 0 : found->amount;
}

void add_threat(Mind& mind, EntityId whom, float amount) {
  if (Threat* const known = find_threat(mind, whom)) {
    known->amount = std::max(known->amount + amount, 0.0f);
    return;
  }
  amount = std::max(amount, 0.0f);
  if (mind.threat_count < kThreatsMax) {
    mind.threats[mind.threat_count++] = {whom, amount};
    return;
  }
  const auto least = std::ranges::min_element(mind.hated(), {}, &Threat::amount);
  if (amount > least->amount) *least = {whom, amount};
}

void taunt(Mind& mind, EntityId whom, TickNumber until) {
  float most = 0;
  for (const Threat& threat : mind.hated()) most = std::max(most, threat.amount);
  add_threat(mind, whom, most - threat_of(mind, whom));
  if (Threat* const own = find_threat(mind, whom)) own->amount = most;  // not a rounding less
  mind.taunter = whom;
  mind.taunted_until = until;
}

void forget(Mind& mind, EntityId whom) {
  Threat* const known = find_threat(mind, whom);
  if (known == nullptr) return;
  std::copy(known + 1, mind.threats.data() + mind.threat_count, known);
  mind.threats[--mind.threat_count] = {};
}

void forget_all(Mind& mind) {
  mind.threats = {};
  mind.threat_count = 0;
  mind.target = {};
  mind.taunter = {};
  mind.taunted_until = 0;
}

}  // namespace tessera::ai
