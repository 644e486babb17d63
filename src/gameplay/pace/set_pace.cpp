// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/pace/pace.h"

namespace tessera::pace {

void set_pace(In<SetPace> intents, Singleton<Pace> pace) {
  for (const SetPace& intent : intents) *pace = {intent.clock_permille, intent.ai_reduced};
}

}  // namespace tessera::pace
