// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A system with its type erased: a function or object and one Param for each of its parameters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/ecs/execution/params.h"

namespace tessera::ecs::detail {

class System {
 public:
  explicit System(std::string_view name) : name_(name) {}
  virtual ~System() = default;
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  const std::string& name() const { return name_; }
  const Access& access() const { return access_; }
  /// nullptr for systems without.
  Commands* commands() const { return commands_; }

  virtual void prepare(PhaseRun& run) = 0;
  virtual void execute(PhaseRun& run) = 0;
  /// Hands over the staged events of one type, or of all (kAllMessages).
  virtual void flush_events(Queues& events, std::uint32_t message) = 0;

 protected:
  std::string name_;
  Access access_;
  std::vector<Staged*> outputs_;
  Commands* commands_ = nullptr;
};

template <class F, class... Parameters>
class SystemOf final : public System {
 public:
  SystemOf(std::string_view name, F function) : System(name), function_(std::move(function)) {
    each_param([&](auto& param) {
      param.declare(access_);
      if (Staged* const output = param.staged()) outputs_.push_back(output);
      if constexpr (requires { param.commands; }) {
        TESSERA_ASSERT(commands_ == nullptr, "a system takes Commands& twice");
        commands_ = &param.commands;
      }
    });
  }

  void prepare(PhaseRun& run) override {
    each_param([&](auto& param) { param.prepare(run); });
  }
  void execute(PhaseRun& phase) override {
    PhaseRun run = phase;
    run.lanes = LaneRunner(run.step.jobs, outputs_);
    std::apply([&](Param<Parameters>&... param) { function_(param.fetch(run)...); }, params_);
  }
  void flush_events(Queues& events, std::uint32_t message) override {
    each_param([&](auto& param) { param.flush(events, message); });
  }

 private:
  template <class Visitor>
  void each_param(Visitor visitor) {
    std::apply([&](auto&... param) { (visitor(param), ...); }, params_);
  }

  F function_;
  std::tuple<Param<Parameters>...> params_;
};

/// SystemOf for a function, or for an object with one operator().
template <class F>
struct SystemFor : SystemFor<decltype(&F::operator())> {
  template <class Signature = decltype(&F::operator())>
  using Of = typename SystemFor<Signature>::template With<F>;
};
template <class... P>
struct SystemFor<void (*)(P...)> {
  template <class F>
  using With = SystemOf<F, P...>;
  template <class = void>
  using Of = With<void (*)(P...)>;
};
template <class T, class... P>
struct SystemFor<void (T::*)(P...)> {
  template <class F>
  using With = SystemOf<F, P...>;
};
template <class T, class... P>
struct SystemFor<void (T::*)(P...) const> : SystemFor<void (T::*)(P...)> {};

}  // namespace tessera::ecs::detail
