// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The deterministic core: a world that goes from state to state by intents, and nothing else.
//
//   state(t+1) = step(state(t), intents(t))
//
// No clock, no socket, no file. The server's tick, `tessera replay` and tests drive the same class;
// with the same definition, options and intents they get the same hash after every tick, with any
// number of workers, from any compiler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/tick.h"
#include "engine/ecs/queues.h"
#include "engine/ecs/registry.h"
#include "engine/ecs/schedule.h"
#include "engine/jobs/pool.h"
#include "gameplay/combat/combat.h"
#include "gameplay/crowd/crowd.h"
#include "gameplay/movement/soft_push.h"
#include "world/zone/zone_content.h"

namespace tessera::zone {

std::vector<std::byte> encode(const ZoneOptions& options);
std::expected<ZoneOptions, DecodeError> decode_zone_options(std::span<const std::byte> bytes);

class Zone {
 public:
  /// A world before its first tick: creatures stand at their homes, nobody plays.
  Zone(ZoneDefinition definition, const ZoneOptions& options, unsigned workers);
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;

  /// What will enter the next step; filled by intake or from a log.
  ecs::Queues& intents() { return intents_; }
  /// What the last step said.
  const ecs::Queues& events() const { return events_; }
  const ecs::Registry& registry() const { return registry_; }
  /// To set a scene between steps: for tools that simulate, not for a zone that is logged.
  ecs::Registry& stage() { return registry_; }
  /// Of the content in use; as all its parts it lives until the content is replaced.
  const ZoneDefinition& definition() const { return content_->definition; }
  /// Its doors are as they were for the last step; those of the next one are in the registry.
  const physics::CollisionWorld& collision() const { return content_->collision; }
  const doors::DoorIndex& doors() const { return content_->doors; }
  const navigation::Navigation& navigation() const { return content_->navigation; }
  const ZoneOptions& options() const { return options_; }
  const ecs::Schedule& schedule() const { return schedule_; }

  /// Runs tick `now`, which follows the last one, and uses up the intents.
  void step(TickNumber now) {
    step(now, [] {});
  }
  /// The same; `after_act` is called when all that players began in this tick has been decided, and
  /// may read events() and registry().
  template <class F>
  void step(TickNumber now, F&& after_act) {
    begin(now);
    run_phases(ecs::Phase::Decide, ecs::Phase::Act);
    std::forward<F>(after_act)();
    run_phases(ecs::Phase::Move, ecs::Phase::Index);
    intents_.clear();
  }
  /// The content that the intents of the next step ask for, when that is not what is in use. It
  /// must be offered before the step.
  std::optional<std::uint64_t> wanted_content() const;
  /// Content for the next step whose intents ask for it. `content` was made with options().
  void offer(std::unique_ptr<ZoneContent> content) { offered_ = std::move(content); }
  /// What the last step replaced, for the caller to destroy where it does not cost a tick.
  std::unique_ptr<ZoneContent> take_replaced() { return std::move(replaced_); }

  /// The tick that ran last.
  TickNumber now() const { return now_; }

  /// Of the state after the last step.
  std::uint64_t hash() const { return registry_.hash(); }
  /// Appends the state after the last step.
  void checkpoint(std::vector<std::byte>& out) const { registry_.serialise(out); }
  /// Goes on from a checkpoint that was taken after tick `tick`. After an error the zone is as it
  /// was.
  Result<void> restore(TickNumber tick, std::span<const std::byte> checkpoint);

 private:
  void begin(TickNumber now);
  void set_resources();
  void replace_content(std::uint64_t content_hash);
  void take_over_doors();
  void run_phases(ecs::Phase first, ecs::Phase last);

  ZoneOptions options_;
  std::unique_ptr<ZoneContent> content_;
  std::unique_ptr<ZoneContent> offered_;
  std::unique_ptr<ZoneContent> replaced_;
  crowd::Crowd crowd_;
  movement::PushingBodies bodies_;
  combat::WorldGeneration generation_;
  jobs::Pool jobs_;
  ecs::Registry registry_;
  ecs::Schedule schedule_;
  ecs::Queues intents_;
  ecs::Queues events_;
  TickNumber now_ = 0;
};

}  // namespace tessera::zone
