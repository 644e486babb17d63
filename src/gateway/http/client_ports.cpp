// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/http/client_ports.h"

namespace tessera::gateway {

Result<AccountsClientPort> AccountsClientPort::open(accounts::AccountsClient& client) {
  auto keys = client.key_set();
  if (!keys) return std::unexpected(keys.error());
  auto verifier = accounts::TokenVerifier::from_key_set(*keys);
  if (!verifier) return std::unexpected(verifier.error());
  return AccountsClientPort(client, std::move(*keys), std::move(*verifier));
}

void AccountsClientPort::register_account(const accounts::Credentials& credentials,
                                          Callback<AccountId> callback) {
  client_->register_account_async(credentials, std::move(callback));
}
void AccountsClientPort::log_in(const accounts::Credentials& credentials,
                                Callback<accounts::SessionTokens> callback) {
  client_->log_in_async(credentials, std::move(callback));
}
void AccountsClientPort::refresh(const std::string& refresh_token,
                                 Callback<accounts::SessionTokens> callback) {
  client_->refresh_async(refresh_token, std::move(callback));
}
void AccountsClientPort::log_out(const std::string& refresh_token, Callback<void> callback) {
  client_->log_out_async(refresh_token, std::move(callback));
}
void AccountsClientPort::standing(AccountId account, Callback<accounts::Standing> callback) {
  client_->standing_async(account, std::move(callback));
}
void AccountsClientPort::find(const std::string& name, Callback<accounts::Standing> callback) {
  client_->find_async(name, std::move(callback));
}
void AccountsClientPort::sanction(AccountId account, accounts::Sanction sanction,
                                  std::int64_t until, const std::string& reason,
                                  Callback<void> callback) {
  client_->sanction_async(account, sanction, until, reason, std::move(callback));
}
Result<accounts::AccessClaims> AccountsClientPort::verify(std::string_view access_token,
                                                          std::int64_t now) {
  return verifier_.verify(access_token, now);
}

void CharactersClientPort::list(AccountId account,
                                Callback<std::vector<characters::Character>> callback) {
  client_.list_async(account, std::move(callback));
}
void CharactersClientPort::create(AccountId account, const std::string& name,
                                  characters::Choices choices,
                                  Callback<characters::Character> callback) {
  client_.create_async(account, name, choices, std::move(callback));
}
void CharactersClientPort::remove(AccountId account, CharacterId character,
                                  Callback<void> callback) {
  client_.remove_async(account, character, std::move(callback));
}

}  // namespace tessera::gateway
