// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The systems of a world and when they run. Phases follow each other; inside a phase, systems whose
// parameters do not conflict (rule.h) run side by side, the others in the order in which they were
// added. Commands are carried out at the end of each phase, in the order of the systems.
//
// The outcome depends on the order of adding and on nothing else: neither on the number of workers
// nor on who was first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/ecs/execution/system.h"
#include "engine/ecs/queues.h"
#include "engine/ecs/registry.h"
#include "engine/ecs/rule.h"
#include "engine/ecs/step.h"

namespace tessera::ecs {

/// What happens in a tick, in this order.
enum class Phase : std::uint8_t {
  Decide,    ///< what creatures want
  Act,       ///< abilities, emotes, entering and leaving
  Move,      ///< physics
  Resolve,   ///< damage, death, loot
  Progress,  ///< quests, levels
  World,     ///< spawns, weather, routines
  Index,     ///< spatial index
};
inline constexpr std::size_t kPhaseCount = 7;
std::string_view phase_name(Phase phase);

/// Told when each system begins and ends, on the thread that runs it; several at once.
class SystemProbe {
 public:
  virtual ~SystemProbe() = default;
  /// `system`: its place in Schedule::names().
  virtual void system_begins(std::size_t system) = 0;
  virtual void system_ends(std::size_t system) = 0;
};

class Schedule {
 public:
  Schedule();
  ~Schedule();
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  /// A function, or an object with an operator(). Without a name it is called by phase and number.
  template <class F>
  void add(Phase phase, F function, std::string_view name = {}) {
    using System = typename detail::SystemFor<F>::template Of<>;
    insert(phase, std::make_unique<System>(system_name(phase, name), std::move(function)));
  }
  /// The same for a function known when compiling; its name is taken from its declaration.
  template <auto kFunction>
  void add(Phase phase) {
    add(phase, kFunction, function_name<kFunction>());
  }
  /// Makes a System{arguments...}, whose operator() is the system.
  template <class System, class... Args>
  void register_system(Phase phase, Args&&... arguments) {
    add(phase, System{std::forward<Args>(arguments)...}, type_name<System>());
  }

  /// What systems get that take a (const) T&. It must outlive the schedule's runs.
  template <class T>
  void set_resource(T& resource) {
    resources_.set(resource);
  }
  /// nullptr: none.
  void set_probe(SystemProbe* probe) { probe_ = probe; }

  /// All phases.
  void run(const Step& step, Registry& registry, Queues& intents, Queues& events);
  void run_phase(Phase phase, const Step& step, Registry& registry, Queues& intents,
                 Queues& events);

  /// Names of all systems, in the order of adding.
  std::vector<std::string> names() const;
  /// The derived order as text: phases, their stages, and what each system touches.
  std::string describe() const;

 private:
  struct Entry {
    std::size_t number;  ///< over all phases, in the order of adding
    std::unique_ptr<detail::System> system;
  };
  struct PhaseSystems {
    std::vector<Entry> systems;
    detail::Plan plan;
  };

  std::string system_name(Phase phase, std::string_view name) const;
  void insert(Phase phase, std::unique_ptr<detail::System> system);
  void prepare(PhaseSystems& phase, detail::PhaseRun& run);
  static void hand_over_heard(PhaseSystems& phase, const std::vector<std::size_t>& stage,
                              Queues& events);
  void run_stage(PhaseSystems& phase, const std::vector<std::size_t>& stage, detail::PhaseRun& run);
  void carry_out(PhaseSystems& phase, Registry& registry);

  std::array<PhaseSystems, kPhaseCount> phases_;
  std::size_t count_ = 0;
  detail::Resources resources_;
  SystemProbe* probe_ = nullptr;
  std::vector<std::uint32_t> reserved_;  ///< of a phase, sorted; kept for its memory
};

}  // namespace tessera::ecs
