// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The zones that a fleet's bots have been in. The server says which zone and which content of it; a
// thread loads what is not known yet, so that no bot waits for another's zone. All functions are
// for the fleet's thread.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/physics/collision_world.h"
#include "gameplay/definitions/zone_definition.h"
#include "tools/bots/behaviour/ground.h"
#include "tools/bots/behaviour/places.h"

namespace tessera::bots {

/// A zone as bots know it.
struct LoadedZone {
  explicit LoadedZone(const ZoneDefinition& zone)
      : name(zone.name),
        content_hash(zone.content_hash),
        rules(zone.rules != nullptr ? zone.rules : std::make_shared<const Rulebook>()),
        world(make_collision_world(zone)),
        ground(zone, world),
        guide(ground),
        places(zone, ground, guide) {}

  const std::string name;
  const std::uint64_t content_hash;
  const std::shared_ptr<const Rulebook> rules;
  const physics::CollisionWorld world;
  const Ground ground;
  Guide guide;
  const Places places;
};

class KnownZones {
 public:
  /// `folder`: of the zone that the fleet begins in; the other zones lie beside it.
  explicit KnownZones(std::string folder) : folder_(std::move(folder)) {}

  /// Loads the zone that the fleet begins in. Once, before all else.
  Result<LoadedZone*> begin();
  /// A zone with this content. Null: not yet, ask again. What cannot be loaded, or is other content
  /// than the server has, is said once on stderr; the latter is better than nothing.
  LoadedZone* find(const std::string& name, std::uint64_t content_hash);

  /// A new step of the fleet: guides may search again.
  void begin_step();

 private:
  struct Entry {
    std::string name;
    std::uint64_t content_hash = 0;  ///< as the server says
    std::future<Result<std::unique_ptr<LoadedZone>>> loading;
    LoadedZone* zone = nullptr;  ///< null: being loaded, or it cannot be
  };

  std::string folder_of(const std::string& name) const;
  LoadedZone* take_loaded(Entry& entry);

  std::string folder_;
  std::string name_;  ///< of the zone of folder_
  std::vector<Entry> entries_;
  /// Bots may stand in any of them; few come.
  std::vector<std::unique_ptr<LoadedZone>> zones_;
};

}  // namespace tessera::bots
