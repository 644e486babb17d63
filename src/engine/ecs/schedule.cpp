// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/schedule.h"

#include <algorithm>
#include <atomic>

namespace tessera::ecs {

std::uint32_t detail::next_resource_id() {
  static std::atomic<std::uint32_t> next{0};
  return next.fetch_add(1);
}

std::string_view phase_name(Phase phase) {
  static constexpr std::array<std::string_view, kPhaseCount> kNames{
      "decide", "act", "move", "resolve", "progress", "world", "index"};
  return kNames[std::to_underlying(phase)];
}

Schedule::Schedule() = default;
Schedule::~Schedule() = default;

std::string Schedule::system_name(Phase phase, std::string_view name) const {
  if (!name.empty()) return std::string(name);
  const std::size_t number = phases_[std::to_underlying(phase)].systems.size();
  return std::string(phase_name(phase)) + "_" + std::to_string(number);
}

void Schedule::insert(Phase phase, std::unique_ptr<detail::System> system) {
  PhaseSystems& all = phases_[std::to_underlying(phase)];
  all.systems.push_back({count_++, std::move(system)});
  std::vector<const detail::Access*> accesses;
  for (const Entry& entry : all.systems) accesses.push_back(&entry.system->access());
  all.plan = detail::make_plan(accesses);
}

void Schedule::run(const Step& step, Registry& registry, Queues& intents, Queues& events) {
  for (std::size_t phase = 0; phase < kPhaseCount; ++phase) {
    run_phase(static_cast<Phase>(phase), step, registry, intents, events);
  }
}

void Schedule::run_phase(Phase phase, const Step& step, Registry& registry, Queues& intents,
                         Queues& events) {
  PhaseSystems& all = phases_[std::to_underlying(phase)];
  if (all.systems.empty()) return;
  registry.advance_version();
  detail::PhaseRun run{.step = step,
                       .registry = registry,
                       .intents = intents,
                       .events = events,
                       .resources = resources_,
                       .lanes = detail::LaneRunner(step.jobs, {})};
  prepare(all, run);
  for (const auto& stage : all.plan.stages) {
    hand_over_heard(all, stage, events);
    run_stage(all, stage, run);
  }
  for (const Entry& entry : all.systems) entry.system->flush_events(events, detail::kAllMessages);
  carry_out(all, registry);
}

void Schedule::prepare(PhaseSystems& phase, detail::PhaseRun& run) {
  const auto users = std::ranges::count_if(
      phase.systems, [](const Entry& entry) { return entry.system->commands() != nullptr; });
  std::uint32_t slot = 0;
  for (const Entry& entry : phase.systems) {
    entry.system->prepare(run);
    if (Commands* const commands = entry.system->commands()) {
      commands->prepare(run.registry.entities(), slot++, static_cast<std::uint32_t>(users));
    }
  }
}

/// Events reach their queue when someone is about to read them. By then all emitters added before
/// the reader have run and none added after it, so queues keep the order (system, chunk, index)
/// although a stage may run systems ahead of earlier ones.
void Schedule::hand_over_heard(PhaseSystems& phase, const std::vector<std::size_t>& stage,
                               Queues& events) {
  for (const std::size_t index : stage) {
    for (const detail::Touch& touch : phase.systems[index].system->access().touches) {
      if (touch.kind != detail::TouchKind::Event || touch.writes) continue;
      for (const Entry& entry : phase.systems) entry.system->flush_events(events, touch.id);
    }
  }
}

void Schedule::run_stage(PhaseSystems& phase, const std::vector<std::size_t>& stage,
                         detail::PhaseRun& run) {
  run.step.jobs.parallel_for(stage.size(), [&](std::size_t i) {
    const Entry& entry = phase.systems[stage[i]];
    if (probe_ != nullptr) probe_->system_begins(entry.number);
    entry.system->execute(run);
    if (probe_ != nullptr) probe_->system_ends(entry.number);
  });
}

void Schedule::carry_out(PhaseSystems& phase, Registry& registry) {
  reserved_.clear();
  for (const Entry& entry : phase.systems) {
    if (const Commands* commands = entry.system->commands()) {
      reserved_.insert(reserved_.end(), commands->reserved().begin(), commands->reserved().end());
    }
  }
  std::ranges::sort(reserved_);
  registry.create_reserved(reserved_);
  for (const Entry& entry : phase.systems) {
    if (Commands* const commands = entry.system->commands()) commands->apply(registry);
  }
}

std::vector<std::string> Schedule::names() const {
  std::vector<std::string> names(count_);
  for (const PhaseSystems& phase : phases_) {
    for (const Entry& entry : phase.systems) names[entry.number] = entry.system->name();
  }
  return names;
}

std::string Schedule::describe() const {
  std::string text;
  for (std::size_t number = 0; number < kPhaseCount; ++number) {
    const PhaseSystems& phase = phases_[number];
    if (phase.systems.empty()) continue;
    text.append(phase_name(static_cast<Phase>(number))).append("\n");
    for (std::size_t stage = 0; stage < phase.plan.stages.size(); ++stage) {
      text += "  stage " + std::to_string(stage + 1) + "\n";
      for (const std::size_t index : phase.plan.stages[stage]) {
        const detail::System& system = *phase.systems[index].system;
        text += "    " + system.name() + ": " + system.access().text() + "\n";
      }
    }
  }
  return text;
}

}  // namespace tessera::ecs
