// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The API's ports to the accounts and characters services, through their clients.
#pragma once

#include "gateway/http/ports.h"

namespace tessera::gateway {

class AccountsClientPort : public AccountsPort {
 public:
  /// Asks the service for its public keys, so it must answer. The client outlives this.
  static Result<AccountsClientPort> open(accounts::AccountsClient& client);

  void register_account(const accounts::Credentials& credentials,
                        Callback<AccountId> callback) override;
  void log_in(const accounts::Credentials& credentials,
              Callback<accounts::SessionTokens> callback) override;
  void refresh(const std::string& refresh_token,
               Callback<accounts::SessionTokens> callback) override;
  void log_out(const std::string& refresh_token, Callback<void> callback) override;
  void standing(AccountId account, Callback<accounts::Standing> callback) override;
  void find(const std::string& name, Callback<accounts::Standing> callback) override;
  void sanction(AccountId account, accounts::Sanction sanction, std::int64_t until,
                const std::string& reason, Callback<void> callback) override;
  Result<accounts::AccessClaims> verify(std::string_view access_token, std::int64_t now) override;
  std::string key_set() override { return key_set_; }

 private:
  AccountsClientPort(accounts::AccountsClient& client, std::string key_set,
                     accounts::TokenVerifier verifier)
      : client_(&client), key_set_(std::move(key_set)), verifier_(std::move(verifier)) {}
  accounts::AccountsClient* client_;
  std::string key_set_;
  accounts::TokenVerifier verifier_;
};

class CharactersClientPort : public CharactersPort {
 public:
  explicit CharactersClientPort(characters::CharactersClient& client) : client_(client) {}

  void list(AccountId account, Callback<std::vector<characters::Character>> callback) override;
  void create(AccountId account, const std::string& name, characters::Choices choices,
              Callback<characters::Character> callback) override;
  void remove(AccountId account, CharacterId character, Callback<void> callback) override;

 private:
  characters::CharactersClient& client_;
};

}  // namespace tessera::gateway
