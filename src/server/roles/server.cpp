// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/roles/server.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>
#include <vector>

#include "engine/platform/build/build_info.h"
#include "engine/platform/clock.h"
#include "engine/platform/files.h"
#include "engine/platform/log.h"
#include "engine/platform/process.h"
#include "server/roles/character_ports.h"
#include "server/roles/content_folder.h"
#include "server/roles/gateway_role.h"
#include "server/roles/services_role.h"
#include "server/web/client_folder.h"
#include "server/web/zone_files.h"
#include "server/zones/instance_host.h"
#include "server/zones/zone_directory.h"
#include "world/content/watcher.h"
#include "world/content/zone_loader.h"

namespace tessera::server {
namespace {

tick::SimulationOptions simulation_options(const Settings& settings,
                                           const characters::ZoneOwner& owner) {
  tick::SimulationOptions options;
  options.zone = {.zone = settings.zone,
                  .seed = settings.seed,
                  .creatures = settings.creatures,
                  .players_max = settings.players_max};
  options.workers = settings.workers;
  options.epoch = owner.epoch;
  options.build = platform::build_line();
  options.log.folder = settings.data + "/zone-" + std::to_string(settings.zone) + "/log";
  options.log.record_file = settings.record;
  options.log.segment_bytes_max = std::size_t{settings.log_segment_mib} << 20;
  options.log.segments_max = settings.log_segments_max;
  options.log.buffer_bytes_max = std::size_t{settings.log_buffer_mib} << 20;
  options.log.group_interval = std::chrono::milliseconds(settings.log_sync_ms);
  options.stop_when_log_fails = settings.log_on_failure == "stop";
  options.save_interval = settings.save_interval_s * TickNumber{kTicksPerSecond};
  options.replication.entities_expected = settings.creatures + settings.players_max;
  return options;
}

}  // namespace

/// In the order of making; unmade in reverse.
struct Server::State {
  explicit State(platform::LockFile data_lock) : lock(std::move(data_lock)) {}

  platform::LockFile lock;
  platform::MetricsRegistry metrics;
  std::unique_ptr<ServicesRole> services;
  StopRequest stop_request;
  log::DiskStorage disk;
  std::shared_ptr<ZoneLinks> links = std::make_shared<ZoneLinks>();
  ZoneDirectory directory{links};
  std::optional<ServiceSaver> saver;
  std::optional<outbox::SaveQueue> saves;
  std::optional<ServiceLoader> udp_loader;
  std::optional<ServiceLoader> web_loader;
  gateway::StaticFiles files;
  bool serves_client = false;
  std::optional<ZoneFiles> zone_files;
  std::optional<content::Watcher> watcher;
  std::optional<InstanceHost> instances;
  std::unique_ptr<tick::Simulation> simulation;
  std::optional<Operators> operators;
  std::vector<platform::MetricCallback> callbacks;
  std::unique_ptr<GatewayRole> gateway;
  bool stopped = false;

  Result<void> make_world(const Settings& settings);
  Result<void> open_gateway(const Settings& settings);
};

Result<void> Server::State::make_world(const Settings& settings) {
  const auto folder = find_zone_folder(settings.content);
  if (!folder) return std::unexpected(folder.error());
  auto definition = content::load_zone(*folder, {.cache_folder = settings.content_cache});
  if (!definition) {
    const Error& error = definition.error();
    const bool wanted = error.kind == ErrorKind::NotFound && !settings.content.empty();
    return failure(error.kind,
                   wanted ? fmt::format("{}: {}", kContentSetting, error.message) : error.message);
  }
  const auto owner = services->characters().take_zone(settings.zone);
  if (!owner) return std::unexpected(owner.error());
  saver.emplace(services->characters(), *owner);
  saves.emplace(outbox::SaveQueueOptions{}, *saver);
  udp_loader.emplace(services->characters(), *owner, directory, &ZoneLinks::udp);
  web_loader.emplace(services->characters(), *owner, directory, &ZoneLinks::web);
  tick::SimulationOptions options = simulation_options(settings, *owner);
  if (settings.content_watch) {
    options.watcher =
        &watcher.emplace(*folder, definition->content_hash,
                         content::LoadOptions{.cache_folder = settings.content_cache});
  }
  options.content_listener = &zone_files.emplace(files, *folder);
  instances.emplace(InstanceOptions{.lasting_zone_folder = *folder,
                                    .content = {.cache_folder = settings.content_cache},
                                    .instances_max = settings.instances_max,
                                    .linger = std::chrono::seconds(settings.instance_linger_s),
                                    .log_folder = settings.data + "/instances",
                                    .simulation = options},
                    InstanceParts{directory, disk, *saves});
  options.travel = &*instances;
  cluster::Link* const both[] = {&links->udp, &links->web};
  auto made = tick::Simulation::create(options, std::move(*definition), both, disk, *saves);
  if (!made) return std::unexpected(made.error());
  simulation = std::move(*made);
  operators.emplace(simulation->mailbox(), *instances, services->operations(), stop_request);
  callbacks = simulation->publish(metrics);
  for (auto& callback : instances->publish(metrics)) callbacks.push_back(std::move(callback));
  callbacks.push_back(
      metrics.gauge_callback("process_resident_memory_bytes", "Resident memory of the process.",
                             [] { return static_cast<double>(platform::resident_bytes()); }));
  callbacks.push_back(metrics.counter_callback(
      "process_cpu_seconds_total", "Processor time of the process.",
      [] { return static_cast<double>(platform::process_cpu_ns()) / 1e9; }));
  return {};
}

Result<void> Server::State::open_gateway(const Settings& settings) {
  if (const std::string folder = find_client_folder(settings.client); !folder.empty()) {
    if (auto added = gateway::add_client_folder(files, folder); !added) {
      return failure(added.error().kind,
                     fmt::format("{}: {}", kClientSetting, added.error().message));
    }
    serves_client = true;
  }
  auto opened = GatewayRole::open(settings, {.accounts = services->accounts(),
                                             .characters = services->characters(),
                                             .udp_loader = *udp_loader,
                                             .web_loader = *web_loader,
                                             .operators = *operators,
                                             .simulation = *simulation,
                                             .instances = *instances,
                                             .links = *links,
                                             .files = files,
                                             .metrics = metrics});
  if (!opened) return std::unexpected(opened.error());
  gateway = std::move(*opened);
  links->udp.use_bell(gateway->udp_bell());
  links->web.use_bell(gateway->web_bell());
  return {};
}

Result<std::unique_ptr<Server>> Server::start(const Settings& settings) {
  platform::raise_open_files_limit();
  if (auto made = platform::create_directories(settings.data); !made) {
    return std::unexpected(made.error());
  }
  auto lock = platform::LockFile::acquire(settings.data + "/lock");
  if (!lock) return std::unexpected(lock.error());
  std::unique_ptr<Server> server(new Server);
  server->state_ = std::make_unique<State>(std::move(*lock));
  State& state = *server->state_;
  auto services = ServicesRole::start(settings.data, state.metrics);
  if (!services) return std::unexpected(services.error());
  state.services = std::move(*services);
  if (auto made = state.make_world(settings); !made) return std::unexpected(made.error());
  if (auto opened = state.open_gateway(settings); !opened) return std::unexpected(opened.error());
  state.instances->start(state.gateway->udp_bell(), state.gateway->web_bell());
  state.simulation->start();
  state.gateway->start();
  return server;
}

Server::~Server() { (void)stop("The server is stopping."); }

std::optional<Server::Ending> Server::ending() const {
  std::string reason = state_->simulation->must_stop();
  if (reason.empty()) reason = state_->instances->must_stop();
  if (!reason.empty()) {
    platform::log_error("the world cannot go on", {{"reason", reason}});
    return Ending{"The server has a problem and must stop.", true};
  }
  if (auto sentence = state_->stop_request.due(platform::monotonic_ns())) {
    return Ending{*std::move(sentence), false};
  }
  return std::nullopt;
}

Result<void> Server::stop(const std::string& sentence) {
  State& state = *state_;
  if (std::exchange(state.stopped, true)) return {};
  Result<void> outcome;
  if (state.instances) outcome = state.instances->stop(sentence);
  if (state.simulation) {
    if (auto stopped = state.simulation->stop(sentence); !stopped) outcome = stopped;
  }
  if (state.gateway) state.gateway->stop();
  if (state.services) state.services->stop();
  return outcome;
}

bool Server::serves_client() const { return state_->serves_client; }

std::string Server::http_address() const { return state_->gateway->http_address(); }
std::string Server::udp_address() const { return state_->gateway->udp_address(); }
gateway::ServerStatus Server::status() const {
  return state_->gateway->status().status(gateway::kStatusWindowMax_s);
}

}  // namespace tessera::server
