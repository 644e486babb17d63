// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/combat/combat.h"

namespace tessera::combat {
namespace {

ShownEffects shown(const effects::RunningEffects& running) {
  ShownEffects all;
  const std::size_t count = std::min<std::size_t>(running.count, kShownEffectsMax);
  for (std::size_t i = 0; i < count; ++i) {
    const effects::RunningEffect& effect = running.all[i];
    const bool ends = effect.ends_at != effects::kNever;
    all.ends_at[i] = ends ? static_cast<std::uint32_t>(effect.ends_at) : 0;
    all.effects[i] = effect.effect.value;
    all.stacks[i] = effect.stacks;
  }
  return all;
}

}  // namespace

void show_effects(const Step&,
                  Query<const effects::RunningEffects, Without<ShownEffects>> newcomers,
                  Query<const effects::RunningEffects, const ShownEffects> bearers,
                  Query<ShownEffects> changed, Commands& commands) {
  newcomers.each([&](EntityId entity, const effects::RunningEffects& running) {
    if (running.count > 0) commands.add(entity, shown(running));
  });
  bearers.each(
      [&](EntityId entity, const effects::RunningEffects& running, const ShownEffects& told) {
        if (running.count == 0 && told.effects[0] == 0) return;  // nearly all, nearly always
        const ShownEffects now = shown(running);
        if (now == told) return;
        if (auto row = changed.get(entity)) std::get<0>(*row) = now;
      });
}

}  // namespace tessera::combat
