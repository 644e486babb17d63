// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <functional>

#include "cluster/link/session_messages.h"
#include "engine/core/error.h"
#include "gateway/admission/session_claim.h"

namespace tessera::gateway {

/// Gets a character for the session that will play it. The server wires it to the characters
/// service.
class CharacterLoader {
 public:
  using Loaded = std::move_only_function<void(Result<cluster::OpenedSession>)>;
  virtual ~CharacterLoader() = default;
  /// Called on a network thread: must not wait. `loaded` may be called on any thread, once.
  virtual void load(const admission::SessionClaim& claim, Loaded loaded) = 0;
};

}  // namespace tessera::gateway
