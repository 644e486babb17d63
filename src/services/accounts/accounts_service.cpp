// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The gRPC face: one line per method; the rules are in detail/account_rules.
#include "services/accounts/accounts_service.h"

#include "engine/platform/clock.h"
#include "services/accounts/accounts.grpc.pb.h"
#include "services/accounts/detail/account_rules.h"
#include "services/common/served_method.h"

namespace tessera::accounts {
namespace {

Result<void> to_wire(const Result<SessionTokens>& tokens, v1::SessionTokens& wire) {
  if (!tokens) return std::unexpected(tokens.error());
  wire.set_account_id(tokens->account.value);
  wire.set_name(tokens->name);
  wire.set_access_token(tokens->access_token);
  wire.set_access_expires_at(tokens->access_expires_at);
  wire.set_refresh_token(tokens->refresh_token);
  wire.set_refresh_expires_at(tokens->refresh_expires_at);
  return {};
}

Result<void> to_wire(const Result<Standing>& standing, v1::Standing& wire) {
  if (!standing) return std::unexpected(standing.error());
  wire.set_account_id(standing->account.value);
  wire.set_name(standing->name);
  wire.set_banned_until(standing->banned_until);
  wire.set_ban_reason(standing->ban_reason);
  wire.set_muted_until(standing->muted_until);
  wire.set_mute_reason(standing->mute_reason);
  return {};
}

class AccountsFace final : public services::Face {
 public:
  AccountsFace(services::Host& host, persistence::Database& database, TokenSigner signer,
               const AccountsOptions& options)
      : rules_(database, std::move(signer),
               {.password_cost = {options.hashing_passes, options.hashing_memory_bytes},
                .access_token_s = options.access_token_s,
                .refresh_token_s = options.refresh_token_s,
                .now_s = options.now_s}),
        hashing_({.name = "hashing",
                  .threads = options.hashing_threads,
                  .queue_max = options.hashing_queue_max,
                  .nice = 19,
                  .batch = true}),
        register_(host, "accounts", "Register", {.once = true, .pool = &hashing_}),
        log_in_(host, "accounts", "LogIn", {.pool = &hashing_}),
        refresh_(host, "accounts", "Refresh", {.once = true}),
        log_out_(host, "accounts", "LogOut"),
        key_set_(host, "accounts", "GetKeySet"),
        standing_(host, "accounts", "GetStanding"),
        sanction_(host, "accounts", "Sanction"),
        queued_(host.metrics().gauge_callback(
            "tessera_password_hashes_queued", "Logins and registrations that wait for their hash.",
            [this] { return static_cast<double>(hashing_.queued()); })) {}

  grpc::Service& service() override { return service_; }

  void start(const services::FaceQueue& queue) override {
    services::serve(service_, &Service::RequestRegister, queue, register_,
                    [this](const auto& in, auto& out) { return register_account(in, out); });
    services::serve(service_, &Service::RequestLogIn, queue, log_in_,
                    [this](const auto& in, auto& out) {
                      return to_wire(rules_.log_in({in.name(), in.password()}), out);
                    });
    services::serve(service_, &Service::RequestRefresh, queue, refresh_,
                    [this](const auto& in, auto& out) {
                      return to_wire(rules_.refresh(in.refresh_token()), out);
                    });
    services::serve(service_, &Service::RequestLogOut, queue, log_out_,
                    [this](const auto& in, auto&) { return rules_.log_out(in.refresh_token()); });
    services::serve(service_, &Service::RequestGetKeySet, queue, key_set_,
                    [this](const auto&, auto& out) {
                      out.set_json(rules_.key_set());
                      return Result<void>{};
                    });
    services::serve(service_, &Service::RequestGetStanding, queue, standing_,
                    [this](const auto& in, auto& out) { return standing(in, out); });
    services::serve(service_, &Service::RequestSanction, queue, sanction_,
                    [this](const auto& in, auto&) { return sanction(in); });
  }

 private:
  using Service = v1::Accounts::AsyncService;

  Result<void> register_account(const v1::RegisterRequest& in, v1::RegisterAnswer& out) {
    auto id = rules_.register_account({in.name(), in.password()});
    if (!id) return std::unexpected(id.error());
    out.set_account_id(id->value);
    return {};
  }
  Result<void> standing(const v1::StandingRequest& in, v1::Standing& out) {
    const bool by_name = in.account_case() == v1::StandingRequest::kName;
    return to_wire(by_name ? rules_.find(in.name()) : rules_.standing(AccountId{in.account_id()}),
                   out);
  }
  Result<void> sanction(const v1::SanctionRequest& in) {
    if (in.kind() != v1::SanctionRequest::BAN && in.kind() != v1::SanctionRequest::MUTE) {
      return failure(ErrorKind::InvalidArgument, "sanction: expected BAN or MUTE");
    }
    const auto kind = in.kind() == v1::SanctionRequest::BAN ? Sanction::Ban : Sanction::Mute;
    return rules_.sanction(AccountId{in.account_id()}, kind, in.until(), in.reason());
  }

  Service service_;
  AccountRules rules_;
  services::TaskPool hashing_;
  services::Method register_, log_in_, refresh_, log_out_, key_set_, standing_, sanction_;
  platform::MetricCallback queued_;
};

}  // namespace

Result<void> serve_accounts(services::Host& host, persistence::Database& database,
                            AccountsOptions options) {
  if (options.now_s == nullptr) {
    options.now_s = [] { return platform::unix_time_ms() / 1000; };
  }
  persistence::SigningKeyStore keys(database);
  auto signer = TokenSigner::load_or_create(keys, options.now_s());
  if (!signer) return std::unexpected(signer.error());
  host.add(std::make_unique<AccountsFace>(host, database, std::move(*signer), options));
  return {};
}

}  // namespace tessera::accounts
