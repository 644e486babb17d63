// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/measurement.h"

#include <algorithm>

#include "engine/platform/clock.h"

namespace tessera::bots {
namespace {

constexpr std::uint32_t kServerKnowsTicks = 6;
constexpr std::int64_t kSamplesUs = 100'000;  ///< each bot compares one replica this often
constexpr float kNearM = 30;

}  // namespace

void Measurement::begin(Bots bots, std::int64_t now_us) {
  for (std::size_t i = 0; i < bots.size(); ++i) {
    next_sample_us_[i] = now_us + static_cast<std::int64_t>(pick_.below(kSamplesUs));
    bots[i]->refresh_counters();
    bots[i]->at_window_start = bots[i]->counters;
  }
  began_us_ = now_us;
  cpu_began_ns_ = platform::process_cpu_ns();
  open_ = true;
}

void Measurement::end(Bots bots, std::int64_t now_us) {
  open_ = false;
  const double seconds = static_cast<double>(now_us - began_us_) / 1e6;
  report_.seconds = seconds;
  report_.cpu_pct = static_cast<double>(platform::process_cpu_ns() - cpu_began_ns_) / 1e7 / seconds;
  const double client_seconds = seconds * std::max<double>(1, report_.connected);
  for (const auto& bot : bots) {
    if (bot->state != BotState::InWorld) continue;
    bot->refresh_counters();
    const BotCounters& then = bot->at_window_start;
    const BotCounters& now = bot->counters;
    report_.snapshot_hz.add(
        static_cast<float>(static_cast<double>(now.snapshots - then.snapshots) / seconds));
    report_.snapshots_per_tick.add(static_cast<float>(now.snapshots - then.snapshots) /
                                   static_cast<float>(std::max(1u, now.ticks - then.ticks)));
    report_.bytes_down_per_client_s +=
        static_cast<double>(now.bytes_in - then.bytes_in) / client_seconds;
    report_.bytes_down_of_client_s.add(
        static_cast<float>(static_cast<double>(now.bytes_in - then.bytes_in) / seconds));
    report_.bytes_up_per_client_s +=
        static_cast<double>(now.bytes_out - then.bytes_out) / client_seconds;
    report_.corrections += now.corrections - then.corrections;
    report_.lost_datagrams += now.lost_datagrams - then.lost_datagrams;
    report_.door_changes += now.door_changes - then.door_changes;
    report_.areas_entered += now.areas_entered - then.areas_entered;
    report_.stuck += now.stuck - then.stuck;
    report_.moves += now.moves - then.moves;
    report_.dodges += now.dodges - then.dodges;
    report_.deaths += now.deaths - then.deaths;
    report_.revivals += now.revivals - then.revivals;
    report_.decode_errors += now.decode_errors - then.decode_errors;
  }
}

void Measurement::note_frame(std::size_t index, Bot& bot, std::int64_t now_us) {
  const client::Client& client = bot.session->client();
  if (client.prediction().newest_frame() != bot.noted_frame) {
    bot.noted_frame = client.prediction().newest_frame();
    truth_.note(index, now_us, client.prediction().state().position);
    index_by_entity_.insert_or_assign(client.own_entity().value, index);
  }
  if (open_ && report_.fights) {
    note_focus(client, bot.warrior.target(), bot.target);
    note_focus(client, bot.attacker.whom, bot.attacker);
  }
  if (open_ && now_us >= next_sample_us_[index]) {
    next_sample_us_[index] = now_us + kSamplesUs;
    sample_view(client, now_us);
  }
}

/// How long it takes from one news of somebody who matters to the next, as soon as the server can
/// know that he does: after a packet and a snapshot.
void Measurement::note_focus(const client::Client& client, EntityId whom, Focus& focus) {
  const client::RemoteEntity* const entity = client.replica().find(whom);
  if (entity == nullptr || !entity->visible()) {
    focus = {whom};
    return;
  }
  const std::uint32_t told = client.replica().told_tick(*entity);
  if (focus.whom != whom || focus.since_tick == 0) focus = {whom, told, client.newest_tick()};
  if (told <= focus.told_tick) return;
  if (focus.told_tick > focus.since_tick + kServerKnowsTicks) {
    report_.focus_gap_ms.add(static_cast<float>(told - focus.told_tick) * 1000.0f /
                             static_cast<float>(kTicksPerSecond));
  }
  focus.told_tick = told;
}

void Measurement::note_action(const client::ActionEvent& event) {
  if (!event.answered || !open_) return;
  const auto latency_us = static_cast<float>(event.answered_us - event.begun_us);
  report_.action_latency_ms.add(latency_us / 1000.0f);
  const bool done = event.verdict == protocol::ActionVerdict::Done;
  if (event.kind == protocol::ActionKind::Shove) {
    ++(done ? report_.shoves_done : report_.shoves_refused);
    report_.shoved += event.value;
  } else if (event.kind == protocol::ActionKind::Throw) {
    ++(done ? report_.throws_done : report_.throws_refused);
  }
}

void Measurement::note_ability(const AbilityDefinition& ability, const client::ActionEvent& event,
                               const Rulebook& rules) {
  if (!open_ || !event.answered) return;
  if (event.verdict != protocol::ActionVerdict::Done) {
    const auto reason = static_cast<std::size_t>(event.value);
    ++report_.abilities_refused[std::min(reason, report_.abilities_refused.size() - 1)];
    return;
  }
  ++report_.abilities_used[ability.name];
  report_.finishers += ability.combo_cost_min > 0 ? 1 : 0;
  for (const Outcome& outcome : ability.outcomes) {
    report_.interrupts += outcome.kind == OutcomeKind::Interrupt ? 1 : 0;
    const EffectDefinition* const effect = rules.effects.find(outcome.effect);
    const bool controls = outcome.kind == OutcomeKind::ApplyEffect && effect != nullptr &&
                          effect->category != ControlCategory::None;
    report_.controls += controls ? 1 : 0;
  }
}

/// Compares one of those near with the truth, each in turn, and counts who is visible.
void Measurement::sample_view(const client::Client& client, std::int64_t now_us) {
  const math::Vec3 here = client.prediction().state().position;
  std::size_t visible = 0;
  std::size_t players = 0;
  std::size_t near = 0;
  const client::RemoteEntity* chosen = nullptr;
  client.replica().each_visible([&](const client::RemoteEntity& entity) {
    if (entity.id == client.own_entity()) return;
    ++visible;
    if (entity.appearance.kind != EntityKind::Player) return;
    ++players;
    const auto shown = client::pose_of(entity.history.newest(), client.world().terrain()).position;
    if (math::distance(here, shown) > kNearM) return;
    // Reservoir of one: each near one is as likely.
    ++near;
    if (pick_.below(static_cast<std::uint32_t>(near)) == 0) chosen = &entity;
  });
  report_.visible.add(static_cast<float>(visible));
  report_.visible_players.add(static_cast<float>(players));
  if (chosen == nullptr) return;
  const auto other = index_by_entity_.find(chosen->id.value);
  if (other == index_by_entity_.end()) return;
  const auto shown = client::pose_of(chosen->history.newest(), client.world().terrain()).position;
  if (const auto seen = truth_.compare(other->second, shown, now_us)) {
    report_.staleness_ms_near.add(seen->staleness_ms);
    report_.position_error_m_near.add(seen->error_m);
  }
}

}  // namespace tessera::bots
