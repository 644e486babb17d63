// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/core/hash.h"
#include "gateway/http/detail/api_state.h"

namespace tessera::gateway {
namespace {

// The service knows the rules; these only keep absurd bodies from it.
constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kPasswordBytesMax = 1024;
constexpr std::size_t kRefreshTokenBytesMax = 512;

Result<accounts::Credentials> credentials_of(const JsonBody& body) {
  auto name = body.text("name", kNameBytesMax);
  if (!name) return std::unexpected(name.error());
  auto password = body.text("password", kPasswordBytesMax);
  if (!password) return std::unexpected(password.error());
  return accounts::Credentials{std::move(*name), std::move(*password)};
}

// One account in any case is one key.
std::uint64_t account_key(std::string name, std::uint64_t seed) {
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return hash_bytes(std::as_bytes(std::span(name)), seed);
}

void answer_tokens(const websocket::Responder& respond, Result<accounts::SessionTokens>& result) {
  answer_or(result, respond, [&](const accounts::SessionTokens& tokens) {
    respond(json_response(200, JsonObject()
                                   .text("account", std::to_string(tokens.account.value))
                                   .text("name", tokens.name)
                                   .text("access_token", tokens.access_token)
                                   .number("access_expires_at", tokens.access_expires_at)
                                   .text("refresh_token", tokens.refresh_token)
                                   .number("refresh_expires_at", tokens.refresh_expires_at)
                                   .done()));
  });
}

}  // namespace

void Api::State::register_account(Call call) {
  const auto credentials = credentials_of(call.body);
  if (!credentials) return call.respond(to_response(credentials.error()));
  parts.accounts.register_account(*credentials, [respond = std::move(call.respond),
                                                 name =
                                                     credentials->name](Result<AccountId> result) {
    answer_or(result, respond, [&](AccountId account) {
      respond(json_response(
          201,
          JsonObject().text("account", std::to_string(account.value)).text("name", name).done()));
    });
  });
}

void Api::State::log_in(Call call) {
  const auto credentials = credentials_of(call.body);
  if (!credentials) return call.respond(to_response(credentials.error()));
  const std::uint64_t key = account_key(credentials->name, seed);
  if (!logins_per_account.allow(key, clock.monotonic_us())) {
    return call.respond(too_often(logins_per_account.retry_after_s(key),
                                  "Too many logins for this account; wait a little."));
  }
  parts.accounts.log_in(
      *credentials, [respond = std::move(call.respond)](Result<accounts::SessionTokens> result) {
        answer_tokens(respond, result);
      });
}

void Api::State::refresh(Call call) {
  const auto token = call.body.text("refresh_token", kRefreshTokenBytesMax);
  if (!token) return call.respond(to_response(token.error()));
  parts.accounts.refresh(
      *token, [respond = std::move(call.respond)](Result<accounts::SessionTokens> result) {
        answer_tokens(respond, result);
      });
}

void Api::State::log_out(Call call) {
  const auto token = call.body.text("refresh_token", kRefreshTokenBytesMax);
  if (!token) return call.respond(to_response(token.error()));
  parts.accounts.log_out(*token, [respond = std::move(call.respond)](Result<void> result) {
    answer_or(result, respond, [&] { respond({.status = 204}); });
  });
}

void Api::State::key_set(Call call) {
  websocket::Response response;
  response.body = parts.accounts.key_set();
  response.headers.emplace_back("Cache-Control", "public, max-age=300");
  call.respond(std::move(response));
}

}  // namespace tessera::gateway
