// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/accounts_client.h"

#include "services/accounts/accounts.grpc.pb.h"
#include "services/common/client_call.h"

namespace tessera::accounts {
namespace {

using services::Callback;
using Stub = v1::Accounts::Stub;

SessionTokens from_wire(const v1::SessionTokens& wire) {
  return {AccountId{wire.account_id()}, wire.name(),          wire.access_token(),
          wire.access_expires_at(),     wire.refresh_token(), wire.refresh_expires_at()};
}

Standing from_wire(const v1::Standing& wire) {
  return {AccountId{wire.account_id()}, wire.name(),       wire.banned_until(), wire.ban_reason(),
          wire.muted_until(),           wire.mute_reason()};
}

}  // namespace

struct AccountsClient::State {
  services::ServiceChannel channel;
  services::CallOptions options;
  std::unique_ptr<Stub> stub;

  template <class T, class Request, class Answer, class Convert>
  void call(services::StubMethod<Stub, Request, Answer> method, const Request& request,
            Convert convert, Callback<T> callback) {
    services::call_async<T>(channel, *stub, method, request, options, convert, std::move(callback));
  }
  /// Passwords are hashed beside the simulation, with what it leaves: on a machine that is busy to
  /// the last cycle they take seconds, and a person rather waits than types again.
  template <class T, class Request, class Answer, class Convert>
  void call_patiently(services::StubMethod<Stub, Request, Answer> method, const Request& request,
                      Convert convert, Callback<T> callback) {
    const services::CallOptions patient{.deadline = options.deadline * 5 / 2};
    services::call_async<T>(channel, *stub, method, request, patient, convert, std::move(callback));
  }
};

AccountsClient::AccountsClient(const services::ServiceChannel& channel,
                               services::CallOptions options)
    : state_(std::make_shared<State>(channel, options, v1::Accounts::NewStub(channel->channel()))) {
}
AccountsClient::~AccountsClient() = default;
AccountsClient::AccountsClient(AccountsClient&&) noexcept = default;
AccountsClient& AccountsClient::operator=(AccountsClient&&) noexcept = default;

void AccountsClient::register_account_async(const Credentials& credentials,
                                            Callback<AccountId> callback) {
  v1::RegisterRequest request;
  request.set_name(credentials.name);
  request.set_password(credentials.password);
  state_->call_patiently<AccountId>(
      &Stub::PrepareAsyncRegister, request,
      [](const v1::RegisterAnswer& answer) { return AccountId{answer.account_id()}; },
      std::move(callback));
}

void AccountsClient::log_in_async(const Credentials& credentials,
                                  Callback<SessionTokens> callback) {
  v1::LogInRequest request;
  request.set_name(credentials.name);
  request.set_password(credentials.password);
  state_->call_patiently<SessionTokens>(
      &Stub::PrepareAsyncLogIn, request,
      [](const v1::SessionTokens& answer) { return from_wire(answer); }, std::move(callback));
}

void AccountsClient::refresh_async(const std::string& refresh_token,
                                   Callback<SessionTokens> callback) {
  v1::RefreshRequest request;
  request.set_refresh_token(refresh_token);
  state_->call<SessionTokens>(
      &Stub::PrepareAsyncRefresh, request,
      [](const v1::SessionTokens& answer) { return from_wire(answer); }, std::move(callback));
}

void AccountsClient::log_out_async(const std::string& refresh_token, Callback<void> callback) {
  v1::LogOutRequest request;
  request.set_refresh_token(refresh_token);
  state_->call<void>(&Stub::PrepareAsyncLogOut, request, services::kNoAnswer, std::move(callback));
}

void AccountsClient::standing_async(AccountId account, Callback<Standing> callback) {
  v1::StandingRequest request;
  request.set_account_id(account.value);
  state_->call<Standing>(
      &Stub::PrepareAsyncGetStanding, request,
      [](const v1::Standing& answer) { return from_wire(answer); }, std::move(callback));
}

Result<AccountId> AccountsClient::register_account(const Credentials& credentials) {
  return services::wait_for<AccountId>([&](Callback<AccountId> callback) {
    register_account_async(credentials, std::move(callback));
  });
}

Result<SessionTokens> AccountsClient::log_in(const Credentials& credentials) {
  return services::wait_for<SessionTokens>(
      [&](Callback<SessionTokens> callback) { log_in_async(credentials, std::move(callback)); });
}

Result<SessionTokens> AccountsClient::refresh(const std::string& refresh_token) {
  return services::wait_for<SessionTokens>(
      [&](Callback<SessionTokens> callback) { refresh_async(refresh_token, std::move(callback)); });
}

Result<void> AccountsClient::log_out(const std::string& refresh_token) {
  return services::wait_for<void>(
      [&](Callback<void> callback) { log_out_async(refresh_token, std::move(callback)); });
}

Result<std::string> AccountsClient::key_set() {
  return services::wait_for<std::string>([&](Callback<std::string> callback) {
    state_->call<std::string>(
        &Stub::PrepareAsyncGetKeySet, v1::KeySetRequest{},
        [](const v1::KeySetAnswer& answer) { return answer.json(); }, std::move(callback));
  });
}

Result<Standing> AccountsClient::standing(AccountId account) {
  return services::wait_for<Standing>(
      [&](Callback<Standing> callback) { standing_async(account, std::move(callback)); });
}

void AccountsClient::find_async(const std::string& name, Callback<Standing> callback) {
  v1::StandingRequest request;
  request.set_name(name);
  state_->call<Standing>(
      &Stub::PrepareAsyncGetStanding, request,
      [](const v1::Standing& answer) { return from_wire(answer); }, std::move(callback));
}

Result<Standing> AccountsClient::find(const std::string& name) {
  return services::wait_for<Standing>(
      [&](Callback<Standing> callback) { find_async(name, std::move(callback)); });
}

void AccountsClient::sanction_async(AccountId account, accounts::Sanction sanction,
                                    std::int64_t until, const std::string& reason,
                                    Callback<void> callback) {
  v1::SanctionRequest request;
  request.set_account_id(account.value);
  request.set_kind(sanction == Sanction::Ban ? v1::SanctionRequest::BAN
                                             : v1::SanctionRequest::MUTE);
  request.set_until(until);
  request.set_reason(reason);
  state_->call<void>(&Stub::PrepareAsyncSanction, request, services::kNoAnswer,
                     std::move(callback));
}

Result<void> AccountsClient::sanction(AccountId account, accounts::Sanction sanction,
                                      std::int64_t until, const std::string& reason) {
  return services::wait_for<void>([&](Callback<void> callback) {
    sanction_async(account, sanction, until, reason, std::move(callback));
  });
}

}  // namespace tessera::accounts
