// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a zone asks of whoever knows the other zones: the server in one process, the coordinator
// when there are several.
#pragma once

#include "cluster/link/session_messages.h"
#include "engine/core/ids.h"
#include "gameplay/definitions/scenery.h"
#include "world/intake/mailbox.h"

namespace tessera::tick {

/// A player has walked into a portal.
struct TravelRequest {
  SessionId session;
  CharacterId character;
  Portal to;
  cluster::Place from;  ///< where it stands
};

class Travel {
 public:
  virtual ~Travel() = default;
  /// On the simulation thread: must not wait. Each request is answered with one TravelAnswer into
  /// `zone`, the mailbox of the zone that asks.
  virtual void request(const TravelRequest& request, intake::Mailbox& zone) = 0;
};

}  // namespace tessera::tick
