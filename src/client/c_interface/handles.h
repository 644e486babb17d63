// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What stands behind the handles of the C interface.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "client/client.h"
#include "client/tessera_client.h"

struct tessera_world {
  tessera::physics::CollisionWorld world;
};

struct tessera_client {
  explicit tessera_client(tessera::client::Client& the_core) : core(the_core) {}

  tessera::client::Client& core;
  std::unique_ptr<tessera::client::Client> owned;     ///< none when a tessera_udp owns the core
  std::vector<tessera::client::ActionEvent> actions;  ///< fetched and not yet handed out
  std::vector<tessera::client::MessageEvent> messages;
  std::size_t next_action = 0;
  std::size_t next_message = 0;
};
