// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Instances: dungeons that come into being when somebody walks in. Each is a zone of its own, with
// its simulation thread, its log and its links, in this process; players share one as long as it
// has seats (players_max of its content), and it ends when it has been empty for a while.
//
//   simulation threads --request()--> queue --> the host's thread: finds or makes the instance
//                      <--TravelAnswer into the mailbox of the zone that asked--
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/core/error.h"
#include "engine/platform/clock.h"
#include "engine/platform/metrics/metrics.h"
#include "server/zones/zone_directory.h"
#include "world/content/zone_loader.h"
#include "world/log/log_storage.h"
#include "world/outbox/save_queue.h"
#include "world/tick/simulation.h"
#include "world/tick/travel.h"

namespace tessera::server {

struct InstanceOptions {
  /// The zone of this process that lasts; its folder's siblings are the instances' content.
  std::string lasting_zone_folder;
  content::LoadOptions content;
  /// Each runs 60 ticks a second, with three threads and some megabytes, even when little happens.
  std::uint32_t instances_max = 16;
  /// How long one stays when nobody is in it: who lost the connection may come back.
  std::chrono::seconds linger{60};
  std::function<std::int64_t()> now_ns = platform::monotonic_ns;
  std::string log_folder;  ///< each instance keeps its log in a folder of its number here
  /// As the lasting zone runs; what must differ is set for each instance.
  tick::SimulationOptions simulation;
};

/// All outlive the host.
struct InstanceParts {
  ZoneDirectory& directory;
  log::LogStorage& storage;
  outbox::SaveQueue& saves;
};

class InstanceHost final : public tick::Travel {
 public:
  InstanceHost(const InstanceOptions& options, const InstanceParts& parts);
  /// stop()s.
  ~InstanceHost() override;

  /// From now on requests are answered. Links of instances ring these bells.
  void start(cluster::Doorbell& udp, cluster::Doorbell& web);
  /// Tells everyone in an instance `sentence` and ends all of them. Fails with what was lost.
  Result<void> stop(const std::string& sentence);

  void request(const tick::TravelRequest& request, intake::Mailbox& zone) override;

  // Any thread.
  std::size_t instances() const;
  std::uint64_t players() const;
  /// Not empty: an instance cannot go on, for this reason.
  std::string must_stop() const;
  /// Posts what `make` makes into the mailbox of each instance; returns how many took it.
  std::size_t post_to_all(const std::function<intake::Command()>& make);
  /// Publishes tessera_instance...; the callbacks must not outlive the host.
  std::vector<platform::MetricCallback> publish(platform::MetricsRegistry& metrics) const;

 private:
  struct Instance {
    std::string zone;
    std::uint32_t number = 0;  ///< from 1; free again when it ends
    std::uint32_t players_max = 0;
    std::shared_ptr<ZoneLinks> links;
    std::unique_ptr<tick::Simulation> simulation;
    std::int64_t empty_since_ns = 0;
  };
  struct Request {
    tick::TravelRequest what;
    intake::Mailbox* zone = nullptr;
  };
  static constexpr std::size_t kRequestsMax = 1024;

  void run();
  void answer(const Request& request);
  Result<Way> find_way(const tick::TravelRequest& what);
  Result<Way> into_instance(const tick::TravelRequest& what);
  Result<Instance*> make_instance(const std::string& zone);
  std::uint32_t free_number() const;
  void end_empty();
  Result<void> end(std::unique_ptr<Instance> instance, const std::string& sentence);

  const InstanceOptions options_;
  const InstanceParts parts_;
  const std::string lasting_zone_;
  cluster::Doorbell* udp_bell_ = nullptr;
  cluster::Doorbell* web_bell_ = nullptr;
  std::atomic<std::uint64_t> made_{0};
  std::atomic<std::uint64_t> refused_{0};

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Request> requests_;
  bool stopping_ = false;
  /// Changed by the host's thread only, under the mutex.
  std::vector<std::unique_ptr<Instance>> instances_;
  std::thread thread_;
};

}  // namespace tessera::server
