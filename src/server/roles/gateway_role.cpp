// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/roles/gateway_role.h"

#include <fmt/format.h>
#include <sodium.h>

#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "engine/platform/clock.h"
#include "engine/platform/crash/crash_report.h"
#include "engine/platform/log.h"
#include "engine/platform/process.h"
#include "gateway/files/site.h"
#include "gateway/http/admin_token.h"
#include "gateway/http/api.h"
#include "gateway/http/client_ports.h"
#include "gateway/sessions/udp_gateway.h"
#include "gateway/sessions/web_gateway.h"
#include "protocol/limits.h"

namespace tessera::server {
namespace {

/// "Tessera" and the protocol's version: clients of another one are not even heard.
constexpr std::uint64_t kNetcodeProtocolId =
    std::uint64_t{0x54657373657261} << 8 | protocol::kProtocolVersion;
/// What clients get to acknowledge the last words.
constexpr std::chrono::milliseconds kPartingTime{500};

Result<udp::Address> udp_address_of(const char* setting, const std::string& text) {
  const auto host_port = numeric_address(setting, text);
  if (!host_port) return std::unexpected(host_port.error());
  const bool v6 = host_port->host.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + host_port->host + "]" : host_port->host;
  const auto address = udp::Address::parse(host + ":" + std::to_string(host_port->port));
  if (!address) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("{}: '{}' is no address for UDP", setting, text));
  }
  return *address;
}

}  // namespace

struct GatewayRole::State {
  explicit State(const Settings& settings, const GatewayRoleParts& all)
      : parts(all), admission({.seats = settings.players_max}), character_port(all.characters) {}

  GatewayRoleParts parts;
  admission::Admission admission;
  admission::SessionTickets tickets;
  gateway::SessionRegistry sessions;
  std::optional<gateway::AccountsClientPort> account_port;
  gateway::CharactersClientPort character_port;
  std::unique_ptr<gateway::UdpGateway> udp;
  std::unique_ptr<gateway::WebGateway> web;
  std::optional<admission::SessionGrants> grants;
  platform::ValueWindow web_bytes;
  platform::ValueWindow web_packets;
  std::uint64_t web_bytes_seen = 0;
  std::uint64_t web_packets_seen = 0;
  std::optional<Status> status;
  std::unique_ptr<gateway::Api> api;
  std::optional<gateway::Site> site;
  std::unique_ptr<websocket::WebServer> server;
  std::string http_host;
  std::vector<platform::MetricCallback> callbacks;
  std::thread udp_thread;
  std::thread web_thread;

  Result<void> open_udp(const Settings& settings, netcode::Key key);
  Result<void> open_web(const Settings& settings);
  void sample_web();
  void publish_admission();
};

Result<void> GatewayRole::State::open_udp(const Settings& settings, netcode::Key key) {
  const auto listen = udp_address_of(kUdpSetting, settings.udp);
  if (!listen) return std::unexpected(listen.error());
  const auto chaos = chaos::parse_options(settings.chaos);
  if (!chaos) return std::unexpected(chaos.error());
  gateway::UdpGatewayOptions options;
  options.socket.bind = *listen;
  options.protocol_id = kNetcodeProtocolId;
  options.private_key = key;
  options.sessions_max = settings.players_max + settings.players_max / 4 + 16;
  options.chaos = *chaos;
  if (!settings.udp_public.empty()) {
    const auto known_as = udp_address_of(kUdpPublicSetting, settings.udp_public);
    if (!known_as) return std::unexpected(known_as.error());
    options.public_addresses = {*known_as};
  }
  auto opened = gateway::UdpGateway::open(options, {parts.udp_loader, sessions, &admission});
  if (!opened) {
    return failure(opened.error().kind, fmt::format("{}: {}", kUdpSetting, opened.error().message));
  }
  udp = std::move(*opened);
  admission::GrantOptions grant;
  grant.protocol_id = kNetcodeProtocolId;
  grant.private_key = key;
  grant.udp_addresses = options.public_addresses;
  if (grant.udp_addresses.empty()) grant.udp_addresses = {udp->local_address()};
  grant.websocket_tls = !settings.certificate.empty();
  grant.websocket_host = settings.http_public;
  grant.protocol_version = protocol::kProtocolVersion;
  grants.emplace(grant, tickets);
  return {};
}

Result<void> GatewayRole::State::open_web(const Settings& settings) {
  const auto listen = numeric_address(kHttpSetting, settings.http);
  if (!listen) return std::unexpected(listen.error());
  auto token = gateway::load_or_create_admin_token(settings.data);
  if (!token) return std::unexpected(token.error());
  auto accounts = gateway::AccountsClientPort::open(parts.accounts);
  if (!accounts) return std::unexpected(accounts.error());
  account_port.emplace(std::move(*accounts));
  status.emplace(parts.simulation, parts.instances, parts.metrics,
                 Outflow{.bytes_s =
                             [this](std::int64_t now, unsigned last_s) {
                               return udp->bytes_out().per_second(now, last_s) +
                                      web_bytes.per_second(now, last_s);
                             },
                         .datagrams_s =
                             [this](std::int64_t now, unsigned last_s) {
                               return udp->datagrams_out().per_second(now, last_s) +
                                      web_packets.per_second(now, last_s);
                             }});
  gateway::ApiOptions options;
  options.admin_token = std::move(*token);
  api = std::make_unique<gateway::Api>(
      options, gateway::ApiParts{*account_port, character_port, *status, parts.operators, admission,
                                 *grants});
  web = std::make_unique<gateway::WebGateway>(
      gateway::WebGatewayOptions{}, gateway::GatewayParts{parts.web_loader, sessions, &admission},
      tickets);
  websocket::WebOptions web_options;
  web_options.address = http_host = listen->host;
  web_options.port = listen->port;
  web_options.certificate_file = settings.certificate;
  web_options.key_file = settings.key;
  site.emplace(parts.files, *api);
  auto listening = websocket::WebServer::listen(web_options, *site, web.get());
  if (!listening) return std::unexpected(listening.error());
  server = std::move(*listening);
  web->attach(*server);
  server->every(std::chrono::seconds(1), [this] { sample_web(); });
  return {};
}

/// The web gateway counts totals; status wants windows. On the web thread.
void GatewayRole::State::sample_web() {
  const std::int64_t now = platform::monotonic_ns();
  const std::uint64_t bytes = web->counters().bytes_out.value();
  const std::uint64_t packets = web->counters().packets_out.value();
  web_bytes.add(now, bytes - std::exchange(web_bytes_seen, bytes));
  web_packets.add(now, packets - std::exchange(web_packets_seen, packets));
}

void GatewayRole::State::publish_admission() {
  const auto now_us = [] { return platform::monotonic_ns() / 1000; };
  callbacks.push_back(parts.metrics.gauge_callback(
      "tessera_gateway_seats",
      "Seats taken of players_max: who plays, is about to enter or may come back.",
      [this, now_us] { return static_cast<double>(admission.seats_taken(now_us())); }));
  callbacks.push_back(parts.metrics.gauge_callback(
      "tessera_gateway_queue", "Characters that wait for a seat.",
      [this, now_us] { return static_cast<double>(admission.queue_size(now_us())); }));
}

Result<std::unique_ptr<GatewayRole>> GatewayRole::open(const Settings& settings,
                                                       const GatewayRoleParts& parts) {
  std::unique_ptr<GatewayRole> role(new GatewayRole);
  role->state_ = std::make_unique<State>(settings, parts);
  State& state = *role->state_;
  // A key of this run only: tokens of an earlier one are worth nothing.
  netcode::Key key;
  randombytes_buf(key.data(), key.size());
  if (auto opened = state.open_udp(settings, key); !opened) return std::unexpected(opened.error());
  if (auto opened = state.open_web(settings); !opened) return std::unexpected(opened.error());
  if (shuts_remote_players_out(settings)) {
    platform::log_warning(
        "remote players can log in but never connect: UDP is for this machine only (--udp, "
        "--udp-public)",
        {{"http.listen", settings.http},
         {"udp.listen", settings.udp},
         {"udp.public", settings.udp_public}});
  }
  const auto keep = [&](std::vector<platform::MetricCallback> callbacks) {
    for (auto& callback : callbacks) state.callbacks.push_back(std::move(callback));
  };
  state.publish_admission();
  keep(gateway::publish(parts.metrics, "udp", state.udp->counters(), parts.links.udp.counters()));
  keep(gateway::publish_datagrams(parts.metrics, state.udp->counters()));
  keep(gateway::publish(parts.metrics, "websocket", state.web->counters(),
                        parts.links.web.counters()));
  return role;
}

GatewayRole::~GatewayRole() { stop(); }

void GatewayRole::start() {
  const auto run = [](const char* name, auto& serving) {
    return std::thread([name, &serving] {
      platform::name_thread(name);
      (void)platform::set_thread_nice(platform::kNiceBesideSimulation);
      platform::prepare_thread_for_crashes();
      serving.run();
    });
  };
  state_->udp_thread = run("udp", *state_->udp);
  state_->web_thread = run("web", *state_->server);
}

void GatewayRole::stop() {
  State& state = *state_;
  if (!state.udp_thread.joinable()) return;
  state.udp->stop(kPartingTime);
  state.web->stop();
  state.udp_thread.join();
  state.server->stop(kPartingTime);
  state.web_thread.join();
}

std::string GatewayRole::http_address() const {
  const bool v6 = state_->http_host.find(':') != std::string::npos;
  return (v6 ? "[" + state_->http_host + "]" : state_->http_host) + ":" +
         std::to_string(state_->server->port());
}

std::string GatewayRole::udp_address() const { return state_->udp->local_address().text(); }

gateway::StatusSource& GatewayRole::status() { return *state_->status; }

cluster::Doorbell& GatewayRole::udp_bell() { return state_->udp->bell(); }
cluster::Doorbell& GatewayRole::web_bell() { return state_->web->bell(); }

}  // namespace tessera::server
