// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/replication.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "gameplay/movement/input_frame.h"
#include "gameplay/movement/input_queue.h"
#include "world/replication/interest.h"
#include "world/replication/mirror/collect.h"
#include "world/replication/snapshot_builder.h"

namespace tessera::replication {
namespace {

/// Viewers are spread over six ticks; at 20 Hz two of these buckets are due in a tick, at 10 Hz
/// one.
constexpr std::uint32_t kBuckets = 6;

/// A client may ask for a new view once a second; it costs as much as coming into the world.
constexpr std::uint32_t kNewViewTicksMin = 60;

std::array<std::uint32_t, kTiers> periods_of(Detail detail) {
  switch (detail) {
    case Detail::Full:
      return {3, 6, 12};
    case Detail::FarHalved:
      return {3, 6, 24};
    case Detail::MiddleHalved:
      return {3, 12, 24};
    case Detail::SnapshotsHalved:
      break;
  }
  return {6, 12, 24};
}

}  // namespace

struct Replication::State {
  State(const Options& the_options, const physics::CollisionWorld& world)
      : options(the_options),
        mirror(the_options.entities_expected),
        cache(the_options.entities_expected / 4),
        collector(world),
        interest(options),
        builder(options, mirror, cache, combat, figures) {}

  Viewer* find(SessionId session) {
    const auto found = viewers.find(session);
    return found == viewers.end() ? nullptr : found->second.get();
  }
  void begin_anew(Viewer& viewer);
  void serve(Viewer& viewer, const ecs::Registry& registry, SnapshotSink& sink);
  void send_at_once(Viewer& viewer, TickNumber now, SnapshotSink& sink);
  void flush_combat(TickNumber now, SnapshotSink& sink);

  Options options;
  Figures figures;
  Mirror mirror;
  PageCache cache;
  Collector collector;
  Interest interest;
  CombatFeed combat;
  SnapshotBuilder builder;
  Detail detail = Detail::Full;
  std::unordered_map<SessionId, std::unique_ptr<Viewer>> viewers;  ///< looked up, never walked
  std::array<std::vector<Viewer*>, kBuckets> buckets;
  std::vector<Viewer*> answered;  ///< have answers that wait for flush_answers()
  std::vector<Viewer*> fought;    ///< have lines of their own fights that wait for publish()
};

Replication::Replication(const Options& options, const physics::CollisionWorld& world)
    : state_(std::make_unique<State>(options, world)) {
  TESSERA_ASSERT(
      options.snapshot_bytes >= 256 && options.snapshot_bytes <= protocol::kSnapshotBytesMax,
      "replication: snapshot_bytes must be 256 to kSnapshotBytesMax");
}

Replication::~Replication() = default;

void Replication::open_view(SessionId session, EntityId entity) {
  std::unique_ptr<Viewer>& viewer = state_->viewers[session];
  if (viewer) {
    viewer->entity = entity;
    viewer->placed = false;
    viewer->begin_anew();
    return;
  }
  viewer = std::make_unique<Viewer>();
  viewer->session = session;
  viewer->entity = entity;
  viewer->subscriptions.reserve(64);
  const auto emptiest = std::ranges::min_element(
      state_->buckets, {}, [](const std::vector<Viewer*>& bucket) { return bucket.size(); });
  viewer->bucket = static_cast<std::uint8_t>(emptiest - state_->buckets.begin());
  emptiest->push_back(viewer.get());
}

void Replication::close_view(SessionId session) {
  const auto found = state_->viewers.find(session);
  if (found == state_->viewers.end()) return;
  Viewer* const viewer = found->second.get();
  std::erase(state_->buckets[viewer->bucket], viewer);
  std::erase(state_->answered, viewer);
  std::erase(state_->fought, viewer);
  state_->viewers.erase(found);
}

std::size_t Replication::view_count() const { return state_->viewers.size(); }

void Replication::delivered(SessionId session, std::uint32_t number, bool arrived) {
  Viewer* const viewer = state_->find(session);
  if (viewer == nullptr) return;
  state_->figures.snapshots_lost += arrived ? 0 : 1;
  viewer->delivered(state_->mirror, number, arrived);
}

void Replication::want_own_state(SessionId session) {
  if (Viewer* const viewer = state_->find(session)) viewer->wants_own_state = true;
}

void Replication::want_new_view(SessionId session) {
  if (Viewer* const viewer = state_->find(session)) viewer->wants_new_view = true;
}

void Replication::choose_target(SessionId session, EntityId target) {
  if (Viewer* const viewer = state_->find(session)) viewer->attention.choose(target);
}

void Replication::answer(SessionId session, const protocol::ActionAnswer& answer) {
  Viewer* const viewer = state_->find(session);
  if (viewer == nullptr) return;
  viewer->add_answer(answer);
  if (std::ranges::find(state_->answered, viewer) == state_->answered.end()) {
    state_->answered.push_back(viewer);
  }
}

void Replication::flush_answers(TickNumber now, SnapshotSink& sink) {
  for (Viewer* viewer : state_->answered) {
    if (viewer->has_waiting_answer()) state_->send_at_once(*viewer, now, sink);
  }
  state_->answered.clear();
}

void Replication::State::send_at_once(Viewer& viewer, TickNumber now, SnapshotSink& sink) {
  const auto built = builder.answers(viewer, static_cast<std::uint32_t>(now));
  sink.send(viewer.session, built.number, built.bytes, true);
}

void Replication::tell_combat(std::span<const combat::CombatEvent> events,
                              const ecs::Registry& registry) {
  State& s = *state_;
  for (const combat::CombatEvent& event : events) {
    if (!is_told(event)) continue;
    s.combat.add(event);
    for (const EntityId entity : {event.actor, event.target}) {
      const auto* const player = registry.get<PlayerControl>(entity);
      Viewer* const viewer = player == nullptr ? nullptr : s.find(player->session);
      if (viewer == nullptr) continue;
      viewer->own_combat.add(event);
      const EntityId other = entity == event.actor ? event.target : event.actor;
      if (other != entity) viewer->attention.note_fight(other, s.mirror.tick());
      if (std::ranges::find(s.fought, viewer) == s.fought.end()) s.fought.push_back(viewer);
      if (event.actor == event.target) break;
    }
  }
}

/// Those whose snapshot was due in this tick have it already.
void Replication::State::flush_combat(TickNumber now, SnapshotSink& sink) {
  for (Viewer* viewer : fought) {
    const bool has_spent = viewer->bytes_at_once >= options.snapshot_bytes / 2;
    if (!has_spent && viewer->own_combat.is_waiting()) send_at_once(*viewer, now, sink);
  }
  fought.clear();
}

void Replication::publish(TickNumber now, TickNumber durable, const ecs::Registry& registry,
                          SnapshotSink& sink) {
  State& s = *state_;
  const auto tick = static_cast<std::uint32_t>(now);
  s.collector.collect(tick, static_cast<std::uint32_t>(durable), registry, s.mirror);
  s.cache.begin(tick);
  s.combat.place(s.mirror);
  const std::uint32_t round = s.detail == Detail::SnapshotsHalved ? kBuckets : kBuckets / 2;
  for (std::uint32_t bucket = tick % round; bucket < kBuckets; bucket += round) {
    for (Viewer* viewer : s.buckets[bucket]) s.serve(*viewer, registry, sink);
  }
  s.flush_combat(now, sink);
  s.figures.pages_encoded = s.cache.encoded();
}

void Replication::State::begin_anew(Viewer& viewer) {
  viewer.begin_anew();
  viewer.anew_at = mirror.tick();
  ++figures.new_views;
}

void Replication::State::serve(Viewer& viewer, const ecs::Registry& registry, SnapshotSink& sink) {
  const auto periods = periods_of(detail);
  if (viewer.wants_new_view && mirror.tick() - viewer.anew_at >= kNewViewTicksMin) {
    begin_anew(viewer);
  }
  interest.update(viewer, mirror);
  if (!builder.choose(viewer, periods)) {
    begin_anew(viewer);
    interest.update(viewer, mirror);
    TESSERA_ASSERT(builder.choose(viewer, periods), "replication: a new view cannot be behind");
  }
  if (mirror.tick() - viewer.swept >= kKnownSweepTicks) viewer.sweep_known(mirror);
  const auto own =
      registry
          .view<const Position, const Velocity, const movement::InputQueue, const movement::Roll>()
          .get(viewer.entity);
  OwnNow own_now;
  if (own) {
    const auto& [position, velocity, queue, roll] = *own;
    own_now = {queue.last_applied,
               queue.empty_ticks >= movement::kEmptyTicksMax,
               {position.metres, velocity.metres_per_s, velocity.grounded != 0, roll}};
  }
  const auto built = builder.snapshot(viewer, own ? &own_now : nullptr);
  sink.send(viewer.session, built.number, built.bytes, false);
}

void Replication::set_world(const physics::CollisionWorld& world) {
  state_->collector.set_world(world);
}

void Replication::set_detail(Detail detail) { state_->detail = detail; }
Detail Replication::detail() const { return state_->detail; }
const Figures& Replication::figures() const { return state_->figures; }

std::size_t Replication::visible_count(SessionId session) const {
  const Viewer* const viewer = state_->find(session);
  std::size_t count = 0;
  if (viewer == nullptr) return 0;
  for (const Subscription& sub : viewer->subscriptions) {
    if (sub.closing) continue;
    count += static_cast<std::size_t>(std::popcount(state_->mirror.head(sub.page).occupied));
  }
  return count;
}

}  // namespace tessera::replication
