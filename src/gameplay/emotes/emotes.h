// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A character shows a gesture. Phase::Act, so that its player is answered in the same tick.
#pragma once

#include <cstdint>

#include "engine/core/ids.h"
#include "engine/ecs/component.h"
#include "gameplay/emotes/emote_table.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::emotes {

struct PerformEmote {
  EntityId entity{};
  std::uint32_t emote = 0;
  std::uint32_t action = 0;  ///< the client's number for it; returned in the answer
  friend constexpr auto describe(ecs::Described<PerformEmote>) {
    return ecs::component<PerformEmote>(
        "perform_emote", {}, ecs::field("entity", &PerformEmote::entity),
        ecs::field("emote", &PerformEmote::emote), ecs::field("action", &PerformEmote::action));
  }
};

struct EmotePerformed {
  EntityId entity{};
  std::uint32_t emote = 0;
  std::uint32_t action = 0;
};

enum class EmoteRefusal : std::uint32_t {
  UnknownEmote,
  OnCooldown,
};

struct EmoteRefused {
  EntityId entity{};
  std::uint32_t emote = 0;
  std::uint32_t action = 0;
  EmoteRefusal reason{};
  std::uint32_t reserved = 0;
};

/// Invariant: Gesture changes if and only if an EmotePerformed is emitted. Intents of entities that
/// are gone have nobody to answer.
void perform_emotes(const Step& step, In<PerformEmote> intents, Query<Gesture> actors,
                    Out<EmotePerformed> performed, Out<EmoteRefused> refused);

}  // namespace tessera::emotes
