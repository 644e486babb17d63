// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <optional>

#include "gameplay/emotes/emotes.h"

namespace tessera::emotes {
namespace {

std::optional<EmoteRefusal> refusal_for(std::uint32_t emote, const Gesture& gesture,
                                        TickNumber now) {
  if (find_emote(emote) == nullptr) return EmoteRefusal::UnknownEmote;
  const bool has_gestured = gesture.emote != 0;
  if (has_gestured && now < gesture.started_at + kEmoteCooldownTicks) {
    return EmoteRefusal::OnCooldown;
  }
  return std::nullopt;
}

}  // namespace

void perform_emotes(const Step& step, In<PerformEmote> intents, Query<Gesture> actors,
                    Out<EmotePerformed> performed, Out<EmoteRefused> refused) {
  for (const PerformEmote& intent : intents) {
    auto actor = actors.get(intent.entity);
    if (!actor) continue;  // left since the client sent it: normal
    Gesture& gesture = std::get<0>(*actor);
    if (const auto reason = refusal_for(intent.emote, gesture, step.now)) {
      refused.emit({intent.entity, intent.emote, intent.action, *reason});
      continue;
    }
    gesture = {.started_at = step.now, .emote = intent.emote};
    performed.emit({intent.entity, intent.emote, intent.action});
  }
}

}  // namespace tessera::emotes
