// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the HTTP API needs of the rest of the house, as narrow interfaces. client_ports.h has those
// that call the services; the server fills in the others. A callback may come on any thread, once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "services/accounts/accounts_client.h"
#include "services/accounts/token_verifier.h"
#include "services/characters/characters_client.h"

namespace tessera::gateway {

using services::Callback;

/// Logins. Refusals as in services/accounts/accounts_client.h.
class AccountsPort {
 public:
  virtual ~AccountsPort() = default;
  virtual void register_account(const accounts::Credentials& credentials,
                                Callback<AccountId> callback) = 0;
  virtual void log_in(const accounts::Credentials& credentials,
                      Callback<accounts::SessionTokens> callback) = 0;
  virtual void refresh(const std::string& refresh_token,
                       Callback<accounts::SessionTokens> callback) = 0;
  virtual void log_out(const std::string& refresh_token, Callback<void> callback) = 0;
  virtual void standing(AccountId account, Callback<accounts::Standing> callback) = 0;
  virtual void find(const std::string& name, Callback<accounts::Standing> callback) = 0;
  virtual void sanction(AccountId account, accounts::Sanction sanction, std::int64_t until,
                        const std::string& reason, Callback<void> callback) = 0;
  /// Checks an access token at once, on the calling thread. `now` is Unix seconds.
  virtual Result<accounts::AccessClaims> verify(std::string_view access_token,
                                                std::int64_t now) = 0;
  /// The public keys as a JSON Web Key Set.
  virtual std::string key_set() = 0;
};

/// Characters of accounts. Refusals as in services/characters/characters_client.h.
class CharactersPort {
 public:
  virtual ~CharactersPort() = default;
  virtual void list(AccountId account, Callback<std::vector<characters::Character>> callback) = 0;
  virtual void create(AccountId account, const std::string& name, characters::Choices choices,
                      Callback<characters::Character> callback) = 0;
  virtual void remove(AccountId account, CharacterId character, Callback<void> callback) = 0;
};

/// How long an account can be kept out or silent at most, other than for good: a hundred years.
inline constexpr std::int64_t kSanctionMax_s = std::int64_t{100} * 365 * 24 * 3600;
/// How far ahead a stop of the server can be ordered: a day.
inline constexpr std::int64_t kShutdownMax_s = 24 * 3600;

/// Seconds that GET /api/v1/status looks back, unless asked for fewer.
inline constexpr unsigned kStatusWindowMax_s = 60;

/// GET /api/v1/status.
struct ServerStatus {
  std::string version;
  double uptime_s = 0;
  std::uint64_t players = 0;  ///< in all zones of this process
  std::uint64_t creatures = 0;
  std::uint64_t instances = 0;  ///< dungeons that run now
  std::uint64_t tick = 0;
  /// From a tick's start to its hand-over to the network, wall time.
  struct {
    double p50 = 0;
    double p99 = 0;
    double p999 = 0;
    double max = 0;
  } tick_ms;
  std::uint64_t late_ticks = 0;
  std::uint64_t machine_stalls = 0;
  std::uint64_t overload_level_max = 0;
  double bytes_out_s = 0;
  double datagrams_out_s = 0;
  std::uint64_t rss_bytes = 0;
};

/// Whether ticks advance and state goes out.
struct Readiness {
  bool ready = false;
  std::string reason;  ///< when not ready
};

/// Called on the web thread; must not wait.
class StatusSource {
 public:
  virtual ~StatusSource() = default;
  /// Figures over the last `last_s` seconds, 1 to kStatusWindowMax_s.
  virtual ServerStatus status(unsigned last_s) = 0;
  virtual Readiness readiness() = 0;
  /// Prometheus text.
  virtual std::string metrics_text() = 0;
};

/// A row of the operators' journal.
struct AuditRow {
  std::string action;   ///< "kick"
  std::string target;   ///< account name; empty for the whole world
  std::string details;  ///< a flat JSON object of the parameters
  std::string address;  ///< where the call came from
};

/// What operators can do to the running world, besides sanctions.
class OperatorPort {
 public:
  virtual ~OperatorPort() = default;
  /// Ends all sessions of the account; tells how many there were.
  virtual void kick(AccountId account, bool banned, const std::string& sentence,
                    Callback<std::uint32_t> callback) = 0;
  /// Sessions of the account are not heard for so long; 0: again.
  virtual void mute(AccountId account, std::uint32_t seconds) = 0;
  virtual void announce(const std::string& sentence) = 0;
  virtual void shut_down(std::uint32_t in_s, const std::string& sentence) = 0;
  /// Writes the row; the call is refused when this fails, so that nothing goes unrecorded.
  virtual void record(const AuditRow& row, Callback<void> callback) = 0;
};

}  // namespace tessera::gateway
