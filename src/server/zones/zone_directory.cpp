// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/zones/zone_directory.h"

#include <algorithm>

namespace tessera::server {

Way ZoneDirectory::way_of(CharacterId character, std::int64_t now_ns) {
  const std::lock_guard lock(mutex_);
  const auto found = journeys_.find(character);
  if (found == journeys_.end() || !found->second.begun) return {lasting_, {}, {}};
  const Journey& journey = found->second;
  if (journey.zone_key != lasting_.get()) {
    return {journey.zone.lock(), journey.arrival, journey.return_place};
  }
  const bool fresh = now_ns - journey.begun_at_ns < kJourneyNs;
  Way way{lasting_, fresh ? journey.arrival : std::string(), {}};
  journeys_.erase(found);
  return way;
}

void ZoneDirectory::plan_journey(CharacterId character, const Way& way) {
  const std::lock_guard lock(mutex_);
  journeys_[character] = {.zone = way.zone,
                          .zone_key = way.zone.get(),
                          .arrival = way.arrival,
                          .return_place = way.return_place};
}

void ZoneDirectory::begin_journey(CharacterId character, std::int64_t now_ns) {
  const std::lock_guard lock(mutex_);
  const auto found = journeys_.find(character);
  if (found == journeys_.end()) return;
  found->second.begun = true;
  found->second.begun_at_ns = now_ns;
  // Those who came out of an instance and never entered again would stay here for ever.
  std::erase_if(journeys_, [&](const auto& entry) {
    const Journey& journey = entry.second;
    return journey.begun && journey.zone_key == lasting_.get() &&
           now_ns - journey.begun_at_ns >= kJourneyNs;
  });
}

std::optional<cluster::Place> ZoneDirectory::return_place_of(CharacterId character) const {
  const std::lock_guard lock(mutex_);
  const auto found = journeys_.find(character);
  return found == journeys_.end() ? std::nullopt : found->second.return_place;
}

std::size_t ZoneDirectory::seats_taken(const ZoneLinks& instance) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(
      journeys_, [&](const auto& entry) { return entry.second.zone_key == &instance; }));
}

bool ZoneDirectory::retire(const std::shared_ptr<ZoneLinks>& instance) {
  const std::lock_guard lock(mutex_);
  // New holders come from way_of() only, which waits for the lock.
  if (instance.use_count() > 1) return false;
  std::erase_if(journeys_,
                [&](const auto& entry) { return entry.second.zone_key == instance.get(); });
  return true;
}

}  // namespace tessera::server
