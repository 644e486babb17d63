// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cluster/link/link_messages.h"

namespace tessera::gateway::detail {

/// The control message that tells a client why its session ends (control.proto, Disconnecting).
std::string disconnecting_message(cluster::CloseReason reason, std::string_view sentence);

/// What a player reads when nobody said anything better.
std::string_view default_sentence(cluster::CloseReason reason);

}  // namespace tessera::gateway::detail
