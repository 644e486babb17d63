// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which zone a character enters: the zone that lasts, unless it travels. One who went into an
// instance belongs to it, and has a seat there, until it travels out or the instance ends: who
// loses the connection comes back into it. All from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "cluster/link/link.h"
#include "cluster/link/session_messages.h"
#include "engine/core/ids.h"

namespace tessera::server {

/// The links of a running zone, one for each network thread of this process. A zone may end when
/// nobody else holds its links.
struct ZoneLinks {
  explicit ZoneLinks(const cluster::LinkOptions& options = {}) : udp(options), web(options) {}
  cluster::Link udp;
  cluster::Link web;
};

/// How a character enters a zone.
struct Way {
  std::shared_ptr<ZoneLinks> zone;
  std::string arrival;  ///< empty: where it was saved
  std::optional<cluster::Place> return_place;
};

class ZoneDirectory {
 public:
  /// How long the end of a journey is kept for one who comes back out of an instance; later it
  /// enters where it was saved. A client is back within a second.
  static constexpr std::int64_t kJourneyNs = 60'000'000'000;

  explicit ZoneDirectory(std::shared_ptr<ZoneLinks> lasting) : lasting_(std::move(lasting)) {}

  const std::shared_ptr<ZoneLinks>& lasting() const { return lasting_; }
  /// The way of a character that enters now.
  Way way_of(CharacterId character, std::int64_t now_ns);

  /// The character will take this way as soon as begin_journey() says that it has left the zone it
  /// is in. A way into an instance takes a seat there from now on and gives back the one it had.
  void plan_journey(CharacterId character, const Way& way);
  void begin_journey(CharacterId character, std::int64_t now_ns);
  /// Where one who plays in an instance is saved meanwhile.
  std::optional<cluster::Place> return_place_of(CharacterId character) const;

  /// Characters that belong to an instance.
  std::size_t seats_taken(const ZoneLinks& instance) const;
  /// Takes an instance out, if nobody holds its links but the caller: nobody will enter it.
  bool retire(const std::shared_ptr<ZoneLinks>& instance);

 private:
  struct Journey {
    std::weak_ptr<ZoneLinks> zone;
    const ZoneLinks* zone_key = nullptr;  ///< never used as more than a name
    std::string arrival;
    std::optional<cluster::Place> return_place;
    bool begun = false;
    std::int64_t begun_at_ns = 0;
  };

  const std::shared_ptr<ZoneLinks> lasting_;
  mutable std::mutex mutex_;
  std::unordered_map<CharacterId, Journey> journeys_;  // order never matters
};

}  // namespace tessera::server
