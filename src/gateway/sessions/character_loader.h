// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <functional>
#include <memory>

#include "cluster/link/link.h"
#include "cluster/link/session_messages.h"
#include "engine/core/error.h"
#include "gateway/admission/session_claim.h"

namespace tessera::gateway {

/// A character and the zone that it enters.
struct LoadedCharacter {
  cluster::OpenedSession character;
  /// The way to the zone of the network thread that asked. It rings that thread's bell, and lives
  /// as long as a session uses it.
  std::shared_ptr<cluster::Link> zone;
};

/// Gets a character for the session that will play it. The server wires it to the characters
/// service and to its zones.
class CharacterLoader {
 public:
  using Loaded = std::move_only_function<void(Result<LoadedCharacter>)>;
  virtual ~CharacterLoader() = default;
  /// Called on a network thread: must not wait. `loaded` may be called on any thread, once.
  virtual void load(const admission::SessionClaim& claim, Loaded loaded) = 0;
};

}  // namespace tessera::gateway
