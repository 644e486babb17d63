// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/intake/session_table.h"

#include <algorithm>
#include <utility>

#include "engine/core/random.h"

namespace tessera::intake {
namespace {

std::string small(std::string_view name) {
  std::string letters(name);
  for (char& letter : letters) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return letters;
}

}  // namespace

std::uint32_t SessionPlaces::find(SessionId id) const {
  const Entry& entry = entries_[at(id)];
  return entry.id == id.value ? entry.place : kNone;
}

void SessionPlaces::set(SessionId id, std::uint32_t place) {
  Entry& entry = entries_[at(id)];
  const bool is_new = std::exchange(entry.id, id.value) != id.value;
  entry.place = place;
  if (!is_new) return;
  if (++count_ * 2 > entries_.size()) grow();
}

/// Linear probing without tombstones: those behind move up unless they would pass their own place.
void SessionPlaces::remove(SessionId id) {
  std::size_t hole = at(id);
  if (entries_[hole].id != id.value) return;
  --count_;
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t next = (hole + 1) & mask; entries_[next].id != 0; next = (next + 1) & mask) {
    const std::size_t away = (next - wanted(entries_[next].id)) & mask;
    if (away < ((next - hole) & mask)) continue;
    entries_[hole] = entries_[next];
    hole = next;
  }
  entries_[hole] = {};
}

std::size_t SessionPlaces::wanted(std::uint64_t id) const {
  return mix64(id) & (entries_.size() - 1);
}

std::size_t SessionPlaces::at(SessionId id) const {
  std::size_t i = wanted(id.value);
  while (entries_[i].id != 0 && entries_[i].id != id.value) i = (i + 1) & (entries_.size() - 1);
  return i;
}

void SessionPlaces::grow() {
  const std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(2 * entries_.size()));
  for (const Entry& entry : old) {
    if (entry.id != 0) entries_[at(SessionId{entry.id})] = entry;
  }
}

bool SessionTable::add(const Session& session) {
  if (places_.find(session.id) != SessionPlaces::kNone) return false;
  places_.set(session.id, static_cast<std::uint32_t>(sessions_.size()));
  sessions_.push_back(session);
  by_character_[session.character] = session.id;
  by_name_[small(session.name.view())] = session.id;
  return true;
}

Session* SessionTable::find(SessionId id) {
  return const_cast<Session*>(std::as_const(*this).find(id));
}

const Session* SessionTable::find(SessionId id) const {
  const std::uint32_t place = places_.find(id);
  return place == SessionPlaces::kNone ? nullptr : &sessions_[place];
}

const Session* SessionTable::find_character(CharacterId character) const {
  const auto found = by_character_.find(character);
  return found == by_character_.end() ? nullptr : find(found->second);
}

const Session* SessionTable::find_name(std::string_view name) const {
  const auto found = by_name_.find(small(name));
  return found == by_name_.end() ? nullptr : find(found->second);
}

void SessionTable::remove(SessionId id) {
  const std::uint32_t gap = places_.find(id);
  if (gap == SessionPlaces::kNone) return;
  places_.remove(id);
  const auto character = by_character_.find(sessions_[gap].character);
  if (character != by_character_.end() && character->second == id) by_character_.erase(character);
  const auto name = by_name_.find(small(sessions_[gap].name.view()));
  if (name != by_name_.end() && name->second == id) by_name_.erase(name);
  if (gap + 1 < sessions_.size()) {
    sessions_[gap] = sessions_.back();
    places_.set(sessions_[gap].id, gap);
  }
  sessions_.pop_back();
}

bool allow_inputs(Session& session, TickNumber now, const IntakeLimits& limits) {
  constexpr std::uint64_t kWhole = kTicksPerSecond;  // one section, in sixtieths
  const std::uint64_t earned = (now - session.allowed_at) * limits.inputs_per_second;
  const std::uint64_t allowed =
      std::min<std::uint64_t>(session.inputs_allowed + earned, limits.inputs_burst * kWhole);
  session.allowed_at = now;
  session.inputs_allowed =
      static_cast<std::uint32_t>(allowed >= kWhole ? allowed - kWhole : allowed);
  return allowed >= kWhole;
}

bool count_too_fast(Session& session, TickNumber now, const IntakeLimits& limits) {
  if (now - session.counting_since > 60 * kTicksPerSecond) {
    session.counting_since = now;
    session.too_fast = 0;
  }
  return ++session.too_fast > limits.too_fast_max;
}

bool frame_is_possible(const Session& session, std::uint32_t frame, TickNumber now,
                       const IntakeLimits& limits) {
  return frame <= (now - session.opened_at) * limits.frames_percent / 100 + limits.frames_ahead;
}

}  // namespace tessera::intake
