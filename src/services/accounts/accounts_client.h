// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What other parts of the house call to reach the accounts service. Every call exists twice: it
// waits for the answer, or (…_async) it takes a callback. Refusals by kind:
//   InvalidArgument    name or password against the rules; the message may be shown to the player
//   AlreadyExists      the name is taken
//   Unauthenticated    wrong name or password (never told which), or a token that is not valid
//   PermissionDenied   banned; the message says until when and why
//   ResourceExhausted  too many logins wait for their hash: try again in a few seconds
//   Unavailable        the service does not answer
//   StorageFailed      its database cannot be read or written: an operator is told why
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/core/error.h"
#include "engine/core/ids.h"
#include "services/common/service_channel.h"

namespace tessera::accounts {

/// As the player typed them. Names differ from each other by more than case.
struct Credentials {
  std::string name{};
  std::string password{};
};

/// A login that succeeded. Times are seconds since 1970 UTC.
struct SessionTokens {
  AccountId account{};
  std::string name{};          ///< as it was registered
  std::string access_token{};  ///< JWT ES256; verify it with TokenVerifier
  std::int64_t access_expires_at = 0;
  std::string refresh_token{};  ///< good for one refresh; using it again revokes the whole login
  std::int64_t refresh_expires_at = 0;
};

inline constexpr std::int64_t kForever = INT64_MAX;

/// What an account may not do. Times are seconds since 1970 UTC; 0: never was, kForever: for good.
struct Standing {
  AccountId account{};
  std::string name{};
  std::int64_t banned_until = 0;
  std::string ban_reason{};
  std::int64_t muted_until = 0;
  std::string mute_reason{};

  bool banned(std::int64_t now) const { return now < banned_until; }
  bool muted(std::int64_t now) const { return now < muted_until; }
};

enum class Sanction : std::uint8_t { Ban, Mute };

class AccountsClient {
 public:
  explicit AccountsClient(const services::ServiceChannel& channel,
                          services::CallOptions options = {});
  ~AccountsClient();
  AccountsClient(AccountsClient&&) noexcept;
  AccountsClient& operator=(AccountsClient&&) noexcept;

  /// Makes an account. It does not log in.
  Result<AccountId> register_account(const Credentials& credentials);
  void register_account_async(const Credentials& credentials,
                              services::Callback<AccountId> callback);

  Result<SessionTokens> log_in(const Credentials& credentials);
  void log_in_async(const Credentials& credentials, services::Callback<SessionTokens> callback);

  /// New tokens for a refresh token, which is spent by it.
  Result<SessionTokens> refresh(const std::string& refresh_token);
  void refresh_async(const std::string& refresh_token, services::Callback<SessionTokens> callback);

  /// Ends the login that the refresh token belongs to. An unknown token is no error.
  Result<void> log_out(const std::string& refresh_token);
  void log_out_async(const std::string& refresh_token, services::Callback<void> callback);

  /// The public keys as a JSON Web Key Set (RFC 7517), for TokenVerifier and for others.
  Result<std::string> key_set();

  Result<Standing> standing(AccountId account);
  void standing_async(AccountId account, services::Callback<Standing> callback);

  /// The same for a name in any case: how operators name an account. NotFound if there is none.
  Result<Standing> find(const std::string& name);
  void find_async(const std::string& name, services::Callback<Standing> callback);

  /// Bans or mutes until then (0 lifts it). A ban also ends all logins of the account; access
  /// tokens that are out live to their end, so ask standing() where it matters.
  Result<void> sanction(AccountId account, Sanction sanction, std::int64_t until,
                        const std::string& reason);
  void sanction_async(AccountId account, Sanction sanction, std::int64_t until,
                      const std::string& reason, services::Callback<void> callback);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tessera::accounts
