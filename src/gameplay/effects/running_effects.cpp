// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/effects/running_effects.h"

#include <algorithm>

namespace tessera::effects {
namespace {

/// Of the duration, what was left of the one that is refreshed counts at most.
constexpr float kPandemicShare = 0.3f;

bool is_immune(const RunningEffects& effects, const Rulebook& rules, ControlCategory category) {
  if (category == ControlCategory::None) return false;
  const auto bit = static_cast<std::uint8_t>(1u << static_cast<unsigned>(category));
  return std::ranges::any_of(effects.running(), [&](const RunningEffect& running) {
    const EffectDefinition* const definition = rules.effects.find(running.effect);
    return definition != nullptr && (definition->immune_categories & bit) != 0;
  });
}

/// What remains of a control's duration after those of its category before it; 0: nothing.
float worn_share(RunningEffects& effects, const CombatNumbers& numbers, ControlCategory category,
                 TickNumber now) {
  if (category == ControlCategory::None) return 1;
  Worn& worn = effects.worn[static_cast<std::size_t>(category)];
  if (now >= worn.forget_at) worn.count = 0;
  if (worn.count >= numbers.diminish_immune_after) return 0;
  float share = 1;
  for (std::uint32_t i = 0; i < worn.count; ++i) share *= numbers.diminish_share;
  ++worn.count;
  worn.forget_at = now + numbers.diminish_forget_ticks;
  return share;
}

RunningEffect* find_own(RunningEffects& effects, const EffectDefinition& definition,
                        EntityId actor) {
  for (RunningEffect& running : effects.running()) {
    if (running.effect != definition.id) continue;
    if (!definition.per_actor || running.actor == actor) return &running;
  }
  return nullptr;
}

TickNumber end_of(const EffectDefinition& definition, float share, TickNumber now) {
  if (definition.duration_ticks == 0) return kNever;
  const float ticks = static_cast<float>(definition.duration_ticks) * share;
  return now + std::max<TickNumber>(static_cast<TickNumber>(ticks + 0.5f), 1);
}

std::int32_t shield_of(const EffectDefinition& definition, const Source& source) {
  return static_cast<std::int32_t>(definition.shield +
                                   definition.shield_per_spell_power * source.spell_power);
}

void make_room(RunningEffects& effects) {
  if (effects.count < kEffectsMax) return;
  const auto running = effects.running();
  const auto first = std::ranges::min_element(running, {}, &RunningEffect::ends_at);
  remove_at(effects, static_cast<std::size_t>(first - running.begin()));
}

void refresh(RunningEffect& running, const EffectDefinition& definition, const Source& source,
             std::uint32_t stacks, TickNumber ends_at, TickNumber now) {
  if (definition.refresh == Refresh::Pandemic && running.ends_at != kNever) {
    const TickNumber left = running.ends_at > now ? running.ends_at - now : 0;
    const auto most =
        static_cast<TickNumber>(static_cast<float>(definition.duration_ticks) * kPandemicShare);
    ends_at += std::min(left, most);
  }
  if (definition.refresh == Refresh::Stack) {
    running.stacks = static_cast<std::uint8_t>(
        std::min<std::uint32_t>(running.stacks + stacks, definition.stacks_max));
  }
  running.ends_at = ends_at;
  running.actor = source.actor;
  running.actor_level = source.level;
  running.attack_power = source.attack_power;
  running.spell_power = source.spell_power;
  running.shield = std::max(running.shield, shield_of(definition, source));
}

}  // namespace

Applied apply(RunningEffects& effects, const Rulebook& rules, const EffectDefinition& definition,
              const Source& source, std::uint32_t stacks, float duration_share, TickNumber now) {
  if (is_immune(effects, rules, definition.category)) return Applied::Immune;
  RunningEffect* const before = find_own(effects, definition, source.actor);
  if (before != nullptr && definition.refresh == Refresh::Ignore) return Applied::Ignored;
  const float worn = worn_share(effects, rules.combat, definition.category, now);
  if (worn == 0) return Applied::Immune;
  const TickNumber ends_at = end_of(definition, worn * duration_share, now);
  if (before != nullptr) {
    refresh(*before, definition, source, stacks, ends_at, now);
    find_next_due(effects);
    return Applied::Refreshed;
  }
  make_room(effects);
  effects.all[effects.count++] = {
      .actor = source.actor,
      .ends_at = ends_at,
      .next_at = definition.period_ticks == 0 ? kNever : now + definition.period_ticks,
      .attack_power = source.attack_power,
      .spell_power = source.spell_power,
      .shield = shield_of(definition, source),
      .effect = definition.id,
      .stacks =
          static_cast<std::uint8_t>(std::clamp<std::uint32_t>(stacks, 1, definition.stacks_max)),
      .actor_level = source.level};
  find_next_due(effects);
  return Applied::Fresh;
}

void remove_at(RunningEffects& effects, std::size_t place) {
  const auto running = effects.running();
  std::ranges::move(running.subspan(place + 1),
                    running.begin() + static_cast<std::ptrdiff_t>(place));
  effects.all[--effects.count] = {};
  find_next_due(effects);
}

const RunningEffect* find(const RunningEffects& effects, EffectId effect) {
  const auto running = effects.running();
  const auto found = std::ranges::find(running, effect, &RunningEffect::effect);
  return found == running.end() ? nullptr : &*found;
}

std::uint32_t dispel(RunningEffects& effects, const Rulebook& rules, std::uint8_t kinds,
                     std::uint32_t count, bool harmful) {
  std::uint32_t taken = 0;
  for (std::size_t i = effects.count; i-- > 0 && taken < count;) {
    const EffectDefinition* const definition = rules.effects.find(effects.all[i].effect);
    if (definition == nullptr || definition->is_harmful != harmful) continue;
    if ((definition->dispel & kinds) == 0) continue;
    remove_at(effects, i);
    ++taken;
  }
  return taken;
}

std::uint8_t controls_of(const RunningEffects& effects, const Rulebook& rules) {
  std::uint8_t controls = 0;
  for (const RunningEffect& running : effects.running()) {
    const EffectDefinition* const definition = rules.effects.find(running.effect);
    if (definition != nullptr) controls |= definition->control;
  }
  return controls;
}

void find_next_due(RunningEffects& effects) {
  effects.next_due = kNever;
  for (const RunningEffect& running : effects.running()) {
    effects.next_due = std::min({effects.next_due, running.ends_at, running.next_at});
  }
}

}  // namespace tessera::effects
