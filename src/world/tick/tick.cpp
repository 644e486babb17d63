// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/tick.h"

#include <fmt/format.h>

#include <utility>

#include "engine/platform/log.h"
#include "gameplay/abilities/abilities.h"
#include "gameplay/areas/areas.h"
#include "gameplay/death/death.h"
#include "gameplay/emotes/emotes.h"
#include "gameplay/presence/presence.h"
#include "gameplay/shared/components.h"
#include "gameplay/skirmish/skirmish.h"
#include "gameplay/wandering/wandering.h"
#include "world/intake/control_messages.h"

namespace tessera::tick {
namespace {

protocol::ActionVerdict verdict_of(skirmish::ActionRefusal refusal) {
  switch (refusal) {
    case skirmish::ActionRefusal::OnCooldown:
      return protocol::ActionVerdict::OnCooldown;
    case skirmish::ActionRefusal::NobodyThere:
      return protocol::ActionVerdict::NobodyThere;
    case skirmish::ActionRefusal::SafeArea:
    case skirmish::ActionRefusal::TooManyInTheAir:
      break;
  }
  return protocol::ActionVerdict::NotAllowed;
}

protocol::ActionVerdict verdict_of(abilities::UseRefusal refusal) {
  switch (refusal) {
    case abilities::UseRefusal::OnCooldown:
    case abilities::UseRefusal::Busy:
      return protocol::ActionVerdict::OnCooldown;
    case abilities::UseRefusal::NotKnown:
      return protocol::ActionVerdict::Unknown;
    case abilities::UseRefusal::NoTarget:
      return protocol::ActionVerdict::NobodyThere;
    default:
      break;
  }
  return protocol::ActionVerdict::NotAllowed;
}

}  // namespace

ZoneTick::ZoneTick(const TickParts& parts, intake::IntakeOptions intake)
    : zone_(parts.zone),
      log_(parts.log),
      outbox_(parts.outbox),
      replication_(parts.replication),
      links_(parts.links.begin(), parts.links.end()),
      viewers_(parts.replication),
      door_news_(parts.zone.doors()),
      mailbox_(parts.mailbox),
      travel_(parts.travel),
      intake_(std::move(intake), parts.links, parts.mailbox, parts.zone.registry(), viewers_),
      content_hash_(parts.zone.definition().content_hash) {
  viewers_.set_sessions(intake_.sessions());
}

void ZoneTick::run(TickNumber now) {
  intake_.collect(now, zone_.intents());                  // messages become intents
  log_intents(now);                                       // the log thread makes it durable
  zone_.step(now, [this, now] { answer_actions(now); });  // intents become state and events
  const std::uint64_t hash = zone_.hash();
  log_.seal(now, hash);                                    // what a replay must come to
  adopt_content();                                         // new ground, if there is
  welcome_arrivals(now);                                   // views open and close
  tell_news(now);                                          // growth, flags, duels
  tell_surroundings(now);                                  // doors and areas
  open_portals(now);                                       // ways into other zones
  publish(now);                                            // who may see what
  outbox_.collect(now, zone_.registry(), zone_.events());  // to services, exactly once
  note(now, hash);
}

void ZoneTick::log_intents(TickNumber now) {
  if (log_.wants_checkpoint()) {
    std::vector<std::byte> checkpoint;
    zone_.checkpoint(checkpoint);
    log_.begin_segment(now - 1, std::move(checkpoint));
  }
  intent_bytes_.clear();
  zone_.intents().serialise(intent_bytes_);
  log_.append(now, intent_bytes_);
}

// The answer to a player's own action waits for nothing but the phase that decided it.
void ZoneTick::answer_actions(TickNumber now) {
  using protocol::ActionVerdict;
  const auto answer = [this](EntityId entity, std::uint32_t action, std::uint32_t value,
                             ActionVerdict verdict) {
    const auto* player = zone_.registry().get<PlayerControl>(entity);
    if (player == nullptr) return;
    replication_.answer(
        player->session,
        {.action = static_cast<std::uint16_t>(action), .verdict = verdict, .value = value});
  };
  const ecs::Queues& events = zone_.events();
  for (const auto& done : events.read<emotes::EmotePerformed>()) {
    answer(done.entity, done.action, done.emote, ActionVerdict::Done);
  }
  for (const auto& refused : events.read<emotes::EmoteRefused>()) {
    const bool cooldown = refused.reason == emotes::EmoteRefusal::OnCooldown;
    answer(refused.entity, refused.action, refused.emote,
           cooldown ? ActionVerdict::OnCooldown : ActionVerdict::Unknown);
  }
  for (const auto& done : events.read<skirmish::ActionDone>()) {
    answer(done.entity, done.action, done.count, ActionVerdict::Done);
  }
  for (const auto& refused : events.read<skirmish::ActionRefused>()) {
    answer(refused.entity, refused.action, 0, verdict_of(refused.reason));
  }
  for (const auto& started : events.read<abilities::AbilityStarted>()) {
    answer(started.entity, started.action, started.cast_ticks, ActionVerdict::Done);
  }
  for (const auto& refused : events.read<abilities::AbilityRefused>()) {
    answer(refused.entity, refused.action, static_cast<std::uint32_t>(refused.reason),
           verdict_of(refused.reason));
  }
  for (const auto& released : events.read<death::SpiritReleased>()) {
    if (released.action != 0) answer(released.entity, released.action, 0, ActionVerdict::Done);
  }
  for (const auto& revived : events.read<death::Revived>()) {
    answer(revived.entity, revived.action, revived.by_corpse, ActionVerdict::Done);
  }
  for (const auto& refused : events.read<death::DeathRefused>()) {
    answer(refused.entity, refused.action, static_cast<std::uint32_t>(refused.reason),
           ActionVerdict::NotAllowed);
  }
  replication_.flush_answers(now, viewers_);
}

void ZoneTick::replace_content(std::unique_ptr<zone::ZoneContent> content) {
  intake_.replace_content(content->definition.content_hash);
  zone_.offer(std::move(content));
}

/// After a step that replaced the content: all that knows of it learns it.
void ZoneTick::adopt_content() {
  const std::uint64_t hash = zone_.definition().content_hash;
  if (std::exchange(content_hash_, hash) == hash) return;
  log_.set_content_hash(hash);
  replication_.set_world(zone_.collision());
  door_news_ = DoorNews(zone_.doors());
  for (const intake::Session& session : intake_.sessions().all()) {
    intake::send_content_changed(*session.link, session.id, hash);
  }
  platform::log_info("the zone has new content",
                     {{"tick", zone_.now()}, {"content", fmt::format("{:016x}", hash)}});
}

void ZoneTick::welcome_arrivals(TickNumber now) {
  intake_.learn(zone_.events());
  for (const auto& left : zone_.events().read<presence::LeftWorld>()) {
    replication_.close_view(left.session);
  }
  for (const auto& stayed : zone_.events().read<presence::StayedBehind>()) {
    replication_.close_view(stayed.session);
  }
  for (const auto& entered : zone_.events().read<presence::EnteredWorld>()) {
    const intake::Session* const session = intake_.sessions().find(entered.session);
    if (session == nullptr) continue;
    intake::send_welcome(*session->link, session->id,
                         {.entity = entered.entity,
                          .tick = now,
                          .zone = zone_.options().zone,
                          .zone_name = zone_.definition().name,
                          .content_hash = zone_.definition().content_hash});
    if (overload_.clock_permille != kFullClockPermille) {
      intake::send_time_dilation(*session->link, session->id, overload_.clock_permille, now);
    }
    replication_.open_view(entered.session, entered.entity);
    outbox_.begin_visit({.session = entered.session,
                         .character = entered.character,
                         .entity = entered.entity,
                         .play_seconds_before = session->play_seconds_before,
                         .entered_at = now,
                         .return_place = session->return_place});
  }
}

void ZoneTick::tell_news(TickNumber now) {
  news_.tell({.now = now,
              .registry = zone_.registry(),
              .events = zone_.events(),
              .rules = rules_of(zone_.definition()),
              .sessions = intake_.sessions()},
             log_.durable_tick());
}

void ZoneTick::tell_surroundings(TickNumber now) {
  const ecs::Registry& registry = zone_.registry();
  door_news_.tell(now, registry, intake_.sessions());
  const auto tell_area = [&](EntityId entity, std::uint32_t number, bool entered) {
    const auto* const player = registry.get<PlayerControl>(entity);
    if (player == nullptr) return;
    const intake::Session* const session = intake_.sessions().find(player->session);
    if (session == nullptr) return;
    const Area& area = zone_.definition().areas[number];
    intake::send_area_changed(*session->link, session->id, area.name,
                              entered ? area.properties : 0u, entered);
  };
  for (const auto& left : zone_.events().read<areas::AreaLeft>()) {
    tell_area(left.entity, left.area, false);
  }
  for (const auto& entered : zone_.events().read<areas::AreaEntered>()) {
    tell_area(entered.entity, entered.area, true);
  }
}

/// Who walks into a portal goes; who entered the world inside one has been there and came back.
void ZoneTick::open_portals(TickNumber now) {
  const ecs::Registry& registry = zone_.registry();
  for (const auto& entered : zone_.events().read<areas::AreaEntered>()) {
    const std::optional<Portal>& portal = zone_.definition().areas[entered.area].leads_to;
    const auto* const player = registry.get<PlayerControl>(entered.entity);
    const auto* const position = registry.get<Position>(entered.entity);
    const auto* const heading = registry.get<Heading>(entered.entity);
    if (!portal || player == nullptr || position == nullptr || heading == nullptr) continue;
    const intake::Session* const session = intake_.sessions().find(player->session);
    if (session == nullptr || now <= session->entered_at + areas::kLookInterval) continue;
    if (travel_ == nullptr) {
      intake::send_announcement(*session->link, session->id, "The way is closed.");
    } else if (intake_.begin_travel(session->id)) {
      travel_->request({.session = session->id,
                        .character = session->character,
                        .to = *portal,
                        .from = {position->metres, heading->radians}},
                       mailbox_);
    }
  }
}

void ZoneTick::publish(TickNumber now) {
  replication_.tell_combat(zone_.events().read<combat::CombatEvent>(), zone_.registry());
  replication_.publish(now, log_.durable_tick(), zone_.registry(), viewers_);
  for (cluster::Link* link : links_) link->flush_down();
}

namespace {

/// One line for each step, naming what to do about it.
void log_step(const OverloadState& before, const OverloadState& after) {
  if (after.level > before.level) {
    const OverloadText text = overload_text(after.level);
    platform::log_warning("overload: the machine cannot keep 60 ticks a second",
                          {{"level", static_cast<unsigned>(after.level)},
                           {"step", text.name},
                           {"effect", text.effect},
                           {"setting", text.setting}});
  } else if (after.level < before.level) {
    platform::log_info("overload: a step is taken back",
                       {{"level", static_cast<unsigned>(after.level)},
                        {"step", overload_text(before.level).name}});
  }
}

}  // namespace

void ZoneTick::overload_changed(const OverloadState& state) {
  using replication::Detail;
  log_step(overload_, state);
  const bool clock_changed = state.clock_permille != overload_.clock_permille;
  overload_ = state;
  Detail detail = Detail::Full;
  if (state.level >= OverloadLevel::FarRates) detail = Detail::FarHalved;
  if (state.level >= OverloadLevel::MidRates) detail = Detail::MiddleHalved;
  if (state.level >= OverloadLevel::SnapshotRate) detail = Detail::SnapshotsHalved;
  replication_.set_detail(detail);
  intake_.set_pace({.clock_permille = state.clock_permille,
                    .ai_reduced = state.level >= OverloadLevel::AiDetail ? 1u : 0u});
  if (!clock_changed) return;
  for (const intake::Session& session : intake_.sessions().all()) {
    intake::send_time_dilation(*session.link, session.id, state.clock_permille, zone_.now() + 1);
  }
}

void ZoneTick::begin_stop(std::string_view sentence) {
  intake_.close_all(cluster::CloseReason::ServerStopping, sentence);
}

void ZoneTick::note(TickNumber now, std::uint64_t hash) {
  const std::size_t players = replication_.view_count();
  players_.store(players, std::memory_order_relaxed);
  creatures_.store(zone_.registry().view<const wandering::Wander>().size(),
                   std::memory_order_relaxed);
  last_tick_.store(now, std::memory_order_relaxed);
  last_hash_.store(hash, std::memory_order_relaxed);
}

}  // namespace tessera::tick
