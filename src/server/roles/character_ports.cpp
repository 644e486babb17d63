// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/roles/character_ports.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/platform/clock.h"

namespace tessera::server {

Result<std::vector<CharacterId>> ServiceSaver::save(
    std::span<const outbox::CharacterState> states) {
  const std::int64_t now_s = platform::unix_time_ms() / 1000;
  std::vector<characters::CharacterSave> saves;
  saves.reserve(states.size());
  for (const outbox::CharacterState& state : states) {
    saves.push_back({.id = state.character,
                     .place = {.zone = owner_.zone,
                               .x = state.position_m.x,
                               .y = state.position_m.y,
                               .z = state.position_m.z,
                               .heading = state.heading_rad},
                     .play_seconds = state.play_seconds,
                     .last_seen_at = now_s,
                     .level = static_cast<std::uint16_t>(state.level),
                     .experience = state.experience,
                     .talents = combat::talents_text(state.talents)});
  }
  auto outcome = client_.save(owner_, saves);
  if (!outcome) return std::unexpected(outcome.error());
  return std::move(outcome->refused);
}

namespace {

std::uint32_t seconds_until(std::int64_t unix_s) {
  const std::int64_t left = unix_s - platform::unix_time_ms() / 1000;
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(left, 0, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

void ServiceLoader::load(const admission::SessionClaim& claim, Loaded loaded) {
  client_.load_for_entering_async(
      claim.account, claim.character, owner_,
      [this, muted_until = claim.muted_until,
       loaded = std::move(loaded)](Result<characters::Character> found) mutable {
        if (!found) return loaded(std::unexpected(found.error()));
        cluster::OpenedSession opened;
        opened.account = found->account;
        opened.character = found->id;
        opened.name = FixedString<cluster::kOpenedNameBytesMax>(found->name);
        opened.look = found->look;
        opened.class_id = found->class_id;
        opened.level = found->level;
        opened.experience = found->experience;
        opened.talents = FixedString<cluster::kTalentsTextBytesMax>(found->talents);
        opened.position_m = {found->place.x, found->place.y, found->place.z};
        opened.heading_rad = found->place.heading;
        opened.has_position = found->place.zone == owner_.zone;
        opened.play_seconds = found->play_seconds;
        opened.epoch = owner_.epoch;
        opened.muted_s = seconds_until(muted_until);
        const Way way = directory_.way_of(found->id, platform::monotonic_ns());
        opened.arrival = FixedString<cluster::kArrivalNameBytesMax>(way.arrival);
        opened.return_place = way.return_place;
        ZoneLinks& links = *way.zone;
        loaded(gateway::LoadedCharacter{opened, {way.zone, &(links.*link_)}});
      });
}

}  // namespace tessera::server
