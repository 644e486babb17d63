// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How each kind of system parameter is declared, prepared and fetched. A Param lives in its system
// for as long as the schedule does.
//
//   declare(access)    when the system is added
//   prepare(run)       before each phase, on the simulation thread: whatever would change shared
//                      structures (a new queue, query or singleton) happens here
//   fetch(run)         the argument itself, on the thread that runs the system
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "engine/core/assert.h"
#include "engine/ecs/execution/access.h"
#include "engine/ecs/execution/type_name.h"
#include "engine/ecs/rule.h"

namespace tessera::ecs::detail {

std::uint32_t next_resource_id();
template <class T>
std::uint32_t resource_id() {
  static const std::uint32_t id = next_resource_id();
  return id;
}

/// The resources of a schedule, by resource_id.
class Resources {
 public:
  template <class T>
  void set(T& resource) {
    const std::uint32_t id = resource_id<std::remove_const_t<T>>();
    if (id >= slots_.size()) slots_.resize(id + 1);
    slots_[id] = {&resource, !std::is_const_v<T>};
  }
  template <class T>
  T& get() const {
    const std::uint32_t id = resource_id<std::remove_const_t<T>>();
    TESSERA_ASSERT(id < slots_.size() && slots_[id].address != nullptr,
                   "Schedule: a system takes a resource that was never set");
    TESSERA_ASSERT(std::is_const_v<T> || slots_[id].writable,
                   "Schedule: a system writes a resource that was set as const");
    return *static_cast<T*>(const_cast<void*>(slots_[id].address));
  }

 private:
  struct Slot {
    const void* address = nullptr;
    bool writable = false;
  };
  std::vector<Slot> slots_;
};

/// What one run of a phase works on.
struct PhaseRun {
  const Step& step;
  Registry& registry;
  Queues& intents;
  Queues& events;
  const Resources& resources;
  LaneRunner lanes;  ///< of the system at hand
};

inline constexpr std::uint32_t kAllMessages = 0xffffffff;

struct ParamBase {
  void declare(Access&) {}
  void prepare(PhaseRun&) {}
  Staged* staged() { return nullptr; }
  /// Hands staged events to their queue if they are of this message_id.
  void flush(Queues&, std::uint32_t) {}
};

/// Any other reference is a resource.
template <class Parameter>
struct Param : ParamBase {
  static_assert(std::is_lvalue_reference_v<Parameter>,
                "a system takes Step, Query, In, InEvents, Out, Singleton, Commands& or a "
                "reference to a resource (see rule.h)");
  using T = std::remove_reference_t<Parameter>;
  void declare(Access& access) {
    access.touches.push_back({TouchKind::Resource, resource_id<std::remove_const_t<T>>(),
                              !std::is_const_v<T>, type_name<std::remove_const_t<T>>()});
  }
  T& fetch(PhaseRun& run) { return run.resources.get<T>(); }
};

template <>
struct Param<const Step&> : ParamBase {
  const Step& fetch(PhaseRun& run) { return run.step; }
};

template <class... Terms>
struct Param<Query<Terms...>> : ParamBase {
  void declare(Access& access) { access.queries.push_back(query_shape<Terms...>().spec); }
  void prepare(PhaseRun& run) { run.registry.query_cache(query_shape<Terms...>()); }
  Query<Terms...> fetch(PhaseRun& run) { return {run.registry.view<Terms...>(), run.lanes}; }
};

template <class T>
struct Param<In<T>> : ParamBase {
  void declare(Access& access) {
    access.touches.push_back({TouchKind::Intent, message_id<T>(), false, type_name<T>()});
  }
  In<T> fetch(PhaseRun& run) { return In<T>(run.intents.read<T>()); }
};

template <class T>
struct Param<InEvents<T>> : ParamBase {
  void declare(Access& access) {
    access.touches.push_back({TouchKind::Event, message_id<T>(), false, type_name<T>()});
  }
  InEvents<T> fetch(PhaseRun& run) { return InEvents<T>(run.events.read<T>()); }
};

template <class T>
struct Param<Out<T>> : ParamBase {
  void declare(Access& access) {
    access.touches.push_back({TouchKind::Event, message_id<T>(), true, type_name<T>()});
  }
  Out<T> fetch(PhaseRun&) { return Out<T>(events); }
  Staged* staged() { return &events; }
  void flush(Queues& queues, std::uint32_t message) {
    if (message == kAllMessages || message == message_id<T>()) events.move_to(queues.of<T>());
  }

  StagedEvents<T> events;
};

template <class C>
struct Param<Singleton<C>> : ParamBase {
  void declare(Access& access) {
    using T = std::remove_const_t<C>;
    access.touches.push_back(
        {TouchKind::Singleton, type_id<T>(), !std::is_const_v<C>, component_type<T>().name});
  }
  void prepare(PhaseRun& run) { run.registry.singleton<std::remove_const_t<C>>(); }
  Singleton<C> fetch(PhaseRun& run) {
    return Singleton<C>(run.registry.singleton<std::remove_const_t<C>>());
  }
};

template <>
struct Param<Commands&> : ParamBase {
  void declare(Access& access) { access.commands = true; }
  Commands& fetch(PhaseRun&) { return commands; }
  Staged* staged() { return &commands; }

  Commands commands;
};

}  // namespace tessera::ecs::detail
