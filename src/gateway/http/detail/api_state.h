// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the routes share. A route gets a Call, which outlives the request: it is moved into the
// callback of the service that the answer waits for.
#pragma once

#include <memory>
#include <string>

#include "engine/core/json/json_object.h"
#include "gateway/http/api.h"
#include "gateway/http/detail/json_body.h"

namespace tessera::gateway {

struct Call {
  JsonBody body;
  std::uint64_t id = 0;  ///< of {id} in the path
  AccountId account;     ///< with Access::Player
  std::string address;   ///< of the client
  std::string host;      ///< as the client calls us
  std::string query;     ///< behind the path's '?'
  websocket::Responder respond;
};

struct Api::State : std::enable_shared_from_this<Api::State> {
  State(const ApiOptions& options, const ApiParts& parts, ApiClock clock);

  // accounts_routes.cpp
  void register_account(Call call);
  void log_in(Call call);
  void refresh(Call call);
  void log_out(Call call);
  void key_set(Call call);
  // characters_routes.cpp
  void list_characters(Call call);
  void create_character(Call call);
  void remove_character(Call call);
  void enter(Call call);
  // operations_routes.cpp
  void health(Call call);
  void readiness(Call call);
  void status(Call call);
  void metrics(Call call);
  // admin_routes.cpp
  void kick(Call call);
  void ban(Call call);
  void mute(Call call);
  void announce(Call call);
  void shut_down(Call call);

  struct Endpoint {
    Route route;
    void (State::*handler)(Call);
  };
  static std::span<const Endpoint> endpoints();

  const ApiOptions options;
  const ApiParts parts;
  const ApiClock clock;
  const std::uint64_t seed;  // of the keys below
  admission::RateLimiter requests_per_address;
  admission::RateLimiter logins_per_address;
  admission::RateLimiter logins_per_account;

  /// The checks before a route: limits, access, body. A response refuses the call.
  std::optional<websocket::Response> admit(const websocket::Request& request, const Route& route,
                                           Call& call);

 private:
  std::optional<websocket::Response> limit(const Route& route, const std::string& address);
  std::optional<websocket::Response> authorise(const websocket::Request& request,
                                               const Route& route, Call& call);
};

/// The response that tells an error of a service; what must not be shown is logged instead.
websocket::Response to_response(const Error& error);
websocket::Response json_response(unsigned status, std::string body);
websocket::Response too_often(std::uint32_t retry_after_s, std::string_view message);

/// Runs `next` with the value of a result, or answers with its error.
template <class T, class F>
void answer_or(Result<T>& result, const websocket::Responder& respond, F next) {
  if (!result) {
    respond(to_response(result.error()));
  } else if constexpr (std::is_void_v<T>) {
    next();
  } else {
    next(*result);
  }
}

}  // namespace tessera::gateway
