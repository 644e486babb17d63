// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The HTTP API (docs/api.yaml): accounts, characters, the way into the world, status, and what
// operators do. It decides on the web thread who may ask how often, reads the body, and answers
// when the services have: nothing here waits.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gateway/admission/admission.h"
#include "gateway/admission/rate_limiter.h"
#include "gateway/admission/session_grants.h"
#include "gateway/http/detail/router.h"
#include "gateway/http/ports.h"
#include "transport/websocket/web_server.h"

namespace tessera::gateway {

struct ApiOptions {
  /// Opens the admin routes; empty: they refuse everyone.
  std::string admin_token;
  /// Take the client's address from X-Forwarded-For (its last entry, which our own proxy wrote).
  /// Only behind a proxy: otherwise anybody could pretend to be anybody.
  bool trust_forwarded_for = false;
  /// Calls from this machine are not limited by address: load bots, operators.
  bool exempt_loopback = true;
  admission::RateLimit requests_per_address{.per_second = 20, .burst = 200};
  /// Each costs a password hash of 19 MiB: generous for a household, slow for a guesser.
  admission::RateLimit logins_per_address{.per_second = 0.5, .burst = 20};
  /// Tries for one account, from wherever they come.
  admission::RateLimit logins_per_account{.per_second = 0.1, .burst = 10};
  /// Addresses and accounts kept in mind, 64 bytes each.
  std::size_t rate_keys_max = 50'000;
  /// As the web server's: pages of these origins may call the API.
  std::vector<std::string> allowed_origins;
  /// Ids of the classes that may be created; empty: any.
  std::vector<std::uint16_t> playable_classes{};
};

/// Where the API takes the time from; tests put their own in.
struct ApiClock {
  std::function<std::int64_t()> monotonic_us;
  std::function<std::int64_t()> unix_s;
  static ApiClock system();
};

struct ApiParts {
  AccountsPort& accounts;
  CharactersPort& characters;
  StatusSource& status;
  OperatorPort& operators;
  admission::Admission& admission;
  admission::SessionGrants& grants;
};

class Api : public websocket::HttpHandler {
 public:
  /// The parts must live until the last of their callbacks has run.
  Api(const ApiOptions& options, const ApiParts& parts, ApiClock clock = ApiClock::system());
  ~Api() override;

  /// On the web thread only.
  void on_request(const websocket::Request& request, websocket::Responder respond) override;

  /// All there are, for the test that compares them with docs/api.yaml.
  static std::vector<Route> routes();

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace tessera::gateway
