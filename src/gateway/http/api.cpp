// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/http/api.h"

#include <sodium/utils.h>

#include <algorithm>
#include <random>

#include "engine/platform/clock.h"
#include "engine/platform/log.h"
#include "gateway/http/detail/api_state.h"

namespace tessera::gateway {

using websocket::error_response;
using websocket::Request;
using websocket::Response;

namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kAdminTokenBytesMax = 256;

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string client_address(const Request& request, bool trust_forwarded_for) {
  if (trust_forwarded_for) {
    const std::string_view chain = request.header("x-forwarded-for");
    const std::size_t comma = chain.rfind(',');
    const std::string_view last =
        trimmed(comma == std::string_view::npos ? chain : chain.substr(comma + 1));
    if (!last.empty()) return std::string(last);
  }
  return request.peer_address;
}

std::string_view bearer_token(const Request& request) {
  const std::string_view value = request.header("authorization");
  return value.starts_with(kBearer) ? trimmed(value.substr(kBearer.size())) : std::string_view{};
}

// In a time that does not tell how much of it was right.
bool same_secret(std::string_view given, std::string_view secret) {
  if (given.size() != secret.size()) return false;
  return sodium_memcmp(given.data(), secret.data(), secret.size()) == 0;
}

Response unauthenticated(std::string_view message) {
  Response response = error_response(401, "unauthenticated", message);
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

// Lets pages of allowed origins read the answer (fetch.spec.whatwg.org, CORS).
void allow_origin(const ApiOptions& options, const Request& request, Response& response) {
  const std::string_view origin = request.header("origin");
  if (origin.empty() ||
      std::ranges::find(options.allowed_origins, origin) == options.allowed_origins.end()) {
    return;
  }
  response.headers.emplace_back("Access-Control-Allow-Origin", std::string(origin));
  response.headers.emplace_back("Vary", "Origin");
  if (request.method != "OPTIONS") return;
  response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, DELETE");
  response.headers.emplace_back("Access-Control-Allow-Headers", "authorization, content-type");
  response.headers.emplace_back("Access-Control-Max-Age", "600");
}

Response unavailable(std::uint32_t retry_after_s, std::string_view message) {
  Response response = error_response(503, "unavailable", message);
  response.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return response;
}

}  // namespace

ApiClock ApiClock::system() {
  return {[] { return platform::monotonic_ns() / 1000; },
          [] { return platform::unix_time_ms() / 1000; }};
}

Response json_response(unsigned status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body) + "\n";
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response too_often(std::uint32_t retry_after_s, std::string_view message) {
  Response response = error_response(429, "too_many_requests", message);
  response.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return response;
}

Response to_response(const Error& error) {
  switch (error.kind) {
    case ErrorKind::InvalidArgument:
      return error_response(400, "invalid", error.message);
    case ErrorKind::NotFound:
      return error_response(404, "not_found", error.message);
    case ErrorKind::AlreadyExists:
      return error_response(409, "already_exists", error.message);
    case ErrorKind::Unauthenticated:
      return unauthenticated(error.message);
    case ErrorKind::PermissionDenied:
      return error_response(403, "forbidden", error.message);
    case ErrorKind::ResourceExhausted:
      return too_often(5, error.message);
    case ErrorKind::Unavailable:
      return unavailable(2, "A service does not answer; try again in some seconds.");
    case ErrorKind::StorageFailed:
      // The operator has to do something first.
      return unavailable(30, "The server cannot store this at the moment; try again in a minute.");
    case ErrorKind::Corrupt:
    case ErrorKind::Internal:
      break;
  }
  static platform::LogLimit log_limit;
  log_limit.log(platform::LogLevel::Error, "a service failed", {{"error", error.message}});
  return error_response(500, "internal", "Something went wrong here; the operators can read what.");
}

Api::State::State(const ApiOptions& api_options, const ApiParts& api_parts, ApiClock api_clock)
    : options(api_options),
      parts(api_parts),
      clock(std::move(api_clock)),
      seed(std::random_device{}()),
      requests_per_address(options.requests_per_address, options.rate_keys_max),
      logins_per_address(options.logins_per_address, options.rate_keys_max),
      logins_per_account(options.logins_per_account, options.rate_keys_max) {}

std::span<const Api::State::Endpoint> Api::State::endpoints() {
  using S = State;
  static constexpr Endpoint kEndpoints[] = {
      {{"POST", "/api/v1/register", Access::Login}, &S::register_account},
      {{"POST", "/api/v1/login", Access::Login}, &S::log_in},
      {{"POST", "/api/v1/refresh", Access::Login}, &S::refresh},
      {{"POST", "/api/v1/logout", Access::Anyone}, &S::log_out},
      {{"GET", "/api/v1/characters", Access::Player}, &S::list_characters},
      {{"POST", "/api/v1/characters", Access::Player}, &S::create_character},
      {{"DELETE", "/api/v1/characters/{id}", Access::Player}, &S::remove_character},
      {{"POST", "/api/v1/characters/{id}/enter", Access::Player}, &S::enter},
      {{"GET", "/api/v1/status", Access::Anyone}, &S::status},
      {{"GET", "/.well-known/jwks.json", Access::Anyone}, &S::key_set},
      {{"GET", "/healthz", Access::Anyone}, &S::health},
      {{"GET", "/readyz", Access::Anyone}, &S::readiness},
      {{"GET", "/metrics", Access::Anyone}, &S::metrics},
      {{"POST", "/api/v1/admin/kick", Access::Operator}, &S::kick},
      {{"POST", "/api/v1/admin/ban", Access::Operator}, &S::ban},
      {{"POST", "/api/v1/admin/mute", Access::Operator}, &S::mute},
      {{"POST", "/api/v1/admin/announce", Access::Operator}, &S::announce},
      {{"POST", "/api/v1/admin/shutdown", Access::Operator}, &S::shut_down},
  };
  return kEndpoints;
}

std::vector<Route> Api::routes() {
  std::vector<Route> routes;
  for (const auto& endpoint : State::endpoints()) routes.push_back(endpoint.route);
  return routes;
}

std::optional<Response> Api::State::limit(const Route& route, const std::string& address) {
  if (options.exempt_loopback && is_loopback(address)) return std::nullopt;
  const std::uint64_t key = admission::address_key(address, seed);
  const std::int64_t now_us = clock.monotonic_us();
  if (!requests_per_address.allow(key, now_us)) {
    return too_often(requests_per_address.retry_after_s(key),
                     "Too many requests from your address; slow down.");
  }
  if (route.access == Access::Login && !logins_per_address.allow(key, now_us)) {
    return too_often(logins_per_address.retry_after_s(key),
                     "Too many logins from your address; wait a little.");
  }
  return std::nullopt;
}

std::optional<Response> Api::State::authorise(const Request& request, const Route& route,
                                              Call& call) {
  const std::string_view token = bearer_token(request);
  if (route.access == Access::Player) {
    if (token.empty()) return unauthenticated("Log in first, and send the access token.");
    const auto claims = parts.accounts.verify(token, clock.unix_s());
    if (!claims) return to_response(claims.error());
    call.account = claims->account;
  }
  if (route.access == Access::Operator) {
    // The address was counted already, so a guesser gets 20 tries a second at 256 bits.
    if (options.admin_token.empty() || token.size() > kAdminTokenBytesMax ||
        !same_secret(token, options.admin_token)) {
      return unauthenticated("This needs the admin token of the server's data directory.");
    }
  }
  return std::nullopt;
}

std::optional<Response> Api::State::admit(const Request& request, const Route& route, Call& call) {
  if (auto refusal = limit(route, call.address)) return refusal;
  if (auto refusal = authorise(request, route, call)) return refusal;
  if (request.body.empty()) return std::nullopt;
  if (request.method == "GET" || request.method == "HEAD" || request.method == "DELETE") {
    return error_response(400, "unexpected_body", "This request must not have a body.");
  }
  const std::string_view type = request.header("content-type");
  if (!type.empty() && !type.starts_with("application/json")) {
    return error_response(415, "not_json", "Send the body as application/json.");
  }
  auto body = JsonBody::parse(request.body);
  if (!body) return error_response(400, "invalid_json", body.error().message);
  call.body = std::move(*body);
  return std::nullopt;
}

Api::Api(const ApiOptions& options, const ApiParts& parts, ApiClock clock)
    : state_(std::make_shared<State>(options, parts, std::move(clock))) {}
Api::~Api() = default;

void Api::on_request(const Request& request, websocket::Responder respond) {
  static const std::vector<Route> kRoutes = routes();
  Call call;
  call.address = client_address(request, state_->options.trust_forwarded_for);
  call.host = request.header("host");
  call.query = request.query;
  // Decided now, while the request is there; applied when the answer comes.
  Response with_origin;
  allow_origin(state_->options, request, with_origin);
  call.respond = [respond = std::move(respond),
                  headers = std::move(with_origin.headers)](Response response) {
    response.headers.insert(response.headers.end(), headers.begin(), headers.end());
    respond(std::move(response));
  };
  NoRoute missing;
  const auto match = Router(kRoutes).find(request.method, request.path, missing);
  if (!match) {
    if (missing.allowed_methods.empty()) {
      return call.respond(error_response(404, "no_such_path", "There is nothing at this path."));
    }
    if (request.method == "OPTIONS") return call.respond({.status = 204});
    Response response = error_response(405, "method_not_allowed",
                                       "This path takes " + missing.allowed_methods + ".");
    response.headers.emplace_back("Allow", missing.allowed_methods);
    return call.respond(std::move(response));
  }
  const auto& endpoint = State::endpoints()[match->route];
  call.id = match->id;
  if (auto refusal = state_->admit(request, endpoint.route, call)) {
    return call.respond(std::move(*refusal));
  }
  ((*state_).*endpoint.handler)(std::move(call));
}

}  // namespace tessera::gateway
