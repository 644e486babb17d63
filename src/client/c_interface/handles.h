// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What stands behind the handles of the C interface.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "client/c_interface/view_arrays.h"
#include "client/client.h"
#include "client/tessera_client.h"
#include "engine/physics/queries/static_world.h"

struct tessera_world {
  explicit tessera_world(tessera::physics::CollisionWorld the_world)
      : world(std::move(the_world)),
        blocks(std::make_shared<const tessera::physics::HeightBlocks>(world.terrain())) {}

  tessera::physics::CollisionWorld world;
  std::shared_ptr<const tessera::physics::HeightBlocks> blocks;  ///< for rays at the ground
};

struct tessera_client {
  tessera_client(tessera::client::Client& the_core, const tessera_world& world)
      : core(the_core), blocks(world.blocks) {}

  tessera::client::Client& core;
  std::unique_ptr<tessera::client::Client> owned;  ///< none when a tessera_udp owns the core
  std::shared_ptr<const tessera::physics::HeightBlocks> blocks;  ///< of the core's terrain
  tessera::client::ViewArrays view;
  std::vector<tessera::client::ActionEvent> actions;  ///< fetched and not yet handed out
  std::vector<tessera::client::MessageEvent> messages;
  std::vector<tessera::client::CombatHappened> combat;
  std::size_t next_action = 0;
  std::size_t next_message = 0;
  std::size_t next_combat = 0;
};
