// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/zones/instance_host.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "engine/core/random.h"
#include "engine/platform/crash/crash_report.h"
#include "engine/platform/log.h"
#include "engine/platform/process.h"

namespace tessera::server {
namespace {

namespace fs = std::filesystem;

/// Numbers of zones that last are below; entities of an instance are named by its number.
constexpr std::uint32_t kInstanceNumbersFrom = 0x8000;
/// Runs of instances within one run of the process, as parts of the names of log segments.
constexpr std::uint64_t kInstanceRuns = 10'000;
/// A dungeon's few players send a hundredth of what a zone's links are made for.
constexpr cluster::LinkOptions kLinkOptions{.up_bytes = std::size_t{1} << 18,
                                            .down_bytes = std::size_t{1} << 20};
constexpr std::chrono::seconds kLookInterval{1};
constexpr const char* kClosedSentence = "The way is closed. Try again in a while.";
constexpr const char* kFullSentence = "Too many are down there already. Try again in a while.";

std::string name_of_folder(const std::string& folder) {
  const fs::path path = fs::path(folder).lexically_normal();
  return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

fs::path sibling(const std::string& folder, const std::string& name) {
  const fs::path path = fs::path(folder).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).parent_path() / name;
}

}  // namespace

InstanceHost::InstanceHost(const InstanceOptions& options, const InstanceParts& parts)
    : options_(options),
      parts_(parts),
      lasting_zone_(name_of_folder(options.lasting_zone_folder)) {}

InstanceHost::~InstanceHost() { (void)stop("The server is stopping."); }

void InstanceHost::start(cluster::Doorbell& udp, cluster::Doorbell& web) {
  udp_bell_ = &udp;
  web_bell_ = &web;
  thread_ = std::thread([this] { run(); });
}

Result<void> InstanceHost::stop(const std::string& sentence) {
  if (!thread_.joinable()) return {};
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  Result<void> outcome;
  while (!instances_.empty()) {
    std::unique_ptr<Instance> instance;
    {
      const std::lock_guard lock(mutex_);  // the status may be asked for still
      instance = std::move(instances_.back());
      instances_.pop_back();
    }
    if (auto ended = end(std::move(instance), sentence); !ended) outcome = ended;
  }
  return outcome;
}

void InstanceHost::request(const tick::TravelRequest& request, intake::Mailbox& zone) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && requests_.size() < kRequestsMax) {
      requests_.push_back({request, &zone});
      wake_.notify_all();
      return;
    }
  }
  (void)zone.post(intake::TravelAnswer{request.session, kClosedSentence, {}});
}

void InstanceHost::run() {
  platform::name_thread("instances");
  (void)platform::set_thread_nice(platform::kNiceBesideSimulation);
  platform::prepare_thread_for_crashes();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kLookInterval, [this] { return stopping_ || !requests_.empty(); });
    const auto requests = std::exchange(requests_, {});
    lock.unlock();
    for (const Request& request : requests) answer(request);
    end_empty();
    lock.lock();
  }
}

void InstanceHost::answer(const Request& request) {
  const CharacterId character = request.what.character;
  intake::TravelAnswer answer{.session = request.what.session, .refusal = {}, .gone = {}};
  if (auto way = find_way(request.what)) {
    parts_.directory.plan_journey(character, *way);
    answer.gone = [this, character] {
      parts_.directory.begin_journey(character, options_.now_ns());
    };
  } else {
    refused_.fetch_add(1, std::memory_order_relaxed);
    const bool full = way.error().kind == ErrorKind::ResourceExhausted;
    answer.refusal = full ? kFullSentence : kClosedSentence;
    static platform::LogLimit log_limit;
    log_limit.log(platform::LogLevel::Error, "a way into another zone is closed",
                  {{"to", request.what.to.zone}, {"reason", way.error().message}});
  }
  (void)request.zone->post(std::move(answer));  // a full mailbox: the zone does not tick
}

Result<Way> InstanceHost::find_way(const tick::TravelRequest& what) {
  if (what.to.zone == lasting_zone_) return Way{parts_.directory.lasting(), what.to.arrival, {}};
  return into_instance(what);
}

Result<Way> InstanceHost::into_instance(const tick::TravelRequest& what) {
  const auto has_seat = [&](const std::unique_ptr<Instance>& instance) {
    return instance->zone == what.to.zone &&
           parts_.directory.seats_taken(*instance->links) < instance->players_max;
  };
  const auto found = std::ranges::find_if(instances_, has_seat);
  Instance* instance = found == instances_.end() ? nullptr : found->get();
  if (instance == nullptr) {
    auto made = make_instance(what.to.zone);
    if (!made) return std::unexpected(made.error());
    instance = *made;
  }
  instance->empty_since_ns = options_.now_ns();
  // From one instance into the next it still comes back to where it left the zone that lasts.
  const auto before = parts_.directory.return_place_of(what.character);
  return Way{instance->links, what.to.arrival, before.value_or(what.from)};
}

Result<InstanceHost::Instance*> InstanceHost::make_instance(const std::string& zone) {
  if (instances_.size() >= options_.instances_max) {
    return failure(
        ErrorKind::ResourceExhausted,
        fmt::format("all {} instances are in use (world.instances_max)", options_.instances_max));
  }
  const std::int64_t began_ns = platform::monotonic_ns();
  const fs::path folder = sibling(options_.lasting_zone_folder, zone);
  auto definition = content::load_zone(folder.string(), options_.content);
  if (!definition) return std::unexpected(definition.error());
  if (!definition->is_instance) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("{}: the zone is not an instance (`instance: true`), and no process "
                               "runs it",
                               folder.string()));
  }
  auto instance = std::make_unique<Instance>();
  instance->zone = zone;
  instance->number = free_number();
  instance->players_max = definition->players_max;
  instance->links = std::make_shared<ZoneLinks>(kLinkOptions);
  instance->links->udp.use_bell(*udp_bell_);
  instance->links->web.use_bell(*web_bell_);
  const std::uint64_t run = made_.fetch_add(1, std::memory_order_relaxed) + 1;
  tick::SimulationOptions simulation = options_.simulation;
  simulation.zone = {.zone = static_cast<std::uint16_t>(kInstanceNumbersFrom + instance->number),
                     .seed = mix64(options_.simulation.zone.seed + run),
                     .creatures = definition->creature_count,
                     .players_max = definition->players_max};
  simulation.workers = 0;
  simulation.epoch = options_.simulation.epoch * kInstanceRuns + run % kInstanceRuns;
  simulation.log.folder = fs::path(options_.log_folder) / std::to_string(instance->number);
  simulation.log.record_file.clear();
  simulation.replication.entities_expected =
      simulation.zone.creatures + simulation.zone.players_max;
  simulation.watcher = nullptr;
  simulation.travel = this;
  cluster::Link* const links[] = {&instance->links->udp, &instance->links->web};
  auto made = tick::Simulation::create(simulation, std::move(*definition), links, parts_.storage,
                                       parts_.saves);
  if (!made) return std::unexpected(made.error());
  instance->simulation = std::move(*made);
  instance->simulation->start();
  platform::log_info("an instance begins",
                     {{"zone", zone},
                      {"instance", instance->number},
                      {"ms", (platform::monotonic_ns() - began_ns) / 1'000'000}});
  const std::lock_guard lock(mutex_);
  return instances_.emplace_back(std::move(instance)).get();
}

std::uint32_t InstanceHost::free_number() const {
  std::uint32_t number = 1;
  while (std::ranges::any_of(instances_, [&](const auto& one) { return one->number == number; })) {
    ++number;
  }
  return number;
}

void InstanceHost::end_empty() {
  const std::int64_t now_ns = options_.now_ns();
  const std::int64_t linger_ns = std::chrono::nanoseconds(options_.linger).count();
  for (std::size_t i = instances_.size(); i-- > 0;) {
    Instance& instance = *instances_[i];
    if (instance.simulation->players() > 0) instance.empty_since_ns = now_ns;
    if (now_ns - instance.empty_since_ns < linger_ns) continue;
    if (!parts_.directory.retire(instance.links)) continue;  // somebody is on the way
    std::unique_ptr<Instance> ended;
    {
      const std::lock_guard lock(mutex_);
      std::erase_if(requests_, [&](const Request& request) {
        return request.zone == &instance.simulation->mailbox();
      });
      ended = std::move(instances_[i]);
      instances_.erase(instances_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    (void)end(std::move(ended), {});
  }
}

Result<void> InstanceHost::end(std::unique_ptr<Instance> instance, const std::string& sentence) {
  auto outcome = instance->simulation->stop(sentence);
  if (!outcome) {
    platform::log_error("an instance ended badly", {{"zone", instance->zone},
                                                    {"instance", instance->number},
                                                    {"reason", outcome.error().message}});
  } else {
    platform::log_info("an instance ends",
                       {{"zone", instance->zone}, {"instance", instance->number}});
  }
  return outcome;
}

std::size_t InstanceHost::instances() const {
  const std::lock_guard lock(mutex_);
  return instances_.size();
}

std::uint64_t InstanceHost::players() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t players = 0;
  for (const auto& instance : instances_) players += instance->simulation->players();
  return players;
}

std::string InstanceHost::must_stop() const {
  const std::lock_guard lock(mutex_);
  for (const auto& instance : instances_) {
    if (std::string reason = instance->simulation->must_stop(); !reason.empty()) return reason;
  }
  return {};
}

std::size_t InstanceHost::post_to_all(const std::function<intake::Command()>& make) {
  const std::lock_guard lock(mutex_);
  std::size_t posted = 0;
  for (const auto& instance : instances_) {
    posted += instance->simulation->mailbox().post(make()) ? 1 : 0;
  }
  return posted;
}

std::vector<platform::MetricCallback> InstanceHost::publish(
    platform::MetricsRegistry& metrics) const {
  std::vector<platform::MetricCallback> callbacks;
  callbacks.push_back(metrics.gauge_callback("tessera_instances", "Instances that run now.",
                                             [this] { return static_cast<double>(instances()); }));
  callbacks.push_back(metrics.gauge_callback("tessera_instance_players",
                                             "Characters in instances, all together.",
                                             [this] { return static_cast<double>(players()); }));
  callbacks.push_back(metrics.counter_callback(
      "tessera_instances_made_total", "Instances begun since the start.",
      [this] { return static_cast<double>(made_.load(std::memory_order_relaxed)); }));
  callbacks.push_back(metrics.counter_callback(
      "tessera_travel_refused_total", "Players who stood before a closed way.",
      [this] { return static_cast<double>(refused_.load(std::memory_order_relaxed)); }));
  return callbacks;
}

}  // namespace tessera::server
