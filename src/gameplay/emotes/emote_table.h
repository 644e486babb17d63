// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The emotes there are. Their numbers are part of the protocol: never use one again.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/core/tick.h"

namespace tessera::emotes {

struct EmoteDefinition {
  std::uint32_t id = 0;
  std::string_view name;
};

inline constexpr std::array<EmoteDefinition, 8> kEmotes{{{1, "wave"},
                                                         {2, "bow"},
                                                         {3, "cheer"},
                                                         {4, "dance"},
                                                         {5, "laugh"},
                                                         {6, "sit"},
                                                         {7, "point"},
                                                         {8, "salute"}}};

/// Half a second: a gesture can be seen, and a crowd of them costs little.
inline constexpr TickNumber kEmoteCooldownTicks = 30;

/// Null when there is no such emote.
constexpr const EmoteDefinition* find_emote(std::uint32_t id) {
  return id >= 1 && id <= kEmotes.size() ? &kEmotes[id - 1] : nullptr;
}

}  // namespace tessera::emotes
