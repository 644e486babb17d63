// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A whole server in this process, as `tessera serve` starts it, on free ports of the loopback and
// in a folder of its own. Its accounts are made beforehand, so that nobody waits for password
// hashes: the first kBystanders are the fleet's, the others a test's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/physics/collision_world.h"
#include "engine/platform/testing/temp_directory.h"
#include "server/roles/server.h"
#include "tools/bots/enrolment/enrolment.h"
#include "transport/netcode/connect_token.h"
#include "transport/udp/address.h"

namespace tessera::scenarios {

inline constexpr std::size_t kBystanders = 50;
inline constexpr std::size_t kSpareAccounts = 10;

class Shard {
 public:
  /// The zone of this folder; none: the default zone. The whole run is recorded when a file is
  /// named for it. With `watch` changed content is taken over. Fails the running test when the
  /// server does not start.
  explicit Shard(const std::string& zone_folder = {}, const std::string& record = {},
                 bool watch = false);
  ~Shard();

  server::Server& server() { return *server_; }
  /// Stops the server; nothing may be asked of it afterwards.
  void stop() { server_.reset(); }
  std::uint64_t tick() const { return server_->status().tick; }
  std::string url() const { return "http://" + server_->http_address(); }
  std::uint16_t http_port() const;
  udp::Address udp() const;
  const physics::CollisionWorld& world() const { return *world_; }
  std::string passes_file() const;
  std::string database_file() const;

  /// What lets the `account`-th of the spare accounts in.
  const bots::Pass& pass(std::size_t account) const { return passes_[kBystanders + account]; }
  /// Fresh connect tokens for its character, as the HTTP API gives them.
  std::vector<netcode::ConnectTokenBytes> connect_tokens(std::size_t account, std::size_t count);
  netcode::ConnectTokenBytes connect_token(std::size_t account) {
    return connect_tokens(account, 1).front();
  }

  /// The value of one series as /metrics shows it, e.g. `tessera_zone_players`; -1 without it.
  double metric(std::string_view series);
  /// tessera_gateway_ignored_total of UDP.
  double ignored(std::string_view reason);
  /// What the server has told its operator so far.
  std::string messages() const;
  /// The first value of a query of the server's database, by a connection of our own.
  long long query(const std::string& sql) const;

 private:
  platform::TempDirectory folder_;
  std::unique_ptr<physics::CollisionWorld> world_;
  std::vector<bots::Pass> passes_;
  std::unique_ptr<server::Server> server_;
};

}  // namespace tessera::scenarios
