// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include "gameplay/pvp/pvp.h"

namespace tessera::pvp::detail {

/// The duel that `loser` is in is over, if he is in one: nobody is anybody's enemy any more, and
/// what they put on each other is gone.
void end_duel(const Rulebook& rules, Duellists players, EntityId loser, DuelEnd how,
              const Out<DuelEnded>& ended);

}  // namespace tessera::pvp::detail
